"""A place among the words of a line, and the small steps that every form of a day shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.replies.days.values import Day, Found
from domain.replies.tokens import Token

LEADS = frozenset({"den", "toi", "sang", "qua", "truoc", "vao", "tu", "han", "trong", "het"})
"""Words before a day that say what it is for."""

THIS, NEXT, LAST = frozenset({"nay"}), frozenset({"sau", "toi"}), frozenset({"truoc", "roi", "qua"})

UNITS = frozenset({"ngay", "hom", "bua", "tuan", "thang", "buoi", "gio"})
_BESIDE_A_LEAD = frozenset({"ngay", "het", "la", "chieu", "sang", "cuoi", "khoang", "moi", "vao"})


@dataclass(slots=True)
class Reader:
    """A place among the tokens, moved by what is taken."""

    tokens: Sequence[Token]
    at: int
    today: date

    def __post_init__(self) -> None:
        self.began = self.at

    began: int = 0

    def word(self, ahead: int = 0) -> str:
        """Return the word so many places ahead, or an empty one."""
        place = self.at + ahead
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def take(self, *words: str) -> bool:
        """Take these words if they come next."""
        if all(self.word(ahead) == word for ahead, word in enumerate(words)):
            self.at += len(words)
            return True
        return False

    def any_of(self, words: frozenset[str]) -> bool:
        """Take one word of a set if it comes next."""
        return self.word() in words and self.take(self.word())

    def number(self, most: int) -> int | None:
        """Take a number of 1 to `most` if it comes next."""
        value = self.tokens[self.at].number if self.at < len(self.tokens) else None
        if value is None or not 1 <= value <= most:
            return None
        self.at += 1
        return value

    def sign(self, signs: str) -> str:
        """Take one of the signs; those but "/" only where it is glued to its neighbours."""
        sign = self.word()
        if not sign or sign not in signs or not 0 < self.at < len(self.tokens) - 1:
            return ""
        before, own, after = self.tokens[self.at - 1 : self.at + 2]
        if sign != "/" and not (before.end == own.start and own.end == after.start):
            return ""
        self.at += 1
        return sign

    def day(self, on: date | None, near: date | None = None) -> Found:
        """Return what was taken as a day; one before today is none to aim at."""
        ahead = on if on is not None and on >= self.today else None
        return Found(self.at - self.began, Day(ahead, near or on, self.lead()))

    def lead(self) -> str:
        """Return the word before that says what the day is for."""
        for back in range(1, 5):
            word = self.word(self.began - self.at - back)
            if word in LEADS:
                return word
            if word not in _BESIDE_A_LEAD:
                return ""
        return ""


def safe(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def next_on(today: date, month: int, day: int) -> date | None:
    """Return the next such day on or after today; None for a day that is in no year near."""
    this = safe(today.year, month, day)
    return this if this is not None and this >= today else safe(today.year + 1, month, day)


def nearest(today: date, month: int, day: int) -> date | None:
    """Return such a day of this year or its neighbours that lies nearest to today."""
    years = (safe(year, month, day) for year in (today.year - 1, today.year, today.year + 1))
    return min((on for on in years if on is not None), key=lambda on: abs(on - today), default=None)


def month_after(today: date, later: bool) -> tuple[int, int]:
    """Return the year and month of today, or of the month after."""
    months = today.year * 12 + today.month - 1 + later
    return months // 12, months % 12 + 1


def year_said(reader: Reader) -> int | None:
    """Take "năm 2026", "năm sau", "năm nay" if it comes next."""
    if reader.word() == "nam" and reader.word(1) in NEXT | THIS:
        said = reader.word(1)
        reader.at += 2
        return reader.today.year + (said in NEXT)
    if reader.word() in {"nam", "/", "-"} and len(reader.word(1)) == 4 and reader.word(1).isdecimal():
        reader.at += 2
        return int(reader.word(-1))
    return None


def weeks_said(reader: Reader) -> int | None:
    """Take "này", "tuần sau", "tuần sau nữa"… and return how many weeks ahead of this one."""
    reader.take("cua")
    named = reader.word() == "tuan" and reader.word(1) in THIS | NEXT | LAST
    if named:
        reader.at += 1
    if reader.any_of(THIS):
        return 0
    if named and reader.any_of(LAST):
        return -1
    if (named and reader.any_of(NEXT)) or reader.take("sau"):
        return 2 if named and reader.take("nua") else 1
    return None
