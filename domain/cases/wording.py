"""Reading what citizens type: with marks where they type them, without where they do not.

"tổ cao tầng" is no "tố cáo", but "to cao can bo" is; so each phrase is sought in the form in which the text is written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from domain.words import fold, squeeze

_MARKED_ENOUGH = 0.2
"""From this share of words with marks on, a text counts as typed with marks: a name alone does not decide."""

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?;…]+(?=\s|$)|\n+")
_OLD_PLACES = {
    f"{marked}{last}": f"{first}{moved}"
    for first, last, marks, moves in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for marked, moved in zip(marks, moves, strict=True)
}
"""Two ways of placing the tone (hỏa, hoả), brought to one."""

_PLACED = re.compile("|".join(_OLD_PLACES))


def placed(text: str) -> str:
    """Return lower-case text with tones placed in the one way in which it is compared."""
    return _PLACED.sub(lambda found: _OLD_PLACES[found.group(0)], squeeze(text).lower())


def typed_with_marks(text: str) -> bool:
    """Whether a text is typed with Vietnamese marks, so that a word without them is another word."""
    words = _WORD.findall(squeeze(text).lower())
    marked = sum(fold(word) != word for word in words)
    return bool(marked) and marked >= _MARKED_ENOUGH * len(words)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, squeezed; an abbreviation's or a number's point ends none."""
    return [said for one in _SENTENCE_END.split(text) if (said := squeeze(one))]


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of a text in the form in which phrases are sought."""

    text: str
    """Lower-case, with marks and placed tones, or folded."""
    marked: bool

    @classmethod
    def of(cls, text: str, *, marked: bool) -> "Said":
        """Return the text as it is sought; `marked` tells how the whole text is typed."""
        return cls(placed(text) if marked else fold(text), marked)


class Phrases:
    """A list of phrases, written with marks, "|" for choices; one after "*" counts only where marks decide it."""

    def __init__(self, written: str | Iterable[str]) -> None:
        lines = written.splitlines() if isinstance(written, str) else list(written)
        self._lines = [one.strip() for one in lines if one.strip()]

    @cached_property
    def _with_marks(self) -> re.Pattern[str]:
        return _pattern(placed(one.removeprefix("*")) for one in self._lines)

    @cached_property
    def _without(self) -> re.Pattern[str]:
        return _pattern(fold(one) for one in self._lines if not one.startswith("*"))

    def found(self, said: Said) -> str:
        """Return the first of the phrases that stands in the text, as it is sought there; "" for none."""
        found = (self._with_marks if said.marked else self._without).search(said.text)
        return squeeze(found.group(0)) if found else ""

    def without(self, said: Said) -> Said:
        """Return the text with every one of the phrases taken out."""
        pattern = self._with_marks if said.marked else self._without
        return Said(pattern.sub(" ", said.text), said.marked)


_NEVER = r"(?!)"


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{one})" for one in phrases)
    return re.compile(rf"(?<!\w)(?:{joined or _NEVER})(?!\w)")
