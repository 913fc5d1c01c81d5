"""The outbox: one row is one call to a provider, from the promise to the proof."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, update

from domain.delivery import State
from storage.database import Unit
from storage.schema import endpoints, outbox
from storage.types import AnyRow

REPLY = 0
NOTICE = 1
"""Lanes: answers leave before what nobody asked for."""


def add(
    unit: Unit,
    key: str,
    kind: str,
    lane: int,
    endpoint_id: int,
    now: datetime,
    *,
    person_id: int | None = None,
    message: dict[str, Any] | None = None,
    business_day: date | None = None,
) -> int:
    """Write one message to be sent and return its id; `message` is None where it is rendered when claimed."""
    return int(
        unit.conn.execute(
            insert(outbox)
            .values(
                key=key,
                kind=kind,
                lane=lane,
                endpoint_id=endpoint_id,
                person_id=person_id,
                message=message,
                state=State.WAITING.value,
                not_before=now,
                created_at=now,
                business_day=business_day,
            )
            .returning(outbox.c.id)
        ).scalar_one()
    )


def count_of_day(unit: Unit, person_id: int, day: date) -> int:
    """Return how many unsolicited messages were made for a person on a day."""
    query = select(func.count()).where(outbox.c.person_id == person_id, outbox.c.business_day == day)
    return unit.conn.execute(query).scalar_one()


def candidates(
    unit: Unit, channels: Sequence[str], now: datetime, limit: int, *, unsolicited: bool
) -> Sequence[AnyRow]:
    """Return rows that could start now (id, lane, channel, chat): the first waiting one of each chat and lane.

    `unsolicited` False leaves out what must wait for office hours.
    """
    earlier = outbox.alias("earlier")
    query = (
        select(outbox.c.id, outbox.c.lane, endpoints.c.channel, endpoints.c.chat)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(
            outbox.c.state == State.WAITING,
            outbox.c.not_before <= now,
            endpoints.c.channel.in_(channels),
            ~exists(
                select(earlier.c.id).where(
                    earlier.c.endpoint_id == outbox.c.endpoint_id,
                    earlier.c.lane == outbox.c.lane,
                    earlier.c.state.in_((State.WAITING, State.SENDING)),
                    earlier.c.id < outbox.c.id,
                )
            ),
        )
        .order_by(outbox.c.lane, outbox.c.id)
        .limit(limit)
    )
    if not unsolicited:
        query = query.where(outbox.c.lane == REPLY)
    return unit.conn.execute(query).all()


def claim(unit: Unit, outbox_id: int, owner: str, now: datetime) -> AnyRow | None:
    """Take a waiting row for sending at once; None where it is not waiting any more.

    From here on the message may have left.
    """
    taken = unit.conn.execute(
        update(outbox)
        .where(outbox.c.id == outbox_id, outbox.c.state == State.WAITING)
        .values(state=State.SENDING.value, claimed_by=owner, claimed_at=now, attempts=outbox.c.attempts + 1)
    )
    if taken.rowcount != 1:
        return None
    query = (
        select(outbox, endpoints.c.channel, endpoints.c.chat)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(outbox.c.id == outbox_id)
    )
    return unit.conn.execute(query).one()


def get(unit: Unit, outbox_id: int) -> AnyRow:
    """Return a row."""
    return unit.conn.execute(select(outbox).where(outbox.c.id == outbox_id)).one()


def change(unit: Unit, outbox_id: int, **values: Any) -> None:
    """Write what became of a row."""
    unit.conn.execute(update(outbox).where(outbox.c.id == outbox_id).values(**values))


def remove_rest(unit: Unit, key: str) -> None:
    """Take back the rows that were to follow a message which is composed anew: none of them was ever tried."""
    unit.conn.execute(
        delete(outbox).where(
            outbox.c.key.startswith(f"{key}:", autoescape=True),
            outbox.c.state == State.WAITING,
            outbox.c.attempts == 0,
        )
    )


def orphans(unit: Unit, channels: Iterable[str], owner: str) -> Sequence[AnyRow]:
    """Return rows that another, now ended, sender had claimed: nobody knows whether they left."""
    query = (
        select(outbox.c.id, outbox.c.attempts, outbox.c.unknowns)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(
            outbox.c.state == State.SENDING,
            outbox.c.claimed_by != owner,
            endpoints.c.channel.in_(list(channels)),
        )
    )
    return unit.conn.execute(query).all()


def waiting_of_endpoint(unit: Unit, endpoint_id: int) -> Sequence[AnyRow]:
    """Return the rows of a chat that wait to be sent."""
    query = select(outbox).where(outbox.c.endpoint_id == endpoint_id, outbox.c.state == State.WAITING)
    return unit.conn.execute(query.order_by(outbox.c.id)).all()
