"""How a neutral message looks on Telegram: plain text, a bold first line, buttons under it.

No HTML and no Markdown: a name with "<" or "_" in it can then not break a message.
"""

from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from domain.outgoing import Choice, Link, Message

_PER_ROW = ((2, 8), (18, 2))
"""(longest label in characters, buttons a row): digits stand eight in a row (the most Telegram shows), short
words in pairs; a longer label has a row to itself, or a phone would cut it."""


def _utf16(text: str) -> int:
    """Return the length in UTF-16 code units, in which Telegram counts entities."""
    return len(text.encode("utf-16-le")) // 2


def entities(message: Message) -> list[MessageEntity]:
    """Return the first line as one bold entity, or nothing where the message has no heading."""
    first = message.text.split("\n", 1)[0].rstrip()
    if not message.heading or not first.strip():
        return []
    before = _utf16("".join(takewhile(str.isspace, first)))
    return [MessageEntity(MessageEntity.BOLD, before, _utf16(first) - before)]


def keyboard(choices: Sequence[Choice], links: Sequence[Link] = ()) -> InlineKeyboardMarkup | None:
    """Return the choices as buttons in their order, links in rows of their own below, or None where there are none."""
    rows: list[list[Choice]] = []
    for choice in choices:
        if rows and len(rows[-1]) < min(_room(other) for other in (*rows[-1], choice)):
            rows[-1].append(choice)
        else:
            rows.append([choice])
    buttons = [[InlineKeyboardButton(one.label, callback_data=one.key) for one in row] for row in rows]
    buttons += [[InlineKeyboardButton(one.label, url=one.url)] for one in links]
    return InlineKeyboardMarkup(buttons) if buttons else None


def opens(link: Link) -> bool:
    """Whether Telegram takes an address for a button: of a host without a dot, as in an office's own network, not."""
    try:
        parts = urlsplit(link.url)
        return parts.scheme in {"http", "https"} and "." in (parts.hostname or "").strip(".")
    except ValueError:
        return False


def _room(choice: Choice) -> int:
    """Return how many buttons may stand in this choice's row, itself included."""
    return next((count for longest, count in _PER_ROW if len(choice.label) <= longest), 1)
