"""One line of a web chat, as its page shows it: what the office wrote or what the person sent."""

from dataclasses import dataclass
from datetime import datetime

from domain.outgoing import Attachment, Choice, Link, Message

STAMP_DIGITS = 19
"""A stamp is a count of nanoseconds since 1970, written with so many digits so that text order is time order."""


@dataclass(frozen=True, slots=True)
class ChatLine:
    """One line; `stamp` names it and gives its place among all lines of the web chat.

    `mine` is True for what the person sent; `file` is then the name of a file sent along. `at` is business time.
    """

    stamp: str
    at: datetime
    mine: bool
    text: str
    heading: bool = False
    choices: tuple[Choice, ...] = ()
    numbered: bool = True
    """Whether a typed digit means one of the choices."""
    file: str = ""
    links: tuple[Link, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    """Files of the office's that came with the line."""


def said(mark: str, at: datetime, message: Message) -> ChatLine:
    """Return a message of the office's as a line of the chat."""
    return ChatLine(
        mark,
        at,
        mine=False,
        text=message.text,
        heading=message.heading,
        choices=message.choices,
        numbered=message.numbered,
        links=message.links,
        attachments=message.files,
    )


def stamp(nanoseconds: int) -> str:
    """Return the stamp of a moment given in nanoseconds since 1970."""
    return f"{nanoseconds:0{STAMP_DIGITS}d}"


def is_stamp(text: str) -> bool:
    """Return whether a text is a stamp."""
    return len(text) == STAMP_DIGITS and text.isascii() and text.isdigit()


def rewound(mark: str, seconds: int) -> str:
    """Return the stamp of a moment so many seconds before another.

    Whoever resumes reading goes back a little: a line is stamped a moment before its row can be read.
    """
    return stamp(max(int(mark) - seconds * 1_000_000_000, 0))
