"""A sentence as folded words that remember their place, with slips of the keyboard mended."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from domain.replies.vocabulary import KNOWN, TEEN
from domain.words import nfc, visible


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or sign: `word` is what it is compared by, `start` and `end` its place in the line."""

    word: str
    start: int
    end: int

    @property
    def number(self) -> int | None:
        """The value of a number of at most nine digits."""
        return int(self.word) if self.word.isdecimal() and len(self.word) <= 9 else None


def line_of(text: str) -> str:
    """Return the text in form C with single spaces, without what shows nothing, pictures and stray marks.

    A word that was spelt out letter by letter is put together.
    """
    kept = (one for one in visible(nfc(text)) if not unicodedata.combining(one))
    line = _SPACES.sub(" ", "".join(" " if unicodedata.category(one) in _PICTURES else one for one in kept))
    return _SPELT_OUT.sub(_put_together, line)


def _put_together(found: re.Match[str]) -> str:
    """Return a known word that was spelt out, or what stood there: "k", "a" and "r" are words of their own."""
    word = found.group().replace(" ", "")
    return word if flat(word) in KNOWN else found.group()


_PICTURES = frozenset({"So", "Sk", "Cs", "Co"})
_SPACES = re.compile(r"[^\S\n]+")
_SPELT_OUT = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){2,}(?!\S)")
"""A word with a blank between its letters ("c h ư a")."""


def flat(line: str) -> str:
    """Return a line folded letter by letter, as long as the line: a place in one is the place in the other."""
    return "".join(_bare(one) for one in line)


def _bare(letter: str) -> str:
    lowered = letter.lower()[:1].replace("đ", "d")
    return unicodedata.normalize("NFD", lowered)[:1] or " "


_RUN = re.compile(r"[^\W_]+|[^\w\s]|_|\n")
_PIECE = re.compile(r"\d+|\D+")


def tokens_of(line: str) -> list[Token]:
    """Return the words, numbers and signs of a line."""
    folded = flat(line)
    vni = _is_vni(folded)
    return [token for run in _RUN.finditer(folded) for token in _settled(line, folded, run.span(), vni=vni)]


def _settled(line: str, folded: str, place: tuple[int, int], *, vni: bool) -> Iterator[Token]:
    start, end = place
    run = folded[start:end]
    if not any(one.isdecimal() for one in run):
        yield from (Token(word, start, end) for word in _words(line[start:end].lower(), run))
        return
    mended = _without_digits(run, vni=vni)
    if mended is None and vni and _WITHIN.search(run) and _VNI.fullmatch(run):
        mended = "".join(one for one in run if not one.isdecimal())
    if mended is not None:
        yield Token(mended, start, end)
        return
    for piece in _PIECE.finditer(run):
        at, to = start + piece.start(), start + piece.end()
        if piece.group().isdecimal():
            yield Token(piece.group(), at, to)
        else:
            yield from (Token(word, at, to) for word in _words(line[at:to].lower(), piece.group()))


def _words(spelt: str, word: str) -> list[str]:
    """Return the words that one spelling stands for."""
    for key in (spelt, word):
        if key in TEEN:
            return TEEN[key].split()
    return [word if word in KNOWN else _mended(word)]


def _mended(word: str) -> str:
    """Return the known word behind a Telex spelling or drawn-out letters, or the word itself."""
    for guess in (_untyped(word), _DRAWN_OUT.sub(r"\1", word), _untyped(_DRAWN_OUT.sub(r"\1", word))):
        if guess in KNOWN:
            return guess
        if guess in TEEN:
            return TEEN[guess]
    return word


_DRAWN_OUT = re.compile(r"(.)\1+")
_DOUBLED = re.compile(r"([daeo])\1")
_HORNED = re.compile(r"([auo])w")
_TONE = re.compile(r"(?<=[aeiouy])([a-z]*?)[sfrxjz]")


def _untyped(word: str) -> str:
    """Return a Telex spelling without its keys: "ddax" is "da", "hoafn" is "hoan", "vuwowngs" is "vuong"."""
    plain = _HORNED.sub(r"\1", _DOUBLED.sub(r"\1", word)).replace("w", "u")
    return _DOUBLED.sub(r"\1", _TONE.sub(r"\1", plain, count=1))


_VNI = re.compile(r"[a-z]+(?:[1-9]{1,2}[a-z]+)*[1-9]{0,2}")
_WITHIN = re.compile(r"[a-z][1-9]{1,2}[a-z]")
_COUNTING = {"ngay": "2", "thang": "1", "quy": "1", "so": "61"}
"""Words that a number follows, with their own keys of VNI: "thang1" is "tháng" only in a line that is typed in VNI."""

_NEVER = frozenset({"t", "nv", "thu", "phan", "viec", "buoc", "tuan", "nam", "dot", "khau"})
"""Words with whose last letter a digit never is a key: VNI has it inside them, or nowhere."""


def _is_vni(folded: str) -> bool:
    """Whether a line has a word that only VNI spells so: a digit between the letters of a known word."""
    runs = (run.group() for run in _RUN.finditer(folded))
    return any(_WITHIN.search(run) and _without_digits(run, vni=False) is not None for run in runs)


def _without_digits(run: str, *, vni: bool) -> str | None:
    """Return the known word behind a VNI spelling ("d9a4", "ho2an"), or None."""
    if not _VNI.fullmatch(run):
        return None
    bare = "".join(one for one in run if not one.isdecimal())
    word = bare if bare in KNOWN else _mended(bare)
    if word not in KNOWN or not re.search("[aeiouy]", word):
        return None
    if _WITHIN.search(run):
        return word
    if run == "thu71":
        return word  # no day of the week is the 71st
    if bare in _COUNTING:
        return word if vni and run == bare + _COUNTING[bare] else None
    return None if bare in _NEVER else word
