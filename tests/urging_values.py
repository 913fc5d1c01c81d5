"""Samples for the texts of the office's overview and of urging, for tests/template_values.py."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from domain.awaiting import Item, Kind
from domain.lateness import Lateness
from domain.overview import tally
from domain.urging import Line, Preview, Skip, Urged
from storage.views.overview import Row
from storage.views.work import Work

AT = datetime(2026, 3, 16, 2, 5, tzinfo=UTC)
PREVIEW = Preview(
    tuple(range(1, 41)),
    tuple(Line(at, f"Ủy ban nhân dân phường Mẫu {at}", 2, 14, 1, at == 3) for at in range(1, 21)),
    {Skip.WAITS_FOR_OFFICE: 2, Skip.URGED: 1, Skip.UNREACHED: 3},
    Urged("Nguyễn Mẫu An", AT),
)


def of_urging(works: Sequence[Work], done: Work) -> dict[str, dict[str, Any]]:
    """Return the samples, made of works the first of which is late."""
    late = works[0]
    stands: dict[int, Lateness | None] = {one.id: Lateness.LATE for one in (*works, done)}
    mixed = tally([*works, done], {**stands, late.id: Lateness.ASSIGNED_LATE})
    row = Row((*works, done), tally([*works, done], stands))
    items = [(Item(kind, AT, 1, 1, late.code, late.agency, late.content), at) for at, kind in enumerate(list(Kind)[:6])]
    items += [(Item(Kind.UNREACHED, AT, 12), 3), (Item(Kind.SEAT, AT, 1, 4, "", late.agency, "Nguyễn Mẫu An"), 0)]
    letter = SimpleNamespace(at=AT, by_name="Nguyễn Mẫu An")
    task = SimpleNamespace(plan="15/KH-UBND", content=late.content, lead=["Ban Chỉ đạo", "Tổ công tác"])
    told = {"works": [late] * 8, "total": 12, "stands": stands, "originals": {}}
    urged = {"works": [late], "preview": PREVIEW, "later": AT, "shown": 8, "sentence": late.content[:300]}
    counts = {"at": "16 giờ 00 ngày 16/03/2026", "total": 1204, "agencies": 45}
    letters = {"letter": letter, "works": [late] * 12, "number": "123/VP-KSTT", "on": date(2026, 3, 16), "count": 12}
    names = [f"Sở Mẫu {at}" for at in range(12)]
    return {
        "office/overview": {
            "tally": mixed, "waiting": 12, "since": 5, "lists": [(kind.label, 12) for kind in Kind],
        },
        "office/inbox": {"items": items, "total": 20},
        "office/agencies": {"rows": [row] * 8, "total": 45, "past": 12},
        "office/tasks": {"rows": [row] * 8, "total": 45},
        "office/days": {"rows": [(late.due_on, row, 12)] * 8, "total": 45},
        "office/agency": {**told, "row": row},
        "office/day": {**told, "due": late.due_on},
        "office/task": {"work": late, "tally": mixed, "files": 87},
        "office/task_part": {**told, "work": late, "label": "Chưa gửi", "whens": ["quá hạn 14 ngày"] * 8, "of": 120},
        "office/urge_preview": urged,
        "office/urged": urged,
        "office/late": {"without": PREVIEW.left_out},
        "office/pasted": {**counts, "brief": True, "parts": 3, "without": PREVIEW.left_out},
        "paste/head": counts,
        "paste/agency": {"agency": late.agency, "at": 1, "cooperates": True, "works": works[:1]},
        "paste/brief": {"agency": late.agency, "at": 1, "cooperates": True, "longest": 85, "works": works[:1]},
        "paste/foot": {"left_out": 3},
        "office/ask_letter_wanted": {"agencies": names, "preview": PREVIEW},
        "office/confirm_letter": {
            "agencies": names, "by": date(2026, 3, 25), "missing": True, "works": [late] * 12, "preview": PREVIEW,
        },
        "office/letter_written": {"agencies": names},
        "office/letters": {"letters": [(letter, [late] * 12)] * 8, "total": 9},
        "office/ask_letter_number": letters,
        "office/confirm_letter_number": letters,
        "office/letter_numbered": letters,
        "office/confirm_letter_drop": letters,
        "office/letter_dropped": letters,
        "office/unknown": {"tasks": [task] * 8, "total": 12},
        **{
            f"office/{name}": {"task": task, "name": names[0], "due_on": date(2025, 12, 26), "made": [late]}
            for name in ("ask_lead_to", "confirm_lead", "lead_given")
        },
        "work/card": {"reported": 5},
        "office/evidence_bundle": {"work": late, "files": 87, "missing": 2},
        "notices/urge": {"cooperates": False, "sentences": [late.content[:300]]},
        "headlines/urge": {"cooperates": True},
        "headlines/forwarded": {"told": [(late, "", "")] * 4},
        "notices/forwarded": {"told": [(late, "Chờ mẫu của Bộ", "Nguyễn Mẫu An chuyển đồng chí Trần Mẫu Bình: xem")]},
        **{
            f"office/{name}": {
                "work": late, "obstacle": late.content, "words": late.content[:300], "by": date(2026, 3, 25),
                "agency": "Sở Mẫu 2", "name": "Sở Mẫu 2",
            }
            for name in ("ask_forward_to", "ask_forward_words", "ask_forward_by", "confirm_forward", "forwarded")
        },
    }  # fmt: skip
