"""How assignments are counted: each one in one part of a period, so that parts make totals and agencies make totals.

An assignment counts in the period in which its last day lies. It is finished when the product's day says so, not the
click: a report that waits for the office's yes is finished (told apart as waiting), one that was returned is open.
What is open past a date before the period is carried over: told beside the period's own, in no total.
What has no date (continuous, on occasion, waiting for another plan) is open in time in every period from its plan on,
until the period in which it is finished: there it is finished on time. What was cancelled is told apart and belongs
to no total; what was given to another agency counts there alone from then on.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Self, TypeVar

from domain.assignments import State
from domain.periods import Period

K = TypeVar("K", bound=Hashable)


class Fate(StrEnum):
    """What became of an assignment, seen from one period on one day."""

    ON_TIME = "on_time"
    LATE = "late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_OVERDUE = "open_overdue"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The fate in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Fate.ON_TIME: "hoàn thành đúng hạn",
    Fate.LATE: "hoàn thành quá hạn",
    Fate.OPEN_IN_TIME: "đang thực hiện, trong hạn",
    Fate.OPEN_OVERDUE: "đang thực hiện, quá hạn",
    Fate.CANCELLED: "không thực hiện",
}


class Ending(StrEnum):
    """Why an assignment ended that nobody finished."""

    CANCELLED = "cancelled"
    MOVED = "moved"  # another agency has it, or it is part of another one
    WITH_THE_YEAR = "with_the_year"  # work of the whole year, closed with its plan


@dataclass(frozen=True, slots=True)
class Entry:
    """One assignment as its counting needs it, with the dates that were in force on the day of the count."""

    code: str
    task_id: int
    agency_id: int
    state: State
    begun_on: date
    """The day of its plan or of its issue, whichever came first; that of its issue where it was added later."""
    due_on: date | None
    original_on: date | None
    """The plan's own date, where the office has agreed to another one since."""
    finished_on: date | None = None
    """The day of the product."""
    reported_on: date | None = None
    """The day of the report, or of the office's yes where there was none."""
    ended_on: date | None = None
    ending: Ending | None = None
    extended: bool = False
    """Whether the office agreed to a later date."""

    def is_finished(self, day: date) -> bool:
        """Whether the product was there by a day."""
        return any(one is not None and one <= day for one in (self.finished_on, self.reported_on))

    def state_on(self, day: date) -> State:
        """Return the state, as of a day before its end as one that is being worked on."""
        there = self.is_ended(day) if self.state is State.CANCELLED else self.is_finished(day)
        return self.state if there or not self.state.is_done_by_agency else State.IN_PROGRESS

    def is_ended(self, day: date) -> bool:
        """Whether it had ended, unfinished, by a day."""
        return self.ended_on is not None and self.ended_on <= day


def fate(entry: Entry, period: Period, day: date, *, by_original: bool = False) -> Fate | None:
    """Return what became of an assignment by `day`, None where it does not count in the period.

    `by_original` holds it against the plan's own date, which also decides in which period it counts then.
    """
    due_on = entry.original_on if by_original else entry.due_on
    if entry.begun_on > day:
        return None
    if due_on is None:
        return _without_date(entry, period, day)
    if due_on not in period:
        return None
    if entry.is_ended(day):
        return Fate.CANCELLED if entry.ending is Ending.CANCELLED else None
    if entry.is_finished(day):
        return Fate.LATE if entry.finished_on is not None and entry.finished_on > due_on else Fate.ON_TIME
    return Fate.OPEN_OVERDUE if day > due_on else Fate.OPEN_IN_TIME


def is_carried(entry: Entry, period: Period, day: date) -> bool:
    """Whether an assignment is overdue on a day by a date in force that lies before the period's first day."""
    if entry.due_on is None or entry.due_on >= min(period.start, day) or entry.begun_on > day:
        return False
    return not (entry.is_ended(day) or entry.is_finished(day))


def _without_date(entry: Entry, period: Period, day: date) -> Fate | None:
    if period.end < entry.begun_on:
        return None
    last: date | None
    there: Fate | None
    if entry.is_ended(day):
        last, there = entry.ended_on, _ENDED[entry.ending or Ending.CANCELLED]
    elif entry.is_finished(day):
        last, there = max(entry.finished_on or entry.reported_on or day, entry.begun_on), Fate.ON_TIME
    else:
        return Fate.OPEN_IN_TIME
    if last is None or last < period.start:
        return None
    return there if last in period else Fate.OPEN_IN_TIME


_ENDED = {
    Ending.CANCELLED: Fate.CANCELLED,
    Ending.MOVED: None,
    Ending.WITH_THE_YEAR: Fate.OPEN_IN_TIME,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of each part; the first four make the total, the others are told beside it."""

    on_time: int = 0
    late: int = 0
    """Finished after the date."""
    open_in_time: int = 0
    open_overdue: int = 0
    """Past the date and not reported."""
    cancelled: int = 0
    """Not carried out: outside the total."""
    waiting: int = 0
    """Of those finished: reported, and the office has not said yes."""
    extended: int = 0
    """Of the total: the office agreed to a later date."""
    asking: int = 0
    """Of those overdue: a later date is asked for and not answered."""
    undated: int = 0
    """Of those open in time: there is no date."""
    carried: int = 0
    """Overdue by a date before the period: outside the total."""

    @property
    def total(self) -> int:
        """All that counts in the period."""
        return self.finished + self.open

    @property
    def finished(self) -> int:
        """Finished on time or late."""
        return self.on_time + self.late

    @property
    def open(self) -> int:
        """Not finished, in time or overdue."""
        return self.open_in_time + self.open_overdue

    @property
    def due(self) -> int:
        """Everything that had to be there: finished, or past its date."""
        return self.finished + self.open_overdue

    @property
    def overdue(self) -> int:
        """Everything overdue by a date up to the period's end: the period's own and what was carried over."""
        return self.open_overdue + self.carried

    def __add__(self, other: Self) -> "Figures":
        return Figures(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Figures)))


def one_of(found: Fate, state: State, *, extended: bool = False, undated: bool = False) -> Figures:
    """Return the figures of one assignment of that fate and state."""
    finished = found in {Fate.ON_TIME, Fate.LATE}
    return Figures(
        on_time=int(found is Fate.ON_TIME),
        late=int(found is Fate.LATE),
        open_in_time=int(found is Fate.OPEN_IN_TIME),
        open_overdue=int(found is Fate.OPEN_OVERDUE),
        cancelled=int(found is Fate.CANCELLED),
        waiting=int(finished and state is State.REPORTED),
        extended=int(extended and found is not Fate.CANCELLED),
        asking=int(found is Fate.OPEN_OVERDUE and state is State.EXTENSION_REQUESTED),
        undated=int(found is Fate.OPEN_IN_TIME and undated),
    )


def added(parts: Iterable[Figures]) -> Figures:
    """Return the sum."""
    names = [one.name for one in fields(Figures)]
    totals = dict.fromkeys(names, 0)
    for part in parts:
        for name in names:
            totals[name] += getattr(part, name)
    return Figures(**totals)


def counted(pairs: Iterable[tuple[K, Figures]]) -> dict[K, Figures]:
    """Return the figures by key, in the order in which keys come first."""
    kept: dict[K, list[Figures]] = {}
    for key, figures in pairs:
        kept.setdefault(key, []).append(figures)
    return {key: added(parts) for key, parts in kept.items()}
