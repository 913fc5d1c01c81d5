"""Samples for the texts about giving and changing work by chat, broadcasts, and who the focal officers are."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from domain.focal import Focal, FocalList
from domain.people import Role
from storage.audiences import Place
from storage.views.work import Work

AT = datetime(2026, 7, 1, 1, 5, tzinfo=UTC)
DAY = date(2026, 7, 1)
PLACES = [Place(at, f"SM{at}", f"Sở Mẫu {at}", (at,), (at,) if at % 2 else ()) for at in range(1, 21)]
NAMES = [one.name for one in PLACES]
MOUTH = "Giao miệng ngày 01/07/2026 (đồng chí Nguyễn Mẫu An giao)"
BROADCAST = SimpleNamespace(
    id=1,
    text="Họp giao ban trực tuyến lúc 8 giờ thứ Sáu 03/07/2026. " * 18,
    person="Nguyễn Mẫu An",
    position="",
    at=AT,
    file="",
)
ASKED = [
    SimpleNamespace(id=at, agency=f"Sở Mẫu {at}", agency_code=f"SM{at}", person=person, answer=answer, answered_at=when)
    for at, person, answer, when in (
        (1, "Trần Mẫu Bình", "vẫn đúng", AT),
        (2, "Lê Mẫu Cường", "từ 01/8 đồng chí Phạm Mẫu Dung thay", AT),
        (3, None, None, None),
    )
]
OFFICERS = ["Trần Mẫu Bình (Phó Chánh Văn phòng)", "Phạm Mẫu Dung"]
LIST = FocalList(
    DAY,
    AT,
    tuple(NAMES),
    (
        Focal("Sở Mẫu 2", "Vũ Mẫu Em", "Giám đốc", Role.HEAD, ("Zalo",), DAY),
        Focal("Sở Mẫu 1", "Trần Mẫu Bình", "Chuyên viên", Role.OFFICER, ("Zalo", "thư điện tử"), DAY),
        Focal("Sở Mẫu 1", "Lê Mẫu Cường", "Giám đốc", Role.HEAD, (), None),
    ),
)


def of_giving(works: Sequence[Work], content: str) -> dict[str, dict[str, Any]]:
    """Return the samples by template; `works` are assignments of one task, `content` a long wording."""
    line = {"said": ["Sở Mẫu 1", "các sở"], "lead": ["Sở Mẫu 1", "các sở"], "content": content, "raw": "trước 25/7"}
    changed = {
        "work": works[0],
        "works": list(works),
        "whole": list(works),
        "name": "Sở Mẫu 9",
        "reason": "Theo 7/TB-VP",
    }
    told = ASKED[1:2]
    return {
        "office/ask_give_who": {**line, "unknown": "Sở Thể dục"},
        "office/ask_give_what": line,
        "office/ask_give_when": {**line, "note": "Hạn thứ Năm 09/04/2026 đã qua."},
        "office/ask_give_basis": {"basis": {"kind": "Công văn", "number": None, "on": "2026-07-01"}},
        "office/give_confirm": {
            **line,
            "places": PLACES,
            "helping": NAMES[:3],
            "due_on": date(2026, 7, 25),
            "target": date(2026, 7, 24),
            "understood": "",
            "basis": MOUTH,
            "people": 10,
            "silent": NAMES[1::2],
        },
        **{
            f"office/{name}": changed
            for name in (
                "ask_add_agency_to",
                "ask_add_agency_why",
                "confirm_add_agency",
                "ask_call_off_scope",
                "ask_call_off_why",
                "confirm_call_off",
                "called_off",
            )
        },
        "office/agency_added": {"work": works[0], "made": list(works)},
        "office/ask_broadcast_text": {"waiting": [(BROADCAST, AT)]},
        "office/ask_broadcast_to": {"text": BROADCAST.text},
        "office/broadcast_confirm": {
            "text": BROADCAST.text,
            "said": "tất cả cán bộ đầu mối",
            "people": 87,
            "places": 45,
            "silent": NAMES[:6],
            "leaves": AT,
            "file": "giay-moi.pdf",
            "size": "1,2 MB",
            "note": "",
        },
        "office/broadcast_waits": {"said": "tất cả cán bộ đầu mối", "leaves": AT, "file": "giay-moi.pdf"},
        "office/broadcast_undone": {"broadcast": BROADCAST},
        "people/broadcasts": {"told": [BROADCAST, BROADCAST]},
        "headlines/broadcast": {"told": [BROADCAST], "count": 1},
        "notices/broadcast": {"told": [BROADCAST]},
        "headlines/reconfirm": {"asked": ASKED[2:], "told": []},
        "notices/reconfirm": {"asked": ASKED[2:], "told": told, "officers": {3: OFFICERS}},
        "people/reconfirm": {"asked": ASKED[2], "officers": OFFICERS},
        "people/reconfirm_change": {"asked": ASKED[2], "officers": OFFICERS},
        "people/reconfirm_confirm": {"asked": ASKED[2], "text": content},
        "people/reconfirmed": {"asked": ASKED[0], "same": True},
        "people/reconfirm_status": {
            "round": "2026-07",
            "asked": ASKED,
            "answered": ASKED[:2],
            "changed": told,
            "silent": ASKED[2:],
        },
        "people/exported": {"found": LIST},
    }
