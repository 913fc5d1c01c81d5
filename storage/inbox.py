"""What came in: saved before it is acknowledged, handled once, in order within a chat."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.schema import channel_state, inbox
from storage.types import AnyRow
from storage.vault import Vault

WAITING = "waiting"
DONE = "done"
PARKED = "parked"

TRIES = 3

_SAVE = {
    dialect.dialect.name: dialect.insert(inbox).on_conflict_do_nothing().returning(inbox.c.id)
    for dialect in (postgresql, sqlite)
}


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
    if not rows:
        return 0
    # rowcount tells nothing of an insert by psycopg
    return len(unit.conn.execute(_SAVE[unit.conn.dialect.name], rows).all())


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update to handle; what people write is sealed in the table."""

    id: int
    channel: str
    chat: str
    update_key: str
    album: str
    sealed: str
    vault: Vault = field(repr=False)

    @property
    def payload(self) -> dict[str, Any]:
        """The payload in clear, opened when it is asked for. Raises VaultKeyWrong."""
        opened: dict[str, Any] = self.vault.unseal_json(self.sealed)
        return opened


_earlier = inbox.alias("earlier")
_FIRST_OF_ITS_CHAT = ~exists(
    select(_earlier.c.id).where(
        and_(
            _earlier.c.channel == inbox.c.channel,
            _earlier.c.chat == inbox.c.chat,
            _earlier.c.state == WAITING,
            _earlier.c.id < inbox.c.id,
        )
    )
)
_COLUMNS = (inbox.c.id, inbox.c.channel, inbox.c.chat, inbox.c.update_key, inbox.c.album, inbox.c.payload)
_TURN_HAS_COME = (
    inbox.c.state == WAITING,
    _FIRST_OF_ITS_CHAT,
    or_(inbox.c.not_before.is_(None), inbox.c.not_before <= bindparam("now")),
)
_NEXT = (
    select(*_COLUMNS)
    .where(*_TURN_HAS_COME)
    .order_by(inbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_ONE = select(*_COLUMNS).where(inbox.c.id == bindparam("row"), *_TURN_HAS_COME).with_for_update(skip_locked=True)


def next_waiting(unit: Unit, most: int, now: datetime) -> list[Waiting]:
    """Return the oldest updates that are the first waiting ones of their chats, locked until the unit ends."""
    return _found(unit, unit.conn.execute(_NEXT, {"most": most, "now": now}).all())


def waiting(unit: Unit, inbox_id: int, now: datetime) -> Waiting | None:
    """Return one update as `next_waiting` would; None where it is not to be handled now."""
    one = _found(unit, unit.conn.execute(_ONE, {"row": inbox_id, "now": now}).all())
    return one[0] if one else None


def _found(unit: Unit, rows: Sequence[AnyRow]) -> list[Waiting]:
    return [
        Waiting(row.id, row.channel, row.chat, row.update_key, row.album or "", row.payload["sealed"], unit.vault)
        for row in rows
    ]


def gather(unit: Unit, channel: str, chat: str, album: str, keys: Collection[str], until: datetime) -> None:
    """Mark updates as parts of an album; all of it that still waits does so until that moment."""
    of_chat = (inbox.c.channel == channel, inbox.c.chat == chat, inbox.c.state == WAITING)
    unit.conn.execute(update(inbox).where(*of_chat, inbox.c.update_key.in_(keys)).values(album=album))
    unit.conn.execute(update(inbox).where(*of_chat, inbox.c.album == album).values(not_before=until))


def rest_of_album(unit: Unit, first: Waiting) -> list[Waiting]:
    """Return what waits of an album behind its first update, in order; nothing where it is of no album."""
    if not first.album:
        return []
    query = select(*_COLUMNS).where(*_together_with(first.id, first), inbox.c.id > first.id)
    return _found(unit, unit.conn.execute(query.order_by(inbox.c.id).with_for_update()).all())


def _together_with(inbox_id: int, row: Waiting | AnyRow) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of what still waits of an update's album, the update itself included."""
    alike = (inbox.c.channel == row.channel, inbox.c.chat == row.chat, inbox.c.album == (row.album or ""))
    return (inbox.c.state == WAITING, or_(inbox.c.id == inbox_id, and_(*alike)))


_FINISH = update(inbox).where(inbox.c.id == bindparam("row")).values(state=DONE, handled_at=bindparam("now"))


def finish(unit: Unit, inbox_ids: Collection[int], now: datetime) -> None:
    """Mark updates as handled."""
    if inbox_ids:
        unit.conn.execute(_FINISH, [{"row": one, "now": now} for one in inbox_ids])


def failed(unit: Unit, inbox_id: int, error: str, now: datetime) -> AnyRow | None:
    """Count a failed try; after the third park the update with all of its album and return its row (channel, chat)."""
    row = unit.conn.execute(
        update(inbox)
        .where(inbox.c.id == inbox_id)
        .values(tries=inbox.c.tries + 1, error=error)
        .returning(inbox.c.tries, inbox.c.channel, inbox.c.chat, inbox.c.album)
    ).one()
    if row.tries < TRIES:
        return None
    unit.conn.execute(update(inbox).where(*_together_with(inbox_id, row)).values(state=PARKED, handled_at=now))
    return row


def remembered(unit: Unit, channel: str, key: str) -> str | None:
    """Return what a channel must keep under a key (Telegram: the next offset)."""
    query = select(channel_state.c.value).where(channel_state.c.channel == channel, channel_state.c.key == key)
    return unit.conn.execute(query).scalar()


def remember(unit: Unit, channel: str, key: str, value: str) -> None:
    """Keep a value for a channel; of two processes at once the later one has its way."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(channel_state).values(channel=channel, key=key, value=value)
    at = [channel_state.c.channel, channel_state.c.key]
    unit.conn.execute(fresh.on_conflict_do_update(index_elements=at, set_={"value": fresh.excluded.value}))
