"""What should have happened and did not: the rules of whoever watches over the office, and of coming back late.

Everything here is decided from facts that are handed in. Spans of waiting are counted in office time, for nothing
unsolicited leaves outside of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from domain.local import VIETNAM, local
from domain.notices import Etiquette

GAP = timedelta(hours=1)
"""Office time without a sweep after which what has piled up is looked at before it leaves."""

BACKWARDS = timedelta(minutes=5)
"""A clock that stands so far before the last sweep was set back; less is a clock being put right."""

SWEEP_PATIENCE = timedelta(minutes=10)
REPLY_PATIENCE = timedelta(minutes=5)
NOTICE_PATIENCE = timedelta(minutes=30)
"""Office time. Fifteen thousand messages at thirty a second take nine minutes."""
PLANNED_PATIENCE = timedelta(hours=4)
"""Office time."""
FRESH = timedelta(hours=1)
"""How long an event that leaves no lasting fault (an update given up, a message refused) counts as trouble."""

DIGEST_BY = time(9, 0)
"""Local time of a working day by which the leaders' digest must have been written."""

LEAST_FREE = 200 * 1024 * 1024
LEAST_SHARE = 10
"""A disk is nearly full with fewer bytes free than this, on a small one with less than a tenth."""


def open_time(etiquette: Etiquette, start: datetime, end: datetime) -> timedelta:
    """Return how much office time lies between two moments; nothing where `end` comes first."""
    total, day = timedelta(0), local(start).date()
    while day <= local(end).date():
        for opens, closes in _open_on(etiquette, day):
            total += max(timedelta(0), min(end, closes) - max(start, opens))
        day += timedelta(days=1)
    return total


def open_before(etiquette: Etiquette, now: datetime, wait: timedelta) -> datetime:
    """Return the latest moment (local) since which so much office time has passed."""
    moment, left = local(now), wait
    day = moment.date()
    while True:
        for opens, closes in reversed(_open_on(etiquette, day)):
            passed = max(timedelta(0), min(closes, moment) - opens)
            if passed >= left:
                return min(closes, moment) - left
            left -= passed
        day -= timedelta(days=1)


def _open_on(etiquette: Etiquette, day: date) -> list[tuple[datetime, datetime]]:
    """Return the office hours of a day, none of a day off."""
    if not etiquette.calendar.is_working(day):
        return []
    spans = (etiquette.hours.morning, etiquette.hours.afternoon)
    return [(datetime.combine(day, span.opens, VIETNAM), datetime.combine(day, span.closes, VIETNAM)) for span in spans]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the unsolicited messages of a business day left: how many late, how many not (yet)."""

    day: date
    late: int
    unsent: int


class Alarm(StrEnum):
    """What can be wrong; each has its sentence in `messages/templates/alarms/`."""

    DATABASE = "database"
    DISK = "disk"
    LOCK = "lock"
    SWEEP = "sweep"
    CLOCK = "clock"
    HELD = "held"
    REPLIES = "replies"
    NOTICES = "notices"
    ACCOUNT = "account"
    REAUTHORISE = "zalo_oa_reauthorise"
    PLANNED = "planned"
    DIGEST = "digest"
    REFUSED = "refused"
    PARKED = "parked"
    RESTORED = "restored"

    @property
    def passing(self) -> bool:
        """Whether it tells of an event: there is nothing that could become well again."""
        return self in {Alarm.REFUSED, Alarm.PARKED, Alarm.RESTORED}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong now. `about` tells apart several of one kind (a channel); `data` fills its sentence."""

    alarm: Alarm
    data: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""

    @property
    def name(self) -> str:
        """The name under which one alarm is open at a time."""
        return f"{self.alarm}:{self.about}" if self.about else self.alarm.value


@dataclass(frozen=True, slots=True)
class Horizon:
    """The moments before which what still waits is late, and since which events count."""

    replies: datetime
    notices: datetime
    planned: datetime
    events: datetime


def horizon(etiquette: Etiquette, now: datetime) -> Horizon:
    """Return the horizon of a moment."""
    return Horizon(
        replies=now - REPLY_PATIENCE,
        notices=open_before(etiquette, now, NOTICE_PATIENCE),
        planned=open_before(etiquette, now, PLANNED_PATIENCE),
        events=now - FRESH,
    )


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database tells, counted against a horizon."""

    last_sweep: datetime | None = None
    held: int = 0
    """People whose messages wait for the operator; 0 where nothing is held."""
    late_replies: int = 0
    late_notices: int = 0
    refusing: Sequence[str] = ()
    """Channels whose provider refuses our account."""
    reauthorise: bool = False
    """Whether an account's chain of tokens is broken, or may be: only the operator can begin a new one."""
    late_planned: int = 0
    digest_owed: bool = False
    """Whether there are leaders who can be reached, something to tell, and no digest of this day."""
    refused: int = 0
    parked: int = 0


@dataclass(frozen=True, slots=True)
class Machine:
    """What the process can tell of its machine. Sizes are in bytes; `write_error` is "" where writing works."""

    free: int = LEAST_FREE
    size: int = 0
    write_error: str = ""
    holds_lock: bool = True


def of_machine(machine: Machine) -> list[Trouble]:
    """Return what is wrong with the machine."""
    found = []
    if machine.write_error or machine.free < min(LEAST_FREE, machine.size // LEAST_SHARE):
        data = {"free_mb": machine.free // 2**20, "full": bool(machine.write_error)}
        found.append(Trouble(Alarm.DISK, data))
    if not machine.holds_lock:
        found.append(Trouble(Alarm.LOCK))
    return found


def of_office(facts: Facts, etiquette: Etiquette, now: datetime) -> list[Trouble]:
    """Return what should have happened in the office by now and did not."""
    found = _of_time(facts, now)
    counted = (
        (Alarm.HELD, facts.held),
        (Alarm.REPLIES, facts.late_replies),
        (Alarm.NOTICES, 0 if facts.held else facts.late_notices),
        (Alarm.PLANNED, facts.late_planned),
        (Alarm.REFUSED, facts.refused),
        (Alarm.PARKED, facts.parked),
    )
    found += [Trouble(alarm, {"count": count}) for alarm, count in counted if count]
    found += [Trouble(Alarm.ACCOUNT, {"channel": one}, one) for one in facts.refusing]
    if facts.reauthorise:
        found.append(Trouble(Alarm.REAUTHORISE))
    moment = local(now)
    if facts.digest_owed and etiquette.calendar.is_working(moment.date()) and moment.time() >= DIGEST_BY:
        found.append(Trouble(Alarm.DIGEST))
    return found


def _of_time(facts: Facts, now: datetime) -> list[Trouble]:
    if facts.last_sweep is None:  # nothing has run yet
        return []
    if set_back(facts.last_sweep, now):
        return [Trouble(Alarm.CLOCK, {"since": facts.last_sweep.isoformat()})]
    if now - facts.last_sweep > SWEEP_PATIENCE:
        return [Trouble(Alarm.SWEEP, {"since": facts.last_sweep.isoformat()})]
    return []


def set_back(last: datetime, now: datetime) -> bool:
    """Whether the clock stands before the moment of the last sweep."""
    return last - now > BACKWARDS


def missed(etiquette: Etiquette, last: datetime, now: datetime) -> bool:
    """Whether so much office time passed without a sweep that what has piled up is looked at first."""
    return open_time(etiquette, last, now) > GAP
