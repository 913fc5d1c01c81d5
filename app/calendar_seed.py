"""The first filling of the work calendar: the `holidays` package corrected by our dated table.

The package is the engine for lunar dates and for days off in lieu. It knows nothing of swaps announced after
its release, and its forecast for coming years is no official notice: such days say "dự kiến" in their
source until the coordinating office enters the document.
"""

from datetime import date

import holidays

from app.calendar_corrections import CORRECTIONS, LAST_ANNOUNCED_YEAR
from domain.workdays import CalendarDay, DayKind

CULTURE_DAY_OFF = False
"""Whether 24/11 (Ngày Văn hóa Việt Nam) is a day off where the office has not said so.

Resolution 80-NQ/TW wants it and Nghị quyết 30/NQ-CP of 2026 asks for a change of Điều 112 of the Labour Code;
until that change is seen in force the day counts as worked, so that no limit is computed a day too long.
"""

_CULTURE_DAY = "Ngày Văn hóa Việt Nam"
_LAW = "theo Bộ luật Lao động"
_FORECAST = "dự kiến, chưa có thông báo chính thức"
_IN_LIEU = "(nghỉ bù)"
_SWAPPED = "thay cho ngày"


def seed_days(first: int, last: int, *, culture_day_off: bool = CULTURE_DAY_OFF) -> tuple[CalendarDay, ...]:
    """Return the exceptions to the plain week of the years `first` to `last`, both included, in order.

    `culture_day_off` is the office's own switch for 24/11 from 2026 on. Raises ValueError where `last` is
    before `first`.
    """
    if last < first:
        raise ValueError(f"the last year {last} is before the first {first}")
    # A swap may reach over New Year (31/12/2018 for 05/01/2019), so the neighbouring years are asked too.
    # Without `expand=False` the package adds years by itself; `weekend_workdays` names days of any year.
    package = holidays.country_holidays("VN", years=range(first - 1, last + 2), expand=False, language="vi")
    days = {day: _day_off(day, name) for day, name in package.items() if culture_day_off or _CULTURE_DAY not in name}
    days |= {day: _make_up(day) for day in package.weekend_workdays}
    days |= {entry.day: entry for entry in CORRECTIONS}
    return tuple(days[day] for day in sorted(days) if first <= day.year <= last)


def _day_off(day: date, name: str) -> CalendarDay:
    return CalendarDay(day, _kind(name), f"{name}, {_basis(day)}")


def _make_up(day: date) -> CalendarDay:
    return CalendarDay(day, DayKind.MAKEUP_WORK, f"Ngày làm bù, {_basis(day)}")


def _kind(name: str) -> DayKind:
    if _SWAPPED in name:
        return DayKind.SWAPPED_OFF
    return DayKind.BRIDGE_OFF if _IN_LIEU in name else DayKind.HOLIDAY


def _basis(day: date) -> str:
    return _LAW if day.year <= LAST_ANNOUNCED_YEAR else f"{_LAW} ({_FORECAST})"
