"""The documents that a loose sentence names: number and date, only the number, or a kind and a date."""

import re
from dataclasses import dataclass
from datetime import date

from domain.evidence import DocumentRef, day_in, numbers_in, proper_number
from domain.replies.tokens import flat

_KINDS = (
    r"(?:cong van|van ban|quyet dinh|ke hoach|to trinh|nghi quyet|huong dan|giay moi|cv|vb|qd|kh|bc|ttr|nq|hd|gm|tb)"
)
_DATE = r"(?:\d{1,2}\s?[/.\-]\s?\d{1,2}(?:\s?[/.\-]\s?(?:\d{4}|\d{2}))?(?![/\d%])|\d{1,2} thang \d{1,2}(?: nam \d{4})?)"
_SIGNED = r"[\s,(]{0,3}(?:(?:da )?(?:ky|ban hanh|ra)\s)?"

_BEFORE = re.compile(r"(?:\b(?:kh|cv|vb|qd|bc|ttr|nq|hd|gm|tb)\s{1,2})?(?:\bso\s{0,2}:?\s{0,2})?$")
_DATE_BEFORE = re.compile(r"(?<!den )(?<!toi )(?<!truoc )\bngay (" + _DATE + r")[\s,]{1,3}(?:" + _KINDS + r"\s)?$")
_DATE_AFTER = re.compile(_SIGNED + r"(?:ngay\s{1,2})?(" + _DATE + r")\)?")
_BARE = re.compile(
    r"\b(?:" + _KINDS + r"\s{1,2}so\s{0,2}:?|(?:cv|cong van|qd|quyet dinh|to trinh)|so(?=\s{0,2}\d{1,6} ngay))\s{0,2}"
    r"(\d{1,6})(?=\s{0,2}(?:$|[,.;)!]|ngay|ky)|(?<=so \d)|(?<=so \d\d)|(?<=so \d\d\d))(?!\d|[/.\-]\d|\s?%)"
)
_DATED_KIND = re.compile(r"\b" + _KINDS + r"\s(?:(?:da )?(?:ky|ban hanh|ra)\s)?ngay\s(" + _DATE + r")")

_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Paper:
    """A document with its place in the line."""

    start: int
    end: int
    ref: DocumentRef


def papers_in(line: str, today: date) -> list[Paper]:
    """Return the documents that a line names, in order; a date belongs to the number it stands beside."""
    folded = flat(line)
    found = [_numbered(line, folded, start, end, today) for start, end in numbers_in(line)]
    for bare in _BARE.finditer(folded):
        _add(found, _with_date(folded, bare.start(), bare.end(), bare.group(1), today))
    for dated in _DATED_KIND.finditer(folded):
        _add(found, Paper(dated.start(), dated.end(), DocumentRef(None, day_in(dated.group(1), today))))
    return sorted((one for one in found if one.ref.number or one.ref.on), key=lambda one: one.start)


def _add(found: list[Paper], one: Paper) -> None:
    if all(one.end <= other.start or other.end <= one.start for other in found):
        found.append(one)


def _numbered(line: str, folded: str, start: int, end: int, today: date) -> Paper:
    low = max(start - _LOOK_BACK, 0)
    began = _BEFORE.search(folded, low, start)
    paper = _with_date(folded, began.start() if began else start, end, proper_number(line[start:end]), today)
    if paper.ref.on is None:
        before = _DATE_BEFORE.search(folded, low, paper.start)
        if before is not None:
            return Paper(before.start(), end, DocumentRef(paper.ref.number, day_in(f"ngay {before.group(1)}", today)))
    return paper


def _with_date(folded: str, start: int, end: int, number: str, today: date) -> Paper:
    after = _DATE_AFTER.match(folded, end)
    if after is None:
        return Paper(start, end, DocumentRef(number, None))
    return Paper(start, after.end(), DocumentRef(number, day_in(f"ngay {after.group(1)}", today)))
