"""After a restore: what was promised when the backup was made is presumed said, and never said again by itself.

The office that ran on between the backup and the restore has said it, or a person has by telephone. Nobody can know;
said twice it would cost the trust in every later reminder.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from actions import alarms, tokens
from domain.watch import Alarm
from storage import alarms as alarm_rows
from storage import audit, presumed, sweeps
from storage.database import Unit
from storage.sweeps import Progress

WHY = "restored from a backup: presumed said"

Step = Callable[[Unit, datetime], object]


@dataclass(frozen=True, slots=True)
class Presumed:
    """How much is presumed said: messages on their way, notices, planned moments; and updates left unhandled."""

    messages: int
    notices: int
    moments: int
    updates: int


def presume_said(unit: Unit, made_at: datetime, keep_up: Step, sweep: Step, now: datetime) -> Presumed:
    """End what waits, and what the steps that run by themselves would say for the days since; tell the coordinators.

    `keep_up` lays out the periods that have begun since, `sweep` makes the notices of this day.
    """
    tokens.forsake(unit, now)
    messages = presumed.messages(unit, WHY)
    notices = sweeps.drop(unit, WHY)
    updates = presumed.updates(unit, WHY, now)
    newest = presumed.newest_moment(unit)
    keep_up(unit, now)
    moments = presumed.words_of_issue(unit, newest, WHY) + presumed.moments(unit, now, WHY)
    sweeps.save(unit, Progress(at=now, held_since=now), now)  # held: a sweep makes notices and no message of them
    sweep(unit, now)
    found = Presumed(messages, notices + sweeps.drop(unit, WHY), moments, updates)
    sweeps.save(unit, Progress(at=now), now)
    _tell(unit, found, made_at, now)
    return found


def _tell(unit: Unit, found: Presumed, made_at: datetime, now: datetime) -> None:
    alarm_rows.clear(unit, [row.id for row in alarm_rows.open_ones(unit)], now)
    since, count = made_at.isoformat(), found.messages + found.notices + found.moments
    alarm = alarm_rows.add(unit, Alarm.RESTORED.value, {"since": since, "count": count}, now)
    alarm_rows.clear(unit, [alarm], now)
    alarms.tell_coordinators(unit, alarm, now)
    audit.record(unit, "restore", "alarm", alarm, now, actor=audit.OPERATOR, since=since, count=count)
