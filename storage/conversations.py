"""The one conversation of a chat: its step, what was answered so far, the choices last offered."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select

from domain.conversation import Conversation
from storage.database import Unit
from storage.schema import conversations

_LOAD = select(conversations).where(conversations.c.endpoint_id == bindparam("endpoint"))
_SAVE = insert(conversations)
_FORGET = delete(conversations).where(conversations.c.endpoint_id == bindparam("endpoint"))


def load(unit: Unit, endpoint_id: int, now: datetime) -> Conversation:
    """Return the chat's conversation; an expired or missing one is an empty one."""
    row = unit.conn.execute(_LOAD, {"endpoint": endpoint_id}).first()
    if row is None or row.expires_at <= now:
        return Conversation()
    data = unit.vault.unseal_json(row.data["sealed"])
    return Conversation(row.step, data, tuple(tuple(pair) for pair in row.choices), row.misses)


def save(unit: Unit, endpoint_id: int, conversation: Conversation, expires_at: datetime) -> None:
    """Keep the conversation until that moment."""
    values: dict[str, Any] = {
        "endpoint_id": endpoint_id,
        "step": conversation.step,
        "data": {"sealed": unit.vault.seal_json(conversation.data)},
        "choices": [list(pair) for pair in conversation.choices],
        "misses": conversation.misses,
        "expires_at": expires_at,
    }
    forget(unit, endpoint_id)
    unit.conn.execute(_SAVE, values)


def forget_expired(unit: Unit, now: datetime) -> int:
    """Drop every conversation whose time is over, with the answers in it; return how many."""
    return unit.conn.execute(delete(conversations).where(conversations.c.expires_at <= now)).rowcount


def forget(unit: Unit, endpoint_id: int) -> None:
    """Drop the conversation of a chat."""
    unit.conn.execute(_FORGET, {"endpoint": endpoint_id})
