"""The working days of early 2026, as officially announced: enough for dates that a clerk can check by hand."""

from datetime import date, datetime

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from domain.local import VIETNAM
from domain.workdays import CalendarDay, DayKind, WorkCalendar

TET = WorkCalendar(
    (
        CalendarDay(date(2026, 1, 1), DayKind.HOLIDAY, "Tết Dương lịch"),
        CalendarDay(date(2026, 1, 2), DayKind.SWAPPED_OFF, "nghỉ hoán đổi"),
        CalendarDay(date(2026, 1, 10), DayKind.MAKEUP_WORK, "làm bù"),
        *(CalendarDay(date(2026, 2, day), DayKind.HOLIDAY, "Tết Nguyên đán") for day in range(16, 21)),
        CalendarDay(date(2026, 4, 27), DayKind.BRIDGE_OFF, "nghỉ bù Giỗ Tổ Hùng Vương"),
        CalendarDay(date(2026, 4, 30), DayKind.HOLIDAY, "Ngày Chiến thắng"),
        CalendarDay(date(2026, 5, 1), DayKind.HOLIDAY, "Quốc tế Lao động"),
    ),
    version=1,
)


def moments(first: date, last: date) -> SearchStrategy[datetime]:
    """Return local moments of these days."""
    return st.builds(lambda day, at: datetime.combine(day, at, VIETNAM), st.dates(first, last), st.times())
