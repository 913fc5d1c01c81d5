"""What a deadline becomes for one agency: one duty with a date, one a period, or one without a date."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.deadlines import (
    AnyOf,
    ByDate,
    ByOtherPlan,
    Continuous,
    Deadline,
    Occurrences,
    OnEvent,
    Period,
    Recurring,
    Unspecified,
    last_day,
)
from domain.deadlines.values import Every
from domain.workdays import WorkCalendar

_MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do once. `due_on` is the last day still on time, None for a duty without a date.

    `period` is a short label, unique among the duties of one deadline ("", "2026-03", "2026-Q1"…). `ends_on` is the
    last day of a period that names no day of its own: its last working day is the duty's, by the calendar in force.
    """

    period: str
    starts_on: date | None
    due_on: date | None
    deadline: Deadline
    ends_on: date | None = None


def duties(deadline: Deadline, *, on: date, strictly_before: bool, calendar: WorkCalendar) -> tuple[Duty, ...]:
    """Return the duties that stand from the day `on`, the day of issue.

    A recurring deadline gives its current and its next period; call again later for the following ones.
    `strictly_before` tells that its day of the month was said with "trước".
    """
    return tuple(_told_apart(_duties(deadline, on, strictly_before, calendar)))


def _duties(deadline: Deadline, on: date, strictly_before: bool, calendar: WorkCalendar) -> tuple[Duty, ...]:
    match deadline:
        case ByDate():
            return (Duty("", None, last_day(deadline), deadline),)
        case Period(start, end):
            return (Duty("", start, end, deadline),)
        case Occurrences(periods):
            return tuple(Duty(f"{one.start:%Y-%m}", one.start, one.end, one) for one in periods)
        case Recurring():
            return tuple(_recurring(deadline, on, strictly_before, calendar))
        case AnyOf(of):
            return tuple(duty for one in of for duty in _duties(one, on, strictly_before, calendar))
        case Continuous():
            return (Duty("thường xuyên", None, None, deadline),)
        case OnEvent() | ByOtherPlan() | Unspecified():
            return (Duty("chưa có hạn", None, None, deadline),)


def _told_apart(found: tuple[Duty, ...]) -> Iterator[Duty]:
    """Give duties of one label (two dates in one cell) labels of their own."""
    seen: Counter[str] = Counter()
    for duty in found:
        seen[duty.period] += 1
        again = seen[duty.period]
        yield duty if again == 1 else replace(duty, period=f"{duty.period} ({again})".strip())


def lacks_day(deadline: Deadline) -> bool:
    """Whether it comes back period by period, every period alike, without the day on which it is due."""
    if not isinstance(deadline, Recurring) or deadline.day is not None:
        return False
    return len(deadline.every) == 1 and deadline.every[0] in _MONTHS


KINDS_WITHOUT_DATE = ("on_event", "by_other_plan", "unspecified")
"""Kinds (as in the plan format) for which the coordinating office is asked, month by month, when they are due."""


def _recurring(deadline: Recurring, on: date, strictly_before: bool, calendar: WorkCalendar) -> Iterator[Duty]:
    units = [unit for unit in deadline.every if unit in _MONTHS]
    if not units:
        yield Duty("định kỳ", None, None, deadline)
    for unit in units:
        found = 0
        start = _period_start(on, _MONTHS[unit])
        while found < 2:
            duty = _in_period(deadline, unit, start, strictly_before, calendar)
            if duty.due_on is not None and duty.due_on >= on:
                yield duty
                found += 1
            start = _months_later(start, _MONTHS[unit])


def _in_period(deadline: Recurring, unit: Every, start: date, strictly_before: bool, calendar: WorkCalendar) -> Duty:
    end = _months_later(start, _MONTHS[unit]) - timedelta(days=1)
    month = date(start.year, deadline.month, 1) if deadline.month else end.replace(day=1)
    if deadline.day is None:
        ends_on = _day_of_month(month, _LONGEST_MONTH)
        return Duty(_label(unit, start), start, calendar.on_or_before(ends_on), deadline, ends_on)
    due = _day_of_month(month, deadline.day) - timedelta(days=int(strictly_before))
    return Duty(_label(unit, start), start, due, deadline)


_LONGEST_MONTH = 31


def _label(unit: Every, start: date) -> str:
    match unit:
        case "month":
            return f"{start:%Y-%m}"
        case "quarter":
            return f"{start.year}-Q{(start.month + 2) // 3}"
        case "half_year":
            return f"{start.year}-H{1 if start.month == 1 else 2}"
        case _:
            return f"{start.year}"


def _period_start(on: date, months: int) -> date:
    return date(on.year, (on.month - 1) // months * months + 1, 1)


def _months_later(first: date, months: int) -> date:
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _day_of_month(first: date, day: int) -> date:
    last = _months_later(first, 1) - timedelta(days=1)
    return first.replace(day=min(day, last.day))
