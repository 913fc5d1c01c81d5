"""Row numbers ("II", "A", "2.1", "a)") and the headings under which a numbered row stands."""

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import takewhile
from typing import Generic, TypeVar

Item = TypeVar("Item")

_ROMAN = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_SHAPE = re.compile(r"\(?((?:\d{1,5}|[IVXLC]{1,7}|[A-ZĐ]|[a-zđ])(?:[.\-](?:\d{1,3}|[IVXLC]{1,7}|[a-zđ]))*)(\)|[.:]*)")
_LEADING = re.compile(r"((?:[IVXLC]{1,7}|\d{1,2}(?:\.\d{1,2})*|[A-ZĐ]|[a-zđ](?=\)))(?:[.)]|\s*[-–:](?=\s)))\s*(?=\S)")
_WORDED = re.compile(r"(?:phần|mục|nhóm)\s+(?:thứ\s+)?(?=[IVXLC\d]+\b)", re.IGNORECASE)
_AMBIGUOUS_AS_LETTER = frozenset("CDLM")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Kind(IntEnum):
    """Kinds of numbers; a kind not seen before stands below those that come before it here."""

    GROUP = 1
    ROMAN = 2
    UPPER = 3
    DIGIT = 4
    LOWER = 5


@dataclass(frozen=True, slots=True)
class Number:
    """A row's number: `text` without closing punctuation, its parts, and the mark that closes it in print."""

    text: str
    parts: tuple[str, ...]
    bracket: bool = False

    def label(self, content: str) -> str:
        """Return the heading as it is shown: number, mark and content."""
        return f"{self.text}{')' if self.bracket else '.'} {content}"

    def is_like(self, other: "Number") -> bool:
        """Tell whether two numbers are of one level by their looks: both I, II, or both 1, 2."""
        return len(self.parts) == len(other.parts) and _kind(self.parts[-1]) is _kind(other.parts[-1])


def parse(text: str) -> Number | None:
    """Read the text of a number cell; None where it is empty or no number."""
    shape = _SHAPE.fullmatch(_WORDED.sub("", text.strip()).replace(" ", ""))
    if shape is None:
        return None
    bare = shape[1]
    return Number(bare, tuple(re.split(r"[.\-]", bare)), bracket=shape[2] == ")" and bare.isalpha())


def split_leading(text: str) -> tuple[Number | None, str]:
    """Split a number off the beginning of a heading or content ("II. Nhóm nhiệm vụ …")."""
    bare = _WORDED.sub("", text, count=1) if _WORDED.match(text) else text
    match = _LEADING.match(bare)
    if match is None:
        return None, text
    number = parse(re.sub(r"\s*[-–:]$", "", match[1]))
    return (number, bare[match.end() :]) if number else (None, text)


def _roman(text: str) -> int | None:
    if not _ROMAN.fullmatch(text):
        return None
    values = [_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return sum(-v if v < n else v for v, n in zip(values, following, strict=True))


def _kind(part: str) -> Kind:
    if part.isdigit():
        return Kind.DIGIT
    if part.islower():
        return Kind.LOWER
    is_roman = len(part) > 1 or (_roman(part) is not None and part not in _AMBIGUOUS_AS_LETTER)
    return Kind.ROMAN if is_roman else Kind.UPPER


@dataclass(frozen=True, slots=True)
class _Level(Generic[Item]):
    kind: Kind
    parts: tuple[str, ...]
    item: Item


class Outline(Generic[Item]):
    """The chain of items under which the next row will stand, kept up to date row by row."""

    def __init__(self) -> None:
        self._levels: list[_Level[Item]] = []

    def above(self) -> tuple[Item, ...]:
        """Return the items of the chain, outermost first."""
        return tuple(level.item for level in self._levels)

    def place(self, number: Number, item: Item) -> tuple[Item, ...]:
        """Put a numbered item into the chain and return the items above it."""
        kind = self._kind_here(number)
        if len(number.parts) > 1:
            self._leave_for_parts(number.parts)
        else:
            self._leave_for_kind(kind)
        above = self.above()
        self._levels.append(_Level(kind, number.parts, item))
        return above

    def place_group(self, item: Item) -> tuple[Item, ...]:
        """Put a heading without number into the chain: beside the last such heading, else below I or A."""
        self._leave_for_kind(Kind.GROUP)
        above = self.above()
        self._levels.append(_Level(Kind.GROUP, (), item))
        return above

    def _kind_here(self, number: Number) -> Kind:
        last = number.parts[-1]
        kind = _kind(last)
        if len(number.parts) > 1 or kind not in (Kind.ROMAN, Kind.UPPER) or len(last) != 1:
            return kind
        for level in reversed(self._levels):
            if level.kind is Kind.UPPER and ord(level.parts[-1]) + 1 == ord(last):
                return Kind.UPPER
            if level.kind is Kind.ROMAN and (_roman(level.parts[-1]) or 0) + 1 == _roman(last):
                return Kind.ROMAN
        return kind

    def _leave_for_parts(self, parts: tuple[str, ...]) -> None:
        """Keep the chain down to the longest beginning of the parts, else down to its Roman and capital levels."""
        for keep in range(len(self._levels), 0, -1):
            own = self._levels[keep - 1].parts
            if own and len(own) < len(parts) and parts[: len(own)] == own:
                del self._levels[keep:]
                return
        self._levels[:] = list(takewhile(lambda level: level.kind < Kind.DIGIT, self._levels))

    def _leave_for_kind(self, kind: Kind) -> None:
        """Keep what stands above the last level of this kind, else what a new kind stands below."""
        for keep in range(len(self._levels), 0, -1):
            level = self._levels[keep - 1]
            if level.kind is kind and len(level.parts) <= 1:
                del self._levels[keep - 1 :]
                return
        beside = Kind.DIGIT if kind <= Kind.UPPER else kind
        self._levels[:] = list(takewhile(lambda level: level.kind < beside, self._levels))
