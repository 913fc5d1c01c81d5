"""The outbox: one row is one call to a provider, from the promise to the proof."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, or_, select, update

from domain.delivery import State
from domain.outgoing import Message
from storage.database import Unit
from storage.schema import endpoints, outbox
from storage.types import AnyRow, AnySelect

REPLY = 0
NOTICE = 1
"""Lanes: answers leave before what nobody asked for."""


SEALED = "sealed"
"""The one member of a message that is kept under the office's key."""


def kept(unit: Unit, message: Message) -> dict[str, Any]:
    """Return a message as the outbox keeps it: sealed where it holds what may not stand in clear."""
    written = message.to_json()
    return {SEALED: unit.vault.seal_json(written)} if message.sealed else written


def opened(unit: Unit, message: dict[str, Any]) -> Message:
    """Return a message that the outbox keeps. Raises VaultKeyWrong."""
    if SEALED in message:
        return replace(Message.from_json(unit.vault.unseal_json(message[SEALED])), sealed=True)
    return Message.from_json(message)


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
    row = {
        "key": key,
        "kind": kind,
        "lane": lane,
        "endpoint_id": endpoint_id,
        "person_id": person_id,
        "message": message,
        "state": State.WAITING.value,
        "not_before": now,
        "created_at": now,
        "business_day": business_day,
    }
    return int(unit.conn.execute(_ADD, row).scalar_one())


_ADD = insert(outbox).returning(outbox.c.id)


@dataclass(frozen=True, slots=True)
class Bundle:
    """One unsolicited message of a day: its key, the chat that it takes, and for whom it is."""

    key: str
    endpoint_id: int
    person_id: int


def add_bundles(unit: Unit, bundles: Sequence[Bundle], day: date, now: datetime) -> list[int]:
    """Write a day's messages, whose texts are made when they are claimed; return their ids in order."""
    rows = [
        {
            "key": one.key,
            "kind": "bundle",
            "lane": NOTICE,
            "endpoint_id": one.endpoint_id,
            "person_id": one.person_id,
            "message": None,
            "state": State.WAITING.value,
            "not_before": now,
            "created_at": now,
            "business_day": day,
        }
        for one in bundles
    ]
    if not rows:
        return []
    fresh = unit.conn.execute(insert(outbox).returning(outbox.c.id, outbox.c.key), rows)
    by_key = {row.key: int(row.id) for row in fresh}
    return [by_key[one.key] for one in bundles]


def counts_of_day(unit: Unit, person_ids: Collection[int], day: date) -> dict[int, int]:
    """Return how many unsolicited messages were made on a day for each of these people who has any."""
    query = (
        select(outbox.c.person_id, func.count().label("made"))
        .where(outbox.c.person_id.in_(person_ids), outbox.c.business_day == day)
        .group_by(outbox.c.person_id)
    )
    return {row.person_id: row.made for row in unit.conn.execute(query)} if person_ids else {}


def candidates(unit: Unit, channel: str, now: datetime, limit: int, *, unsolicited: bool) -> Sequence[AnyRow]:
    """Return rows of a channel that could start now (id, lane, channel, chat), answers first, at most `limit`.

    Of each chat and lane only the first unfinished one. `unsolicited` False leaves out what must wait for office hours.
    The unfinished rows are read once and ranked: how long that takes hangs neither on what was ever sent nor on what
    PostgreSQL last counted.
    """
    query = _ANY_CANDIDATES if unsolicited else _REPLIES
    return unit.conn.execute(query, {"on": channel, "now": now, "most": limit}).all()


def _candidates(*which: ColumnElement[bool]) -> AnySelect:
    queue = (outbox.c.endpoint_id, outbox.c.lane)
    head = func.min(outbox.c.id).over(partition_by=queue).label("head")
    rows = select(outbox.c.id, *queue, outbox.c.state, outbox.c.not_before, head).where(
        outbox.c.state.in_((State.WAITING, State.SENDING)),
        or_(outbox.c.attempts > 0, outbox.c.not_before <= bindparam("now")),  # what is put off holds back nobody
        *which,
    )
    unfinished = rows.subquery("unfinished")
    return (
        select(unfinished.c.id, unfinished.c.lane, endpoints.c.channel, endpoints.c.chat)
        .join(endpoints, endpoints.c.id == unfinished.c.endpoint_id)
        .where(
            unfinished.c.id == unfinished.c.head,
            unfinished.c.state == State.WAITING,
            unfinished.c.not_before <= bindparam("now"),
            endpoints.c.channel == bindparam("on"),
        )
        .order_by(unfinished.c.lane, unfinished.c.id)
        .limit(bindparam("most"))
    )


