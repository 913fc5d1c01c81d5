"""How cases (PAKN) are counted over a window of days: each in one way in and one way out, so that parts make totals.

What is counted is a handling (lượt xử lý): the case from its receipt, or from the day on which it was opened again
(the citizen reported again, supplied what was missing, a merge was undone), until it ended. Ways in: open from before
the window, received in it, opened again in it. Ways out: how it ended by the window's last day, else open. So what one
window leaves open is what the next one begins with, and the months of a quarter add up to the quarter, whatever is
opened again and whenever.

What was counted in a figure that was sent stays so: a receipt or an answer dated before the last frozen cut-off and
written down behind it counts on the day of writing (`counted_on`). Late is derived: answered after, or open beyond, the
last day in force. Where no limit is in force nothing is late; how many such there are is told beside it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Self

from domain.cases.decisions import Rating
from domain.periods import Period


@dataclass(frozen=True, slots=True)
class Window:
    """The days over which is counted, both included."""

    opens: date
    closes: date

    @classmethod
    def of(cls, period: Period, today: date) -> Self:
        """Return a period's cut-off window; one that has not ended closes today, one to come is a single day."""
        opens, cut_off = period.cut_off()
        return cls(opens, max(opens, min(cut_off, today)))

    def __contains__(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.opens <= day <= self.closes

    @property
    def eve(self) -> date:
        """The day before it."""
        return self.opens - timedelta(days=1)


def counted_on(day: date, today: date, frozen: date | None) -> date:
    """Return under which day something of `day` counts that is written down today, with figures frozen up to a day."""
    return today if frozen is not None and day <= frozen < today else day


class Nature(StrEnum):
    """What a case is about, as Nghị định 20/2008/NĐ-CP, Điều 5 parts it."""

    CONDUCT = "conduct"
    REGULATION = "regulation"
    BOTH = "both"
    OTHER = "other"  # where a province takes up more than the decree names


def nature_of(kind: str, legal_class: str | None) -> Nature:
    """Return what a case is about: as the office classified it, else as the citizen said."""
    known = {one.value for one in Nature}
    return Nature(next((one for one in (legal_class, kind) if one in known), Nature.OTHER))


class Ending(StrEnum):
    """How a handling ended."""

    ANSWERED = "answered"
    REFUSED = "refused"
    REFUSED_ELSEWHERE = "refused_elsewhere"
    """Refused as khiếu nại, tố cáo (R5) or as no matter of administrative rules (R6): not this register's business."""
    GUIDED = "guided"  # hướng dẫn sang nơi khác
    OUTSIDE = "outside"  # chuyển cơ quan ngoài tỉnh
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    SPAM = "spam"
    """Set aside as spam before any report counted it: it counts nowhere."""


class Way(StrEnum):
    """How a handling came into the window."""

    BEFORE = "before"
    RECEIVED = "received"
    AGAIN = "again"


class Fate(StrEnum):
    """What had become of a handling on the window's last day."""

    REFUSED = "refused"
    GUIDED = "guided"
    OUTSIDE = "outside"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    OPEN_IN_TIME = "open_in_time"
    OPEN_LATE = "open_late"

    @property
    def is_done(self) -> bool:
        """Whether it was answered."""
        return self in {Fate.DONE_IN_TIME, Fate.DONE_LATE}

    @property
    def is_open(self) -> bool:
        """Whether it had not ended."""
        return self in {Fate.OPEN_IN_TIME, Fate.OPEN_LATE}


_FATES = {
    Ending.REFUSED: Fate.REFUSED,
    Ending.REFUSED_ELSEWHERE: Fate.REFUSED,
    Ending.GUIDED: Fate.GUIDED,
    Ending.OUTSIDE: Fate.OUTSIDE,
    Ending.MERGED: Fate.MERGED,
    Ending.WITHDRAWN: Fate.WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Handling:
    """One handling of one case, as its counting needs it."""

    code: str
    begun_on: date
    nature: Nature = Nature.REGULATION
    source: str = ""
    agency: str = ""
    """Who handles it; "" while it is with the coordinating office."""
    field: str = ""
    number: int = 1
    """1 from the receipt, 2 after it was opened again for the first time."""
    due_on: date | None = None
    """The last day in force when it ended, else the one in force now."""
    ending: Ending | None = None
    ended_on: date | None = None
    """The day under which its end counts."""
    done_on: date | None = None
    """The day of the answer itself, where it is another one: that of the paper decides whether it was late."""
    again_on: date | None = None
    """The day on which the case was opened again, and the next handling began."""
    disputed: bool = False
    """Whether this handling, or one before it, began because the citizen reported again after an answer."""
    late_before: bool = False
    """Whether an earlier handling of the case was late."""
    published_on: date | None = None
    rating: Rating | None = None
    rated_on: date | None = None

    @property
    def end(self) -> date | None:
        """The day of its end, never before its beginning."""
        return None if self.ended_on is None else max(self.ended_on, self.begun_on)

    def ended_by(self, day: date) -> bool:
        """Whether it had ended at the end of a day."""
        return self.end is not None and self.end <= day

    def way(self, window: Window) -> Way | None:
        """Return how it came into a window, None where it began behind it or ended before it."""
        if self.ending is Ending.SPAM or self.begun_on > window.closes or self.ended_by(window.eve):
            return None
        if self.begun_on < window.opens:
            return Way.BEFORE
        return Way.RECEIVED if self.number == 1 else Way.AGAIN

    def fate(self, window: Window) -> Fate:
        """Return what had become of it on the window's last day."""
        if not self.ended_by(window.closes) or self.ending is None:
            return Fate.OPEN_LATE if self.is_past(window.closes) else Fate.OPEN_IN_TIME
        if self.ending is not Ending.ANSWERED:
            return _FATES[self.ending]
        return Fate.DONE_LATE if self.ended_late else Fate.DONE_IN_TIME

    @property
    def ended_late(self) -> bool:
        """Whether it ended behind the last day on time."""
        day = self.done_on or self.end
        return day is not None and self.is_past(day)

    def is_past(self, day: date) -> bool:
        """Whether a day lies behind the last day on time."""
        return self.due_on is not None and day > self.due_on


RATED: Final = {Rating.GOOD: "satisfied", Rating.FAIR: "fair", Rating.BAD: "dissatisfied"}
"""Under which key a rating counts, in the window in which it was given."""

Counts = Counter[str]
"""How many under each key of `domain.case_figures.columns`."""


def counts_of(one: Handling, window: Window) -> Counts:
    """Return where one handling counts in a window; nothing where it does not."""
    found: Counts = Counter()
    way = one.way(window)
    if way is not None:
        found.update(placed(way, one.fate(window), one.nature, one.source))
        found["undated"] += one.due_on is None and (one.fate(window).is_done or one.fate(window).is_open)
    found["published"] += one.published_on in window
    if one.rating is not None:
        found[RATED[one.rating]] += one.rated_on in window
    return +found


def placed(way: Way, fate: Fate, nature: Nature, source: str, count: int = 1) -> Counts:
    """Return the keys under which so many handlings count that came and went alike."""
    found: Counts = Counter({way.value: count, fate.value: count})
    if way is Way.RECEIVED:
        found[nature.value] += count
        found[f"from_{source}"] += count
    if fate.is_done:
        found["done"] += count
        found["done_before" if way is Way.BEFORE else "done_new"] += count
    if fate.is_open:
        found["open"] += count
    return found


def total(parts: Iterable[Counts]) -> Counts:
    """Return the sum."""
    found: Counts = Counter()
    for part in parts:
        found.update(part)
    return found
