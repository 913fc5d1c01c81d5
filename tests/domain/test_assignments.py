"""The life of an assignment: every pair of state and act, those that are not in the table refused."""

from datetime import date
from itertools import product

import pytest

from domain.assignments import MOVES, Act, Standing, State, is_late, move, prior_after, standing
from domain.errors import ActRefused

FREE = ("assigned", "accepted", "in_progress", "returned", "obstacle")
WORKING = (*FREE, "extension_requested", "not_ours")

ALLOWED = {
    ("assigned", "accept"): "accepted",
    **{(state, "progress"): "in_progress" for state in FREE},
    ("extension_requested", "progress"): "extension_requested",
    **{(state, "report"): "reported" for state in WORKING},
    **{(state, "obstruct"): "obstacle" for state in FREE},
    **{(state, "ask_extension"): "extension_requested" for state in FREE},
    **{(state, "disown"): "not_ours" for state in FREE},
    **{(state, "cancel"): "cancelled" for state in (*WORKING, "reported")},
    ("extension_requested", "withdraw"): "before",
    ("extension_requested", "grant"): "before",
    ("extension_requested", "refuse"): "before",
    ("not_ours", "withdraw"): "before",
    ("not_ours", "keep"): "before",
    ("not_ours", "reassign"): "cancelled",
    ("obstacle", "reassign"): "cancelled",
    ("obstacle", "answer"): "in_progress",
    ("reported", "confirm"): "confirmed",
    ("reported", "return"): "returned",
}
"""Written out once more, by hand: the table of the program must be this one. "before" is the state before."""

BEFORE = State.RETURNED


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_pair_moves_or_is_refused(state: State, act: Act) -> None:
    expected = ALLOWED.get((state.value, act.value))
    if expected is not None:
        assert move(state, act, BEFORE) is (BEFORE if expected == "before" else State(expected))
        return
    with pytest.raises(ActRefused) as refused:
        move(state, act)
    assert state.label in refused.value.sentence
    assert act.label in refused.value.sentence
    assert refused.value.sentence.endswith(".")


def test_the_table_holds_nothing_else() -> None:
    assert {(state.value, act.value): after or "before" for (state, act), after in MOVES.items()} == ALLOWED


@pytest.mark.parametrize(("state", "act"), sorted(MOVES))
def test_the_state_before_is_remembered_while_an_answer_is_waited_for(state: State, act: Act) -> None:
    after = move(state, act, BEFORE)
    kept = prior_after(state, act, BEFORE)
    if MOVES[state, act] is None or not after.waits_for_answer:
        assert kept is None
    else:
        assert kept is (BEFORE if after is state else state)


def test_asked_in_an_obstacle_and_refused_the_obstacle_stands_again() -> None:
    state = move(State.OBSTACLE, Act.ASK_EXTENSION)
    assert move(state, Act.REFUSE, prior_after(State.OBSTACLE, Act.ASK_EXTENSION)) is State.OBSTACLE


def test_without_a_state_before_the_work_goes_on() -> None:
    assert move(State.EXTENSION_REQUESTED, Act.GRANT) is State.IN_PROGRESS


def test_what_is_final_has_no_way_out() -> None:
    assert {state for state in State if state.is_final} == {State.CONFIRMED, State.CANCELLED}
    assert not [pair for pair in MOVES if pair[0].is_final]


def test_when_reminders_and_climbing_rest() -> None:
    resting = {"reported", "confirmed", "cancelled", "extension_requested"}
    assert {state.value for state in State if state.suspends_reminders} == resting
    assert {state.value for state in State if state.suspends_climbing} == resting | {"obstacle", "not_ours"}


def test_every_state_and_act_has_its_words() -> None:
    assert len({state.label for state in State}) == len(State)
    assert len({act.label for act in Act}) == len(Act)


DUE = date(2026, 1, 19)


@pytest.mark.parametrize(
    ("state", "today", "late", "expected"),
    [
        (State.ASSIGNED, date(2026, 1, 12), False, Standing(0, 7)),
        (State.ASSIGNED, date(2026, 1, 19), False, Standing(0, 0)),
        (State.ASSIGNED, date(2026, 1, 20), True, Standing(1, None)),
        (State.OBSTACLE, date(2026, 1, 29), True, Standing(10, None)),
        (State.RETURNED, date(2026, 1, 20), True, Standing(1, None)),
        (State.REPORTED, date(2026, 1, 29), False, Standing(0, None)),
        (State.CONFIRMED, date(2026, 1, 29), False, Standing(0, None)),
        (State.CANCELLED, date(2026, 1, 29), False, Standing(0, None)),
    ],
)
def test_how_it_stands(state: State, today: date, late: bool, expected: Standing) -> None:
    assert is_late(DUE, state, today) is late
    assert standing(DUE, state, today) == expected


def test_without_a_date_nothing_is_late() -> None:
    assert not is_late(None, State.ASSIGNED, date(2030, 1, 1))
    assert standing(None, State.ASSIGNED, date(2030, 1, 1)) == Standing(0, None)
