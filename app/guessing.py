"""What wiring hands to the domain: guessing a lone date phrase, offering the nearest name."""

import re
from collections.abc import Sequence
from datetime import date, datetime

import dateparser
from rapidfuzz import fuzz, process

from domain.words import fold

_ENOUGH_ALIKE = 80
"""Out of 100; below that no name is offered."""

_WORD_OF_DATE = re.compile(r"\d")


def guess_date(phrase: str, year: int | None = None) -> date | None:
    """Return the day that dateparser makes of a phrase, None where it makes none.

    Without `year` the phrase itself must name one; with it the day must lie in that year.

    Only as a last resort and never trusted silently: in Vietnamese it misreads "T6" and most office phrases.
    """
    if not _WORD_OF_DATE.search(phrase):
        return None
    base = datetime(year or 2000, 1, 1)  # noqa: DTZ001 the library wants a naive base; only the day is used
    found = dateparser.parse(
        phrase,
        languages=["vi"],
        settings={
            "DATE_ORDER": "DMY",
            "RELATIVE_BASE": base,
            "REQUIRE_PARTS": ["day", "month"] if year else ["day", "month", "year"],
        },
    )
    return found.date() if found is not None and year in {None, found.year} else None


def nearest_name(name: str, names: Sequence[str]) -> str | None:
    """Return the most alike of the names, None where none is alike enough."""
    found = process.extractOne(name, names, scorer=fuzz.WRatio, processor=fold, score_cutoff=_ENOUGH_ALIKE)
    return found[0] if found else None


def text_likeness(one: str, other: str) -> float:
    """Return how alike two texts are in their words, whatever their order: 0 to 1."""
    if not one or not other:
        return 0.0
    return (0.6 * fuzz.token_set_ratio(one, other) + 0.4 * fuzz.token_sort_ratio(one, other)) / 100
