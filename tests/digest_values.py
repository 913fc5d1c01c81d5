"""Samples for the texts of digests, of the line about what waits, and of the office's look at a coming digest."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.assignments import State, standing
from domain.case_figures.load import AgencyLoad, Load
from domain.digests import AgencyLine, Awaited, Digest, Since
from domain.lateness import Lateness
from domain.mornings import Counted, Morning
from tests import case_figure_values

DAY = date(2026, 3, 17)
LONG = "Rà soát, công bố thủ tục hành chính nội bộ giữa các cơ quan hành chính nhà nước thuộc phạm vi quản lý của tỉnh"
RED = Digest(
    day=DAY,
    total=1234,
    confirmed=900,
    reported=4,
    late=7,
    newly_late=2,
    due_this_week=tuple((DAY, LONG, at) for at in range(1, 9)),
    obstacles=1,
    apart=((Lateness.LATE, 7), (Lateness.EXTENSION_PENDING, 2)),
    agencies=tuple(AgencyLine(f"Sở Mẫu {at}", at, at, at // 3, at) for at in range(9, 0, -1)),
    open_cases=3,
    own=AgencyLine("Văn phòng UBND tỉnh Sông Lam", 2, 5),
    awaited=(Awaited("Đề nghị gia hạn chờ quyết định", 2), Awaited("Trả lời giải trình chưa xem", 1)),
)
CALM = replace(RED, late=0, apart=(), agencies=(), own=None, obstacles=0, awaited=())
BEFORE = Since(
    date(2026, 3, 16),
    {"total": 1234, "confirmed": 898, "reported": 6, "late": 7, "obstacles": 1, "cases": 4},
    "another",
)
_SAID = {"since": BEFORE, "unchanged": False, "note": "", "reads": "", "shown": 5}


class _Task:
    """A late task as the lists of the drill-down show it."""

    def __init__(self, number: int, days: int) -> None:
        self.id, self.code, self.content, self.agency = number, f"NV-{number:04}", LONG, "Sở Mẫu 1"
        self.due_on = date(2026, 3, 10)
        self.standing = standing(date.fromordinal(DAY.toordinal() - days), State.ACCEPTED, DAY)


_TASKS = [_Task(at, at) for at in range(1, 5)]
_OFFICE = Morning("đang chờ Văn phòng", (Counted("reported", "báo cáo chờ xác nhận", 3), Counted("late", "x", 0)))

OF_DIGESTS: dict[str, dict[str, Any]] = {
    "notices/digest": {"digest": RED, **_SAID},
    "digests/agencies": {
        "groups": [_TASKS, _TASKS[:1]],
        "first": 1,
        "total": 9,
        "apart": RED.apart,
        "day": DAY,
    },
    "digests/tasks": {
        "agency": "Sở Mẫu 1",
        "works": _TASKS,
        "stands": dict.fromkeys(range(1, 5), Lateness.LATE),
        "originals": {1: date(2026, 2, 10)},
        "total": 4,
        "day": DAY,
    },
    "digests/ask_note": {"coming": DAY, "longest": 300},
    "digests/confirm_note": {"coming": DAY, "text": "Các số liệu đã trừ việc được gia hạn."},
    "digests/portfolio": {"leader": "Lê Mẫu Quang", "parts": ["Sở Mẫu 1"], "readers": ["Vũ Mẫu Hà"]},
    "digests/ask_reader": {"leader": "Lê Mẫu Quang"},
    "digests/ask_part": {"leader": "Lê Mẫu Quang"},
    "digests/which_reader": {"text": "Mẫu", "found": 3},
    "digests/confirm_portfolio": {"leader": "Lê Mẫu Quang", "act": "pick", "said": "Vũ Mẫu Hà"},
    "headlines/digest_check": {"coming": DAY},
    "notices/digest_check": {
        "coming": DAY,
        "at": "07:30",
        "state": "held",
        "portfolios": True,
        "text": "Tổng hợp thứ Ba 17/03/2026: 7 việc quá hạn (+2)",
    },
    "headlines/morning": {"lines": [(_OFFICE.heading, _OFFICE.said(Since()))]},
    "notices/morning": {"lines": [(_OFFICE.heading, _OFFICE.said(Since())), ("việc của Sở Mẫu 1", ["2 việc quá hạn"])]},
}
"""What each of these texts asks for."""

_LOAD = Load(
    3,
    89,
    15,
    12,
    2,
    tuple(AgencyLoad(f"UBND phường Mẫu {at}", 9, at, at // 4, 5 * at) for at in range(8, 0, -1)),
)
MORE: tuple[tuple[str, dict[str, Any]], ...] = (
    *case_figure_values.MORE,
    ("notices/digest", {"digest": replace(RED, open_cases=89, cases=_LOAD), **_SAID}),
    ("notices/digest", {"digest": replace(CALM, open_cases=89, cases=replace(_LOAD, late=0, agencies=())), **_SAID}),
    ("notices/digest", {"digest": CALM, **_SAID}),
    ("notices/digest", {"digest": CALM, **_SAID, "since": Since()}),
    ("notices/digest", {"digest": RED, **_SAID, "unchanged": True}),
    ("notices/digest", {"digest": RED, **_SAID, "note": "Đã gồm số liệu mới.", "reads": "Chủ tịch Lê Mẫu Quang"}),
    ("digests/agencies", {"groups": [], "first": 1, "total": 0, "apart": (), "day": DAY}),
    ("digests/portfolio", {"leader": "Lê Mẫu Quang", "parts": [], "readers": []}),
    *(
        ("digests/confirm_portfolio", {"leader": "Lê Mẫu Quang", "act": act, "said": "Sở Mẫu 1"})
        for act in ("end", "drop", "part")
    ),
    (
        "notices/digest_check",
        {"coming": DAY, "at": "07:30", "state": "open", "portfolios": False, "text": "Tổng hợp …"},
    ),
)
"""The other ways in which these texts can turn out."""
