"""Requests about personal data: their clocks against a calendar a clerk can check, one extension, every move."""

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.data_rights import (
    MOVES,
    PACKS,
    Act,
    Right,
    State,
    clocks,
    extended,
    is_late,
    latest_extension,
    moved,
    pack_on,
)
from domain.errors import ActRefused
from tests.domain.calendars import TET

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("right", "asked", "others", "answer_by", "act_by"),
    [
        (Right.WITHDRAW, date(2026, 3, 2), False, date(2026, 3, 4), date(2026, 3, 17)),
        (Right.WITHDRAW, date(2026, 3, 2), True, date(2026, 3, 4), date(2026, 3, 23)),  # the 22nd is a Sunday
        (Right.RESTRICT, date(2026, 1, 9), False, date(2026, 1, 12), date(2026, 1, 26)),  # the 10th is worked
        (Right.OBJECT, date(2026, 2, 13), False, date(2026, 2, 24), date(2026, 3, 2)),  # Tết; the 28th a Saturday
        (Right.SEE, date(2026, 3, 2), False, date(2026, 3, 4), date(2026, 3, 12)),
        (Right.CORRECT, date(2026, 3, 6), False, date(2026, 3, 10), date(2026, 3, 16)),
        (Right.ERASE, date(2026, 4, 10), False, date(2026, 4, 14), date(2026, 5, 4)),  # 30/4 to Sunday 3/5 are off
    ],
)
def test_the_clocks_of_a_request(right: Right, asked: date, others: bool, answer_by: date, act_by: date) -> None:
    found = clocks(right, asked, TET, others=others)
    assert (found.answer_by, found.act_by) == (answer_by, act_by)
    assert "Điều 5" in found.said


@given(st.sampled_from(Right), DAYS, st.booleans())
def test_clocks_end_on_working_days_and_never_before_the_law_s_days(right: Right, asked: date, others: bool) -> None:
    found = clocks(right, asked, TET, others=others)
    limit = pack_on(asked).limits[right]
    days = limit.with_others if others else limit.days
    assert TET.is_working(found.answer_by)
    assert TET.is_working(found.act_by)
    assert asked + timedelta(days=days) <= found.act_by
    assert asked < found.answer_by <= found.act_by


def test_every_right_has_its_limit_and_no_rule_is_older_than_the_law() -> None:
    assert all(set(pack.limits) == set(Right) for pack in PACKS)
    assert {right for right in Right if pack_on(date(2026, 5, 1)).limits[right].days == 15} == {
        Right.WITHDRAW,
        Right.RESTRICT,
        Right.OBJECT,
    }
    with pytest.raises(ValueError, match="2025"):
        pack_on(date(2025, 12, 31))


@pytest.mark.parametrize("to", [date(2026, 3, 18), date(2026, 4, 1)])
def test_one_extension_within_fifteen_days(to: date) -> None:
    asked, act_by = date(2026, 3, 2), date(2026, 3, 17)
    assert latest_extension(act_by, asked, TET) == date(2026, 4, 1)
    assert extended(act_by, asked, to, TET, times=0) == to
    with pytest.raises(ActRefused, match="một lần"):
        extended(act_by, asked, to, TET, times=1)


@pytest.mark.parametrize("to", [date(2026, 3, 16), date(2026, 3, 17), date(2026, 4, 2)])
def test_an_extension_out_of_bounds_is_refused(to: date) -> None:
    with pytest.raises(ActRefused, match="01/04/2026"):
        extended(date(2026, 3, 17), date(2026, 3, 2), to, TET, times=0)


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_every_move(state: State, act: Act) -> None:
    if (state, act) in MOVES:
        assert moved(state, act) is MOVES[state, act]
    else:
        assert state is not State.OPEN
        with pytest.raises(ActRefused):
            moved(state, act)


def test_late_only_while_open() -> None:
    day = date(2026, 3, 17)
    assert [is_late(state, day, day + timedelta(days=1)) for state in State] == [True, False, False, False]
    assert not is_late(State.OPEN, day, day)
