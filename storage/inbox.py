"""What came in: saved before it is acknowledged, handled once, in order within a chat."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.schema import channel_state, inbox
from storage.types import AnyRow

WAITING = "waiting"
DONE = "done"
PARKED = "parked"

TRIES = 3


def save(unit: Unit, channel: str, updates: Iterable[tuple[str, str, dict[str, Any]]], now: datetime) -> int:
    """Keep updates given as (key, chat, payload); one that is known already is left alone.

    Returns how many were new.
    """
    rows = [
        {
            "channel": channel,
            "update_key": key,
            "chat": chat,
            "payload": {"sealed": unit.vault.seal_json(payload), "stamp": payload.get("stamp")},
            "state": WAITING,
            "received_at": now,
        }
        for key, chat, payload in updates
    ]
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    saved = 0
    for row in rows:
        fresh = dialect.insert(inbox).values(row).on_conflict_do_nothing().returning(inbox.c.id)
        saved += unit.conn.execute(fresh).first() is not None  # rowcount tells nothing of an insert by psycopg
    return saved


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update to handle, in clear: what people write is sealed in the table."""

    id: int
    channel: str
    chat: str
    update_key: str
    payload: dict[str, Any]


def next_waiting(unit: Unit) -> Waiting | None:
    """Return the oldest update that is the first waiting one of its chat, locked until the unit ends."""
    earlier = inbox.alias("earlier")
    query = (
        select(inbox)
        .where(
            inbox.c.state == WAITING,
            ~exists(
                select(earlier.c.id).where(
                    and_(
                        earlier.c.channel == inbox.c.channel,
                        earlier.c.chat == inbox.c.chat,
                        earlier.c.state == WAITING,
                        earlier.c.id < inbox.c.id,
                    )
                )
            ),
        )
        .order_by(inbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = unit.conn.execute(query).first()
    if row is None:
        return None
    return Waiting(row.id, row.channel, row.chat, row.update_key, unit.vault.unseal_json(row.payload["sealed"]))


def finish(unit: Unit, inbox_id: int, now: datetime) -> None:
    """Mark an update as handled."""
    unit.conn.execute(update(inbox).where(inbox.c.id == inbox_id).values(state=DONE, handled_at=now))


def failed(unit: Unit, inbox_id: int, error: str, now: datetime) -> AnyRow | None:
    """Count a failed try; park the update after the third and return its row (channel, chat) then."""
    row = unit.conn.execute(
        update(inbox)
        .where(inbox.c.id == inbox_id)
        .values(tries=inbox.c.tries + 1, error=error)
        .returning(inbox.c.tries, inbox.c.channel, inbox.c.chat)
    ).one()
    if row.tries < TRIES:
        return None
    unit.conn.execute(update(inbox).where(inbox.c.id == inbox_id).values(state=PARKED, handled_at=now))
    return row


def remembered(unit: Unit, channel: str, key: str) -> str | None:
    """Return what a channel must keep under a key (Telegram: the next offset)."""
    query = select(channel_state.c.value).where(channel_state.c.channel == channel, channel_state.c.key == key)
    return unit.conn.execute(query).scalar()


def remember(unit: Unit, channel: str, key: str, value: str) -> None:
    """Keep a value for a channel."""
    where = (channel_state.c.channel == channel, channel_state.c.key == key)
    changed = unit.conn.execute(update(channel_state).where(*where).values(value=value))
    if changed.rowcount == 0:
        unit.conn.execute(insert(channel_state).values(channel=channel, key=key, value=value))
