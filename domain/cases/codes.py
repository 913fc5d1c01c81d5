"""The code of a case: PAKN-{province}-{year}-{six digits}."""

import re

from domain.words import squeeze

_CASE_CODE = re.compile(r"\bPAKN-[A-Z]{2,6}-\d{4}-\d{6}\b")


def case_code_in(text: str) -> str | None:
    """Return the code of a case that the text names, in its proper form."""
    found = _CASE_CODE.search(squeeze(text).upper())
    return found.group(0) if found else None


def case_codes_in(text: str) -> set[str]:
    """Return every code of a case that stands in a text of the program's own."""
    return set(_CASE_CODE.findall(text))
