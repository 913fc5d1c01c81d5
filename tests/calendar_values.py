"""Samples for the texts about the work calendar, for tests/template_values.py."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from actions.recounting import MovedMoment
from domain.calendar_changes import Change, Proposal
from domain.explanations import SAYINGS, of_receipt, why
from domain.people import Role
from domain.statutes import FORWARDING
from domain.workdays import FORECAST, CalendarDay, DayKind, OfficeHours, WorkCalendar
from storage.views.calendar import CalendarYear
from storage.views.dates import Ahead, Decision, Explained

DAY = date(2027, 1, 4)
SOURCE = ("văn bản số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ về hoán đổi ngày làm việc " * 3)[
    :280
].strip()
AT = datetime(2026, 12, 28, 1, 0, tzinfo=UTC)
HOLIDAYS = tuple(
    CalendarDay(DAY + timedelta(days=at), DayKind.HOLIDAY, f"Tết Nguyên Đán, theo Bộ luật Lao động ({FORECAST})")
    for at in range(12)
)
SWAP = (
    CalendarDay(date(2027, 1, 2), DayKind.MAKEUP_WORK, f"làm bù cho thứ Sáu 01/01/2027, {SOURCE}"),
    CalendarDay(date(2027, 1, 1), DayKind.SWAPPED_OFF, "nghỉ hoán đổi với thứ Bảy 02/01/2027, 9/VPCP"),
)
CALENDAR = WorkCalendar((*SWAP, *HOLIDAYS), 3)
YEAR = CalendarYear(2027, CALENDAR, HOLIDAYS, False, OfficeHours(), "5/QĐ-UBND", AT, "12729/VPCP-KGVX")

MOVED = [SimpleNamespace(matter=SimpleNamespace(code=f"NV-{at:04}"), old=DAY, new=DAY) for at in range(1, 9)]
MOMENTS = [
    MovedMoment("NV-0001", "t3", "reminder", AT, AT + timedelta(days=1)),
    MovedMoment("NV-0002", "t14", "reminder", None, AT),
    MovedMoment("", "t1", "requested", AT, None),
    *(MovedMoment(f"NV-{at:04}", "over3", "escalation", AT, AT) for at in range(3, 9)),
]
EFFECT = {"dates": MOVED, "moments": MOMENTS, "first": 5, "kinds": SAYINGS, "note": "Lịch vừa được sửa.", "done": False}
ADDED = Proposal(tuple(Change(one.day, None, one) for one in SWAP), SOURCE)

WHY = why(of_receipt(date(2026, 12, 30), 5, FORWARDING.said), date(2027, 1, 25), CALENDAR)
EXPLAINED = Explained(
    code="NV-0012",
    due_on=date(2027, 1, 25),
    why=WHY,
    words="Trước ngày 26/01/2027",
    article="",
    calendar_version=3,
    calendar_source=SOURCE,
    calendar_since=AT,
    decisions=tuple(
        Decision(at, AT, DAY if at > 1 else None, DAY, "lịch làm việc thay đổi", SOURCE * (at - 1), "", "")
        for at in range(1, 4)
    ),
    ahead=tuple(
        Ahead(AT + timedelta(days=at), kind, kind, Role.OFFICER, "Sở Mẫu 1", at == 1)
        for at, kind in enumerate((*SAYINGS, *SAYINGS))
    ),
)
UNDATED = Explained("NV-0013", None, WHY, "", "", 1, "", None, (), ())

OF_CALENDAR: dict[str, dict[str, Any]] = {
    "calendar/ask_day": {"removing": True},
    "calendar/ask_kind": {"on": DAY},
    "calendar/ask_pair": {"on": DAY, "made_up": False},
    "calendar/ask_source": {"on": DAY, "act": "add", "year": 0},
    "calendar/effect": {"proposal": ADDED, **EFFECT},
    "calendar/link": {"url": "https://mau.example/office/enter/abcdef", "here": True},
    "calendar/overview": {
        "note": "",
        "years": [(2026, True), (2027, False)],
        "coming": HOLIDAYS[:8],
        "more": HOLIDAYS[8:],
        "found": YEAR,
    },
    "calendar/why": {"explained": EXPLAINED, "kinds": SAYINGS, "shown": 6},
    "calendar/year": {"found": YEAR},
    "headlines/amended": {"count": 3, "recounted": True},
    "headlines/calendar": {"year": 2027},
    "notices/calendar": {"year": 2027, "days": HOLIDAYS},
}
"""What each of these texts asks for."""

MORE: tuple[tuple[str, dict[str, Any]], ...] = (
    ("calendar/ask_day", {"removing": False}),
    ("calendar/ask_pair", {"on": DAY, "made_up": True}),
    ("calendar/ask_source", {"on": DAY, "act": "remove", "year": 0}),
    ("calendar/ask_source", {"on": None, "act": "confirm", "year": 2027}),
    ("calendar/effect", {"proposal": ADDED, **EFFECT, "done": True, "note": ""}),
    ("calendar/effect", {"proposal": Proposal(tuple(Change(one.day, one, None) for one in SWAP), "9/VPCP"), **EFFECT}),
    (
        "calendar/effect",
        {"proposal": Proposal((), "99/TB-BNV", 2027), **EFFECT, "dates": [], "moments": [], "done": True},
    ),
    ("calendar/why", {"explained": UNDATED, "kinds": SAYINGS, "shown": 6}),
    ("notices/calendar", {"year": 2027, "days": []}),
)
"""The other ways in which these texts can turn out."""
