"""Reading evidence that an officer types: a document's number and date, or a link."""

import re
from dataclasses import dataclass
from datetime import date

from domain.words import fold, squeeze

_SHORT = r"(?:[A-ZĐ]{2,6}|TTr|CTr|ttr|ctr|ubnd|h[dđ]nd|[bcdđghklmnpqrstvx]{2,6})(?![^\W_])"
"""An abbreviation as it stands in a number: capitals, or letters that no syllable is made of."""

_NUMBER = re.compile(
    r"\b\d{1,6}(?:\s?/\s?\d{4})?(?:[/\-][^\W\d_]{1,12}\d*|\s?/\s?" + _SHORT + r")"
    r"(?:[-–&.][^\W_]{1,12}|\s?[-–]\s?" + _SHORT + r"){0,6}(?!\S{0,40}/)"
)
_NUMERIC_DATE = re.compile(r"(?<![\d/])(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?(?![\d/])")
_WORDED_DATE = re.compile(r"ngay (\d{1,2}) thang (\d{1,2})(?: nam (\d{4}))?")
_LINK = re.compile(r"https?://\S+")
_PERCENT = re.compile(r"(?<![\d.,])(?<!^-)(?<![^\d]-)(\d{1,3})(?:[.,]\d+)?\s*(?:%|phan tram)")


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A document as an officer names it; either may be missing."""

    number: str | None
    on: date | None


def document_in(text: str, today: date) -> DocumentRef:
    """Return the document number and date in the text; a date without a year is the latest one not after today."""
    line = squeeze(text)
    return DocumentRef(number_in(line), day_in(_without_number(line), today))


def numbers_in(line: str) -> list[tuple[int, int]]:
    """Return where the numbers of documents stand in a line: "45/KH-STC", "12/2026/QĐ-UBND", "45 / KH - STC"."""
    return [found.span() for found in _NUMBER.finditer(line)]


def number_in(text: str) -> str | None:
    """Return the first document number of a text in its proper form."""
    found = _NUMBER.search(text)
    return proper_number(found.group()) if found else None


def proper_number(number: str) -> str:
    """Return a number without spaces, its abbreviations as offices write them: "12/qd-ubnd" is "12/QĐ-UBND"."""
    bare = "".join(number.split())
    small = bare == bare.lower()
    return _LETTERS.sub(lambda found: _proper(found.group(), small=small), bare)


_LETTERS = re.compile(r"[^\W\d_]+")
_PROPER = {"qd": "QĐ", "hdnd": "HĐND", "nd": "NĐ", "ttr": "TTr", "ctr": "CTr", "ttg": "TTg"}


def _proper(letters: str, *, small: bool) -> str:
    if letters.isascii() and letters in {letters.lower(), letters.upper()} and letters.lower() in _PROPER:
        return _PROPER[letters.lower()]
    return letters.upper() if small else letters


def _without_number(line: str) -> str:
    return _NUMBER.sub(" ", line, count=1)


def impossible_date_in(text: str, today: date) -> str | None:
    """Return the words of a date that no document can bear: in no calendar, before 1945 or after today."""
    rest = _without_number(squeeze(text))
    found = _WORDED_DATE.search(fold(rest)) or _NUMERIC_DATE.search(rest)
    if found is None or (found.group(3) is None and "ngay " + found.group(0) not in fold(rest)):
        return None  # "20/20 chỉ tiêu" is no date
    on = day_in(rest, today)
    return None if on is not None and _FIRST <= on <= today else found.group(0)


_FIRST = date(1945, 9, 2)
"""No document of this State is older."""


def link_in(text: str) -> str | None:
    """Return the first web address in the text."""
    found = _LINK.search(text)
    return found.group(0).rstrip(".,;)") if found else None


def day_in(text: str, today: date) -> date | None:
    """Return the first date of a text that a document can bear; without a year the latest not after today."""
    found = _WORDED_DATE.search(fold(text)) or _NUMERIC_DATE.search(text)
    if found is None:
        return None
    day, month = int(found.group(1)), int(found.group(2))
    year = found.group(3)
    if year is not None:
        return _date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year > today:
        return _date(today.year - 1, month, day)
    return this_year


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def percent_in(text: str) -> int | None:
    """Return a percentage of 0 to 100 in the text; what stands behind a decimal comma is left out."""
    found = _PERCENT.search(fold(text))
    value = int(found.group(1)) if found else None
    return value if value is not None and value <= 100 else None


_CODE = re.compile(r"\bnv[\s\-–]?0*(\d{1,9})\b")


def codes_in(text: str) -> tuple[str, ...]:
    """Return every assignment's code that the text names, in its proper form, each once and in their order."""
    return tuple(dict.fromkeys(f"NV-{int(number):04d}" for number in _CODE.findall(fold(text))))


def is_code(text: str) -> bool:
    """Whether a text is an assignment's code and nothing else ("nv 12", "NV-0012")."""
    return _CODE.fullmatch(fold(text)) is not None


def code_in(text: str) -> str | None:
    """Return the assignment's code that the text names ("nv 12", "NV-0012") in its proper form."""
    found = _CODE.search(fold(text))
    return f"NV-{int(found.group(1)):04d}" if found else None
