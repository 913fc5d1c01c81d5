"""What a provider tells of messages it took: that they arrived, that the person saw them. It is proof of notice."""

from datetime import datetime

from domain.incoming import Incoming
from storage import receipts
from storage.database import Unit


def note(unit: Unit, endpoint_id: int, incoming: Incoming, now: datetime) -> None:
    """Keep a receipt for those of the messages that went to this chat; any other id means nothing."""
    receipts.note(unit, endpoint_id, incoming.about, incoming.sent, now)
