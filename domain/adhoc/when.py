"""By when a sentence wants something: the limit among its words, also said from today ("thứ Sáu tuần sau")."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.agencies.words import flat
from domain.deadlines import ByDate, Deadline, Period, Unspecified, last_day
from domain.deadlines import read as read_deadline
from domain.replies.days import Day, Length, day_at
from domain.replies.tokens import Token, tokens_of
from domain.words import fold, squeeze
from domain.workdays import WorkCalendar

_STRONG = re.compile(
    r"\b(?:truoc|cham nhat|muon nhat|den|thoi han|tu(?= (?:ngay )?\d)|"
    r"(?<!qua )(?<!gia )(?<!dung )(?<!tre )(?<!thoi )(?<!ky )han)\b"
)
_WEAK = re.compile(
    r"\b(?:trong(?= (?:thang|quy|tuan|ngay|nam|vong|\d|hom nay|buoi|sang|chieu))|hang(?= (?:tuan|thang|quy|nam))|"
    r"dinh ky|thuong xuyen|cuoi(?= (?:tuan|thang|quy|nam))|het(?= (?:tuan|thang|quy|nam))|ngay mai|hom nay|"
    r"thu (?:hai|ba|tu|nam|sau|bay|[2-7])(?= (?:nay|tuan)))\b"
)
_BEFORE = re.compile(r"(?:,\s*)?(?:va\s+)?(?:(?:hoan thanh|xong|gui|nop|bao cao|ket qua|thoi han)\s*:?\s*)+$")
_WORD = re.compile(r"[^\s,;]+")
_OF_TIME = re.compile(r"\s*,?\s*(?:nam|thang|quy|tuan|nay|sau|toi|ngay|gio|\d\S*)\b")
_LONGEST = 14
"""Words of the longest limit that is looked for."""
_FAR = 183
"""A day without a year that has passed is next year's where that is at most so many days ahead."""
_YEAR = re.compile(r"\b20\d\d\b|/\d{2}\b(?<=/\d\d/\d\d)")
_BEHIND = frozenset({"la", "nhe", "nha", "a", "xong", "hoan", "thanh"})


@dataclass(frozen=True, slots=True)
class When:
    """A limit as typed and as understood; `start` and `end` are its place among the words."""

    raw: str
    deadline: Deadline
    start: int = 0
    end: int = 0

    def is_past(self, today: date) -> bool:
        """Whether its last day has gone by."""
        day = last_day(self.deadline)
        return day is not None and day < today


def find_when(text: str, today: date, calendar: WorkCalendar) -> When | None:
    """Return the limit that a sentence names, the last one where it names several; None where it names none.

    A month or a quarter that is only mentioned ("số liệu tháng 10") is none.
    """
    folded = flat(text)
    for pattern, may_be_past in ((_STRONG, True), (_WEAK, False)):
        best: When | None = None
        for place in reversed([found.start() for found in pattern.finditer(folded)]):
            found = _at(text, place, today, calendar)
            if found is None or (found.is_past(today) and not may_be_past):
                continue
            if best is not None and found.end < best.end:
                break  # another limit, named earlier
            best = found  # "từ 10/11 đến 20/11" holds "đến 20/11"
        if best is not None:
            return _with_its_verb(text, folded, best)
    return None


_SAYS_A_DAY = re.compile(r"\b(?:truoc|cham nhat|muon nhat|den ngay|thoi han)\b[^,;]*?\d[\d/.\-]*")


def find_unread(text: str) -> tuple[int, int] | None:
    """Return the place of words that set a limit by a day which could not be read: "trước 31/02"."""
    found = list(_SAYS_A_DAY.finditer(flat(text)))
    return found[-1].span() if found else None


