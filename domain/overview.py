"""How the work of many agencies stands, counted once: every list, page and paper takes its figures from here.

Each assignment that was not cancelled stands in exactly one column, so the columns add up to the whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from domain.assignments import Standing, State
from domain.lateness import Lateness, counted

SOON: Final = 7
"""Calendar days within which a date is near; the same as in lists of tasks."""


class Column(StrEnum):
    """Where an assignment stands, in one word for red, amber, green and what is beyond them."""

    PAST = "past"
    SOON = "soon"
    ON_TRACK = "on_track"
    UNDATED = "undated"
    REPORTED = "reported"
    CONFIRMED = "confirmed"

    @property
    def label(self) -> str:
        """The column in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Column.PAST: "đã qua hạn",
    Column.SOON: "sắp đến hạn",
    Column.ON_TRACK: "đúng tiến độ",
    Column.UNDATED: "chưa có hạn",
    Column.REPORTED: "chờ xác nhận",
    Column.CONFIRMED: "đã xác nhận",
}


class Counted(Protocol):
    """What of an assignment is counted."""

    @property
    def id(self) -> int:
        """The assignment's id."""

    @property
    def state(self) -> State:
        """Where it stands."""

    @property
    def standing(self) -> Standing:
        """How it stands to its date."""

    @property
    def due_on(self) -> date | None:
        """The last day on time."""


def column(one: Counted) -> Column | None:
    """Return where an assignment is counted, None for a cancelled one."""
    if one.state is State.CANCELLED:
        return None
    if one.state is State.CONFIRMED:
        return Column.CONFIRMED
    if one.state is State.REPORTED:
        return Column.REPORTED
    if one.due_on is None:
        return Column.UNDATED
    if one.standing.late_days > 0:
        return Column.PAST
    left = one.standing.days_left
    return Column.SOON if left is not None and left <= SOON else Column.ON_TRACK


@dataclass(frozen=True, slots=True)
class Tally:
    """How many assignments stand in each column."""

    total: int
    counts: Mapping[Column, int]
    apart: tuple[tuple[Lateness, int], ...]
    """What is past its date, each reason apart: together the column PAST."""
    longest_days: int
    """Calendar days past the date of what is longest past it."""

    @property
    def past(self) -> int:
        """How many are past their date, whoever's delay it is."""
        return self.counts[Column.PAST]

    @property
    def soon(self) -> int:
        """How many are due within the next days."""
        return self.counts[Column.SOON]

    @property
    def confirmed(self) -> int:
        """How many the office has confirmed: sent, and taken."""
        return self.counts[Column.CONFIRMED]

    @property
    def reported(self) -> int:
        """How many were sent and wait for the office."""
        return self.counts[Column.REPORTED]

    @property
    def unsent(self) -> int:
        """How many the agencies still owe."""
        return self.total - self.confirmed - self.reported

    @property
    def light(self) -> Column:
        """The worst that stands there: past, near or on track; reported or confirmed where nothing is owed."""
        order = (Column.PAST, Column.SOON, Column.ON_TRACK, Column.UNDATED, Column.REPORTED)
        return next((one for one in order if self.counts[one]), Column.CONFIRMED)

    @property
    def parts(self) -> tuple[tuple[Column, int], ...]:
        """The columns in which something stands, the worst first."""
        return tuple((one, self.counts[one]) for one in Column if self.counts[one])


def tally(works: Iterable[Counted], stands: Mapping[int, Lateness | None]) -> Tally:
    """Count assignments; cancelled ones are left out."""
    placed = [(one, where) for one in works if (where := column(one)) is not None]
    counts = Counter(where for _, where in placed)
    past = [one for one, where in placed if where is Column.PAST]
    return Tally(
        len(placed),
        {one: counts[one] for one in Column},
        counted(stands[one.id] for one in past),
        max((one.standing.late_days for one in past), default=0),
    )
