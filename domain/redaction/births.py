"""Dates of birth."""

import re
from collections.abc import Iterator

from domain.redaction.findings import Certainty, Finding, Kind
from domain.redaction.reading import SHUT, Reading

_DATE = r"[0-3]?\d\s?[./-]\s?[01]?\d\s?[./-]\s?(?:19|20)?\d\d|[0-3]?\d\s+thang\s+[01]?\d(?:\s+nam\s+(?:19|20)\d\d)?"
_YEAR = r"(?:19|20)\d\d"
_BORN = re.compile(
    rf"(?<![a-z])(?:sinh(?:\s+(?:vao\s+)?(?:ngay|nam))?|(?:ngay\s*,?\s*thang\s*,?\s*)?nam\s+sinh|ngay\s+sinh|sn|n\.?s)"
    rf"\s*:?\s*(?:ngay\s+)?({_DATE}|[01]?\d\s?[./-]\s?{_YEAR}|{_YEAR})(?!\d|[./-]\d)"
)
_AFTER_NAME = re.compile(rf"{SHUT}\s?\(\s?(?:sn\s*|sinh\s+(?:nam\s+)?)?({_YEAR})\s?\)")
_NO_BIRTH = re.compile(r" (?:khai|hoc|thi|ve|phat|ho|nu|tuyen|nay|giao|y|sam|nghien|quan|moi|giam|dan|sat|tai|dai) $")
"""Words before "sinh" with which it is another word: khai sinh, học sinh, phát sinh, vệ sinh…"""


def found_in(reading: Reading) -> Iterator[Finding]:
    """Yield the dates of birth of a text, without the words that say so."""
    for found in _BORN.finditer(reading.bare):
        if found.group().startswith("sinh") and _NO_BIRTH.search(reading.before(found.start(), 1)):
            continue
        yield Finding(*found.span(1), Kind.BIRTH)
    for found in _AFTER_NAME.finditer(reading.bare):
        yield Finding(*found.span(1), Kind.BIRTH, Certainty.LIKELY)
