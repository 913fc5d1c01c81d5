"""How people name a row of a plan's table: by the numbers of its headings and its own, "II.4"."""

import re
from collections.abc import Iterable

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
