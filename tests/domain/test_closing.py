"""How what is unfinished stands when its plan's year ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import State, is_late
from domain.closing import Group, ends_with_the_year, group_of

DAY = date(2026, 12, 15)
DUE = st.none() | st.dates(DAY - timedelta(days=400), DAY + timedelta(days=400))


@pytest.mark.parametrize(
    ("state", "due_on", "group"),
    [
        (State.ASSIGNED, date(2026, 12, 14), Group.OVERDUE),
        (State.IN_PROGRESS, DAY, Group.AHEAD),
        (State.REPORTED, date(2026, 12, 1), Group.REPORTED),
        (State.REPORTED, None, Group.REPORTED),
        (State.OBSTACLE, None, Group.UNDATED),
    ],
)
def test_groups(state: State, due_on: date | None, group: Group) -> None:
    assert group_of(state, due_on, DAY) is group


@given(st.sampled_from([one for one in State if not one.is_final]), DUE)
def test_overdue_is_what_is_late(state: State, due_on: date | None) -> None:
    assert (group_of(state, due_on, DAY) is Group.OVERDUE) == is_late(due_on, state, DAY)


@pytest.mark.parametrize(
    ("kind", "due_on", "ends"),
    [
        ("continuous", None, True),
        ("on_event", None, True),
        ("recurring", None, True),
        ("by_other_plan", None, False),
        ("unspecified", None, False),
        ("on_event", DAY, False),
    ],
)
def test_only_work_without_a_date_ends_by_itself(kind: str, due_on: date | None, ends: bool) -> None:
    assert ends_with_the_year(kind, due_on) is ends
