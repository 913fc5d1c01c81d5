"""What a setting of the office is, and how what a person types becomes its value."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time

from domain.words import fold

Value = str | int | bool


@dataclass(frozen=True, slots=True)
class OfficeSetting:
    """One setting: `read` makes a value of what a person typed, or raises ValueError."""

    name: str
    group: str
    """The heading under which pages and lists show it, in Vietnamese."""
    label: str
    wanted: str
    """What is accepted, in Vietnamese, with an example."""
    default: Value
    read: Callable[[str], Value]
    words: Mapping[str, str] = field(default_factory=dict)
    """What can be chosen, by the value kept, in Vietnamese; empty where anything of a kind is taken."""

    def show(self, value: Value) -> str:
        """Return the value as people write it; "" where it is empty."""
        if isinstance(value, bool):
            return "có" if value else "không"
        return self.words.get(str(value), str(value))

    @property
    def choices(self) -> tuple[str, ...]:
        """The answers there are, as people write them; none where anything of a kind is taken."""
        return ("có", "không") if isinstance(self.default, bool) else tuple(self.words.values())


def text_of(limit: int) -> Callable[[str], str]:
    """Return a reader of texts up to so many characters."""

    def read(text: str) -> str:
        if len(text) > limit:
            raise ValueError(text)
        return text

    return read


def clock(text: str) -> str:
    """Return "07:30" of "7h30", "7:30". Raises ValueError."""
    found = re.fullmatch(r"(\d{1,2})[:hg](\d{2})?", fold(text).replace(" ", ""))
    if found is None:
        raise ValueError(text)
    return f"{time(int(found.group(1)), int(found.group(2) or 0)):%H:%M}"


def count(least: int, most: int) -> Callable[[str], int]:
    """Return a reader of whole numbers between two."""

    def read(text: str) -> int:
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
        if not least <= number <= most:
            raise ValueError(text)
        return number

    return read


def yes(text: str) -> bool:
    """Return whether the answer is yes. Raises ValueError for neither."""
    said = fold(text)
    if said not in {"co", "bat", "1", "yes", "on", "khong", "tat", "0", "no", "off"}:
        raise ValueError(text)
    return said in {"co", "bat", "1", "yes", "on"}


def one_of(**words: str) -> Callable[[str], str]:
    """Read one of the code's own words, or its Vietnamese name."""
    named = {fold(said): word for word, said in words.items()} | {word: word for word in words}

    def read(text: str) -> str:
        return named[fold(text)]

    return read


def months(text: str) -> str:
    """Return "1,7" of months in any order. Raises ValueError."""
    months = sorted({int(one) for one in re.split(r"[,; ]+", text) if one})
    if not months or any(not 1 <= one <= 12 for one in months):
        raise ValueError(text)
    return ",".join(str(one) for one in months)
