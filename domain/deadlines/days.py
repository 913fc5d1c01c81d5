"""One day in any of its styles: 20/01/2024, ngày 20 tháng 01, 2024-01-20, 5-Dec."""

from dataclasses import replace

from domain.deadlines.context import impossible, unfilled
from domain.deadlines.spans import month_number
from domain.deadlines.tokens import Phrase
from domain.deadlines.written import BLANKS, Found, Stretch, blank_month, is_year, weekday, with_year

ENGLISH = {
    name: month
    for month, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}


def day(phrase: Phrase, at: int, *, bare: bool = False) -> Found:
    """Return a day: 20/01/2024, ngày 20 tháng 01, 2024-01-20, 5-Dec; with `bare` also a lone number."""
    start = at
    at = weekday(phrase, at)
    named = phrase.at(at) == "ngay"
    at = weekday(phrase, at + 1) if named else at
    if phrase.at(at) in ("mung", "mong") and phrase.number(at + 1):
        named, at = True, at + 1
    _refuse_blanks(phrase, start, at, named)
    number = phrase.number(at)
    if number is None:
        return None
    found = _iso(phrase, at) or _numeric(phrase, at, named=named) or _worded(phrase, at)
    if found:
        _check_day(phrase, start, found)
        return found
    counts = phrase.at(at + 1) in ("thang", "nam") and not named
    if (named or bare) and 1 <= number <= 31 and not counts:
        return Stretch("day", day=number), at + 1
    if named and number > 31 and phrase.at(at + 1) != "/":
        raise impossible(phrase.between(start, at + 1))
    return None


def _iso(phrase: Phrase, at: int) -> Found:
    year, number, dom = phrase.number(at), phrase.number(at + 2), phrase.number(at + 4)
    mark = phrase.at(at + 1)
    if year is None or not is_year(year) or mark not in ("-", "/", ".") or phrase.at(at + 3) != mark:
        return None
    if number is None or dom is None:
        return None
    after = at + 5
    after += phrase.at(after) == "t"
    if phrase.number(after) == 0 and phrase.at(after + 1) == ":":
        after += 5 if phrase.at(after + 3) == ":" else 3
    return Stretch("day", year, number, number, dom), after


def _numeric(phrase: Phrase, at: int, *, named: bool) -> Found:
    """Read 20/01/2024, 20.1, 20-01-24 or 5-Dec."""
    dom, mark = phrase.number(at), phrase.at(at + 1)
    if dom is None or dom > 99 or mark not in ("/", ".", "-"):
        return _english(phrase, at)
    place = at + 2 + (phrase.at(at + 2) == "thang")
    number = phrase.number(place)
    if number is None or number > 99:
        return _english(phrase, at)
    then, after = phrase.at(place + 1), place + 2
    year = phrase.number(after)
    if then in ("/", ".", "-") and year is not None and (then == mark or place == at + 3 or mark == "/"):
        if then != mark and not is_year(year):
            return Stretch("day", None, number, number, dom), place + 1
        if len(phrase.at(after)) not in (2, 4):
            return (Stretch("day", None, number, number, dom), place + 1) if then == "-" else None
        year = 2000 + year if year < 100 else year
        return Stretch("day", year, number, number, dom), after + 1
    if mark == "-" and (then == "/" or (not named and dom <= 12)):
        return None
    return with_year(phrase, Stretch("day", None, number, number, dom), place + 1)


def _english(phrase: Phrase, at: int) -> Found:
    place = at + 1 + (phrase.at(at + 1) in ("-", "/"))
    number = ENGLISH.get(phrase.at(place)[:3]) if len(phrase.at(place)) >= 3 else None
    if number is None or phrase.at(place)[3:] not in ("", "t", "uary", "ruary", "ch", "il", "e", "y", "ust",
                                                      "tember", "ober", "ember"):  # fmt: skip
        return None
    year, after = phrase.number(place + 2), place + 1
    if phrase.at(after) in ("-", "/") and year is not None and (year < 100 or is_year(year)):
        return Stretch("day", year + 2000 if year < 100 else year, number, number, phrase.number(at)), after + 2
    return with_year(phrase, Stretch("day", None, number, number, phrase.number(at)), after)


def _worded(phrase: Phrase, at: int) -> Found:
    """Read "20 tháng 01 năm 2024" and "20 của tháng 6"."""
    place = at + 1 + (phrase.at(at + 1) in ("cua", ",", "/"))
    place += phrase.at(place) == "cac"
    if phrase.at(place) != "thang":
        return None
    after = place + 1
    if blank_month(phrase, after):
        raise unfilled(phrase.source)
    if (found := month_number(phrase, after)) is None:
        return None
    return replace(found[0], unit="day", day=phrase.number(at)), found[1]


def _check_day(phrase: Phrase, start: int, found: tuple[Stretch, int]) -> None:
    value, after = found
    number, dom = value.first or 0, value.day or 0
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    if not 1 <= number <= 12 or not 1 <= dom <= longest[number - 1]:
        raise impossible(phrase.between(start, after))
    if value.year is not None and not is_year(value.year):
        raise impossible(phrase.between(start, after))


def _refuse_blanks(phrase: Phrase, start: int, at: int, named: bool) -> None:
    """Raise Doubt where a date has dots or nothing in place of its numbers."""
    word, then = phrase.at(at), phrase.at(at + 1)
    dotted = word in BLANKS and (then in BLANKS or phrase.number(at + 1) is not None)
    if named and (word == "thang" or dotted or word in ("…", "_")):
        raise unfilled(phrase.source)
    if start == at and word in BLANKS and word != "." and then in BLANKS:
        raise unfilled(phrase.source)
    if phrase.number(at) is not None and then in ("/", ".") and phrase.at(at + 2) in ("…", "_", "/"):
        raise unfilled(phrase.source)
    if phrase.number(at) is not None and then == "/" and phrase.at(at + 2) == "." == phrase.at(at + 3):
        raise unfilled(phrase.source)
