"""The ladder: at which moments which audience hears of a matter, laid out when it is issued.

T is the last working day on or before the due date; short steps count working days from T, far ones calendar
days and wait for the first working day of their week (the agenda of that week). A ladder may have an internal
date ahead of T, by which the draft is with the head of the agency. A ladder is data, frozen by the assignment
that is issued under it; domain.ladder_files reads and checks one that an office writes.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self

from domain.people import Role
from domain.words import fold
from domain.workdays import WorkCalendar


class From(StrEnum):
    """What a rung's days are counted from."""

    ISSUE = "issue"  # the moment of issue itself
    AGENDA = "agenda"  # calendar days before the due date, told at the start of that week
    START = "start"  # the start of the period, told at the start of that week
    INTERNAL = "internal"  # working days from the internal date, negative before it
    TARGET = "target"  # working days from T, negative before it
    AFTER = "after"  # working days after the moment of issue, whatever is due


class Kind(StrEnum):
    """What a rung says."""

    ASSIGNED = "assigned"
    REMINDER = "reminder"
    INTERNAL = "internal"
    OVERDUE = "overdue"
    ESCALATION = "escalation"
    REQUESTED = "requested"  # what one agency asks of another (domain.requests)
    CASE_UNACKNOWLEDGED = "case_unacknowledged"
    CASE_REMINDER = "case_reminder"
    CASE_OVERDUE = "case_overdue"
    CASE_ESCALATION = "case_escalation"

    @property
    def of_case(self) -> bool:
        """Whether it is said of a citizen's case: its limits are the law's, so short ones climb as well."""
        return self in _OF_CASES


_OF_CASES = frozenset({Kind.CASE_UNACKNOWLEDGED, Kind.CASE_REMINDER, Kind.CASE_OVERDUE, Kind.CASE_ESCALATION})


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: its name, what it counts from, how many days, to whom, at what local time, saying what."""

    name: str
    base: From
    days: int
    role: Role
    at: str
    kind: Kind

    @property
    def moment(self) -> time:
        """The local time of day."""
        return time.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class Ladder:
    """A named set of rungs in the order in which they climb.

    `internal_days` is how many working days before T the internal date lies, None where there is none.
    """

    name: str
    rungs: tuple[Rung, ...]
    internal_days: int | None = None

    def internal_day(self, due_on: date, calendar: WorkCalendar) -> date | None:
        """Return the internal date of what is due on a day, None where the ladder has none."""
        if self.internal_days is None:
            return None
        return calendar.subtract(last_working_day(due_on, calendar), self.internal_days)

    def to_json(self) -> list[dict[str, Any]]:
        """Return the rungs in the form that is kept with the database."""
        return [asdict(rung) for rung in self.rungs]

    @classmethod
    def from_json(cls, name: str, data: Iterable[dict[str, Any]], internal_days: int | None = None) -> Self:
        """Read a ladder back."""
        return cls(
            name,
            tuple(
                Rung(
                    row["name"],
                    From(row["base"]),
                    row["days"],
                    Role(row["role"]),
                    row["at"],
                    Kind(row["kind"]),
                )
                for row in data
            ),
            internal_days,
        )


def _before(name: str, base: From, days: int, kind: Kind = Kind.REMINDER) -> Rung:
    return Rung(name, base, days, Role.OFFICER, "08:00", kind)


WEEKLY_AT_MOST = 8

_FAR = (
    Rung("issue", From.ISSUE, 0, Role.OFFICER, "08:00", Kind.ASSIGNED),
    _before("start", From.START, 0),
    _before("t30", From.AGENDA, -30),
    _before("t14", From.AGENDA, -14),
)
_WEEK_BEFORE = _before("t7", From.TARGET, -7)
_NEAR = (_before("t3", From.TARGET, -3), _before("t1", From.TARGET, -1), _before("t0", From.TARGET, 0))
_AFTER = (
    Rung("over1", From.TARGET, 1, Role.OFFICER, "08:00", Kind.OVERDUE),
    Rung("over3", From.TARGET, 3, Role.HEAD, "10:00", Kind.ESCALATION),
    Rung("over5", From.TARGET, 5, Role.COORDINATOR, "08:00", Kind.ESCALATION),
    *(
        Rung(f"week{n}", From.TARGET, 10 + 5 * n, Role.OFFICER, "08:00", Kind.OVERDUE)
        for n in range(1, WEEKLY_AT_MOST + 1)
    ),
)

DEFAULT = Ladder("mặc định", (*_FAR, _WEEK_BEFORE, *_NEAR, *_AFTER))
"""What an office starts with."""

WITH_DRAFT = Ladder(
    "có hạn nội bộ",
    (
        *_FAR,
        _before("draft2", From.INTERNAL, -2, Kind.INTERNAL),
        _before("draft0", From.INTERNAL, 0, Kind.INTERNAL),
        Rung("draft1", From.INTERNAL, 1, Role.HEAD, "10:00", Kind.INTERNAL),
        *_NEAR,
        *_AFTER,
    ),
    internal_days=5,
)
"""Draft → head → office: the draft is with the head of the agency five working days before T."""

SHIPPED = (DEFAULT, WITH_DRAFT)


def shipped(name: str) -> Ladder | None:
    """Return the ladder of that name that comes with the program, None for another name."""
    return next((one for one in SHIPPED if fold(one.name) == fold(name)), None)


FAR_ENOUGH = 3
"""What is due sooner than so many working days after issue never climbs above the officer."""

_SURELY_FAR = timedelta(days=30)
"""No stretch of holidays is as long: beyond it nothing has to be counted."""


def is_near(known_on: date, due_on: date, calendar: WorkCalendar) -> bool:
    """Whether a date is past, or under three working days away, on the day on which it becomes known."""
    return due_on - known_on <= _SURELY_FAR and calendar.between(known_on, due_on) < FAR_ENOUGH


@dataclass(frozen=True, slots=True)
class Dates:
    """What a ladder is laid against. Without `due_on` only the word of issue is said."""

    issued_at: datetime
    """Local and aware: the zone in which the rungs' times of day are meant. No step lies before it."""
    starts_on: date | None
    due_on: date | None
    known_on: date | None = None
    """The day from which the agency has known the work, where that is earlier than `issued_at`."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rung with its moment (local, aware)."""

    rung: Rung
    at: datetime


