"""Messages that certainly did not leave: taking them back, finding those that stand still, letting them try again."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, select, update

from domain.delivery import State
from storage.database import Unit
from storage.outbox import NOTICE
from storage.people import OPEN
from storage.schema import endpoints, outbox
from storage.types import AnyRow

CERTAINLY_UNSENT = (outbox.c.state == State.WAITING, outbox.c.lane == NOTICE, outbox.c.unknowns == 0)
"""Unsolicited messages of which no text can have arrived."""


def take_back(unit: Unit, why: str, before: date | None) -> Sequence[AnyRow]:
    """Cancel messages composed of notices that certainly did not leave, and return them (id, key, message).

    Those of business days before `before`, or of every day.
    """
    whole = (*CERTAINLY_UNSENT, outbox.c.business_day.is_not(None))
    old = () if before is None else (outbox.c.business_day < before,)
    cancelled = update(outbox).where(*whole, *old).values(state=State.CANCELLED.value, error=why)
    return unit.conn.execute(cancelled.returning(outbox.c.id, outbox.c.key, outbox.c.message)).all()


def channels_with_stuck(unit: Unit, before: datetime) -> list[str]:
    """Return the channels on which unsent messages of people wait since before a moment."""
    query = select(endpoints.c.channel).join(outbox, outbox.c.endpoint_id == endpoints.c.id).distinct()
    return list(unit.conn.execute(query.where(*_stuck(before)).order_by(endpoints.c.channel)).scalars())


def stuck(unit: Unit, before: datetime, channels: Sequence[str], limit: int) -> Sequence[AnyRow]:
    """Return rows that wait on these channels since before a moment, of people with a chat on another one."""
    others = endpoints.alias("others")
    query = (
        select(outbox)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(*_stuck(before), endpoints.c.channel.in_(channels))
        .where(
            exists(
                select(others.c.id).where(
                    others.c.person_id == outbox.c.person_id,
                    others.c.state == OPEN,
                    others.c.channel.not_in(channels),
                )
            )
        )
        .order_by(outbox.c.id)
        .limit(limit)
    )
    return unit.conn.execute(query).all()


def _stuck(before: datetime) -> tuple[ColumnElement[bool], ...]:
    since = func.coalesce(outbox.c.rerouted_at, outbox.c.created_at)
    return (*CERTAINLY_UNSENT, outbox.c.business_day.is_not(None), since < before)


def last_sent(unit: Unit, channel: str) -> datetime | None:
    """Return when the newest message that left by a channel did."""
    query = (
        select(outbox.c.sent_at)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(outbox.c.state == State.SENT, endpoints.c.channel == channel)
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return unit.conn.execute(query).scalar()


def hasten(unit: Unit, lanes: Collection[int], after: datetime, now: datetime) -> None:
    """Let rows that were put off until after a moment, by a clock set wrong, try again now."""
    put_off = update(outbox).where(outbox.c.state == State.WAITING, outbox.c.lane.in_(lanes))
    unit.conn.execute(put_off.where(outbox.c.not_before > after).values(not_before=now))