_ANY_CANDIDATES = _candidates()
_REPLIES = _candidates(outbox.c.lane == REPLY)


_WAITING = (
    select(
        outbox.c.id,
        outbox.c.key,
        outbox.c.kind,
        outbox.c.lane,
        outbox.c.endpoint_id,
        outbox.c.person_id,
        outbox.c.message,
        outbox.c.business_day,
        outbox.c.unknowns,
        outbox.c.error,
        endpoints.c.channel,
        endpoints.c.chat,
        endpoints.c.brief,
        endpoints.c.heard_at,
    )
    .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
    .where(outbox.c.id.in_(bindparam("rows", expanding=True)), outbox.c.state == State.WAITING)
    .order_by(outbox.c.lane, outbox.c.id)
    .with_for_update(of=outbox, skip_locked=True)
)


def waiting(unit: Unit, outbox_ids: Iterable[int]) -> Sequence[AnyRow]:
    """Return those of the rows that wait to be sent, with their channel and chat, locked until the unit ends."""
    return unit.conn.execute(_WAITING, {"rows": list(outbox_ids)}).all()


_CLAIM = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(
        state=State.SENDING.value,
        claimed_by=bindparam("owner"),
        claimed_at=bindparam("now"),
        attempts=outbox.c.attempts + 1,
        text_sent=bindparam("text"),
    )
)


def claim(unit: Unit, texts: Mapping[int, str], owner: str, now: datetime) -> None:
    """Take waiting rows for sending at once and keep the text that each will say.

    From here on the messages may have left.
    """
    if texts:
        rows = [{"row": row, "owner": owner, "now": now, "text": text} for row, text in texts.items()]
        unit.conn.execute(_CLAIM, rows)


_KEEP = update(outbox).where(outbox.c.id == bindparam("row")).values(message=bindparam("said"))


def keep_messages(unit: Unit, messages: Mapping[int, dict[str, Any]]) -> None:
    """Keep what rows say, made as they were claimed."""
    if messages:
        unit.conn.execute(_KEEP, [{"row": row, "said": message} for row, message in messages.items()])


_SENT = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(state=State.SENT.value, sent_at=bindparam("now"), provider_id=bindparam("provider"), claimed_by=None)
)


def sent(unit: Unit, providers: Mapping[int, str], now: datetime) -> None:
    """Write that messages arrived, each with the name its provider gave it."""
    if providers:
        rows = [{"row": row, "now": now, "provider": provider} for row, provider in providers.items()]
        unit.conn.execute(_SENT, rows)


def get(unit: Unit, outbox_id: int) -> AnyRow:
    """Return a row."""
    return unit.conn.execute(select(outbox).where(outbox.c.id == outbox_id)).one()


def find(unit: Unit, outbox_id: int) -> AnyRow | None:
    """Return a row where there is one."""
    return unit.conn.execute(select(outbox).where(outbox.c.id == outbox_id)).first()


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


def orphans(unit: Unit, channels: Iterable[str]) -> Sequence[AnyRow]:
    """Return the claimed rows (id) of these channels; asked while nothing is in flight.

    Nobody knows whether they left.
    """
    query = (
        select(outbox.c.id)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(outbox.c.state == State.SENDING, endpoints.c.channel.in_(list(channels)))
    )
    return unit.conn.execute(query).all()


def waiting_of_endpoint(unit: Unit, endpoint_id: int) -> Sequence[AnyRow]:
    """Return the rows of a chat that wait to be sent."""
    query = select(outbox).where(outbox.c.endpoint_id == endpoint_id, outbox.c.state == State.WAITING)
    return unit.conn.execute(query.order_by(outbox.c.id)).all()


def by_key(unit: Unit, key: str) -> AnyRow | None:
    """Return the row of a key."""
    return unit.conn.execute(select(outbox).where(outbox.c.key == key)).first()
