"""What a lead agency asks of a coordinating one: "đề nghị cung cấp … trước ngày …", followed to its answer.

Only the asked agency's officers are reminded, at most three times; it never climbs.
"""

from enum import StrEnum

from domain.ladder import From, Kind, Ladder, Rung
from domain.people import Role


class State(StrEnum):
    """The life of a request to a coordinating agency."""

    OPEN = "open"
    PROVIDED = "provided"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    State.OPEN: "chờ cung cấp",
    State.PROVIDED: "đã cung cấp",
    State.WITHDRAWN: "đã rút",
}

LADDER = Ladder(
    "đề nghị cơ quan phối hợp",
    (
        Rung("issue", From.ISSUE, 0, Role.OFFICER, "08:00", Kind.REQUESTED),
        Rung("t1", From.TARGET, -1, Role.OFFICER, "08:00", Kind.REQUESTED),
        Rung("t0", From.TARGET, 0, Role.OFFICER, "08:00", Kind.REQUESTED),
        Rung("over1", From.TARGET, 1, Role.OFFICER, "08:00", Kind.REQUESTED),
    ),
)
"""Asked, the working day before, the morning of the day, the working day after."""
