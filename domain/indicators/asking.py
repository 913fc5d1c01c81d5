"""Which period a value is for: those worth offering on a day, and how people name the others."""

import re
from datetime import date

from domain.periods import Period
from domain.words import fold, squeeze

_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_SAID = re.compile(
    r"(?:quy (?P<quarter>iv|i{1,3}|[1-4])|thang (?P<month>\d{1,2})|(?P<half>6|sau) thang(?: (?P<which>dau|cuoi))?"
    r"|(?P<nine>9|chin) thang|(?P<year>ca )?(?:nam)?)\s*(?:dau )?(?:[/\-]|nam)?\s*(?P<of>20\d\d)?"
)


def offered(year: int, day: date) -> list[Period]:
    """Return the periods of a year that have begun by a day, the likeliest first: what has just ended, what runs."""
    last = date(year, 12, 31)
    at = min(day, last)
    if at.year < year:
        return []
    running = Period.quarter_of(at)
    done = running if at == running.end else running.before
    month = Period.month_of(at)
    ended = month if at == month.end else month.before
    wanted = [done, running, ended, Period(year, 1, 6), Period(year, 7, 12), Period(year, 1, 9), Period(year, 1, 12)]
    whole = Period(year, 1, 12)
    begun = [one for one in wanted if one.year == year and (one.end <= at or one in {running, whole})]
    return list(dict.fromkeys(begun))


def read_period(text: str, year: int) -> Period:
    """Read "quý I", "tháng 3/2026", "6 tháng đầu năm", "cả năm" or "2026-Q1". Raises ActRefused."""
    said = fold(squeeze(text)[:40]).strip(" .")
    found = _SAID.fullmatch(said)
    if not said or found is None:
        return Period.read(text)
    at = int(found["of"] or year)
    if found["quarter"]:
        quarter = _QUARTERS[found["quarter"]]
        return Period(at, quarter * 3 - 2, quarter * 3)
    if found["month"]:
        return Period.read(f"{at}-{int(found['month']):02}")
    if found["half"]:
        return Period(at, 7, 12) if found["which"] == "cuoi" else Period(at, 1, 6)
    return Period(at, 1, 9 if found["nine"] else 12)