def _at(text: str, at: int, today: date, calendar: WorkCalendar) -> When | None:
    """Return the limit that begins at a place: all words that belong to it and none of those behind it."""
    ends = [word.end() for word in _WORD.finditer(text, at)][:_LONGEST]
    read = {end: _read(text[at:end].strip(" .,;"), today, calendar) for end in ends}
    whole = next((end for end in reversed(ends) if read[end] is not None), None)
    if whole is None:
        return None
    end = next(end for end in ends if read[end] == read[whole])
    while end < whole and _OF_TIME.match(flat(text), end):
        end = next(one for one in ends if one > end)
    raw, deadline = text[at:end].strip(" .,;"), read[whole]
    return When(raw, deadline, at, end) if deadline is not None else None


def _with_its_verb(text: str, folded: str, found: When) -> When:
    """Take "xong", "hoàn thành" before a limit, and polite words behind it, as part of its place."""
    before = _BEFORE.search(folded[: found.start])
    start = before.start() if before and _only_of_the_limit(before.group()) else found.start
    end = found.end
    for word in _WORD.finditer(text, end):
        if flat(word.group()).strip(".!") not in _BEHIND:
            break
        end = word.end()
    return When(found.raw, found.deadline, start, end)


def _only_of_the_limit(words: str) -> bool:
    """Whether the words before a limit belong to it: "hoàn thành", not the "báo cáo" that is the task."""
    return not re.search(r"\b(?:bao cao|gui|nop|ket qua)\b", words)


def read_when(text: str, today: date, calendar: WorkCalendar) -> When | None:
    """Return the limit that typed words are, whole; None where they are not understood. A bare day is one."""
    words = squeeze(text).strip(" .,;")
    deadline = _read(words, today, calendar) if words else None
    if deadline is None:
        found = find_when(words, today, calendar)
        return found if found is not None and not words[: found.start].strip() else None
    return When(words, deadline, 0, len(words))


def _read(piece: str, today: date, calendar: WorkCalendar) -> Deadline | None:
    found = read_deadline(piece, year=today.year, signed=today, add_working_days=calendar.add)
    if not found.warnings and not isinstance(found.deadline, Unspecified):
        return _ahead(piece, found.deadline, today, calendar)
    return _from_today(piece, today, calendar)


def _ahead(piece: str, deadline: Deadline, today: date, calendar: WorkCalendar) -> Deadline:
    """Return a passed day without a year as next year's where that is near."""
    day = last_day(deadline)
    if day is None or day >= today or _YEAR.search(piece) or not isinstance(deadline, ByDate | Period):
        return deadline
    later = read_deadline(piece, year=today.year + 1, signed=today, add_working_days=calendar.add).deadline
    ahead = last_day(later)
    return later if ahead is not None and today <= ahead <= today + timedelta(days=_FAR) else deadline


def _from_today(piece: str, today: date, calendar: WorkCalendar) -> Deadline | None:
    """Read what is said from today: "trước thứ Sáu tuần sau", "trong 5 ngày làm việc", "cuối tháng"."""
    tokens = tokens_of(piece)
    for at in range(len(tokens)):
        found = day_at(tokens, at, today)
        if found is not None and _all_taken(tokens, at + found.size):
            deadline = _of(found.value, piece, today, calendar)
            if deadline is not None:
                return deadline
        if tokens[at].word not in _LEADS:
            return None
    return None


_LEADS = frozenset({"truoc", "den", "het", "trong", "vong", "han", "thoi", "cham", "muon", "nhat", "ngay", "vao", "la"})


def _all_taken(tokens: list[Token], after: int) -> bool:
    return all(one.word in {".", ",", *_BEHIND} for one in tokens[after:])


def _of(said: Day | Length, piece: str, today: date, calendar: WorkCalendar) -> Deadline | None:
    if isinstance(said, Length):
        if said.days < 1:
            return None
        return ByDate(calendar.add(today, said.days) if said.working else today + timedelta(days=said.days))
    if said.ahead is None:
        return None
    return ByDate(said.ahead, inclusive=not re.match(r"truoc (?!het)", fold(piece)))
