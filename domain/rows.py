"""How people name what gives a task: a row of a plan's table ("II.4"), or a word of mouth."""

import re
from collections.abc import Iterable
from datetime import date

_NUMERAL = re.compile(r"\s*([IVXLC]+|[A-Z]|\d+(?:\.\d+)*)[.):\s]")


def row_name(section: Iterable[str], number: str | None) -> str:
    """Return the row's name, "" where it has no number.

    `section` holds the headings above the row, outermost first; those without a numeral are left out, and so
    are those that the row's own number repeats ("1.1" under "1.").
    """
    if not number:
        return ""
    numerals = [found.group(1) for heading in section if (found := _NUMERAL.match(heading))]
    return ".".join([*(one for one in numerals if not number.startswith(f"{one}.")), number.rstrip(".")])


def given_by_mouth(on: date | None, by: str | None) -> str:
    """Return how a task that no document gives is cited: "Giao miệng ngày 03/11/2026 (đồng chí … giao)"."""
    return f"Giao miệng{f' ngày {on:%d/%m/%Y}' if on else ''}{f' ({by} giao)' if by else ''}"
