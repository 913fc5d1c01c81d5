"""The neutral form of a message: what is said and what can be chosen, before any channel shapes it.

A numbered list of choices is the base; a channel with buttons shows the same choices as buttons.
"""

from dataclasses import dataclass
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
class Message:
    """A text in Vietnamese whose first line says what and when, and its choices in order.

    `heading` marks the first line as a title (bold where the channel can). `numbered` is False for what nobody
    asked for: a digit answers the last reply, so a notice's choices are buttons only.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    heading: bool = True
    numbered: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return the form in which the outbox keeps the message."""
        return {
            "text": self.text,
            "choices": [[choice.label, choice.key] for choice in self.choices],
            "heading": self.heading,
            "numbered": self.numbered,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read a message back from its stored form."""
        choices = tuple(Choice(label, key) for label, key in data["choices"])
        return cls(data["text"], choices, data["heading"], data["numbered"])


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

    def length(self, text: str) -> int:
        """Return the length of a text as this channel counts it."""
        return len(text.encode("utf-16-le")) // 2 if self.utf16 else len(text)


def numbered(message: Message) -> str:
    """Return the message as plain text with its choices numbered from 1, one a line (a notice's are left out)."""
    if not message.choices or not message.numbered:
        return message.text
    lines = [f"{number} {choice.label}" for number, choice in enumerate(message.choices, 1)]
    return message.text + "\n\n" + "\n".join(lines)


def plain(message: Message) -> Message:
    """Return the message as bare text, for a provider that took offence at its form."""
    return Message(numbered(message), (), False, message.numbered)


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
    """Return the message as one or more messages that the channel takes; the choices stay with the last."""
    whole = message if can.buttons else Message(numbered(message), (), message.heading, message.numbered)
    texts = split(whole.text, can.text_limit, can)
    last = len(texts) - 1
    return [
        Message(text, whole.choices if at == last else (), whole.heading and at == 0, whole.numbered)
        for at, text in enumerate(texts)
    ]
