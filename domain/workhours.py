"""Working hours: the clocks of urgent work, counted in office hours of working days and nowhere else.

Time runs from the moment of the event itself, in the hours each province sets (`OfficeHours`); the lunch break, the
night, days off do not count, make-up Saturdays do. A limit that is used up at closing time ends at closing time.
"""

from datetime import datetime, timedelta
from fractions import Fraction

from domain.local import long_day
from domain.workdays import OfficeHours, WorkCalendar, days_said

_MICROSECONDS = 3_600_000_000
_NONE = timedelta()


def add_hours(start: datetime, hours: Fraction | int, clock: OfficeHours, calendar: WorkCalendar) -> datetime:
    """Return the moment at which so many working hours after `start` are used up.

    `start` is local and aware; the result keeps its zone and lies in office hours, closing time included. No hours
    are used up at `start` itself. Raises ValueError for a naive start and for a negative number of hours.
    """
    left = _length(hours)
    _aware(start)
    moment = start
    while left:
        moment = clock.next_open(moment, calendar)
        span = min(left, _closing(moment, clock) - moment)
        moment, left = moment + span, left - span
    return moment


def worked(after: datetime, until: datetime, clock: OfficeHours, calendar: WorkCalendar) -> timedelta:
    """Return the working time in [after, until], negative where `until` comes first.

    Both are local and aware. The inverse of `add_hours`. Raises ValueError for a naive moment.
    """
    _aware(after)
    _aware(until)
    if until < after:
        return -worked(until, after, clock, calendar)
    sum_, moment = _NONE, clock.next_open(after, calendar)
    while moment < until:
        closes = _closing(moment, clock)
        sum_ += min(closes, until) - moment
        moment = clock.next_open(closes, calendar)
    return sum_


def length_said(hours: Fraction | int) -> str:
    """Return "4 giờ làm việc", "1 giờ 30 phút làm việc", "45 phút làm việc"."""
    minutes = round(hours * 60)
    parts = [f"{minutes // 60} giờ"] if minutes >= 60 else []
    if minutes % 60 or not minutes:
        parts.append(f"{minutes % 60} phút")
    return f"{' '.join(parts)} làm việc"


def moment_said(moment: datetime) -> str:
    """Return "16:00 thứ Sáu 06/03/2026"."""
    return f"{moment:%H:%M} {long_day(moment.date())}"


def said(start: datetime, hours: Fraction | int, clock: OfficeHours, calendar: WorkCalendar) -> str:
    """Return the whole sum as one Vietnamese sentence that a person can check: hours kept, days passed over.

    Raises ValueError as `add_hours` does.
    """
    due = add_hours(start, hours, clock, calendar)
    kept = f"{clock.morning.said} và {clock.afternoon.said}"
    head = f"{length_said(hours)} từ {moment_said(start)} (tính {kept}) là {moment_said(due)}"
    off = calendar.off_between(start.date(), due.date())
    return f"{head}; không tính: {days_said(off)}." if off else f"{head}."


def _length(hours: Fraction | int) -> timedelta:
    if hours < 0:
        raise ValueError(f"the number of working hours cannot be negative: {hours}")
    return timedelta(microseconds=round(hours * _MICROSECONDS))


def _aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(f"a moment without a time zone: {moment}")


def _closing(moment: datetime, clock: OfficeHours) -> datetime:
    """Return when the span of office hours in which `moment` lies closes."""
    span = clock.morning if moment.time() in clock.morning else clock.afternoon
    return datetime.combine(moment.date(), span.closes, moment.tzinfo)
