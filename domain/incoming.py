"""What a person sent, before any rule looks at it: one value for every channel."""

from dataclasses import dataclass
from enum import StrEnum


class Sent(StrEnum):
    """What kind of thing arrived."""

    TEXT = "text"
    BUTTON = "button"
    FILE = "file"
    BLOCKED = "blocked"  # the person blocked the bot: this address is dead until unblocked
    UNBLOCKED = "unblocked"
    OTHER = "other"  # a sticker, a voice message: answered politely, nothing done


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as its channel describes it; `reference` is how the channel finds it again."""

    reference: str
    name: str
    media_type: str
    size: int | None = None
    """Bytes; None where the channel does not say."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update from one chat.

    `key` is unique per channel, the same when the provider repeats the update. `text` is the typed words
    or the caption of a file; `button` the pressed button's key.
    """

    channel: str
    chat: str
    key: str
    sent: Sent
    text: str = ""
    button: str = ""
    files: tuple[IncomingFile, ...] = ()
    sender: str = ""
    group: bool = False
