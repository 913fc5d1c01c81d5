"""The neutral form of a message: what is said and what can be chosen, before any channel shapes it.

A numbered list of choices is the base; a channel with buttons shows the same choices as buttons.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
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
    listed: bool = False
    """Whether the text says it under its number already: a channel without buttons need not repeat it."""

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
class Gist:
    """What a message comes to where only the blanks of an approved form can be filled in.

    So many tasks, the code of the nearest one, its last day on time (None where it has none), and where all of them
    can be answered ("" where there is no such place).
    """

    count: int
    code: str
    due_on: date | None
    url: str = ""

    def to_json(self) -> list[Any]:
        """Return the form in which the outbox keeps it."""
        return [self.count, self.code, self.due_on.isoformat() if self.due_on else None, self.url]

    @classmethod
    def from_json(cls, kept: list[Any]) -> Self:
        """Read it back."""
        count, code, due_on, url = kept
        return cls(count, code, date.fromisoformat(due_on) if due_on else None, url)


@dataclass(frozen=True, slots=True)
class Message:
    """A text in Vietnamese whose first line says what and when, and its choices in order.

    `heading` marks the first line as a title (bold where the channel can). `numbered` is False for what nobody
    asked for: a digit answers the last reply, so a notice's choices are buttons only. `answers` is the provider's
    id of the message answered, shown as its thread where the channel can. `replaces` is the provider's id of an
    earlier answer of ours that this one takes the place of, where the channel can edit. `mark` is our own name of the
    message, the same at each attempt to send it: given when it leaves, not kept with it. `sealed`: it holds personal
    data or a secret, so it is kept under the office's key, and its words stand nowhere in clear.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    heading: bool = True
    numbered: bool = True
    files: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    answers: str = ""
    replaces: str = ""
    gist: Gist | None = None
    mark: str = ""
    sealed: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the form in which the outbox keeps the message; what is not there takes no room."""
        kept: dict[str, Any] = {
            "text": self.text,
            "choices": [[one.label, one.key, *([True] if one.listed else [])] for one in self.choices],
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
        if self.gist:
            kept["gist"] = self.gist.to_json()
        return kept

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read a message back from its stored form."""
        return cls(
            data["text"],
            tuple(Choice(*one) for one in data["choices"]),
            data["heading"],
            data["numbered"],
            tuple(Attachment(*one) for one in data.get("files", ())),
            tuple(Link(label, url) for label, url in data.get("links", ())),
            data.get("answers", ""),
            data.get("replaces", ""),
            Gist.from_json(data["gist"]) if "gist" in data else None,
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
    caption_limit: int = 0
    """The longest text that a picture can bear; a longer one goes before it."""
    encloses: bool = False
    """Whether files travel with the text, all in one message (mail)."""
    hears: bool = True
    """Whether what people write there reaches us."""
    windowed: bool = False
    """Whether the provider lets us write only for a while after the person's last act: each is noted."""

    def takes(self, file: Attachment) -> bool:
        """Whether a file can be handed over by this channel; where not, a link to it is sent instead."""
        if file.is_picture and self.pictures is not Pictures.NEVER and file.size <= self.largest_picture:
            return True
        return bool(self.files_out) and file.name.lower().endswith(self.files_out) and file.size <= self.largest_out

    def length(self, text: str) -> int:
        """Return the length of a text as this channel counts it."""
        return len(text.encode("utf-16-le")) // 2 if self.utf16 else len(text)


def numbered(message: Message) -> str:
    """Return the message as plain text with its choices numbered from 1, one a line.

    Left out are a notice's, and those that the text says under their numbers already.
    """
    if not message.numbered:
        return message.text
    lines = [f"{number} {choice.label}" for number, choice in enumerate(message.choices, 1) if not choice.listed]
    return "\n\n".join(filter(None, [message.text, "\n".join(lines)]))


def spelled(message: Message) -> str:
    """Return the text with its links spelled out, one a line."""
    lines = [f"{one.label}: {one.url}" for one in message.links]
    return message.text + "\n\n" + "\n".join(lines) if lines else message.text


def plain(message: Message) -> Message:
    """Return the message as bare text, for a provider that took offence at its form; its files are only named."""
    named = [f"Tệp không gửi được qua kênh này: {file.name}" for file in message.files]
    bare = replace(message, text="\n\n".join(filter(None, [spelled(message), *named])), links=())
    return Message(numbered(bare), (), False, message.numbered, gist=message.gist)


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
    """Return the message as one or more messages that the channel takes, each of them one call to its provider.

    Each file that the channel takes is a message of its own behind the text, but the text goes with the first one
    where that is a picture which can bear it. Other files stay with the text. The choices and links stay with the
    last text, what it answers or replaces with the first.
    """
    whole = _shaped(message, can)
    files = [] if can.encloses else [file for file in whole.files if can.takes(file)]
    others = tuple(file for file in whole.files if file not in files)
    if files and not others and _bears(files[0], whole.text, can):
        return [replace(whole, files=(files[0],), replaces=""), *_alone(files[1:], whole)]
    said = _said(replace(whole, files=others), can)
    alone = _alone(files, whole)
    if not said and alone:
        alone[0] = replace(alone[0], answers=whole.answers)
        alone[-1] = replace(alone[-1], choices=whole.choices, links=whole.links)
    return [*said, *alone]


def _bears(file: Attachment, text: str, can: Capabilities) -> bool:
    return file.is_picture and file.size <= can.largest_picture and can.length(text) <= can.caption_limit


def _shaped(message: Message, can: Capabilities) -> Message:
    """Return the message with nothing in it that the channel cannot show."""
    linked = message if can.links else replace(message, text=spelled(message), links=())
    if can.buttons and not linked.numbered:  # a notice numbers nothing: the first choices are the weightiest
        linked = replace(linked, choices=linked.choices[: can.most_buttons])
    elif not can.buttons or len(linked.choices) > can.most_buttons:
        linked = replace(linked, text=numbered(linked), choices=())
    linked = _roomy(linked, can)
    answers = message.answers if can.threads else ""
    return replace(linked, text=linked.text.strip(), answers=answers, replaces=message.replaces if can.edits else "")


def _roomy(message: Message, can: Capabilities) -> Message:
    """Return the message with the links that find no room beside its choices as lines of the text."""
    room = max(can.most_buttons - len(message.choices), 0)
    if len(message.links) <= room:
        return message
    beyond = replace(message, links=message.links[room:])
    return replace(message, text=spelled(beyond), links=message.links[:room])


def _said(whole: Message, can: Capabilities) -> list[Message]:
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
            whole.answers if at == 0 else "",
            whole.replaces if last == 0 else "",
            whole.gist if at == 0 else None,
            sealed=whole.sealed,
        )
        for at, text in enumerate(texts)
    ]


def _alone(files: Iterable[Attachment], whole: Message) -> list[Message]:
    return [Message("", (), heading=False, numbered=whole.numbered, files=(file,)) for file in files]
