"""Samples for the texts about follows, leaders' words, extensions that leaders decide, and heads who confirm."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from domain.directions import Kind, State
from domain.outgoing import Attachment
from domain.people import Role
from storage.views.directions import Direction
from storage.views.following import Followed
from storage.views.people import Member
from storage.views.work import Work

AT = datetime(2026, 3, 16, 2, 5, tzinfo=UTC)
WORD = (
    "Vì sao Sở chưa ban hành kế hoạch? Đề nghị báo cáo lý do, thời gian hoàn thành và trách nhiệm cụ thể. " * 3
).strip()
DIRECTION = Direction(
    id=1,
    version=4,
    kind=Kind.EXPLAIN,
    state=State.ANSWERED,
    leader_id=9,
    leader="Lê Mẫu Quang",
    position="Phó Chủ tịch UBND tỉnh",
    matter_id=3,
    code="NV-0003",
    agency_id=1,
    agency="Sở Mẫu 1",
    text=WORD,
    at=AT,
    passed_text=WORD,
    passed_at=AT,
    answer="Dự thảo đang xin ý kiến các cơ quan, ban hành trước ngày 30/3.",
    answerer="Trần Mẫu Bình",
    answered_at=AT,
    file="giai-trinh.pdf",
    fetched=None,
    delivered_text="Dự thảo đang xin ý kiến các cơ quan.",
    closed_at=AT,
)
FILE = Attachment("0" * 64, "giai-trinh.pdf", "application/pdf", 9)
ASKED = replace(
    DIRECTION,
    kind=Kind.INSTRUCT,
    state=State.ASKED,
    matter_id=None,
    code="",
    position="",
    passed_text="",
    passed_at=None,
    answer="",
    answerer="",
    answered_at=None,
    file="",
    delivered_text="",
    closed_at=None,
)
PASSED = replace(DIRECTION, state=State.PASSED)
WITHDRAWN = replace(DIRECTION, state=State.WITHDRAWN)
REPLIED = replace(DIRECTION, state=State.CLOSED)
OFFICER = Member(1, 1, "Trần Mẫu Bình", "Chuyên viên", 1, "SM1", "Sở Mẫu 1", Role.OFFICER, False, True, "", None)
AWAY = replace(OFFICER, name="Ngô Mẫu Hà", substitute="Trần Mẫu Bình", until=date(2026, 3, 20))
UNREACHED = replace(OFFICER, name="Vũ Mẫu Khoa", reachable=False)
OFFICIAL = replace(OFFICER, name="Hoàng Mẫu Lan", role=Role.COORDINATOR)
PLAN = SimpleNamespace(kind="Kế hoạch", number="15/KH-UBND", date=date(2026, 1, 9), title="")
FOLLOWS = [
    Followed(1, "Sở Mẫu 1"),
    Followed(2, "văn bản 15/KH-UBND, phần II.1"),
    Followed(3, "các xã, phường, đặc khu"),
]

_GIVING = {"act": "give", "kind": Kind.EXPLAIN, "about": "Sở Mẫu 1, NV-0003", "leader": "", "to": ""}
_ACTING = {
    "kind": Kind.EXPLAIN,
    "about": "Sở Mẫu 1, NV-0003",
    "leader": DIRECTION.said_by,
    "to": "Sở Mẫu 1 (Lý Mẫu Hòa)",
    "told": [],
}


def of_steering(works: Sequence[Work], done: Work, extension: SimpleNamespace) -> dict[str, dict[str, Any]]:
    """Return the samples, made of works the first of which is late, and of a request for a later date."""
    waiting = replace(done, waits_for_head=True)
    proposed = SimpleNamespace(
        **vars(extension)
        | {"proposed_at": AT, "proposed_until": date(2026, 4, 3), "proposer": "Hoàng Mẫu Lan"}
        | {"proposed_note": "Đề nghị chỉ gia hạn đến 03/4 để kịp báo cáo quý."}
    )
    asked, told = {"asked": [proposed, proposed], "count": 1}, {"told": [DIRECTION, DIRECTION], "count": 1}
    granting = {"asked": extension, "refused": False}
    return {
        "office/follows": {"followed": FOLLOWS, "leader": False},
        "office/ask_follow": {"leader": False},
        "office/which_follow": {"text": "phường", "found": 12},
        "office/confirm_follow": {"said": FOLLOWS[1].said, "drops": False, "leader": False},
        "people/ask_rank": {"member": OFFICIAL, "rank": "lãnh đạo phòng"},
        "people/confirm_rank": {"member": OFFICIAL, "rank": "lãnh đạo Văn phòng"},
        "headlines/waits": {"told": [(works[0], date(2026, 3, 12))], "count": 1},
        "notices/waits": {"told": [(one, date(2026, 3, 12)) for one in works]},
        "headlines/direction": told,
        "notices/direction": {"told": [DIRECTION, ASKED]},
        "headlines/directed": told,
        "notices/directed": {"told": [DIRECTION]},
        "headlines/delivered": told,
        "notices/delivered": {"told": [DIRECTION]},
        "directions/file": {"one": DIRECTION},
        "directions/card": {"one": DIRECTION, "content": works[0].content, "agency": False, "leader": False},
        "directions/ask": {**_GIVING, "files": False, "text": ""},
        "directions/confirm": {**_ACTING, "act": "pass", "text": WORD, "file": ""},
        "directions/done": {"act": "deliver", "about": DIRECTION.about, "leader": DIRECTION.said_by},
        "directions/listed": {"directions": [DIRECTION, ASKED], "total": 2, "mine": False},
        "headlines/proposed": asked,
        "notices/proposed": asked,
        "office/extension": {"asked": proposed},
        "office/confirm_extension": {
            **granting,
            "word": "office",
            "on": date(2026, 3, 13),
            "reason": "",
            "until": date(2026, 4, 10),
            "who": "Nguyễn Mẫu Chánh, Phó Chánh Văn phòng",
            "basis": "123/VP-TH",
        },
        "office/ask_grant_on": granting,
        "office/ask_grant_note": granting,
        "office/extension_decided": {"work": works[2], "proposed": False, "refused": False, "given_back": None},
        "headlines/head_asked": {"works": [waiting], "count": 1},
        "notices/head_asked": {"works": [waiting, waiting]},
        "work/head_overview": {
            "agencies": ["Sở Mẫu 1"],
            "held": 3,
            "held_late": 1,
            "held_mine": ["PAKN-SL-2026-000001"],
            "total": 29,
            "late": [works[0]],
            "late_count": 1,
            "soon": list(works[1:3]),
            "soon_count": 2,
            "waiting": 3,
            "mine": [waiting],
            "words": [DIRECTION],
            "officers": [OFFICER, AWAY, UNREACHED],
        },
        "work/head_confirmed": {"work": waiting},
        "work/ask_head_return": {"work": waiting},
        "work/head_returned": {"work": waiting, "reason": "Thiếu phụ lục kèm theo"},
        "plans/heads": {"plan": PLAN, "on": True, "changed": False},
    }


MORE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("office/follows", {"followed": [], "leader": False}),
    ("office/follows", {"followed": [], "leader": True}),
    ("office/ask_follow", {"leader": True}),
    ("office/confirm_follow", {"said": "Sở Mẫu 1", "drops": True, "leader": False}),
    ("office/confirm_follow", {"said": "Sở Mẫu 1", "drops": False, "leader": True}),
    ("headlines/waits", {"told": [], "count": 3}),
    ("headlines/direction", {"told": [ASKED], "count": 1}),
    ("headlines/direction", {"told": [ASKED, DIRECTION], "count": 2}),
    ("headlines/directed", {"told": [], "count": 2}),
    *(
        (f"{place}/directed", {"told": told, "count": len(told)})
        for place in ("headlines", "notices")
        for told in ([PASSED], [WITHDRAWN], [REPLIED, WITHDRAWN], [PASSED, WITHDRAWN])
    ),
    ("directions/confirm", {**_ACTING, "act": "withdraw", "text": "", "file": "", "told": ["Lý Mẫu Hòa"]}),
    ("headlines/delivered", {"told": [], "count": 2}),
    ("directions/card", {"one": ASKED, "content": "", "agency": False, "leader": True}),
    (
        "directions/file",
        {"one": replace(DIRECTION, fetched=FILE)},
    ),
    ("directions/card", {"one": DIRECTION, "content": "", "agency": True, "leader": False}),
    *(
        ("directions/ask", {**_ACTING, "act": act, "files": True, "text": text})
        for act in ("pass", "reply", "answer", "return", "deliver")
        for text in ("", "Đề nghị báo cáo")
    ),
    *(
        ("directions/confirm", {**_ACTING, "act": act, "text": text, "file": "a.pdf" if act == "answer" else ""})
        for act in ("give", "reply", "answer", "return", "deliver", "withdraw")
        for text in ("", "Đề nghị báo cáo")
    ),
    *(
        ("directions/done", {"act": act, "about": "Sở Mẫu 1", "leader": "đồng chí Lê Mẫu Quang"})
        for act in ("give", "pass", "return", "answer", "reply", "withdraw")
    ),
    ("directions/listed", {"directions": [], "total": 0, "mine": True}),
    ("plans/heads", {"plan": PLAN, "on": False, "changed": False}),
    ("plans/heads", {"plan": PLAN, "on": True, "changed": True}),
)
"""The other ways in which these texts can turn out."""
