"""The table of what becomes of a leader's word."""

import pytest

from domain.directions import MOVES, Act, Kind, State, move
from domain.errors import ActRefused


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (State.ASKED, {Act.PASS: State.PASSED, Act.REPLY: State.CLOSED, Act.WITHDRAW: State.WITHDRAWN}),
        (State.PASSED, {Act.ANSWER: State.ANSWERED, Act.REPLY: State.CLOSED, Act.WITHDRAW: State.WITHDRAWN}),
        (State.ANSWERED, {Act.RETURN: State.PASSED, Act.DELIVER: State.CLOSED}),
        (State.CLOSED, {}),
        (State.WITHDRAWN, {}),
    ],
)
def test_what_may_be_done_in_each_state(state: State, allowed: dict[Act, State]) -> None:
    for act in Act:
        if act in allowed:
            assert move(state, act) is allowed[act]
        else:
            with pytest.raises(ActRefused, match=act.label):
                move(state, act)


def test_nothing_reaches_the_agency_or_comes_back_but_by_the_office() -> None:
    assert {act for (_, act), after in MOVES.items() if after is State.PASSED} == {Act.PASS, Act.RETURN}
    assert {act for (_, act), after in MOVES.items() if after is State.CLOSED} == {Act.REPLY, Act.DELIVER}
    assert all(act.by_office for act in (Act.PASS, Act.RETURN, Act.REPLY, Act.DELIVER))
    assert not any(act.by_office for act in (Act.ANSWER, Act.WITHDRAW))


def test_open_until_it_is_answered_or_taken_back() -> None:
    assert [state for state in State if not state.is_open] == [State.CLOSED, State.WITHDRAWN]
    assert [state for state in State if state.waits_for_office] == [State.ASKED, State.ANSWERED]
    assert {kind.label for kind in Kind} == {"yêu cầu giải trình", "ý kiến chỉ đạo"}
