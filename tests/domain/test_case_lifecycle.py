"""The life of a case: the table against the list that a clerk can read, and every other pair refused."""

from pathlib import Path

import pytest

from domain.cases.lifecycle import MOVES, OPEN, Act, State, may, move
from domain.errors import ActRefused

_LINES = (Path(__file__).parent / "case_moves.txt").read_text(encoding="utf-8").splitlines()
WRITTEN = {
    (State(state), Act(act)): None if after == "prior" else State(after)
    for state, act, after in (line.split() for line in _LINES if not line.startswith("#"))
}
PAIRS = [(state, act) for state in State for act in Act]


def test_the_table_is_the_list_that_was_read() -> None:
    assert MOVES == WRITTEN


@pytest.mark.parametrize("state", State)
def test_every_pair_moves_or_is_refused_by_a_sentence(state: State) -> None:
    for act in Act:
        if (state, act) in WRITTEN:
            assert may(state, act)
            assert move(state, act, State.IN_PROGRESS) is (WRITTEN[state, act] or State.IN_PROGRESS)
        else:
            assert not may(state, act)
            with pytest.raises(ActRefused, match=state.label) as refused:
                move(state, act)
            assert act.label in refused.value.sentence


def test_not_being_competent_is_no_ground_and_forwarding_is_always_possible_before() -> None:
    before = (State.WAITING_RECEPTION, State.CLASSIFYING, State.SUPPLEMENT_ASKED)
    assert all(may(state, act) for state in before for act in (Act.FORWARD, Act.FORWARD_OUTSIDE))


def test_only_the_office_reroutes_and_only_an_approved_draft_answers() -> None:
    assert {state for state, act in MOVES if act is Act.ANSWER} == {State.AWAITING_APPROVAL}
    assert {MOVES[pair] for pair in MOVES if pair[1] is Act.ASK_RETURN} == {State.RETURN_ASKED}


def test_what_is_open_can_be_withdrawn_and_merged_and_what_is_not_cannot() -> None:
    for act in (Act.WITHDRAW, Act.MERGE):
        assert {state for state in State if may(state, act)} == set(OPEN)


def test_every_state_is_reached_and_every_closed_one_ends_in_the_archive() -> None:
    reached = {State.WAITING_RECEPTION} | {after for after in MOVES.values() if after}
    assert reached == set(State)
    ends = {state for state in State if not state.is_open} - {State.ARCHIVED, State.PUBLISHED}
    assert all(MOVES[state, Act.ARCHIVE] is State.ARCHIVED for state in ends)


def test_what_goes_on_inside_is_not_told() -> None:
    for state in (State.RETURN_ASKED, State.AWAITING_APPROVAL):
        assert state.told == State.IN_PROGRESS.told
        assert state.label != state.told


def test_every_state_and_act_has_its_words() -> None:
    assert all(state.label and state.told for state in State)
    assert all(act.label for act in Act)
