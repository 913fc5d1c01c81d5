"""What right before a word says that a name begins there: titles, posts, "tôi là"."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from domain.redaction import vocabulary as words
from domain.redaction.reading import Line, Word
from domain.words import fold


class By(Enum):
    """What says that a name begins."""

    KIN = auto()
    POST = auto()
    UNIT = auto()
    INTRO = auto()
    NAMED = auto()


@dataclass(frozen=True, slots=True)
class _Phrase:
    marked: tuple[str, ...]
    bare: tuple[str, ...]
    by: By


def _phrases() -> tuple[_Phrase, ...]:
    listed = [(one, By.POST) for one in words.POSTS] + [(one, By.UNIT) for one in words.UNITS]
    listed += [(one, By.NAMED if one in words.NAMED_SURELY else By.INTRO) for one in words.INTROS]
    made = [_Phrase(_split(one), _split(fold(one)), by) for one, by in listed]
    return tuple(sorted(made, key=lambda one: -len(one.marked)))


def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.replace("/", " ").split())


_PHRASES = _phrases()
_BY_FIRST: Mapping[str, tuple[_Phrase, ...]] = {
    first: tuple(one for one in _PHRASES if one.bare[0] == first) for first in {one.bare[0] for one in _PHRASES}
}
_GAPS = frozenset(" \u00a0:.-–\t“\"'")


def said_before(line: Line, at: int) -> tuple[By | None, Word | None]:
    """Return what right before a word says that a name begins, and the title itself where it is one of kin."""
    if at == 0 or not set(line.gap(at - 1)) <= _GAPS or "\n" in line.gap(at - 1):
        return None, None
    before = line.words[at - 1]
    if line.gap(at - 1).isspace() and words.KIN.has(before, plain=line.plain):
        return By.KIN, before
    found = _phrase_before(line, at)
    if found is By.NAMED and ":" not in line.gap(at - 1) and before.bare != "ten":
        found = By.INTRO
    return found, None


def _phrase_before(line: Line, at: int) -> By | None:
    for length in (5, 4, 3, 2, 1):
        start = at - length
        if start < 0 or any("," in line.gap(index) or "(" in line.gap(index) for index in range(start, at - 1)):
            continue
        for phrase in _BY_FIRST.get(line.words[start].bare, ()):
            if len(phrase.marked) == length and _says(line, start, phrase):
                if phrase.by is not By.UNIT:
                    return phrase.by
                above = _phrase_before(line, start)
                return By.UNIT if above in (By.POST, By.UNIT) else None
    return None


def _says(line: Line, start: int, phrase: _Phrase) -> bool:
    said = line.words[start : start + len(phrase.marked)]
    if line.plain:
        return tuple(one.bare for one in said) == phrase.bare
    return tuple(one.lower for one in said) == phrase.marked
