"""What a person sent, before any rule looks at it: one value for every channel."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.words import squeeze, visible


class Sent(StrEnum):
    """What kind of thing arrived."""

    TEXT = "text"
    BUTTON = "button"
    FILE = "file"
    BLOCKED = "blocked"  # the person blocked the bot: this address is dead until unblocked
    UNBLOCKED = "unblocked"
    MOVED = "moved"  # a group got a new address: `moved_to`
    RECEIVED = "received"  # the provider says that messages of ours arrived: `about`
    SEEN = "seen"  # the provider says that the person saw them: `about`
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
    """The provider's id of the person; it differs from `chat` in a group only."""
    group: bool = False
    message_id: str = ""
    """The provider's id of what arrived; for a pressed button of the message that bears it."""
    quotes: str = ""
    """The provider's id of the message of ours that the person answers, where the channel tells."""
    album: str = ""
    """Files sent together carry the same mark and come as several updates."""
    about: tuple[str, ...] = ()
    """Of a receipt: the provider's ids of our messages."""
    moved_to: str = ""
    title: str = ""
    """The name of the group."""
    called: bool = False
    """Whether a group's message names us."""


def together(pieces: Sequence[Incoming]) -> Incoming:
    """Return updates of one album as one: every file in order, the words that came with any of them."""
    words = next((one.text for one in pieces if one.text), "")
    return replace(pieces[0], text=words, files=tuple(file for one in pieces for file in one.files))


LONGEST_CHAT, LONGEST_KEY, LONGEST_ALBUM, LONGEST_NAME, LONGEST_TYPE = 80, 120, 80, 200, 120
"""Characters that are kept of what a provider names things by."""


def cleaned(incoming: Incoming) -> Incoming | None:
    """Return an update without what can be neither kept nor shown as what it is; None where it cannot be named.

    Halves of surrogate pairs and NUL go; names of files and groups are one line without marks of direction.
    """
    if len(incoming.chat) > LONGEST_CHAT or len(incoming.key) > LONGEST_KEY:
        return None
    files = tuple(
        replace(
            file,
            reference=storable(file.reference),
            name=_one_line(file.name) or "tệp",
            media_type=storable(file.media_type)[:LONGEST_TYPE],
        )
        for file in incoming.files
    )
    return replace(
        incoming,
        text=storable(incoming.text),
        button=storable(incoming.button),
        title=_one_line(incoming.title),
        album=storable(incoming.album)[:LONGEST_ALBUM],
        files=files,
    )


def storable(text: str) -> str:
    """Return the text without NUL and without halves of surrogate pairs: no database keeps them."""
    return "".join(one for one in text if one != "\0" and not "\ud800" <= one <= "\udfff")


def _one_line(text: str) -> str:
    return squeeze(visible(storable(text)))[:LONGEST_NAME]
