"""Working days and office hours: values that are given their calendar and hold no clock and no table.

A working day is Monday to Friday unless the calendar marks it off, or a weekend day marked as make-up work
(Bộ luật Lao động 2019, Điều 111 and 112; swaps are decided year by year by the Prime Minister).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.local import WEEKDAYS, long_day, short_day
from domain.words import fold

_DAY = timedelta(days=1)
_SATURDAY = 5


class DayKind(StrEnum):
    """Why a day differs from its day of the week."""

    HOLIDAY = "holiday"  # nghỉ lễ, tết
    BRIDGE_OFF = "bridge_off"  # nghỉ bù: a holiday fell on a weekend
    SWAPPED_OFF = "swapped_off"  # nghỉ hoán đổi: worked on another day instead
    MAKEUP_WORK = "makeup_work"  # làm bù: the weekend day worked for a swapped one

    @property
    def is_off(self) -> bool:
        """Whether nobody works on such a day."""
        return self is not DayKind.MAKEUP_WORK

    @property
    def label(self) -> str:
        """The kind in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    DayKind.HOLIDAY: "nghỉ lễ",
    DayKind.BRIDGE_OFF: "nghỉ bù",
    DayKind.SWAPPED_OFF: "nghỉ hoán đổi",
    DayKind.MAKEUP_WORK: "làm bù",
}

_BY_WORD = {
    **{fold(kind): kind for kind in DayKind},
    **{fold(label): kind for kind, label in _LABELS.items()},
    "nghi le, tet": DayKind.HOLIDAY,
    "nghi tet": DayKind.HOLIDAY,
    "hoan doi": DayKind.SWAPPED_OFF,
    "ngay lam bu": DayKind.MAKEUP_WORK,
}


def kind_named(words: str) -> DayKind | None:
    """Return the kind of day that an office's word or the code's own name stands for, None for no kind."""
    return _BY_WORD.get(fold(words))


