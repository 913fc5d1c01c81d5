"""Words, numbers and marks of a phrase, each folded for matching and still pointing at its source."""

import re
from dataclasses import dataclass
from functools import cache

from domain.words import fold, squeeze

_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_+")

DASHES = frozenset("-–—−‐‑")


@dataclass(frozen=True, slots=True)
class Token:
    """One folded word, number or mark; `start` and `end` are its place in the squeezed source."""

    text: str
    start: int
    end: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A squeezed source text with its tokens; `at` is safe beyond both ends."""

    source: str
    tokens: tuple[Token, ...]

    def __len__(self) -> int:
        return len(self.tokens)

    def at(self, index: int) -> str:
        """Return the folded text of a token, or an empty string beyond the ends."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def number(self, index: int) -> int | None:
        """Return the number at a place, or None where no number stands."""
        return self.tokens[index].number if 0 <= index < len(self.tokens) else None

    def raw(self, index: int) -> str:
        """Return the word of the source at a place, marks and capitals kept; empty beyond the ends."""
        if not 0 <= index < len(self.tokens):
            return ""
        return self.source[self.tokens[index].start : self.tokens[index].end]

    def has(self, index: int, words: str) -> int | None:
        """Return the place after these folded words if they stand at `index`, else None."""
        return self._run(index, _split(words))

    def first(self, index: int, choices: tuple[str, ...]) -> int | None:
        """Return the place after the first of several word groups that stands at `index`, else None."""
        for words in _by_first_word(choices).get(self.at(index), ()):
            if (after := self._run(index, words)) is not None:
                return after
        return None

    def _run(self, index: int, words: tuple[str, ...]) -> int | None:
        for word in words:
            if self.at(index) != word:
                return None
            index += 1
        return index

    def between(self, start: int, end: int) -> str:
        """Return the source from token `start` up to, not with, token `end`."""
        if start >= min(end, len(self.tokens)):
            return ""
        return self.source[self.tokens[start].start : self.tokens[min(end, len(self.tokens)) - 1].end]


@cache
def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


@cache
def _by_first_word(choices: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    """Group word groups by their first word, in the order given; the groups are constants of the grammar."""
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for words in map(_split, choices):
        grouped.setdefault(words[0], []).append(words)
    return grouped


def tokenize(text: str) -> Phrase:
    """Cut a text into tokens; dashes of every kind become one."""
    source = squeeze(text)
    return Phrase(source, tuple(_token(match) for match in _TOKEN.finditer(source)))


def _token(match: re.Match[str]) -> Token:
    word = match.group()
    if word.isdecimal():
        number = int(word) if len(word) <= 9 else None
        return Token(word, match.start(), match.end(), number)
    folded = "-" if word in DASHES else fold(word)
    return Token(folded, match.start(), match.end())
