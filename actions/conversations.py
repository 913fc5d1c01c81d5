"""Keeping where a chat's conversation stands."""

from datetime import datetime

from domain.conversation import LIFE, Conversation
from storage import conversations
from storage.database import Unit


def save(unit: Unit, endpoint_id: int, conversation: Conversation, now: datetime) -> None:
    """Keep the conversation for a day from now; an empty one is forgotten."""
    if conversation == Conversation():
        conversations.forget(unit, endpoint_id)
    else:
        conversations.save(unit, endpoint_id, conversation, now + LIFE)