FORECAST = "dự kiến, chưa có thông báo chính thức"
"""Stands in the source of a day that rests on the law's rule alone, until the year is confirmed."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One exception to the week; `source` names in Vietnamese the day and the document it rests on."""

    day: date
    kind: DayKind
    source: str

    @property
    def said(self) -> str:
        """The kind and what it rests on."""
        return self.source if self.source.startswith(self.kind.label) else f"{self.kind.label} ({self.source})"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that a count passed over, and the Vietnamese reason."""

    day: date
    reason: str


def days_said(days: Iterable[Skipped]) -> str:
    """Return "17/01/2026 (thứ Bảy); 18/01/2026 (Chủ nhật)"."""
    return "; ".join(f"{short_day(one.day)} ({one.reason})" for one in days)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a due date came about: the days counted, the days passed over and why."""

    start: date
    due: date
    counted: tuple[date, ...]
    skipped: tuple[Skipped, ...]

    @property
    def said(self) -> str:
        """The whole sum as one Vietnamese sentence that a person can check."""
        head = (
            f"{len(self.counted)} ngày làm việc sau {long_day(self.start)} "
            f"(không tính ngày này) là {long_day(self.due)}"
        )
        if not self.skipped:
            return f"{head}."
        return f"{head}; không tính: {days_said(self.skipped)}."


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The exceptions of all known years and the version under which sums with them are kept.

    Years without any exception count as plain weeks: `years` tells which ones are known.
    Raises ValueError where one day is entered twice.
    """

    days: tuple[CalendarDay, ...] = ()
    version: int = 0
    _by_day: dict[date, CalendarDay] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_day = {entry.day: entry for entry in self.days}
        if len(by_day) != len(self.days):
            twice = sorted({entry.day for entry in self.days if by_day[entry.day] is not entry})
            raise ValueError(f"entered more than once: {', '.join(map(str, twice))}")
        object.__setattr__(self, "_by_day", by_day)

    @property
    def years(self) -> frozenset[int]:
        """The years that have at least one exception."""
        return frozenset(entry.day.year for entry in self.days)

    def entry(self, day: date) -> CalendarDay | None:
        """Return the exception that stands for a day, None for a plain one."""
        return self._by_day.get(day)

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        entry = self._by_day.get(day)
        return day.weekday() < _SATURDAY if entry is None else not entry.kind.is_off

    def add(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`; n = 0 returns `day` itself.

        The day of the event is not counted (Bộ luật Dân sự 2015, Điều 147.2), so an event on Friday
        evening, Saturday or Sunday gives the same result. Raises ValueError for a negative n.
        """
        return self._walk(day, n, _DAY)

    def subtract(self, day: date, n: int) -> date:
        """Return the n-th working day before `day`; n = 0 returns `day` itself.

        Raises ValueError for a negative n.
        """
        return self._walk(day, n, -_DAY)

    def on_or_before(self, day: date) -> date:
        """Return `day` if it is a working day, else the last working day before it."""
        return day if self.is_working(day) else self.subtract(day, 1)

    def on_or_after(self, day: date) -> date:
        """Return `day` if it is a working day, else the next one.

        A term counted in calendar days that ends on a day off runs to the end of the next working day
        (Bộ luật Dân sự 2015, Điều 148.5).
        """
        return day if self.is_working(day) else self.add(day, 1)

    def between(self, after: date, until: date) -> int:
        """Return the number of working days in (after, until]; negative where `until` comes first."""
        if until < after:
            return -self.between(until, after)
        return sum(self.is_working(day) for day in _days_after(after, until))

    def off_between(self, first: date, last: date) -> tuple[Skipped, ...]:
        """Return the days off from `first` to `last`, both included, each with its reason."""
        days = _days_after(first - _DAY, last)
        return tuple(Skipped(day, self._why_off(day)) for day in days if not self.is_working(day))

    def explain(self, start: date, n: int) -> Explanation:
        """Return `add(start, n)` with the days counted and the days passed over.

        Raises ValueError for a negative n.
        """
        due = self.add(start, n)
        counted = tuple(day for day in _days_after(start, due) if self.is_working(day))
        return Explanation(start, due, counted, self.off_between(start + _DAY, due))

    def _why_off(self, day: date) -> str:
        entry = self._by_day.get(day)
        return WEEKDAYS[day.weekday()] if entry is None else entry.source

    def _walk(self, day: date, n: int, step: timedelta) -> date:
        if n < 0:
            raise ValueError(f"the number of working days cannot be negative: {n}")
        left = n
        while left:
            day += step
            left -= self.is_working(day)
        return day


def _days_after(after: date, until: date) -> Iterator[date]:
    for offset in range(1, (until - after).days + 1):
        yield after + timedelta(days=offset)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one day in local time: open from `opens` on, shut from `closes` on."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes <= self.opens:
            raise ValueError(f"closes at {self.closes} but opens only at {self.opens}")

    def __contains__(self, moment: time) -> bool:
        return self.opens <= moment < self.closes

    @property
    def said(self) -> str:
        """The span as an office writes it, "07:30–11:30"."""
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The hours in which unsolicited messages may leave; each province sets its own.

    Raises ValueError where the afternoon begins before the morning has ended.
    """

    morning: Span = Span(time(7, 30), time(11, 30))
    afternoon: Span = Span(time(13, 30), time(17, 0))

    def __post_init__(self) -> None:
        if self.afternoon.opens < self.morning.closes:
            raise ValueError(f"the afternoon opens at {self.afternoon.opens}, inside the morning")

    def is_open(self, moment: datetime, calendar: WorkCalendar) -> bool:
        """Whether the local moment lies in office hours of a working day."""
        clock = moment.time()
        in_hours = clock in self.morning or clock in self.afternoon
        return in_hours and calendar.is_working(moment.date())

    def next_open(self, moment: datetime, calendar: WorkCalendar) -> datetime:
        """Return the local moment itself if offices are open then, else the next opening.

        The result keeps the time zone of `moment`.
        """
        if self.is_open(moment, calendar):
            return moment
        day = moment.date()
        if calendar.is_working(day):
            for span in (self.morning, self.afternoon):
                if moment.time() < span.opens:
                    return datetime.combine(day, span.opens, moment.tzinfo)
        return datetime.combine(calendar.add(day, 1), self.morning.opens, moment.tzinfo)
