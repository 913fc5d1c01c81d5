"""The end of a plan's year: how what is unfinished stands, and what may become of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.assignments import State, is_late
from domain.checkins import KINDS

CARRIED = "carried"
"""The reason of the date, and the kind of the words, of what goes on after its plan's year."""
ENDED = "ended"
"""The kind of the words of what ended with its plan: the reason."""


class Group(StrEnum):
    """How an unfinished assignment stands when its plan's year ends."""

    OVERDUE = "overdue"
    AHEAD = "not_due"
    REPORTED = "reported"
    UNDATED = "undated"

    @property
    def label(self) -> str:
        """The group in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Group.OVERDUE: "đã qua hạn",
    Group.AHEAD: "chưa đến hạn",
    Group.REPORTED: "chờ xác nhận",
    Group.UNDATED: "chưa có hạn, thường xuyên",
}


def group_of(state: State, due_on: date | None, today: date) -> Group:
    """Return the group of an assignment that is not final."""
    if state is State.REPORTED:
        return Group.REPORTED
    if due_on is None:
        return Group.UNDATED
    return Group.OVERDUE if is_late(due_on, state, today) else Group.AHEAD


def ends_with_the_year(deadline_kind: str, due_on: date | None) -> bool:
    """Whether it is work of the whole year, or on occasion, that nobody has to decide about: it ends with the plan."""
    return due_on is None and deadline_kind in KINDS


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a person decided, by the assignments' codes; what is said of all holds for what was not named.

    `carry` gives the new last day, or None where the date stays; `end` gives the reason.
    """

    carry: Mapping[str, date | None] = field(default_factory=dict)
    end: Mapping[str, str] = field(default_factory=dict)
    carry_all: bool = False
    carry_all_until: date | None = None
    end_all: str = ""

    @property
    def none(self) -> bool:
        """Whether nothing was decided at all."""
        return not (self.carry or self.end or self.carry_all or self.end_all)
