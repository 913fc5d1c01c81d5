"""What stands in a web chat: messages that were sent and what the person sent, in one order."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from domain.chatlines import ChatLine, said
from domain.delivery import State
from domain.outgoing import Attachment, Message
from storage.database import Unit
from storage.outbox import opened
from storage.schema import endpoints, inbox, outbox

PAGE = 50


def history(
    unit: Unit, channel: str, chat: str, *, after: str = "", before: str = "", limit: int = PAGE
) -> list[ChatLine]:
    """Return at most `limit` lines of a web chat in order.

    With `after` (a stamp) the first ones that follow it; otherwise the last ones, or the last ones in front
    of `before`. Both tables are read by stamp: the outbox keeps it as the provider's id, the inbox in the payload.
    """
    forward = bool(after)
    lines = [
        *_sent(unit, channel, chat, after, before, limit),
        *_received(unit, channel, chat, after, before, limit),
    ]
    lines.sort(key=lambda line: line.stamp)
    return lines[:limit] if forward else lines[-limit:]


def _between(mark: ColumnElement[str], after: str, before: str) -> list[ColumnElement[bool]]:
    clauses = [mark > after]
    if before:
        clauses.append(mark < before)
    return clauses


def _sent(unit: Unit, channel: str, chat: str, after: str, before: str, limit: int) -> list[ChatLine]:
    mark = outbox.c.provider_id
    query = (
        select(mark, outbox.c.sent_at, outbox.c.message, outbox.c.text_sent)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(endpoints.c.channel == channel, endpoints.c.chat == chat, outbox.c.state == State.SENT)
        .where(*_between(mark, after, before))
        .order_by(mark.asc() if after else mark.desc())
        .limit(limit)
    )
    return [_message(unit, *row) for row in unit.conn.execute(query)]


def _message(unit: Unit, stamp: str, at: datetime, message: dict[str, Any] | None, text: str | None) -> ChatLine:
    return said(stamp, at, Message(text or "", heading=False) if message is None else opened(unit, message))


def attachment(unit: Unit, channel: str, chat: str, stamp: str, place: int) -> Attachment | None:
    """Return a file that came with a line of this chat, None where there is none."""
    query = (
        select(outbox.c.message)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(endpoints.c.channel == channel, endpoints.c.chat == chat)
        .where(outbox.c.provider_id == stamp, outbox.c.state == State.SENT)
    )
    message = unit.conn.execute(query).scalar()
    files = opened(unit, message).files if message else ()
    return files[place] if 0 <= place < len(files) else None


def _received(unit: Unit, channel: str, chat: str, after: str, before: str, limit: int) -> list[ChatLine]:
    mark = inbox.c.payload["stamp"].as_string()
    query = (
        select(inbox.c.payload, inbox.c.received_at)
        .where(inbox.c.channel == channel, inbox.c.chat == chat)
        .where(*_between(mark, after, before))
        .order_by(mark.asc() if after else mark.desc())
        .limit(limit)
    )
    return [typed(unit.vault.unseal_json(kept["sealed"]), at) for kept, at in unit.conn.execute(query)]


def typed(payload: dict[str, Any], at: datetime) -> ChatLine:
    """Return what a person sent, from the payload of its inbox row."""
    text = payload.get("text") or payload.get("label") or ""
    file = payload["file"]["name"] if "file" in payload else ""
    return ChatLine(payload["stamp"], at, True, text, file=file)
