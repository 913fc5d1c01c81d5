"""From planned moments to notices, and from notices to one message a person."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from domain.assignments import State as AssignmentState
from domain.duties import KINDS_WITHOUT_DATE
from domain.local import today
from domain.notices import Etiquette, Kind, occasion_of_digest
from domain.people import Role
from domain.workdays import WorkCalendar
from storage import notices, outbox, people, planned
from storage.database import Unit
from storage.types import AnyRow
from storage.views import digest as digest_view
from storage.views import work as work_view


def promote(unit: Unit, now: datetime) -> int:
    """Turn every planned moment that has come into notices; return how many are new."""
    return planned.promote(unit, now)


def assemble(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    """Put each person's waiting notices into one message, in office hours only; return how many messages.

    Before the hour of the day's message only urgent ones.
    """
    if not etiquette.open_now(now):
        return 0
    day = today(now)
    waiting = notices.waiting(unit, day, urgent_only=not etiquette.says_all(now))
    made = 0
    for person_id, rows in groupby(waiting, key=lambda row: int(row.person_id)):
        kept = _collapse(unit, list(rows))
        endpoint = people.open_endpoints(unit, person_id)[0]
        number = outbox.count_of_day(unit, person_id, day) + 1
        message = outbox.add(
            unit,
            f"bundle:{person_id}:{day.isoformat()}:{number}",
            "bundle",
            outbox.NOTICE,
            endpoint.id,
            now,
            person_id=person_id,
            business_day=day,
        )
        notices.attach(unit, kept, message)
        made += 1
    return made


def _collapse(unit: Unit, rows: Sequence[AnyRow]) -> list[int]:
    """Keep of several rungs of one matter the word of issue, or else the latest; supersede the others."""
    kept: dict[object, AnyRow] = {}
    for row in rows:
        rung = row.kind in _OF_LADDER
        key = ("matter", row.matter_id) if rung else ("notice", row.id)
        before = kept.get(key)
        if before is None or before.kind != Kind.ASSIGNED:
            kept[key] = row
    ids = [row.id for row in kept.values()]
    notices.supersede(unit, [row.id for row in rows if row.id not in set(ids)])
    return ids


_OF_LADDER = {Kind.ASSIGNED, Kind.REMINDER, Kind.OVERDUE, Kind.ESCALATION}


def announce_digest(unit: Unit, now: datetime) -> int:
    """Write today's digest for each leader who can be reached, once a day; return how many are new."""
    if not digest_view.any_assignment(unit):
        return 0
    occasion = occasion_of_digest(today(now))
    return sum(
        notices.add(unit, person_id, occasion, Kind.DIGEST, now, role=Role.LEADER)
        for person_id in people.holders(unit, Role.LEADER)
    )


UNCONFIRMED_DAYS = 3
"""Working days after which a report that nobody has confirmed is brought up again, once."""


def announce_unconfirmed(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Remind the coordinators of reports that have waited too long for a yes; return how many are new."""
    day = today(now)
    waiting = [
        one
        for one in work_view.in_state(unit, [AssignmentState.REPORTED], day)
        if one.reported_at is not None and calendar.between(today(one.reported_at), day) >= UNCONFIRMED_DAYS
    ]
    return sum(
        notices.add(
            unit,
            person_id,
            f"event:unconfirmed:{one.id}:{today(one.reported_at or now).isoformat()}",
            Kind.REPORTED,
            now,
            role=Role.COORDINATOR,
            matter_id=one.id,
        )
        for one in waiting
        for person_id in people.holders(unit, Role.COORDINATOR)
    )


def announce_undated(unit: Unit, now: datetime) -> int:
    """Ask the coordinators, once a month, for the dates of what waits for one; return how many are new."""
    if not work_view.undated(unit, KINDS_WITHOUT_DATE, today(now)):
        return 0
    occasion = f"undated:{today(now):%Y-%m}"
    return sum(
        notices.add(unit, person_id, occasion, Kind.ASK_DATE, now, role=Role.COORDINATOR)
        for person_id in people.holders(unit, Role.COORDINATOR)
    )
