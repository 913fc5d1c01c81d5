"""A text as the finders read it: in one form, its words with what each looks like, and what is already masked shut."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from domain.redaction.findings import MASKS, Finding
from domain.words import fold, nfc, visible

SHUT = "\ue000"
"""Stands, in what the finders read, for every character that is masked: no rule looks across it or counts it."""

_WORD = re.compile(r"[^\W\d_]+")
_MASKED = re.compile("|".join(re.escape(mask) for mask in MASKS))
_LOUD, _LETTERS = 0.7, 12
"""A line with so many letters, so many of them capitals, tells nothing by its capitals."""


def proper(text: str) -> str:
    """Return the text in form C without characters that show nothing: the form that spans count in."""
    return nfc(visible(nfc(text)))


def parts(text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces, each with whether it is a mask."""
    found, at = [], 0
    for one in _MASKED.finditer(text):
        found += [(text[at : one.start()], False), (one.group(), True)]
        at = one.end()
    return [one for one in (*found, (text[at:], False)) if one[0]]


def _bare(letter: str) -> str:
    """Return one letter as the finders compare it: lower-cased, without its mark, always one character."""
    found = fold(letter)
    return found if len(found) == 1 else letter


@dataclass(frozen=True, slots=True)
class Word:
    """One run of letters."""

    start: int
    end: int
    lower: str
    bare: str
    capital: bool
    upper: bool
    typed: bool = False
    """Whether it stands with others in capitals without marks, as bank papers write names."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as dictionaries write them, met with their marks, or without where the writer uses none."""

    marked: frozenset[str]
    bare: frozenset[str]

    @classmethod
    def of(cls, *words: str) -> "Vocabulary":
        """Return the vocabulary of words parted by white space."""
        every = frozenset(one for line in words for one in line.split())
        return cls(every, frozenset(fold(one) for one in every))

    def has(self, word: Word, *, plain: bool) -> bool:
        """Whether the word is among them; `plain` where its line has no marks at all."""
        return word.bare in self.bare if plain or word.typed else word.lower in self.marked


def phrases(text: str) -> frozenset[str]:
    """Return phrases of bare words, parted by "|"."""
    return frozenset(" ".join(one.split()) for one in text.split("|"))


class Line:
    """One line, read as words."""

    def __init__(self, whole: str, start: int, end: int) -> None:
        self.text = whole
        self.start, self.end = start, end
        said = whole[start:end]
        self.words = _typed(tuple(_word(found, start) for found in _WORD.finditer(said) if SHUT not in found.group()))
        self.plain = all(one.lower == one.bare for one in self.words)
        letters = [one for one in said if one.isalpha()]
        self.loud = len(letters) >= _LETTERS and sum(one.isupper() for one in letters) >= _LOUD * len(letters)

    def gap(self, at: int) -> str:
        """Return what stands between a word and the next one; a line break after the last."""
        if at + 1 >= len(self.words):
            return "\n"
        return self.text[self.words[at].end : self.words[at + 1].start]

    def joined(self, at: int) -> bool:
        """Whether only blanks stand between a word and the next one."""
        return at + 1 < len(self.words) and self.gap(at).isspace()


def _typed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Mark words in capitals without marks of which two or more stand together."""
    bare = [one.upper and len(one.lower) > 1 and one.lower == one.bare for one in words]
    beside = [False, *bare, False]
    return tuple(
        replace(one, typed=True) if bare[at] and (beside[at] or beside[at + 2]) else one for at, one in enumerate(words)
    )


def _word(found: re.Match[str], start: int) -> Word:
    raw = found.group()
    lower = raw.lower()
    return Word(start + found.start(), start + found.end(), lower, fold(raw), raw[0].isupper(), raw.isupper())


class Reading:
    """A proper text with what has been found so far shut."""

    def __init__(self, text: str, found: Iterable[Finding] = ()) -> None:
        letters = list(text)
        spans = [(one.start, one.end) for one in found] + [one.span() for one in _MASKED.finditer(text)]
        for start, end in spans:
            letters[start:end] = SHUT * (end - start)
        self.text = "".join(letters)

    @cached_property
    def bare(self) -> str:
        """The text lower-cased and without marks, letter by letter in the same places."""
        return "".join(_bare(one) for one in self.text)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text."""
        return tuple(Line(self.text, *found.span()) for found in re.finditer(r"[^\n\r]+", self.text))

    def before(self, at: int, words: int) -> str:
        """Return the bare words before a place, the nearest last: not beyond what is shut, nor beyond a sentence."""
        left = re.split(rf"[\n\r;!?{SHUT}]|\.\s", self.bare[max(0, at - 160) : at])[-1]
        return " " + " ".join(re.findall(r"[a-z0-9/]+", left)[-words:]) + " "

    def after(self, at: int, words: int) -> str:
        """Return the bare words after a place, by the same bounds."""
        right = re.split(rf"[\n\r;!?,{SHUT}]|\.\s", self.bare[at : at + 120])[0]
        return " " + " ".join(re.findall(r"[a-z0-9]+", right)[:words]) + " "
