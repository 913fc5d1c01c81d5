"""The figures of a morning digest, how they changed since the last one, and when one is said at all.

A digest is never said twice alike: one whose figures have not changed since the last is left out, save on the first
working day of a week, when one line says that nothing has changed.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self

from domain.case_figures.load import Load
from domain.lateness import Lateness
from domain.local import local
from domain.workdays import WorkCalendar

LONG_DAYS = 10
"""Calendar days after which what is late is told apart, in the chart and the weekly paper."""


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """How one agency stands: how many late, the longest in calendar days, how many later than LONG_DAYS."""

    agency: str
    late: int
    longest_days: int
    long: int = 0
    agency_id: int = 0


@dataclass(frozen=True, slots=True)
class Awaited:
    """What waits for the reader's own word: how it is said, and how many."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One morning's figures over the assignments that a leader looks after and that were not cancelled."""

    day: date
    total: int
    confirmed: int
    reported: int
    late: int
    """What agencies themselves are late with."""
    newly_late: int
    """Those that became late since the last working morning."""
    due_this_week: tuple[tuple[date, str, int], ...]
    """(last day, task, how many agencies still owe it), by date."""
    obstacles: int
    apart: tuple[tuple[Lateness, int], ...]
    """Everything that is past its date, each reason apart."""
    agencies: tuple[AgencyLine, ...]
    """Agencies with late work, the worst first; those that are only asked to cooperate are no leader's to press."""
    open_cases: int
    own: AgencyLine | None = None
    """The coordinating office's own late work, told apart from that of the agencies it presses."""
    late_codes: tuple[str, ...] = ()
    """Which assignments are late, so that one done and another one late is a change."""
    awaited: tuple[Awaited, ...] = ()
    """What needs this leader."""
    cases: Load | None = None
    """How citizens' feedback stands; None where there is none, or it is not this leader's."""

    @property
    def calm(self) -> bool:
        """Whether nothing is past its date, nothing is in the way and nothing waits for the reader."""
        late = self.cases is not None and self.cases.late > 0
        return not self.apart and self.obstacles == 0 and not self.awaited and not late

    @property
    def figures(self) -> dict[str, int]:
        """The counts whose change is told, by name."""
        return {
            "total": self.total,
            "confirmed": self.confirmed,
            "reported": self.reported,
            "late": self.late,
            "obstacles": self.obstacles,
            "cases": self.open_cases,
            "cases_late": self.cases.late if self.cases is not None else 0,
        }

    @property
    def fingerprint(self) -> str:
        """What tells two digests apart, whatever the day: the number of days that something is late grows by itself."""
        said: list[Any] = [
            self.figures,
            sorted(self.late_codes),
            [(reason.value, count) for reason, count in self.apart],
            [(due.isoformat(), content, count) for due, content, count in self.due_this_week],
            [(one.label, one.count) for one in self.awaited],
            *([self.cases.told] if self.cases is not None else []),
        ]
        return fingerprint(said)


def fingerprint(said: object) -> str:
    """Return a short name of what was said, as JSON writes it."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def changed(before: int | None, now: int) -> str:
    """Return how a count changed: "+2", "−1", "không đổi"; "" where there is nothing before."""
    if before is None:
        return ""
    if now == before:
        return "không đổi"
    return f"+{now - before}" if now > before else f"−{before - now}"


@dataclass(frozen=True, slots=True)
class Since:
    """What the last digest said: its day, its figures, its fingerprint. A first digest has none of them."""

    day: date | None = None
    figures: Mapping[str, int] = field(default_factory=dict)
    fingerprint: str = ""

    def change(self, name: str, now: int) -> str:
        """Return how a figure changed since then, "" where it was not told."""
        return changed(self.figures.get(name), now)

    @classmethod
    def kept(cls, day: date, figures: Mapping[str, Any], mark: str) -> Self:
        """Read what was kept of a day."""
        return cls(day, {name: count for name, count in figures.items() if type(count) is int}, mark)


class Wanted(StrEnum):
    """How often a person wants the digest."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NONE = "none"

    @property
    def label(self) -> str:
        """In Vietnamese, as settings say it."""
        return {"daily": "mỗi ngày làm việc", "weekly": "ngày làm việc đầu tuần", "none": "không nhận"}[self.value]


class Saying(StrEnum):
    """What becomes of a day's digest."""

    WHOLE = "whole"
    UNCHANGED = "unchanged"  # one line
    NOTHING = "nothing"


def saying(now: str, since: Since, wanted: Wanted, *, week_begins: bool) -> Saying:
    """Return what is said of a digest with fingerprint `now` on a day that is, or is not, a week's first working day.

    Who wants it weekly hears on that day alone, for the digest then covers the week.
    """
    if wanted is Wanted.NONE or (wanted is Wanted.WEEKLY and not week_begins):
        return Saying.NOTHING
    if now != since.fingerprint:
        return Saying.WHOLE
    return Saying.UNCHANGED if week_begins else Saying.NOTHING


def begins_week(day: date, calendar: WorkCalendar) -> bool:
    """Whether a working day is the first of its week."""
    return calendar.is_working(day) and calendar.on_or_after(day - timedelta(days=day.weekday())) == day


def next_at(now: datetime, at: time, calendar: WorkCalendar) -> datetime:
    """Return the next moment after `now` (local, aware) at which it is that time of a working day."""
    moment = local(now)
    day = calendar.on_or_after(moment.date())
    if day == moment.date() and moment.time() >= at:
        day = calendar.add(day, 1)
    return datetime.combine(day, at, moment.tzinfo)


CHECK_AT = time(16, 30)
"""Local time at which the office sees what the next working morning's digest would say."""


class Check(StrEnum):
    """What the office decided about a coming digest; one nobody decided about leaves at its hour."""

    OPEN = "open"
    HELD = "held"
    LET_GO = "let_go"
