"""Why: the person's own words after "vì", "do", "lý do", "vướng ở chỗ"."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.replies.marks import Mark
from domain.replies.vocabulary import Kind
from domain.words import squeeze

_SPELT = frozenset({"vì", "bởi", "tại", "lý", "lí", "là", "nguyên"})
_NOT_AFTER = frozenset(
    {
        "viec",
        "o",
        "khi",
        "hom",
        "cai",
        "phan",
        "ngay",
        "tuan",
        "thang",
        "trong",
        "theo",
        "luc",
        "muc",
        "che",
        "toc",
        "den",
    }
)
"""After these "do" is "đó" or the end of a compound, and gives no reason."""

_CLOSING = frozenset({"a", "nhe", "nha", "ak", "nghe", "nhen", "oi", "nghen", "cam on", "thong cam", "mong"})
_LACKING = frozenset({Kind.LACK, Kind.TROUBLE, Kind.UNFINISHED, Kind.NOT})
_NEW_REQUEST = frozenset({Kind.REQUEST, Kind.EXTEND, Kind.STAND_IN})
_SIDE_NOTES = frozenset({Kind.CODE, Kind.PAPER})
_MARGINS = " \t,.;:!?…-–—()[]\"'“”"


@dataclass(frozen=True, slots=True)
class Reason:
    """The words of a reason, and which marks it takes, the word "vì" too."""

    words: str
    first: int
    last: int
    """The mark after its last."""


def reason_in(line: str, marks: Sequence[Mark]) -> Reason | None:
    """Return the reason that a line gives, in its own spelling, or None."""
    for at, mark in enumerate(marks):
        if _is_at(mark) or (mark.kind is Kind.BECAUSE and _opens(line, marks, at)):
            last = _end(marks, at + 1)
            words = _words(line, marks[at + 1 : last])
            if words:
                return Reason(words, at, last)
    return None


def _is_at(mark: Mark) -> bool:
    """Whether a trouble names its place next: "vướng ở chỗ …"."""
    return mark.kind is Kind.TROUBLE and mark.word.endswith(" o cho")


def _opens(line: str, marks: Sequence[Mark], at: int) -> bool:
    first = line[marks[at].start : marks[at].end].lower().split()[0]
    if not first.isascii() and first not in _SPELT:
        return False
    if marks[at].word == "tai" or (marks[at].word == "do" and at and marks[at - 1].word.endswith("nay")):
        # "tại" of a place, "việc này do" of somebody
        return at + 1 < len(marks) and marks[at + 1].kind in _LACKING
    return not (marks[at].word == "do" and at and marks[at - 1].word in _NOT_AFTER)


def _end(marks: Sequence[Mark], first: int) -> int:
    for at in range(first, len(marks)):
        if marks[at].kind is Kind.THEREFORE or (marks[at].is_end and at > first):
            return at
        if marks[at].word == "," and _turns(marks, at + 1):
            return at
    return len(marks)


def _turns(marks: Sequence[Mark], at: int) -> bool:
    """Whether a new request, or nothing but codes and documents, stands after a comma."""
    rest = []
    for mark in marks[at:]:
        if mark.kind in {Kind.STOP, Kind.ASKED}:
            break
        rest.append(mark)
    kinds = {mark.kind for mark in rest if mark.kind is not Kind.PARTICLE}
    return bool(kinds) and (bool(kinds & _NEW_REQUEST) or kinds <= _SIDE_NOTES)


def _words(line: str, marks: Sequence[Mark]) -> str:
    """Return the words between two marks without the courtesies at their end."""
    last = len(marks)
    polite = False
    while last and (_is_closing(marks[last - 1]) or (polite and marks[last - 1].kind is Kind.TITLE)):
        polite = polite or marks[last - 1].kind is Kind.PARTICLE
        last -= 1
    if not last:
        return ""
    return squeeze(line[marks[0].start : marks[last - 1].end]).strip(_MARGINS)


def _is_closing(mark: Mark) -> bool:
    return mark.word in _CLOSING or mark.kind is Kind.STOP or not any(one.isalnum() for one in mark.word or "x")
