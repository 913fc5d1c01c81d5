"""Single stretches of the calendar as they are written: a day, a month, a quarter, part of a year, years."""

from dataclasses import dataclass, replace
from typing import Literal

from domain.deadlines.context import FIRST_YEAR, LAST_YEAR, impossible, unfilled
from domain.deadlines.tokens import Phrase

Unit = Literal["day", "month", "quarter", "half", "year"]
Edge = Literal["", "end", "vague"]

WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10, "gieng": 1,
}  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
ENGLISH = {
    name: month
    for month, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_ROMAN_LOOKALIKES = str.maketrans({"l": "i", "1": "i", "|": "i", "!": "i"})
_NEXT_YEAR = ("nam sau", "nam toi", "nam tiep theo", "nam ke tiep", "nam lien ke", "nam lien sau")
_THIS_YEAR = ("nam nay", "nam hien tai")
_WEEKDAYS = frozenset(("hai", "ba", "tu", "nam", "sau", "bay", "2", "3", "4", "5", "6", "7"))
_BLANKS = frozenset("….…_/")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch as written: months `first` to `last` of a year, or one `day`.

    `year` None means the year is not written; `shift` counts from the plan's year ("năm sau" is 1). A lone
    "ngày 15" has no month. `edge` is "end" for "cuối tháng 6" and "vague" for "đầu tháng 6".
    """

    unit: Unit
    year: int | None = None
    first: int | None = None
    last: int | None = None
    day: int | None = None
    shift: int = 0
    edge: Edge = ""
    end_year: int | None = None

    @property
    def dated(self) -> bool:
        """Say whether a year is written, as a number or as "năm sau"."""
        return self.year is not None or self.shift != 0


Found = tuple[Stretch, int] | None


def stretch(phrase: Phrase, at: int, *, bare_year: bool = False) -> Found:
    """Return the stretch that stands at a place and the place after it.

    `bare_year` also takes "năm" without a number for the plan's year ("hết năm"). Raises Doubt for a date
    that is impossible or not filled in.
    """
    edge: Edge = ""
    if (after := phrase.first(at, ("cuoi ngay",))) is not None:
        at = after - 1
    elif (after := _edge(phrase, at)) is not None:
        edge = "end" if phrase.at(at) in ("cuoi", "het") else "vague"
        at, bare_year = after, True
    found = (
        day(phrase, at)
        or quarter(phrase, at)
        or half(phrase, at)
        or month(phrase, at)
        or years(phrase, at, bare=bare_year)
    )
    if found is None or not edge:
        return found
    return replace(found[0], edge=edge), found[1]


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
    if (named or bare) and 1 <= number <= 31 and phrase.at(at + 1) not in ("thang", "nam"):
        return Stretch("day", day=number), at + 1
    if named and number > 31 and phrase.at(at + 1) != "/":
        raise impossible(phrase.between(start, at + 1))
    return None


def month(phrase: Phrase, at: int) -> Found:
    """Return a month: "Tháng 7/2024", "T7", "tháng Tư", "6/2024"."""
    number, then = phrase.number(at), phrase.number(at + 2)
    if number is not None and phrase.at(at + 1) in ("/", "-", ".") and then and _is_year(then):
        if not 1 <= number <= 12:
            raise impossible(phrase.between(at, at + 3))
        return _months(number, number, then), at + 3
    if phrase.at(at) == "thang":
        after = at + 1
        if phrase.at(after) in _BLANKS or (phrase.at(after) == "nam" and phrase.number(after + 1)):
            raise unfilled(phrase.source)
    elif phrase.at(at) == "t" and _adjacent(phrase, at):
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
    elif phrase.at(at) == "q" and _adjacent(phrase, at):
        at += 1 + (phrase.at(at + 1) == ".")
    else:
        return None
    return quarter_number(phrase, at)


def quarter_number(phrase: Phrase, at: int) -> Found:
    """Return the quarter whose roman or arabic number stands at a place, with its year."""
    word = phrase.at(at)
    number, after = ROMAN.get(word.translate(_ROMAN_LOOKALIKES) if not word.isdigit() else word), at + 1
    if number is None and word == "1" and phrase.at(at + 1) in ("v", "l", "i") and _touching(phrase, at):
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
    start = at
    staged = phrase.has(at, "giai doan")
    at = staged if staged is not None else at
    if phrase.at(at) == "ca" and phrase.at(at + 1) == "nam":
        at, bare = at + 1, True
    if (dated := _year(phrase, at)) is not None and (staged is None or phrase.at(dated[1]) == "-"):
        year, shift, after = dated[0], dated[2], dated[1]
        last = phrase.number(after + 1)
        if phrase.at(after) == "-" and last and _is_year(last) and phrase.at(after + 2) not in ("-", "/"):
            return Stretch("year", year, 1, 12, end_year=last), after + 2
        return Stretch("year", year, 1, 12, shift=shift), after
    if bare and staged is None and phrase.at(at) == "nam" and phrase.number(at + 1) is None:
        return Stretch("year", None, 1, 12), at + 1
    number = phrase.number(start)
    if number and _is_year(number):
        return Stretch("year", number, 1, 12), start + 1
    return None


def with_year(phrase: Phrase, value: Stretch, after: int, *, year_word: int | None = None) -> Found:
    """Return the stretch with the year written after it, if one is; `year_word` is a "năm" already read."""
    if year_word is not None:
        if (dated := _year(phrase, year_word)) is not None:
            return replace(value, year=dated[0], shift=dated[2]), dated[1]
        return value, after
    mark = phrase.at(after)
    number = phrase.number(after + 1)
    if mark in ("/", "-", ".", ",") and number is not None:
        if _is_year(number) and (mark != "," or phrase.at(after + 2) not in ("-", "/", ".")):
            return replace(value, year=number), after + 2
        if number > 999:
            raise impossible(phrase.between(after - 1, after + 2))
        if mark == "/" and len(phrase.at(after + 1)) == 2 and 20 <= number <= 99:
            return replace(value, year=2000 + number), after + 2
    at = after + 1 if mark in ("/", ",", "-") and phrase.at(after + 1) in ("nam", "trong") else after
    at += phrase.at(at) in ("trong", "cua")
    if (dated := _year(phrase, at)) is not None:
        return replace(value, year=dated[0], shift=dated[2]), dated[1]
    if mark == "" or phrase.number(after) is None:
        return value, after
    number = phrase.number(after) or 0
    return (replace(value, year=number), after + 1) if _is_year(number) else (value, after)


def weekday(phrase: Phrase, at: int) -> int:
    """Return the place after a weekday ("thứ Sáu", "chiều thứ 6,"), or the same place."""
    after = at + (phrase.at(at) in ("sang", "chieu"))
    if phrase.at(after) == "thu" and phrase.at(after + 1) in _WEEKDAYS:
        after += 2
    elif phrase.has(after, "chu nhat") is not None:
        after += 2
    else:
        return at
    return after + (phrase.at(after) == ",")


def numeral(phrase: Phrase, at: int) -> tuple[int, int] | None:
    """Return a number in digits or in words up to twelve, and the place after it."""
    if (number := phrase.number(at)) is not None:
        return number, at + 1
    word = phrase.at(at)
    if word == "muoi" and phrase.at(at + 1) in ("mot", "hai"):
        return 10 + WORDS[phrase.at(at + 1)], at + 2
    return (WORDS[word], at + 1) if word in WORDS else None


def _edge(phrase: Phrase, at: int) -> int | None:
    if phrase.at(at) in ("cuoi", "dau", "giua"):
        return at + 1 + (phrase.at(at + 1) == "cua")
    for words in ("tuan dau", "tuan cuoi", "tuan thu"):
        if (after := phrase.has(at, words)) is not None:
            after += words == "tuan thu"
            return after + (phrase.at(after) in ("cua", "trong"))
    if phrase.at(at) == "tuan" and phrase.number(at + 1):
        return at + 2 + (phrase.at(at + 2) in ("cua", "trong"))
    return None


def _months(first: int, last: int, year: int | None = None) -> Stretch:
    return Stretch("month", year, first, last)


def _iso(phrase: Phrase, at: int) -> Found:
    year, number, dom = phrase.number(at), phrase.number(at + 2), phrase.number(at + 4)
    mark = phrase.at(at + 1)
    if year is None or not _is_year(year) or mark not in ("-", "/", ".") or phrase.at(at + 3) != mark:
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
        if then != mark and not _is_year(year):
            return None
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
    if phrase.at(after) in ("-", "/") and year is not None and (year < 100 or _is_year(year)):
        return Stretch("day", year + 2000 if year < 100 else year, number, number, phrase.number(at)), after + 2
    return with_year(phrase, Stretch("day", None, number, number, phrase.number(at)), after)


def _worded(phrase: Phrase, at: int) -> Found:
    """Read "20 tháng 01 năm 2024" and "20 của tháng 6"."""
    place = at + 1 + (phrase.at(at + 1) in ("cua", ",", "/"))
    if phrase.at(place) != "thang":
        return None
    after = place + 1
    if phrase.at(after) in _BLANKS or (phrase.at(after) == "nam" and phrase.number(after + 1)):
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
    if value.year is not None and not _is_year(value.year):
        raise impossible(phrase.between(start, after))


def _refuse_blanks(phrase: Phrase, start: int, at: int, named: bool) -> None:
    """Raise Doubt where a date has dots or nothing in place of its numbers."""
    word, then = phrase.at(at), phrase.at(at + 1)
    dotted = word in _BLANKS and (then in _BLANKS or phrase.number(at + 1) is not None)
    if named and (word == "thang" or dotted or word in ("…", "_")):
        raise unfilled(phrase.source)
    if start == at and word in _BLANKS and word != "." and then in _BLANKS:
        raise unfilled(phrase.source)
    if phrase.number(at) is not None and then in ("/", ".") and phrase.at(at + 2) in ("…", "_", "/"):
        raise unfilled(phrase.source)
    if phrase.number(at) is not None and then == "/" and phrase.at(at + 2) == "." == phrase.at(at + 3):
        raise unfilled(phrase.source)


def _year(phrase: Phrase, at: int) -> tuple[int | None, int, int] | None:
    """Return (year or None, place after, shift) for "năm 2024", "năm sau", "năm trước"."""
    if phrase.at(at) != "nam":
        return None
    number = phrase.number(at + 1)
    if number is not None:
        if _is_year(number):
            return number, at + 2, 0
        if number > 999:
            raise impossible(phrase.between(at, at + 2))
        return None
    if (after := phrase.first(at, _NEXT_YEAR)) is not None:
        return None, after, 1
    if (after := phrase.first(at, _THIS_YEAR)) is not None:
        return None, after, 0
    before = phrase.has(at, "nam truoc")
    if before is not None and phrase.at(before) not in ("ngay", "thang", "quy") and not phrase.number(before):
        return None, before, -1
    return None


def _is_year(number: int) -> bool:
    return FIRST_YEAR <= number <= LAST_YEAR


def _adjacent(phrase: Phrase, at: int) -> bool:
    """Say whether a number or roman numeral follows a letter at once, as in T6 or Q.I."""
    follower = at + 1 + (phrase.at(at + 1) == ".")
    if phrase.number(follower) is None and phrase.at(follower) not in ROMAN:
        return False
    return phrase.tokens[follower].start - phrase.tokens[at].end <= 2


def _touching(phrase: Phrase, at: int) -> bool:
    return at + 1 < len(phrase) and phrase.tokens[at].end == phrase.tokens[at + 1].start
