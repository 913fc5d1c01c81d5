"""The board of a plan: agencies by tasks, each cell one mark that says the worst of what stands there."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.assignments import State
from domain.lateness import Lateness


class Mark(StrEnum):
    """What a cell says: a letter beside its colour, and words in the legend; the worst first."""

    LATE = "late"
    NOT_OURS = "not_ours"
    OBSTACLE = "obstacle"
    EXTENSION = "extension"
    RETURNED = "returned"
    EXCUSED = "excused"
    ASSIGNED = "assigned"
    WORKING = "working"
    REPORTED = "reported"
    DONE = "done"

    @property
    def letter(self) -> str:
        """The short mark in a cell."""
        return _SAID[self][0]

    @property
    def label(self) -> str:
        """The mark in Vietnamese words."""
        return _SAID[self][1]


_SAID = {
    Mark.LATE: ("Q", "quá hạn"),
    Mark.NOT_OURS: ("K", "đơn vị báo không thuộc trách nhiệm"),
    Mark.OBSTACLE: ("V", "có vướng mắc"),
    Mark.EXTENSION: ("G", "đang xin gia hạn"),
    Mark.RETURNED: ("T", "bị trả lại"),
    Mark.EXCUSED: ("M", "đã qua ngày, do giao muộn hoặc chờ cơ quan khác"),
    Mark.ASSIGNED: ("C", "chưa nhận"),
    Mark.WORKING: ("Đ", "đang thực hiện"),
    Mark.REPORTED: ("B", "đã báo cáo, chờ xác nhận"),
    Mark.DONE: ("X", "đã xác nhận hoàn thành"),
}

_OF_STATE = {
    State.ASSIGNED: Mark.ASSIGNED,
    State.ACCEPTED: Mark.WORKING,
    State.IN_PROGRESS: Mark.WORKING,
    State.REPORTED: Mark.REPORTED,
    State.CONFIRMED: Mark.DONE,
    State.RETURNED: Mark.RETURNED,
    State.EXTENSION_REQUESTED: Mark.EXTENSION,
    State.OBSTACLE: Mark.OBSTACLE,
    State.NOT_OURS: Mark.NOT_OURS,
}
_ORDER = {one: at for at, one in enumerate(Mark)}


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agency has of one task: the worst mark, its assignment's code, how many assignments stand behind it."""

    mark: Mark
    code: str
    late_days: int
    of: int
    """Assignments of this task: one a period."""
    done: int
    """So many of them the office has confirmed."""


def mark(state: State, stands: Lateness | None) -> Mark | None:
    """Return an assignment's mark, None for a cancelled one; `stands` is its lateness where it is past its date."""
    if stands is Lateness.LATE:
        return Mark.LATE
    plain = _OF_STATE.get(state)
    excused = stands in {Lateness.ASSIGNED_LATE, Lateness.WAITING_FOR_OTHER}
    return Mark.EXCUSED if excused and plain in {Mark.ASSIGNED, Mark.WORKING} else plain


def cell(found: Iterable[tuple[Mark, str, int]]) -> Cell:
    """Return the cell of assignments given as (mark, code, days late); of the worst the one longest late."""
    every = sorted(found, key=lambda one: (_ORDER[one[0]], -one[2], one[1]))
    worst, code, late_days = every[0]
    return Cell(worst, code, late_days, len(every), sum(one[0] is Mark.DONE for one in every))
