"""A leader's word on a task or an agency: it goes by the office, and comes back answered by the office.

Nothing of it reaches an agency that the office has not passed on, and nothing of the answer reaches the leader that
the office has not seen.
"""

from enum import StrEnum

from domain.errors import ActRefused


class Kind(StrEnum):
    """What a leader can say."""

    EXPLAIN = "explain"  # yêu cầu giải trình
    INSTRUCT = "instruct"  # ý kiến chỉ đạo

    @property
    def label(self) -> str:
        """The kind in Vietnamese."""
        return {Kind.EXPLAIN: "yêu cầu giải trình", Kind.INSTRUCT: "ý kiến chỉ đạo"}[self]


class State(StrEnum):
    """Where a leader's word stands."""

    ASKED = "asked"  # the office has it
    PASSED = "passed"  # the agency has it
    ANSWERED = "answered"  # the agency has answered, the office has not passed that back
    CLOSED = "closed"  # the leader has the answer
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _LABELS[self]

    @property
    def is_open(self) -> bool:
        """Whether an answer is still waited for."""
        return self not in {State.CLOSED, State.WITHDRAWN}

    @property
    def waits_for_office(self) -> bool:
        """Whether the next word is the office's."""
        return self in {State.ASKED, State.ANSWERED}


_LABELS = {
    State.ASKED: "chờ Văn phòng chuyển",
    State.PASSED: "đã chuyển đơn vị, chờ trả lời",
    State.ANSWERED: "đơn vị đã trả lời, chờ Văn phòng trình",
    State.CLOSED: "đã trả lời lãnh đạo",
    State.WITHDRAWN: "đã rút",
}


class Act(StrEnum):
    """What can be done with a leader's word."""

    PASS = "pass"  # the office passes it on to the agency
    REPLY = "reply"  # the office answers it itself
    ANSWER = "answer"  # the agency answers
    RETURN = "return"  # the office asks the agency for a better answer
    DELIVER = "deliver"  # the office passes the answer back to the leader
    WITHDRAW = "withdraw"  # the leader takes it back

    @property
    def label(self) -> str:
        """The act in Vietnamese."""
        return _ACTS[self]

    @property
    def by_office(self) -> bool:
        """Whether it is the office's act."""
        return self in {Act.PASS, Act.REPLY, Act.RETURN, Act.DELIVER}


_ACTS = {
    Act.PASS: "chuyển đơn vị",
    Act.REPLY: "trả lời thay đơn vị",
    Act.ANSWER: "trả lời",
    Act.RETURN: "đề nghị đơn vị bổ sung",
    Act.DELIVER: "trình lãnh đạo câu trả lời",
    Act.WITHDRAW: "rút ý kiến",
}

MOVES: dict[tuple[State, Act], State] = {
    (State.ASKED, Act.PASS): State.PASSED,
    (State.ASKED, Act.REPLY): State.CLOSED,
    (State.ASKED, Act.WITHDRAW): State.WITHDRAWN,
    (State.PASSED, Act.ANSWER): State.ANSWERED,
    (State.PASSED, Act.REPLY): State.CLOSED,
    (State.PASSED, Act.WITHDRAW): State.WITHDRAWN,
    (State.ANSWERED, Act.RETURN): State.PASSED,
    (State.ANSWERED, Act.DELIVER): State.CLOSED,
}
"""Every move there is; a pair that is not here is refused."""

PATIENCE = 3
"""Working days after which one who has not answered is reminded, once."""


def move(state: State, act: Act) -> State:
    """Return the state after the act. Raises ActRefused with a sentence where the table has no such move."""
    try:
        return MOVES[state, act]
    except KeyError:
        raise ActRefused(f"Ý kiến này đang ở trạng thái “{state.label}” nên không thể {act.label}.") from None
