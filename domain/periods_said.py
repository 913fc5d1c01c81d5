"""Reporting periods as people type them: "quý 1/2026", "tháng 3", "6 tháng đầu năm", "cả năm 2025"."""

import re
from datetime import date

from domain.errors import ActRefused
from domain.periods import Period
from domain.words import fold, squeeze

_YEAR = r"(?:[ /.-]*(?:nam )?(20\d\d))?"
_FORMS = (
    (re.compile(rf"quy ([1-4]|i{{1,3}}|iv){_YEAR}"), "Q"),
    (re.compile(rf"thang (1[0-2]|0?[1-9]){_YEAR}"), ""),
    (re.compile(rf"(?:6|sau) thang (dau|cuoi)(?: nam)?{_YEAR}"), "H"),
    (re.compile(rf"()(?:9|chin) thang(?: dau)?(?: nam)?{_YEAR}"), "9M"),
    (re.compile(rf"()(?:ca )?nam{_YEAR}"), "Y"),
)
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "dau": 1, "cuoi": 2, "": 0}


def period_said(text: str, today: date) -> Period:
    """Return the period that a person typed; without a year it is that of `today`.

    Raises ActRefused with what is accepted.
    """
    said = squeeze(fold(text))
    for form, kind in _FORMS:
        if (found := form.fullmatch(said)) is not None:
            number, year = found.group(1), int(found.group(2) or today.year)
            return _of(kind, _NUMBERS[number] if number in _NUMBERS else int(number), year)
    try:
        return Period.read(text.strip().upper())
    except ActRefused:
        raise ActRefused(
            f"Chưa rõ kỳ báo cáo “{squeeze(text)[:40]}”. Xin gõ như: quý 1/2026, tháng 3/2026, "
            "6 tháng đầu năm 2026, năm 2026."
        ) from None


def _of(kind: str, number: int, year: int) -> Period:
    match kind:
        case "Q":
            return Period(year, number * 3 - 2, number * 3)
        case "H":
            return Period(year, number * 6 - 5, number * 6)
        case "9M":
            return Period(year, 1, 9)
        case "Y":
            return Period(year, 1, 12)
        case _:
            return Period(year, number, number)
