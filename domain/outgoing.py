"""The neutral form of a message: what is said and what can be chosen, before any channel shapes it.

A numbered list of choices is the base; a channel with buttons shows the same choices as buttons.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

KEY_BYTES = 64
"""The longest key of a button, in bytes of UTF-8 (Telegram Bot API, InlineKeyboardButton.callback_data)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a person may answer: the words shown and the packed button behind them.

    `key` is at most 64 bytes; it says what is asked for and grants nothing.
    """

    label: str
    key: str

    def __post_init__(self) -> None:
        if len(self.key.encode()) > KEY_BYTES:
            raise ValueError(f"a button's key may take {KEY_BYTES} bytes: {self.key!r}")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a message; its content is kept in the house's own folder under its digest."""

    digest: str
    """SHA-256 of the content, in hexadecimal."""
    name: str
    media_type: str
    size: int
    """Bytes."""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture rather than handed over as a file."""
        return self.media_type in {"image/png", "image/jpeg"}


@dataclass(frozen=True, slots=True)
class Link:
    """A web address offered under a message, and what opens there."""

    label: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://")):
            raise ValueError(f"no web address: {self.url!r}")


@dataclass(frozen=True, slots=True)
class Message:
    """A text in Vietnamese whose first line says what and when, and its choices in order.

    `heading` marks the first line as a title (bold where the channel can). `numbered` is False for what nobody
    asked for: a digit answers the last reply, so a notice's choices are buttons only. `answers` is the provider's
    id of the message answered, shown as its thread where the channel can. `replaces` is the provider's id of an
    earlier answer of ours that this one takes the place of, where the channel can edit.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    heading: bool = True
    numbered: bool = True
    files: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    answers: str = ""
    replaces: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the form in which the outbox keeps the message; what is not there takes no room."""
        kept: dict[str, Any] = {
            "text": self.text,
            "choices": [[choice.label, choice.key] for choice in self.choices],
            "heading": self.heading,
            "numbered": self.numbered,
        }
        if self.files:
            kept["files"] = [[one.digest, one.name, one.media_type, one.size] for one in self.files]
        if self.links:
            kept["links"] = [[one.label, one.url] for one in self.links]
        if self.answers:
            kept["answers"] = self.answers
        if self.replaces:
            kept["replaces"] = self.replaces
        return kept

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read a message back from its stored form."""
        return cls(
            data["text"],
            tuple(Choice(label, key) for label, key in data["choices"]),
            data["heading"],
            data["numbered"],
            tuple(Attachment(*one) for one in data.get("files", ())),
            tuple(Link(label, url) for label, url in data.get("links", ())),
            data.get("answers", ""),
            data.get("replaces", ""),
        )


class Pictures(StrEnum):
    """How a channel takes a picture."""

    NEVER = "never"
    BYTES = "bytes"
    URL = "url"  # a public address from which the provider fetches it


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do; the conversation asks this, never the channel's name.

    `text_limit` is in characters of the channel's own counting (see `length`).
    """

    text_limit: int
    buttons: bool
    files_in: bool
    private: bool = True
    """False where citizens' personal data must not leave by this channel."""
    utf16: bool = False
    """True where the channel counts UTF-16 code units rather than characters (Telegram)."""
    most_buttons: int = 100
    """A message with more choices than this is sent as a numbered text."""
    slash: bool = False
    """Whether commands are typed as /word, as people know them there; elsewhere the plain word is shown."""
    files_out: tuple[str, ...] = ()
    """The endings (".docx") of the files that can be handed over; any other one goes as a link."""
    largest_out: int = 0
    """Bytes of the largest file that can be handed over."""
    pictures: Pictures = Pictures.NEVER
    largest_picture: int = 0
    """Bytes."""
    edits: bool = False
    threads: bool = False
    """Whether an answer can be shown under the message that it answers."""
    links: bool = False
    """Whether a link is shown as a button; elsewhere it is a line of the text."""
    groups: bool = False
    receipts: bool = False
    """Whether the provider tells that a message was received, or seen."""

    def takes(self, file: Attachment) -> bool:
        """Whether a file can be handed over by this channel; where not, a link to it is sent instead."""
        if file.is_picture and self.pictures is not Pictures.NEVER:
            return file.size <= self.largest_picture
        return bool(self.files_out) and file.name.lower().endswith(self.files_out) and file.size <= self.largest_out

    def length(self, text: str) -> int:
        """Return the length of a text as this channel counts it."""
        return len(text.encode("utf-16-le")) // 2 if self.utf16 else len(text)


def numbered(message: Message) -> str:
    """Return the message as plain text with its choices numbered from 1, one a line (a notice's are left out)."""
    if not message.choices or not message.numbered:
        return message.text
    lines = [f"{number} {choice.label}" for number, choice in enumerate(message.choices, 1)]
    return message.text + "\n\n" + "\n".join(lines)


def spelled(message: Message) -> str:
    """Return the text with its links spelled out, one a line."""
    lines = [f"{one.label}: {one.url}" for one in message.links]
    return message.text + "\n\n" + "\n".join(lines) if lines else message.text


def plain(message: Message) -> Message:
    """Return the message as bare text, for a provider that took offence at its form."""
    bare = replace(message, text=spelled(message), links=())
    return Message(numbered(bare), (), False, message.numbered)


def split(text: str, limit: int, can: Capabilities) -> list[str]:
    """Cut a text into parts that fit `limit`, at blank lines first, then lines, then words.

    No character but white space at a cut is lost.
    """
    parts: list[str] = []
    rest = text.strip()
    while can.length(rest) > limit:
        cut = _cut(rest, limit, can)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*parts, rest] if rest else parts


def _cut(text: str, limit: int, can: Capabilities) -> int:
    end = min(len(text), limit)
    while can.length(text[:end]) > limit:
        end -= 1
    for mark in ("\n\n", "\n", " "):
        at = text.rfind(mark, 1, end + 1)
        if at > end // 3:
            return at
    return end


def parts(message: Message, can: Capabilities) -> list[Message]:
    """Return the message as one or more messages that the channel takes.

    The choices, links and files stay with the last, what it answers or replaces with the first.
    """
    whole = message if can.links else replace(message, text=spelled(message), links=())
    if not can.buttons or len(whole.choices) > can.most_buttons:
        whole = replace(whole, text=numbered(whole), choices=())
    texts = split(whole.text, can.text_limit, can)
    last = len(texts) - 1
    return [
        Message(
            text,
            whole.choices if at == last else (),
            whole.heading and at == 0,
            whole.numbered,
            whole.files if at == last else (),
            whole.links if at == last else (),
            whole.answers if at == 0 and can.threads else "",
            whole.replaces if last == 0 and can.edits else "",
        )
        for at, text in enumerate(texts)
    ]
