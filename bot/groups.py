"""Group chats: an agency's own group, where tasks are looked at and nothing personal is said."""

from datetime import datetime

from domain.incoming import Incoming
from domain.outgoing import Capabilities
from storage.views import Unit


def handle(unit: Unit, incoming: Incoming, endpoint_id: int, key: str, can: Capabilities, now: datetime) -> None:
    """Do what an update from a group asks."""
