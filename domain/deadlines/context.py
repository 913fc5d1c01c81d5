"""What a reading knows from outside the phrase, and how it says that it does not understand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.deadlines.tokens import Phrase
from domain.deadlines.values import Simple

WorkingDays = Callable[[date, int], date]

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Doubt(Exception):
    """The phrase cannot be understood; the text is the sentence for the person who must look."""


@dataclass(frozen=True, slots=True)
class Item:
    """One understood piece of a phrase and the place after it.

    `asked` marks words like "đột xuất", which join a recurring deadline; `loose` marks "theo …", which only
    qualifies a dated deadline beside it.
    """

    deadlines: tuple[Simple, ...]
    after: int
    asked: bool = False
    loose: bool = False


@dataclass(slots=True)
class Context:
    """The plan's year, the day it was signed, the working calendar, and the warnings gathered so far."""

    year: int | None = None
    signed: date | None = None
    add_working_days: WorkingDays | None = None
    warnings: list[str] = field(default_factory=list)

    def warn(self, sentence: str) -> None:
        """Keep a sentence for the person who reviews the import, once."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def default_year(self, phrase: Phrase) -> int:
        """Return the plan's year; raise Doubt where it is needed and not known."""
        if self.year is None:
            raise Doubt(f"Thời hạn “{phrase.source}” không ghi năm và chưa biết năm của kế hoạch.")
        return self.year


def impossible(words: str) -> Doubt:
    """Return the doubt about a date that no calendar has."""
    return Doubt(f"“{words}” không có trong lịch, xin kiểm tra lại văn bản gốc.")


def unfilled(words: str) -> Doubt:
    """Return the doubt about a date whose blanks were never filled in."""
    return Doubt(f"Ngày tháng trong “{words}” còn để trống.")


def not_understood(words: str) -> Doubt:
    """Return the doubt about words that fit no rule."""
    return Doubt(f"Chưa hiểu thời hạn “{words}”.")


def add_weekdays(start: date, days: int) -> date:
    """Return the day `days` weekdays (Monday to Friday) after `start`, knowing no holidays."""
    current = start
    while days > 0:
        current += timedelta(days=1)
        if current.weekday() < 5:
            days -= 1
    return current
