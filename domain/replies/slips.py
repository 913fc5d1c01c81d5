"""Unknown words that may be a mistyped negation: beside "xong" they are not to be passed over."""

import re

from domain.replies.marks import Mark
from domain.replies.vocabulary import Kind


def may_be_negation(mark: Mark) -> bool:
    """Whether an unknown word may be a mistyped negation: one slip from one, or short and no Vietnamese syllable."""
    word = mark.word
    if mark.kind not in {Kind.WORD, Kind.TITLE, Kind.PARTICLE} or not word.isalpha():
        return False
    if any(_one_slip(word, negation) for negation in ("chua", "khong", "chang")):
        return True
    if mark.kind is not Kind.WORD:
        return False
    abbreviation = len(word) >= 3 and not set(word) & _VOWELS
    return len(word) <= 4 and not abbreviation and not _SYLLABLE.fullmatch(word)


_VOWELS = frozenset("aeiouy")
_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")


def _one_slip(word: str, meant: str) -> bool:
    if word == meant or abs(len(word) - len(meant)) > 1:
        return False
    if len(word) == len(meant):
        differ = [at for at in range(len(word)) if word[at] != meant[at]]
        swapped = len(differ) == 2 and differ[1] == differ[0] + 1 and word[differ[0]] == meant[differ[1]]
        return len(differ) == 1 or (swapped and word[differ[1]] == meant[differ[0]])
    short, long = sorted((word, meant), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
