"""Months, quarters, parts of a year and whole years as they are written."""

from dataclasses import replace

from domain.deadlines.context import impossible, unfilled
from domain.deadlines.tokens import Phrase
from domain.deadlines.written import (
    ROMAN,
    Found,
    Stretch,
    adjacent,
    blank_month,
    is_year,
    numeral,
    touching,
    with_year,
    year_at,
)

_ROMAN_LOOKALIKES = str.maketrans({"l": "i", "1": "i", "|": "i", "!": "i"})


def month(phrase: Phrase, at: int) -> Found:
    """Return a month: "Tháng 7/2024", "T7", "tháng Tư", "6/2024"."""
    number, then = phrase.number(at), phrase.number(at + 2)
    if number is not None and phrase.at(at + 1) in ("/", "-", ".") and then and is_year(then):
        if 1 <= number <= 12:
            return _months(number, number, then), at + 3
        if number <= 99:
            raise impossible(phrase.between(at, at + 3))
    if phrase.at(at) == "thang":
        after = at + 1
        if blank_month(phrase, after):
            raise unfilled(phrase.source)
    elif phrase.at(at) == "t" and adjacent(phrase, at):
        after = at + 1 + (phrase.at(at + 1) == ".")
    else:
        return None
    return month_number(phrase, after)


def month_number(phrase: Phrase, at: int) -> Found:
    """Return the month whose number or name stands at a place, with its year."""
    if (numbered := numeral(phrase, at)) is None:
        return None
    number, after = numbered
    if not 1 <= number <= 12:
        raise impossible(f"tháng {number}")
    return with_year(phrase, _months(number, number), after)


def quarter(phrase: Phrase, at: int) -> Found:
    """Return a quarter: "Quý IV", "Qúy l năm 2022", "Q1/2024"."""
    if phrase.at(at) in ("quy", "qui"):
        at += 1
    elif phrase.at(at) == "q" and adjacent(phrase, at):
        at += 1 + (phrase.at(at + 1) == ".")
    else:
        return None
    return quarter_number(phrase, at)


def quarter_number(phrase: Phrase, at: int) -> Found:
    """Return the quarter whose roman or arabic number stands at a place, with its year."""
    word = phrase.at(at)
    number, after = ROMAN.get(word.translate(_ROMAN_LOOKALIKES) if not word.isdigit() else word), at + 1
    if number is None and word == "1" and phrase.at(at + 1) in ("v", "l", "i") and touching(phrase, at):
        number, after = ROMAN.get(f"i{phrase.at(at + 1)}".replace("l", "i")), at + 2
    if number is None and (numbered := numeral(phrase, at)) is not None:
        number, after = numbered
        if not 1 <= number <= 4:
            raise impossible(f"quý {number}")
    if number is None:
        if word in ("v", "vi"):
            raise impossible(f"quý {word.upper()}")
        return None
    return with_year(phrase, Stretch("quarter", first=3 * number - 2, last=3 * number), after)


def half(phrase: Phrase, at: int) -> Found:
    """Return the first or last months of a year: "6 tháng đầu năm 2024", "nửa cuối năm"."""
    if phrase.at(at) == "nua" and phrase.at(at + 1) in ("dau", "cuoi", "sau") and phrase.at(at + 2) == "nam":
        count, side, after = 6, phrase.at(at + 1), at + 3
    else:
        if (numbered := numeral(phrase, at)) is None or phrase.at(numbered[1]) != "thang":
            return None
        count, side = numbered[0], phrase.at(numbered[1] + 1)
        after = numbered[1] + 3
        if side not in ("dau", "cuoi") or phrase.at(after - 1) != "nam" or not 1 <= count <= 11:
            return None
    first, last = (1, count) if side == "dau" else (13 - count, 12)
    value = replace(_months(first, last), unit="half")
    return with_year(phrase, value, after, year_word=after - 1)


def years(phrase: Phrase, at: int, *, bare: bool = False) -> Found:
    """Return whole years: "năm 2026", "2026", "giai đoạn 2022-2025"; with `bare` also "năm" alone."""
    staged = phrase.has(at, "giai doan")
    at = staged if staged is not None else at
    if phrase.at(at) in ("ca", "suot") and phrase.at(at + 1) == "nam":
        at, bare = at + 1, True
    number = phrase.number(at)
    if number and is_year(number) and phrase.at(at + 1) == "-":
        last = phrase.number(at + 2)
        if last and is_year(last) and phrase.at(at + 3) not in ("-", "/"):
            return Stretch("year", number, 1, 12, end_year=last), at + 3
    if (dated := year_at(phrase, at)) is not None and (staged is None or phrase.at(dated[1]) == "-"):
        year, shift, after = dated[0], dated[2], dated[1]
        last = phrase.number(after + 1)
        if phrase.at(after) == "-" and last and is_year(last) and phrase.at(after + 2) not in ("-", "/"):
            return Stretch("year", year, 1, 12, end_year=last), after + 2
        return Stretch("year", year, 1, 12, shift=shift), after
    if bare and staged is None and phrase.at(at) == "nam" and phrase.number(at + 1) is None:
        return Stretch("year", None, 1, 12), at + 1
    if number and is_year(number) and staged is None:
        return Stretch("year", number, 1, 12), at + 1
    return None


def _months(first: int, last: int, year: int | None = None) -> Stretch:
    return Stretch("month", year, first, last)