def heard_by(role: Role, *, own: bool, asked: bool) -> Role | None:
    """Return whom a rung speaks to, None where nobody is to hear it.

    What the coordinating office has to do itself (`own`) climbs inside the office, to its head at most. What an
    agency is only `asked` to do with it (ngành dọc, đoàn thể, báo chí) ends at the coordinating office.
    """
    if role is not Role.LEADER:
        return role
    if own:
        return Role.HEAD
    return None if asked else role


def last_working_day(due_on: date, calendar: WorkCalendar) -> date:
    """Return T."""
    return calendar.on_or_before(due_on)


def lay_out(ladder: Ladder, dates: Dates, calendar: WorkCalendar) -> tuple[Step, ...]:
    """Return every step of the ladder that lies at or after the moment of issue, in order of time.

    Before issue nothing is laid out, and the agenda of the week of issue is the word of issue itself; what is
    due within three working days of issue has no step above the officer.
    """
    laid = _Laid(ladder, dates, calendar)
    steps = (step for rung in ladder.rungs if (step := laid.step(rung)) is not None)
    return tuple(sorted(steps, key=lambda step: step.at))


@dataclass(frozen=True, slots=True)
class _Laid:
    """One ladder against one set of dates."""

    ladder: Ladder
    dates: Dates
    calendar: WorkCalendar

    def step(self, rung: Rung) -> Step | None:
        """Return the rung's step, None where it is not to be said."""
        if rung.base is From.ISSUE:
            return Step(rung, self.dates.issued_at)
        if rung.base is From.AFTER:
            day: date | None = self.calendar.add(self.dates.issued_at.date(), rung.days)
        else:
            day = None if self.dates.due_on is None else self._day(rung, self.dates.due_on)
        climbs = rung.role is not Role.OFFICER and not rung.kind.of_case
        if day is None or (climbs and self._too_soon(rung)):
            return None
        at = datetime.combine(day, rung.moment, self.dates.issued_at.tzinfo)
        return Step(rung, at) if at > self._heard_from(rung) else None

    def _day(self, rung: Rung, due_on: date) -> date | None:
        target = last_working_day(due_on, self.calendar)
        if rung.base is From.TARGET:
            return self._walk(target, rung.days)
        if rung.base is From.INTERNAL:
            internal = self.ladder.internal_day(due_on, self.calendar)
            return None if internal is None else self._walk(internal, rung.days)
        named = self.dates.starts_on if rung.base is From.START else due_on + timedelta(days=rung.days)
        if named is None:
            return None
        day = agenda_day(named, self.calendar)
        return day if day < self.calendar.subtract(target, 7) else None

    def _walk(self, day: date, days: int) -> date:
        walk = self.calendar.add if days >= 0 else self.calendar.subtract
        return walk(day, abs(days))

    def _too_soon(self, rung: Rung) -> bool:
        """Whether the date that the rung is about came under three working days after issue."""
        due_on = self.dates.due_on
        if due_on is not None and rung.base is From.INTERNAL:
            due_on = self.ladder.internal_day(due_on, self.calendar)
        known_on = self.dates.known_on or self.dates.issued_at.date()
        return due_on is not None and is_near(known_on, due_on, self.calendar)

    def _heard_from(self, rung: Rung) -> datetime:
        """Return the moment after which the rung may be said."""
        issued_at = self.dates.issued_at
        if rung.base in {From.TARGET, From.INTERNAL, From.AFTER}:
            return issued_at
        week_end = issued_at.date() + timedelta(days=6 - issued_at.weekday())
        return datetime.combine(week_end, time.max, issued_at.tzinfo)


def agenda_day(day: date, calendar: WorkCalendar) -> date:
    """Return the day on which the agenda of this day's week is told: its first working day.

    In a week without any, the next working day after it.
    """
    return calendar.on_or_after(day - timedelta(days=day.weekday()))
