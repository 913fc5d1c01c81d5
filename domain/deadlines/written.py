"""What a stretch of the calendar is before its year is known, and the small words all of them share."""

from dataclasses import dataclass, replace
from typing import Literal

from domain.deadlines.context import FIRST_YEAR, LAST_YEAR, impossible
from domain.deadlines.tokens import Phrase

Unit = Literal["day", "month", "quarter", "half", "year"]
Edge = Literal["", "end", "vague"]

# Numbers in words. Only spellings that mean nothing else: "sau" is also "after", "tu" also "from".
WORDS = {
    "một": 1, "mot": 1, "hai": 2, "ba": 3, "bốn": 4, "bon": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "mười": 10, "giêng": 1, "gieng": 1,
}  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NEXT_YEAR = ("nam sau", "nam toi", "nam tiep theo", "nam ke tiep", "nam lien ke", "nam lien sau")
_THIS_YEAR = ("nam nay", "nam hien tai")
_WEEKDAYS = frozenset(("hai", "ba", "tu", "nam", "sau", "bay", "2", "3", "4", "5", "6", "7"))
BLANKS = frozenset("….…_/")


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


def with_year(phrase: Phrase, value: Stretch, after: int, *, year_word: int | None = None) -> Found:
    """Return the stretch with the year written after it, if one is; `year_word` is a "năm" already read."""
    if year_word is not None:
        if (dated := year_at(phrase, year_word)) is not None:
            return replace(value, year=dated[0], shift=dated[2]), dated[1]
        return value, after
    mark = phrase.at(after)
    number = phrase.number(after + 1)
    if mark in ("/", "-", ".", ",") and number is not None:
        if is_year(number) and (mark != "," or phrase.at(after + 2) not in ("-", "/", ".")):
            return replace(value, year=number), after + 2
        if number > 999:
            raise impossible(phrase.between(after - 1, after + 2))
        if mark == "/" and len(phrase.at(after + 1)) == 2 and 20 <= number <= 99:
            return replace(value, year=2000 + number), after + 2
    at = after + 1 if mark in ("/", ",", "-") and phrase.at(after + 1) in ("nam", "trong") else after
    at += phrase.at(at) in ("trong", "cua")
    if (dated := year_at(phrase, at)) is not None:
        return replace(value, year=dated[0], shift=dated[2]), dated[1]
    if mark == "" or phrase.number(after) is None:
        return value, after
    number = phrase.number(after) or 0
    return (replace(value, year=number), after + 1) if is_year(number) else (value, after)


def weekday(phrase: Phrase, at: int) -> int:
    """Return the place after a weekday ("thứ Sáu", "chiều thứ 6,"), or the same place."""
    after = at + (phrase.at(at) in ("sang", "chieu"))
    if (phrase.at(after) == "thu" and phrase.at(after + 1) in _WEEKDAYS) or phrase.has(after, "chu nhat") is not None:
        after += 2
    else:
        return at
    return after + (phrase.at(after) == ",")


def numeral(phrase: Phrase, at: int) -> tuple[int, int] | None:
    """Return a number in digits or in words up to twelve, and the place after it."""
    if (number := phrase.number(at)) is not None:
        return number, at + 1
    word = phrase.raw(at).lower()
    if word == "mười" and phrase.at(at + 1) in ("mot", "hai"):
        return 10 + WORDS[phrase.at(at + 1)], at + 2
    if word == "năm" and phrase.raw(at)[0] != "N" and phrase.at(at + 1) != "nam":
        return None
    return (WORDS[word], at + 1) if word in WORDS else None


def blank_month(phrase: Phrase, at: int) -> bool:
    """Say whether dots, a slash or the year stand where the number of a month belongs."""
    word, then = phrase.at(at), phrase.number(at + 1)
    if word == "/":
        return then is not None and then > 999
    if word == "nam":
        return numeral(phrase, at) is None and (then is not None or phrase.at(at + 1) == "")
    return word in BLANKS and (word != "." or phrase.at(at + 1) in BLANKS)


def year_at(phrase: Phrase, at: int) -> tuple[int | None, int, int] | None:
    """Return (year or None, place after, shift) for "năm 2024", "năm sau", "năm trước"."""
    if phrase.at(at) != "nam":
        return None
    number = phrase.number(at + 1)
    if number is not None:
        if is_year(number):
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


def is_year(number: int) -> bool:
    """Say whether a number is a year that a plan may name."""
    return FIRST_YEAR <= number <= LAST_YEAR


def adjacent(phrase: Phrase, at: int) -> bool:
    """Say whether a number or roman numeral follows a letter at once, as in T6 or Q.I."""
    follower = at + 1 + (phrase.at(at + 1) == ".")
    if phrase.number(follower) is None and phrase.at(follower) not in ROMAN:
        return False
    return phrase.tokens[follower].start - phrase.tokens[at].end <= 2


def touching(phrase: Phrase, at: int) -> bool:
    """Say whether two tokens stand without a space between them."""
    return at + 1 < len(phrase) and phrase.tokens[at].end == phrase.tokens[at + 1].start
