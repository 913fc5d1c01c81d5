"""The life of an assignment: one agency's duty from one task in one period.

giao → đã nhận → đang làm → đã báo cáo → đã xác nhận, with its side roads: trả lại, xin gia hạn, vướng mắc, không
thuộc đơn vị, huỷ. Late and due soon are never states: they are derived from `due_on` and the day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import ActRefused


class State(StrEnum):
    """Where an assignment stands."""

    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    REPORTED = "reported"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    EXTENSION_REQUESTED = "extension_requested"
    OBSTACLE = "obstacle"
    NOT_OURS = "not_ours"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _LABELS[self]

    @property
    def is_final(self) -> bool:
        """Nothing more happens."""
        return self in {State.CONFIRMED, State.CANCELLED}

    @property
    def is_done_by_agency(self) -> bool:
        """The agency has nothing left to do (unless the report is returned)."""
        return self in {State.REPORTED, State.CONFIRMED, State.CANCELLED}

    @property
    def suspends_reminders(self) -> bool:
        """Reminders rest: the next word is the coordinating office's."""
        return self.is_done_by_agency or self is State.EXTENSION_REQUESTED

    @property
    def suspends_climbing(self) -> bool:
        """Rungs above the officer rest."""
        return self.suspends_reminders or self.waits_for_answer

    @property
    def waits_for_answer(self) -> bool:
        """The agency asked or objected, and the coordinating office owes it a word."""
        return self in {State.EXTENSION_REQUESTED, State.OBSTACLE, State.NOT_OURS}


_LABELS = {
    State.ASSIGNED: "chưa nhận",
    State.ACCEPTED: "đã nhận",
    State.IN_PROGRESS: "đang thực hiện",
    State.REPORTED: "đã báo cáo, chờ xác nhận",
    State.CONFIRMED: "đã xác nhận hoàn thành",
    State.RETURNED: "bị trả lại, cần báo cáo lại",
    State.EXTENSION_REQUESTED: "đang xin gia hạn",
    State.OBSTACLE: "có vướng mắc",
    State.NOT_OURS: "đơn vị báo không thuộc trách nhiệm",
    State.CANCELLED: "đã huỷ",
}


class Act(StrEnum):
    """What can be done to an assignment."""

    ACCEPT = "accept"
    PROGRESS = "progress"
    REPORT = "report"
    OBSTRUCT = "obstruct"
    ASK_EXTENSION = "ask_extension"
    DISOWN = "disown"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    RETURN = "return"
    GRANT = "grant"
    REFUSE = "refuse"
    ANSWER = "answer"
    KEEP = "keep"
    REASSIGN = "reassign"
    CANCEL = "cancel"

    @property
    def label(self) -> str:
        """The act in Vietnamese."""
        return _ACTS[self]


_ACTS = {
    Act.ACCEPT: "nhận việc",
    Act.PROGRESS: "báo cáo tiến độ",
    Act.REPORT: "báo cáo hoàn thành",
    Act.OBSTRUCT: "báo vướng mắc",
    Act.ASK_EXTENSION: "xin gia hạn",
    Act.DISOWN: "báo không thuộc đơn vị",
    Act.WITHDRAW: "rút đề nghị",
    Act.CONFIRM: "xác nhận hoàn thành",
    Act.RETURN: "trả lại báo cáo",
    Act.GRANT: "đồng ý gia hạn",
    Act.REFUSE: "không đồng ý gia hạn",
    Act.ANSWER: "trả lời vướng mắc",
    Act.KEEP: "giữ nguyên cơ quan",
    Act.REASSIGN: "giao cơ quan khác",
    Act.CANCEL: "huỷ việc",
}

_UNDISPUTED = (State.ASSIGNED, State.ACCEPTED, State.IN_PROGRESS, State.RETURNED)
_OPEN = (*_UNDISPUTED, State.OBSTACLE, State.EXTENSION_REQUESTED, State.NOT_OURS)

PRIOR = None
"""Stands in the table for the state before the one that waits for an answer."""

MOVES: dict[tuple[State, Act], State | None] = {
    (State.ASSIGNED, Act.ACCEPT): State.ACCEPTED,
    **{(state, Act.PROGRESS): State.IN_PROGRESS for state in (*_UNDISPUTED, State.OBSTACLE)},
    (State.EXTENSION_REQUESTED, Act.PROGRESS): State.EXTENSION_REQUESTED,
    **{(state, Act.REPORT): State.REPORTED for state in _OPEN},
    **{(state, Act.OBSTRUCT): State.OBSTACLE for state in (*_UNDISPUTED, State.OBSTACLE)},
    **{(state, Act.ASK_EXTENSION): State.EXTENSION_REQUESTED for state in (*_UNDISPUTED, State.OBSTACLE)},
    **{(state, Act.DISOWN): State.NOT_OURS for state in (*_UNDISPUTED, State.OBSTACLE)},
    (State.EXTENSION_REQUESTED, Act.WITHDRAW): PRIOR,
    (State.NOT_OURS, Act.WITHDRAW): PRIOR,
    (State.REPORTED, Act.CONFIRM): State.CONFIRMED,
    (State.REPORTED, Act.RETURN): State.RETURNED,
    (State.EXTENSION_REQUESTED, Act.GRANT): PRIOR,
    (State.EXTENSION_REQUESTED, Act.REFUSE): PRIOR,
    (State.OBSTACLE, Act.ANSWER): State.IN_PROGRESS,
    (State.NOT_OURS, Act.KEEP): PRIOR,
    **{(state, Act.REASSIGN): State.CANCELLED for state in (State.NOT_OURS, State.OBSTACLE)},
    **{(state, Act.CANCEL): State.CANCELLED for state in (*_OPEN, State.REPORTED)},
}
"""Every move there is; a pair that is not here is refused."""


def move(state: State, act: Act, prior: State | None = None) -> State:
    """Return the state after the act; `prior` is the state before the one that waits for an answer.

    Raises ActRefused with a sentence where the table has no such move.
    """
    try:
        after = MOVES[state, act]
    except KeyError:
        raise ActRefused(f"Việc này đang ở trạng thái “{state.label}” nên không thể {act.label}.") from None
    return after or prior or State.IN_PROGRESS


def prior_after(state: State, act: Act, prior: State | None = None) -> State | None:
    """Return what to remember as the state before, None where the state after the act waits for no answer.

    Raises ActRefused where the table has no such move.
    """
    after = move(state, act, prior)
    if MOVES[state, act] is PRIOR or not after.waits_for_answer:
        return None
    return prior if after is state else state


def is_late(due_on: date | None, state: State, today: date) -> bool:
    """Whether the agency still owes something whose last day has passed."""
    return due_on is not None and not state.is_done_by_agency and today > due_on


@dataclass(frozen=True, slots=True)
class Standing:
    """How an assignment stands today, in words that do not need colour."""

    late_days: int
    """Calendar days past the last day on time; 0 when not late."""
    days_left: int | None
    """Calendar days to the last day on time, 0 on that day; None when undated, late or done."""


def standing(due_on: date | None, state: State, today: date) -> Standing:
    """Return how the assignment stands."""
    if due_on is None or state.is_done_by_agency:
        return Standing(0, None)
    if is_late(due_on, state, today):
        return Standing((today - due_on).days, None)
    return Standing(0, (due_on - today).days)
