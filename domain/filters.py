"""What a person looks for in a list of tasks: the filters in the typed words, and the words that are left."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from domain.assignments import Standing, State
from domain.words import fold, squeeze

SOON = 7
"""Calendar days within which a date is near."""
READ = 300
"""Characters of what was typed that are read: nobody types a longer search, and a pasted text costs too much."""
LONGEST = 40
"""Bytes of a search that are kept: they must fit a button's key."""


class Filter(StrEnum):
    """What a list is narrowed to; the value is the words by which it is typed without marks."""

    LATE = "qua han"
    TODAY = "hom nay"
    WEEK = "tuan nay"
    NEXT_WEEK = "tuan sau"
    SOON = "sap den han"
    MONTH = "thang"
    QUARTER = "quy"
    REPORTED = "da bao cao"
    UNDATED = "khong han"


_LABELS = {
    Filter.LATE: "Đã qua hạn",
    Filter.TODAY: "Hôm nay",
    Filter.WEEK: "Tuần này",
    Filter.NEXT_WEEK: "Tuần sau",
    Filter.SOON: "Sắp đến hạn",
    Filter.REPORTED: "Đã báo cáo",
    Filter.UNDATED: "Chưa có hạn",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One filter; the date must lie from `first` to `last`, both None where it is no matter of days."""

    kind: Filter
    first: date | None = None
    last: date | None = None

    @property
    def label(self) -> str:
        """The filter for people."""
        if self.kind is Filter.MONTH and self.first is not None:
            return f"Tháng {self.first.month}/{self.first.year}"
        if self.kind is Filter.QUARTER and self.first is not None:
            return f"Quý {(self.first.month + 2) // 3}/{self.first.year}"
        return _LABELS[self.kind]

    @property
    def words(self) -> str:
        """The filter as it is typed, the same on every day."""
        return fold(self.label) if self.kind in {Filter.MONTH, Filter.QUARTER} else self.kind.value

    def takes(self, due_on: date | None, state: State, standing: Standing) -> bool:
        """Whether a task is one of those wanted."""
        if self.kind is Filter.LATE:
            return standing.late_days > 0
        if self.kind is Filter.REPORTED:
            return state is State.REPORTED
        if self.kind is Filter.UNDATED:
            return due_on is None and not state.is_done_by_agency
        if due_on is None or self.first is None or self.last is None:
            return False
        owed = self.kind in {Filter.MONTH, Filter.QUARTER} or not state.is_done_by_agency
        return owed and self.first <= due_on <= self.last


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: every filter must hold, and the words must be found."""

    filters: tuple[Wanted, ...] = ()
    words: str = ""
    """Folded."""
    said: str = field(default="", compare=False)
    """The words as they were typed."""

    @property
    def label(self) -> str:
        """The search for people."""
        named = [one.label for one in self.filters]
        return ", ".join([*named, f"“{self.said or self.words}”"] if self.words else named)

    @property
    def key(self) -> str:
        """The search as words that mean the same when they are read again, as they were typed where they fit."""
        filters = [one.words for one in self.filters]
        typed = squeeze(" ".join([*filters, self.said or self.words]))
        return typed if len(typed.encode()) < LONGEST else squeeze(" ".join([*filters, self.words]))

    def takes(self, due_on: date | None, state: State, standing: Standing) -> bool:
        """Whether a task passes every filter."""
        return all(one.takes(due_on, state, standing) for one in self.filters)


def read(text: str, today: date) -> Search:
    """Return what the typed words look for; a month or quarter without a year is this year's."""
    rest = _NO_WORDS.sub(" ", fold(text[:READ]))
    found: list[Wanted] = []
    for pattern, build in _PATTERNS:
        while (match := pattern.search(rest)) is not None:
            wanted = build(match, today)
            if wanted is None:
                break
            rest = f"{rest[: match.start()]} {rest[match.end() :]}"
            if wanted not in found:
                found.append(wanted)
    room = LONGEST - sum(_size(one.words) for one in found)
    words = list(_fitting(rest.split(), room))
    return Search(tuple(found), " ".join(words), " ".join(_as_typed(words, text[:READ])))


def _as_typed(words: Iterable[str], text: str) -> Iterator[str]:
    """Yield folded words as they stand in the text, which holds them in this order."""
    typed = iter(_NO_WORDS.sub(" ", squeeze(text)).split())
    for word in words:
        yield next((one for one in typed if fold(one) == word), word)


_NO_WORDS = re.compile(r"[^\w/\-. ]+")


def _fitting(words: list[str], room: int) -> Iterator[str]:
    """Yield the words that fit, those that say nothing left out unless there are no others."""
    telling = [one for one in words if one not in _EMPTY] or [one for one in words if one != "viec"]
    for word in telling:
        room -= _size(word)
        if room < 0:
            return
        yield word


def _size(words: str) -> int:
    """Return the bytes of words and the blank behind them."""
    return len(words.encode()) + 1


_EMPTY = {"viec", "cac", "nhung", "ve", "va", "trong", "tim", "loc", "xem", "danh", "sach", "nhiem", "vu"}
"""Words with which people ask and that no task is told apart by."""


def of_kind(kind: Filter, today: date) -> Wanted:
    """Return a filter that needs no further words."""
    monday = today - timedelta(days=today.weekday())
    spans = {
        Filter.TODAY: (today, today),
        Filter.WEEK: (monday, monday + timedelta(days=6)),
        Filter.NEXT_WEEK: (monday + timedelta(days=7), monday + timedelta(days=13)),
        Filter.SOON: (today, today + timedelta(days=SOON)),
        Filter.MONTH: _months(today.year, today.month, 1),
        Filter.QUARTER: _months(today.year, (today.month - 1) // 3 * 3 + 1, 3),
    }
    first, last = spans.get(kind, (None, None))
    return Wanted(kind, first, last)


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    after = month - 1 + count
    return date(year, month, 1), date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _plain(kind: Filter) -> "Callable[[re.Match[str], date], Wanted | None]":
    return lambda _match, today: of_kind(kind, today)


def _month(match: re.Match[str], today: date) -> Wanted | None:
    year, month = int(match.group(2) or today.year), int(match.group(1))
    return Wanted(Filter.MONTH, *_months(year, month, 1)) if 1 <= month <= 12 and year >= _FIRST_YEAR else None


def _next_month(_match: re.Match[str], today: date) -> Wanted | None:
    _, last = _months(today.year, today.month, 1)
    after = last + timedelta(days=1)
    return Wanted(Filter.MONTH, *_months(after.year, after.month, 1))


def _quarter(match: re.Match[str], today: date) -> Wanted | None:
    year, quarter = int(match.group(2) or today.year), _QUARTERS[match.group(1)]
    return Wanted(Filter.QUARTER, *_months(year, quarter * 3 - 2, 3)) if year >= _FIRST_YEAR else None


_FIRST_YEAR = 1945
_QUARTERS = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:\s*(?:/|-|\bnam\b)\s*(\d{4}))?"

_PATTERNS: tuple[tuple[re.Pattern[str], "Callable[[re.Match[str], date], Wanted | None]"], ...] = (
    (re.compile(r"\b(?:da )?(?:qua|tre|cham) han\b"), _plain(Filter.LATE)),
    (re.compile(r"\b(?:sap|gan|can) (?:(?:den|toi|het|qua) )?han\b"), _plain(Filter.SOON)),
    (re.compile(r"\b(?:da bao cao|da bao xong|cho xac nhan)\b"), _plain(Filter.REPORTED)),
    (re.compile(r"\b(?:khong|chua) (?:co )?(?:thoi )?han\b"), _plain(Filter.UNDATED)),
    (re.compile(r"\b(?:han )?hom nay\b"), _plain(Filter.TODAY)),
    (re.compile(r"\btuan nay\b"), _plain(Filter.WEEK)),
    (re.compile(r"\btuan (?:sau|toi)\b"), _plain(Filter.NEXT_WEEK)),
    (re.compile(r"\bthang nay\b"), _plain(Filter.MONTH)),
    (re.compile(r"\bquy nay\b"), _plain(Filter.QUARTER)),
    (re.compile(r"\bthang (?:sau|toi)\b"), _next_month),
    (re.compile(rf"\bthang (\d{{1,2}}){_YEAR}(?![\w/])"), _month),
    (re.compile(rf"\bquy (iv|i{{1,3}}|[1-4]){_YEAR}(?![\w/])"), _quarter),
)
