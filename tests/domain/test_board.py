"""The marks of a plan's board."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import State
from domain.board import Mark, cell, mark
from domain.lateness import Lateness


@pytest.mark.parametrize(
    ("state", "stands", "said"),
    [
        (State.ASSIGNED, None, Mark.ASSIGNED),
        (State.ASSIGNED, Lateness.LATE, Mark.LATE),
        (State.OBSTACLE, Lateness.LATE, Mark.LATE),
        (State.OBSTACLE, Lateness.WAITING_FOR_OTHER, Mark.OBSTACLE),
        (State.IN_PROGRESS, Lateness.ASSIGNED_LATE, Mark.EXCUSED),
        (State.ACCEPTED, Lateness.WAITING_FOR_OTHER, Mark.EXCUSED),
        (State.EXTENSION_REQUESTED, Lateness.EXTENSION_PENDING, Mark.EXTENSION),
        (State.REPORTED, None, Mark.REPORTED),
        (State.CONFIRMED, None, Mark.DONE),
        (State.CANCELLED, None, None),
    ],
)
def test_a_mark_says_the_state_and_whose_delay_it_is(state: State, stands: Lateness | None, said: Mark | None) -> None:
    assert mark(state, stands) is said


def test_every_state_but_the_cancelled_has_a_mark_and_letters_tell_them_apart() -> None:
    assert {state for state in State if mark(state, None) is None} == {State.CANCELLED}
    assert len({one.letter for one in Mark}) == len(Mark)
    assert all(one.label for one in Mark)


@given(st.lists(st.tuples(st.sampled_from(Mark), st.integers(1, 99)), min_size=1, max_size=12))
def test_a_cell_shows_its_worst_and_counts_all(found: list[tuple[Mark, int]]) -> None:
    given_ = [(one, f"NV-{at:04}", days) for at, (one, days) in enumerate(found)]
    shown = cell(given_)
    order = list(Mark)
    assert shown.of == len(found)
    assert shown.done == sum(one is Mark.DONE for one, _ in found)
    assert order.index(shown.mark) == min(order.index(one) for one, _ in found)
    assert shown.late_days == max(days for one, days in found if one is shown.mark)
    assert (shown.mark, shown.code, shown.late_days) in given_
