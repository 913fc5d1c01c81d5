"""The ladder: at which moments which audience hears of a matter, laid out when it is issued.

T is the last working day on or before the due date; short steps count working days from T, far ones calendar
days and wait for the first working day of their week (the agenda of that week). A ladder is data, frozen by
the assignment that is issued under it.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self

from domain.people import Role
from domain.workdays import WorkCalendar


class From(StrEnum):
    """What a rung's days are counted from."""

    ISSUE = "issue"  # the moment of issue itself
    AGENDA = "agenda"  # calendar days before the due date, told at the start of that week
    START = "start"  # the start of the period, told at the start of that week
    TARGET = "target"  # working days from T, negative before it


class Kind(StrEnum):
    """What a rung says."""

    ASSIGNED = "assigned"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    ESCALATION = "escalation"


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
    """A named set of rungs in the order in which they climb."""

    name: str
    rungs: tuple[Rung, ...]

    def to_json(self) -> list[dict[str, Any]]:
        """Return the form that is kept with the database."""
        return [asdict(rung) for rung in self.rungs]

    @classmethod
    def from_json(cls, name: str, data: Iterable[dict[str, Any]]) -> Self:
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
        )

    def kind_of(self, name: str) -> Kind:
        """Return what the rung of that name says. Raises KeyError for a name not on this ladder."""
        return {rung.name: rung.kind for rung in self.rungs}[name]


def _before(name: str, base: From, days: int) -> Rung:
    return Rung(name, base, days, Role.OFFICER, "08:00", Kind.REMINDER)


WEEKLY_AT_MOST = 8

DEFAULT = Ladder(
    "mặc định",
    (
        Rung("issue", From.ISSUE, 0, Role.OFFICER, "08:00", Kind.ASSIGNED),
        _before("start", From.START, 0),
        _before("t30", From.AGENDA, -30),
        _before("t14", From.AGENDA, -14),
        _before("t7", From.TARGET, -7),
        _before("t3", From.TARGET, -3),
        _before("t1", From.TARGET, -1),
        _before("t0", From.TARGET, 0),
        Rung("over1", From.TARGET, 1, Role.OFFICER, "08:00", Kind.OVERDUE),
        Rung("over3", From.TARGET, 3, Role.HEAD, "10:00", Kind.ESCALATION),
        Rung("over5", From.TARGET, 5, Role.COORDINATOR, "08:00", Kind.ESCALATION),
        *(
            Rung(f"week{n}", From.TARGET, 10 + 5 * n, Role.OFFICER, "08:00", Kind.OVERDUE)
            for n in range(1, WEEKLY_AT_MOST + 1)
        ),
    ),
)

FAR_ENOUGH = 3
"""What is due sooner than so many working days after issue never climbs above the officer."""


@dataclass(frozen=True, slots=True)
class Dates:
    """What a ladder is laid against. Without `due_on` only the word of issue is said."""

    issued_at: datetime
    """Local and aware: the zone in which the rungs' times of day are meant."""
    starts_on: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One rung with its moment (local, aware)."""

    rung: Rung
    at: datetime


def last_working_day(due_on: date, calendar: WorkCalendar) -> date:
    """Return T."""
    return calendar.on_or_before(due_on)


def lay_out(ladder: Ladder, dates: Dates, calendar: WorkCalendar) -> tuple[Step, ...]:
    """Return every step of the ladder that lies at or after the moment of issue, in order of time.

    Before issue nothing is laid out, and the agenda of the week of issue is the word of issue itself; what is
    due within three working days of issue has no step above the officer.
    """
    steps = (step for rung in ladder.rungs if (step := _step(rung, dates, calendar)) is not None)
    kept = [step for step in steps if step.rung.base is From.ISSUE or step.at > _heard_from(step.rung, dates)]
    if dates.due_on is not None and calendar.between(dates.issued_at.date(), dates.due_on) < FAR_ENOUGH:
        kept = [step for step in kept if step.rung.role is Role.OFFICER]
    return tuple(sorted(kept, key=lambda step: step.at))


def _heard_from(rung: Rung, dates: Dates) -> datetime:
    """Return the moment after which a rung may be said."""
    if rung.base is From.TARGET:
        return dates.issued_at
    week_end = dates.issued_at.date() + timedelta(days=6 - dates.issued_at.weekday())
    return datetime.combine(week_end, time.max, dates.issued_at.tzinfo)


def _step(rung: Rung, dates: Dates, calendar: WorkCalendar) -> Step | None:
    if rung.base is From.ISSUE:
        return Step(rung, dates.issued_at)
    day = _day(rung, dates, calendar)
    if day is None:
        return None
    return Step(rung, datetime.combine(day, rung.moment, dates.issued_at.tzinfo))


def _day(rung: Rung, dates: Dates, calendar: WorkCalendar) -> date | None:
    if dates.due_on is None:
        return None
    target = last_working_day(dates.due_on, calendar)
    if rung.base is From.TARGET:
        walk = calendar.add if rung.days >= 0 else calendar.subtract
        return walk(target, abs(rung.days))
    named = dates.starts_on if rung.base is From.START else dates.due_on + timedelta(days=rung.days)
    if named is None:
        return None
    day = agenda_day(named, calendar)
    near = calendar.subtract(target, 7)
    return day if day < near else None


def agenda_day(day: date, calendar: WorkCalendar) -> date:
    """Return the day on which the agenda of this day's week is told: its first working day.

    In a week without any, the next working day after it.
    """
    return calendar.on_or_after(day - timedelta(days=day.weekday()))
