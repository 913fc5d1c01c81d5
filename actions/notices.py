"""From planned moments to notices, and from notices to one message a person."""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import groupby

from actions import following, hearing, mornings, previews
from domain.duties import KINDS_WITHOUT_DATE
from domain.local import VIETNAM, today
from domain.notices import Etiquette, Kind
from domain.people import Role
from domain.workdays import WorkCalendar
from storage import notices, offices, outbox, people, planned
from storage.database import Unit
from storage.types import AnyRow
from storage.views import asking, worklists


def promote(unit: Unit, now: datetime) -> int:
    """Turn every planned moment that has come into notices; return how many are new."""
    said = planned.promote(unit, now, previews.shown_by(unit, now))
    return said - following.narrow(unit, now) if said else 0


def assemble(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    """Put each person's waiting notices into one message, in office hours only; return how many messages.

    Before the hour of the day's message only urgent ones.
    """
    if not etiquette.open_now(now):
        return 0
    day = today(now)
    waiting = _hearing(unit, notices.waiting(unit, day, urgent_only=not etiquette.says_all(now)), etiquette, now)
    if mornings.join(unit, _about(waiting), now):
        waiting = _hearing(unit, notices.waiting(unit, day, urgent_only=False), etiquette, now)
    kept = {
        person_id: _collapse(unit, list(rows))
        for person_id, rows in groupby(waiting, key=lambda row: int(row.person_id))
    }
    chats, made = people.first_chats(unit, kept), outbox.counts_of_day(unit, kept, day)
    bundles = [outbox.Bundle(f"bundle:{one}:{day.isoformat()}:{made.get(one, 0) + 1}", chats[one], one) for one in kept]
    ids = outbox.add_bundles(unit, bundles, day, now)
    notices.attach_each(unit, dict(zip(ids, kept.values(), strict=True)))
    return len(ids)


def _about(rows: Sequence[AnyRow]) -> dict[int, int]:
    """Return of how many matters each person's message of the day would speak, for those who are about to get one."""
    matters: dict[int, set[int]] = {row.person_id: set() for row in rows if not row.urgent}
    for row in rows:
        if row.person_id in matters and row.matter_id is not None:
            matters[row.person_id].add(row.matter_id)
    return {person_id: len(found) for person_id, found in matters.items()}


def _hearing(unit: Unit, rows: Sequence[AnyRow], etiquette: Etiquette, now: datetime) -> list[AnyRow]:
    """Leave out what waits for the hours that its person chose."""
    quiet = hearing.quiet_until(unit, {row.person_id for row in rows}, etiquette, now)
    return [row for row in rows if row.person_id not in quiet or Kind(row.kind).passes_quiet]


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


_OF_LADDER = {
    Kind.ASSIGNED,
    Kind.REMINDER,
    Kind.INTERNAL,
    Kind.OVERDUE,
    Kind.ESCALATION,
    Kind.CASE_REMINDER,
    Kind.CASE_OVERDUE,
    Kind.CASE_ESCALATION,
    Kind.CASE_UNACKNOWLEDGED,
}


UNCONFIRMED_DAYS = 3
"""Working days after which a report that nobody has confirmed is brought up again, once."""


def announce_unconfirmed(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Remind the coordinators of reports that have waited too long for a yes; return how many are new."""
    day = today(now)
    if not offices.first_look(unit, "unconfirmed_on", day, now):
        return 0
    third_last = calendar.subtract(calendar.on_or_before(day), UNCONFIRMED_DAYS - 1)
    before = datetime.combine(third_last, time.min, VIETNAM)
    waiting = [
        (person_id, one)
        for person_id in following.listeners(unit, day)
        for one in asking.reported_before(unit, before, person_id, _UNCONFIRMED)
    ]
    audience_of = following.audiences(unit, {one.id for _, one in waiting}, day)
    return sum(
        notices.add(
            unit,
            person_id,
            f"{_UNCONFIRMED}{one.id}:{today(one.reported_at).isoformat()}",
            Kind.REPORTED,
            now,
            role=Role.COORDINATOR,
            matter_id=one.id,
        )
        for person_id, one in waiting
        if person_id in audience_of[one.id]
    )


_UNCONFIRMED = "event:unconfirmed:"


def ask_dates(unit: Unit, plan_id: int, now: datetime) -> int:
    """Ask the coordinators, as a plan is issued, when its rows without a date are due; return how many are new."""
    if not any(one.plan_id == plan_id for one in worklists.undated(unit, KINDS_WITHOUT_DATE, today(now))):
        return 0
    return sum(
        notices.add(
            unit,
            person_id,
            f"undated:plan:{plan_id}",
            Kind.ASK_DATE,
            now,
            role=Role.COORDINATOR,
            data={"plan": plan_id},
        )
        for person_id in people.holders(unit, Role.COORDINATOR)
    )


def announce_undated(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Ask the coordinators, once a month, for the dates of what still waits for one; return how many are new.

    From the month's first working day on; what was issued later in the month was asked about as it was issued.
    """
    first = calendar.on_or_after(today(now).replace(day=1))
    if today(now) < first:
        return 0
    occasion = f"undated:{today(now):%Y-%m}"
    unasked = notices.without(unit, occasion, people.holders(unit, Role.COORDINATOR))
    earlier = datetime.combine(first, time.min, VIETNAM)
    if not unasked or not asking.any_undated(unit, KINDS_WITHOUT_DATE, earlier):
        return 0
    return sum(
        notices.add(unit, person_id, occasion, Kind.ASK_DATE, now, role=Role.COORDINATOR) for person_id in unasked
    )
