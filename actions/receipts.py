"""What a provider tells of messages it took: that they arrived, that the person saw them. It is proof of notice."""

from datetime import datetime

from domain.incoming import Incoming
from storage import receipts
from storage.database import Unit


def note(unit: Unit, incoming: Incoming, now: datetime) -> None:
    """Keep a receipt for those of the messages that went to this chat; any other id means nothing.

    Providers do not agree on which side of a receipt is the person: `chat` is one, `sender` the other.
    """
    receipts.note(unit, incoming.channel, {incoming.chat, incoming.sender}, incoming.about, incoming.sent, now)
