"""The first filling of the work calendar: the `holidays` package corrected by our dated table.

The package is the engine for lunar dates and for days off in lieu. It knows nothing of swaps announced after
its release, and its forecast for coming years is no official notice: such days say "dự kiến" in their
source until the coordinating office enters the document.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from app.calendar_corrections import CORRECTIONS, LAST_ANNOUNCED_YEAR
from domain.calendar_changes import Change
from domain.workdays import FORECAST, CalendarDay, DayKind, WorkCalendar

CULTURE_DAY_OFF = False
"""Whether 24/11 (Ngày Văn hóa Việt Nam) is a day off where the office has not said so.

Resolution 80-NQ/TW wants it and Nghị quyết 30/NQ-CP of 2026 asks for a change of Điều 112 of the Labour Code;
until that change is seen in force the day counts as worked, so that no limit is computed a day too long.
"""

_CULTURE_DAY = "Ngày Văn hóa Việt Nam"
_LAW = "theo Bộ luật Lao động"
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


def missing_days(calendar: WorkCalendar, years: Collection[int], *, culture_day_off: bool) -> tuple[Change, ...]:
    """Return the days of those years of which the calendar knows none."""
    missing = [year for year in years if year not in calendar.years]
    if not missing:
        return ()
    days = seed_days(min(missing), max(missing), culture_day_off=culture_day_off)
    return tuple(Change(one.day, None, one) for one in days if one.day.year in missing)


def culture_changes(calendar: WorkCalendar, *, off: bool) -> tuple[Change, ...]:
    """Return what turning the switch for 24/11 changes in the years that the calendar knows.

    Days that somebody has entered otherwise stay as they are.
    """
    if not calendar.years:
        return ()
    span = (min(calendar.years), max(calendar.years))
    plain = {one.day for one in seed_days(*span, culture_day_off=False)}
    own = [one for one in seed_days(*span, culture_day_off=True) if one.day not in plain]
    known = [one for one in own if one.day.year in calendar.years]
    if off:
        return tuple(Change(one.day, None, one) for one in known if calendar.entry(one.day) is None)
    kept = [(one.day, calendar.entry(one.day)) for one in known]
    return tuple(Change(day, entry, None) for day, entry in kept if entry is not None and _is_culture_day(entry))


def has_culture_day(calendar: WorkCalendar) -> bool:
    """Whether the calendar holds 24/11 as the switch enters it."""
    return any(_is_culture_day(one) for one in calendar.days)


def _is_culture_day(entry: CalendarDay) -> bool:
    return entry.source.startswith(_CULTURE_DAY)


@dataclass(frozen=True, slots=True)
class Difference:
    """A day on which the calendar in force and the one that we ship disagree."""

    day: date
    works: bool
    """Whether the day is worked by the calendar in force."""


def differences(calendar: WorkCalendar, first: int, last: int, *, culture_day_off: bool) -> list[Difference]:
    """Return where the package, corrected by our table, says otherwise than the calendar in force.

    Only years that the calendar knows; shown to the operator and never applied.
    """
    shipped = WorkCalendar(seed_days(first, last, culture_day_off=culture_day_off))
    days = [date(first, 1, 1) + timedelta(days=n) for n in range((date(last, 12, 31) - date(first, 1, 1)).days + 1)]
    known = [day for day in days if day.year in calendar.years]
    return [
        Difference(day, calendar.is_working(day))
        for day in known
        if calendar.is_working(day) != shipped.is_working(day)
    ]


def _day_off(day: date, name: str) -> CalendarDay:
    return CalendarDay(day, _kind(name), f"{name}, {_basis(day)}")


def _make_up(day: date) -> CalendarDay:
    return CalendarDay(day, DayKind.MAKEUP_WORK, f"Ngày làm bù, {_basis(day)}")


def _kind(name: str) -> DayKind:
    if _SWAPPED in name:
        return DayKind.SWAPPED_OFF
    return DayKind.BRIDGE_OFF if _IN_LIEU in name else DayKind.HOLIDAY


def _basis(day: date) -> str:
    return _LAW if day.year <= LAST_ANNOUNCED_YEAR else f"{_LAW} ({FORECAST})"
