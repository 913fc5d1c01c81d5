"""What a cell of a form may hold, and how a value is read that Vietnamese offices typed.

A stop groups thousands and a comma parts decimals, "178.842" and "98,92", where somebody typed text; a number that
the workbook holds as a number stands as it is.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from math import isfinite

from domain.words import fold, squeeze

Cell = str | int | float | None
"""A value as a workbook holds it and as JSON keeps it; days are ISO texts ("2026-03-14")."""


class Typed(StrEnum):
    """What a column's cells are."""

    TEXT = "text"
    NUMBER = "number"
    """A count: 0, 1, 2…"""
    DECIMAL = "decimal"
    PERCENT = "percent"
    """0 to 100."""
    DATE = "date"


_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?|(\d+)\.(\d+)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NOTHING = {"", "-", "–", "—"}
_LONGEST = 4000
_LARGEST = 10**15


def typed(value: Cell, kind: Typed) -> Cell:
    """Return a cell's value as its column wants it, None for an empty one.

    Raises ValueError with what is wanted, in Vietnamese, for people to read.
    """
    if value is None or (isinstance(value, str) and squeeze(value) in _NOTHING):
        return None
    return _READERS[kind](value)


def _text(value: Cell) -> str:
    text = squeeze(f"{value:.15g}" if isinstance(value, float) else str(value))
    if len(text) > _LONGEST:
        raise ValueError(f"chữ dài quá {_LONGEST} ký tự")
    return text


def _number(value: Cell) -> int:
    if isinstance(value, str):
        text = squeeze(value)
        if not (text.isascii() and text.isdigit()) and _GROUPED.fullmatch(text) is None:
            raise ValueError("cần một số nguyên, như 178.842")
        value = float(text.replace(".", "").replace(" ", ""))
    if not isinstance(value, int | float) or not 0 <= value < _LARGEST or value != int(value):
        raise ValueError("cần một số nguyên không âm")
    return int(value)


def _decimal(value: Cell) -> int | float:
    if isinstance(value, str):
        found = _DECIMAL.fullmatch(squeeze(value))
        if found is None:
            raise ValueError("cần một số, như 98,92")
        whole, part = (found[1] or found[3]).replace(".", ""), found[2] or found[4] or "0"
        value = float(f"{whole}.{part}")
    if not isinstance(value, int | float) or not 0 <= value < _LARGEST:
        raise ValueError("cần một số không âm")
    return int(value) if value == int(value) else value


def _percent(value: Cell) -> int | float:
    share = _decimal(value.replace("%", "") if isinstance(value, str) else value)
    if share > 100:
        raise ValueError("cần tỷ lệ từ 0 đến 100")
    return share


def _day(value: Cell) -> str:
    text = squeeze(str(value))
    iso, written = _ISO.match(text), _WRITTEN_DAY.fullmatch(text)
    if iso is None and written is None:
        raise ValueError("cần một ngày, như 14/03/2026")
    year, month, day = iso.groups() if iso else (written[3], written[2], written[1])  # type: ignore[index] # one is there
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError("cần một ngày có thật, như 14/03/2026") from None


_READERS: Mapping[Typed, Callable[[Cell], Cell]] = {
    Typed.TEXT: _text,
    Typed.NUMBER: _number,
    Typed.DECIMAL: _decimal,
    Typed.PERCENT: _percent,
    Typed.DATE: _day,
}


def kept(value: object) -> Cell:
    """Return what a workbook's reader gave as a value that JSON keeps: days as ISO texts, yes and no as words.

    What is no finite number is a text: no column of numbers takes it.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "x" if value else None
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, str) or (isinstance(value, int | float) and isfinite(value)):
        return value
    return str(value)


_COUNTED = re.compile(r"\(\s*(?:\d+(?:\s*=[\s\d=+-]*)?|%)\s*\)")
_BRACKETED = re.compile(r"\([^)]*\)")


def named(text: Cell) -> str:
    """Return the form in which headings are compared: folded, without signs at the ends, without "(3)", "(3=4+5)"."""
    return fold(_COUNTED.sub(" ", str(text or ""))).strip(" .:;*-–")


def barely_named(text: Cell) -> str:
    """Return a heading's name without anything in brackets ("Tổng số (hồ sơ)")."""
    return named(_BRACKETED.sub(" ", str(text or "")))
