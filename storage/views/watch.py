"""What whoever watches over the office asks: what is late, what is stuck, how far the sweep has come."""

from datetime import date, datetime, time
from itertools import takewhile

from sqlalchemy import exists, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.delivery import LATER, NOT_COMPOSED, Reason, State
from domain.local import VIETNAM, today
from domain.notices import Etiquette, occasion_of_digest
from domain.people import Role
from domain.watch import NOTICE_PATIENCE, Delivery, Facts, Horizon, horizon, open_time
from storage import alarms, sweeps, tokens
from storage import inbox as inbox_rows
from storage import people as people_rows
from storage import planned as planned_rows
from storage.database import Unit
from storage.outbox import NOTICE, REPLY
from storage.schema import endpoints, inbox, matters, notices, outbox, planned
from storage.views import digest


def facts(unit: Unit, etiquette: Etiquette, now: datetime) -> Facts:
    """Return what the database tells about this moment."""
    ahead = horizon(etiquette, now)
    progress = sweeps.load(unit)
    return Facts(
        last_sweep=progress.at,
        held=sweeps.people_waiting(unit) if progress.held_since else 0,
        late_replies=_count(unit, *_waiting(REPLY, ahead.replies)),
        late_notices=_count(unit, *_waiting(NOTICE, ahead.notices)),
        refusing=_refusing(unit),
        reauthorise=any(chain.needs_operator(now) for chain in tokens.every(unit).values()),
        late_planned=_late_planned(unit, ahead),
        digest_owed=_digest_owed(unit, now),
        refused=_count(unit, outbox.c.state == State.FAILED, _GIVEN_UP, outbox.c.claimed_at >= ahead.events),
        parked=_parked(unit, ahead),
    )


_GIVEN_UP = or_(*(outbox.c.error.startswith(f"{reason}:") for reason in (Reason.BROKEN, NOT_COMPOSED)))
"""What its provider did not take in any form, or what could not be made; a chat that is gone is another matter."""


def _waiting(lane: int, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.state == State.WAITING, outbox.c.lane == lane, outbox.c.not_before < before


def _count(unit: Unit, *where: ColumnElement[bool]) -> int:
    return unit.conn.execute(select(func.count(outbox.c.id)).where(*where)).scalar_one()


def _refusing(unit: Unit) -> list[str]:
    query = (
        select(endpoints.c.channel)
        .join(outbox, outbox.c.endpoint_id == endpoints.c.id)
        .where(outbox.c.state == State.WAITING, outbox.c.error.startswith(f"{Reason.ACCOUNT}:"))
        .distinct()
    )
    return sorted(unit.conn.execute(query).scalars())


def _late_planned(unit: Unit, ahead: Horizon) -> int:
    query = (
        select(func.count(planned.c.id))
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(
            planned.c.state == planned_rows.WAITING,
            planned.c.at < ahead.planned,
            planned.c.role.not_in(planned_rows.ABOVE),  # what goes above the officers may wait for a coordinator
            matters.c.closed_at.is_(None),
        )
    )
    return unit.conn.execute(query).scalar_one()


def _digest_owed(unit: Unit, now: datetime) -> bool:
    written = exists(select(notices.c.id).where(notices.c.occasion == occasion_of_digest(today(now))))
    if not people_rows.holders(unit, Role.LEADER) or unit.conn.execute(select(written)).scalar():
        return False
    return digest.any_assignment(unit)


def _parked(unit: Unit, ahead: Horizon) -> int:
    query = select(func.count(inbox.c.id)).where(inbox.c.state == inbox_rows.PARKED, inbox.c.handled_at >= ahead.events)
    return unit.conn.execute(query).scalar_one()


def last_sweep(unit: Unit) -> datetime | None:
    """Return when the ladder was last swept."""
    return sweeps.load(unit).at


def standing(unit: Unit) -> list[str]:
    """Return the names of the alarms that stand."""
    return [row.name for row in alarms.open_ones(unit)]


def delivered(unit: Unit, etiquette: Etiquette, day: date) -> Delivery:
    """Return how the unsolicited messages of a business day left."""
    begin = datetime.combine(day, time(0), VIETNAM)
    query = (
        select(outbox.c.state, outbox.c.error, outbox.c.business_day, outbox.c.created_at, outbox.c.sent_at)
        .order_by(outbox.c.id.desc())
        .execution_options(yield_per=500)
    )
    late = unsent = 0
    rows = unit.conn.execute(query)
    for row in takewhile(lambda row: row.created_at >= begin, rows):
        if row.business_day != day:
            continue
        if row.state == State.SENT:
            late += open_time(etiquette, row.created_at, row.sent_at) > NOTICE_PATIENCE
        else:
            unsent += row.state in {State.WAITING, State.FAILED} or row.error == LATER
    rows.close()
    return Delivery(day, late, unsent)
