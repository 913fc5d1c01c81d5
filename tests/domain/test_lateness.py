"""Honest lateness: whatever is past its date has one reason, and nothing else is called late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import State, is_late
from domain.lateness import Circumstances, Lateness, counted, held_up, lateness, names_one
from tests.domain.calendars import TET

DUE = date(2026, 2, 27)
TODAY = date(2026, 3, 4)
ISSUED = date(2026, 1, 12)
IN_TIME, TOO_LATE = date(2026, 2, 20), date(2026, 3, 2)

OPEN = [state for state in State if not state.is_done_by_agency]


@pytest.mark.parametrize(
    ("state", "about", "expected"),
    [
        (State.IN_PROGRESS, Circumstances(ISSUED), Lateness.LATE),
        (State.RETURNED, Circumstances(ISSUED), Lateness.LATE),
        (State.OBSTACLE, Circumstances(ISSUED), Lateness.LATE),
        (State.OBSTACLE, Circumstances(ISSUED, waits_for_agency=True), Lateness.WAITING_FOR_OTHER),
        (State.EXTENSION_REQUESTED, Circumstances(ISSUED, IN_TIME), Lateness.EXTENSION_PENDING),
        (State.EXTENSION_REQUESTED, Circumstances(ISSUED, DUE), Lateness.EXTENSION_PENDING),
        (State.EXTENSION_REQUESTED, Circumstances(ISSUED, TOO_LATE), Lateness.LATE),
        (State.EXTENSION_REQUESTED, Circumstances(ISSUED, IN_TIME, True), Lateness.EXTENSION_PENDING),
        (State.IN_PROGRESS, Circumstances(ISSUED, IN_TIME), Lateness.LATE),
        (State.ASSIGNED, Circumstances(date(2026, 2, 25)), Lateness.ASSIGNED_LATE),
        (State.ASSIGNED, Circumstances(date(2026, 2, 24)), Lateness.LATE),
        (State.ASSIGNED, Circumstances(date(2026, 3, 2)), Lateness.ASSIGNED_LATE),
        (State.ASSIGNED, Circumstances(date(2026, 3, 2), None, True), Lateness.WAITING_FOR_OTHER),
        (State.REPORTED, Circumstances(ISSUED), None),
        (State.CONFIRMED, Circumstances(ISSUED), None),
        (State.CANCELLED, Circumstances(ISSUED), None),
    ],
)
def test_past_its_date(state: State, about: Circumstances, expected: Lateness | None) -> None:
    assert lateness(DUE, state, TODAY, about, TET) is expected


def test_three_working_days_are_counted_over_tet() -> None:
    """Issued on the Friday before Tết for the Tuesday after it: two working days lie between."""
    due = date(2026, 2, 24)
    assert lateness(due, State.ASSIGNED, TODAY, Circumstances(date(2026, 2, 13)), TET) is Lateness.ASSIGNED_LATE
    assert lateness(due, State.ASSIGNED, TODAY, Circumstances(date(2026, 2, 12)), TET) is Lateness.LATE


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
circumstances = st.builds(Circumstances, days, st.none() | days, st.booleans())


@given(st.none() | days, st.sampled_from(State), days, circumstances)
def test_one_reason_for_whatever_is_past_and_none_for_the_rest(
    due: date | None, state: State, today: date, about: Circumstances
) -> None:
    found = lateness(due, state, today, about, TET)
    assert (found is None) == state.is_done_by_agency
    assert (found not in {None, Lateness.ON_TIME}) == is_late(due, state, today)


@given(days, st.sampled_from(OPEN), circumstances, st.integers(1, 60))
def test_the_reason_stays_while_nothing_happens(due: date, state: State, about: Circumstances, later: int) -> None:
    first = lateness(due, state, due + timedelta(days=1), about, TET)
    assert lateness(due, state, due + timedelta(days=1 + later), about, TET) is first


@given(st.lists(st.none() | st.sampled_from(Lateness)))
def test_the_counts_make_the_whole(found: list[Lateness | None]) -> None:
    counts = dict(counted(found))
    assert sum(counts.values()) == sum(one not in {None, Lateness.ON_TIME} for one in found)
    assert Lateness.ON_TIME not in counts
    assert all(counts.values())


@pytest.mark.parametrize(
    ("asked", "wanted", "due", "today", "expected"),
    [
        (date(2026, 2, 2), date(2026, 2, 10), DUE, date(2026, 2, 11), True),
        (date(2026, 2, 2), date(2026, 2, 10), DUE, date(2026, 2, 10), False),
        (date(2026, 3, 2), date(2026, 3, 3), DUE, TODAY, False),
        (DUE, date(2026, 3, 3), DUE, TODAY, True),
    ],
)
def test_a_request_holds_up_where_it_was_made_in_time_and_is_overdue(
    asked: date, wanted: date, due: date, today: date, expected: bool
) -> None:
    assert held_up(asked, wanted, due, today) is expected


NAMES = ("Sở Tài chính", "STC", "UBND xã Lam Sơn")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chờ số liệu của Sở Tài chính", True),
        ("cho so lieu cua so tai chinh, chua co", True),
        ("Sở Tài chính", True),
        ("đã hỏi STC hai lần", True),
        ("UBND xã Lam Sơn chưa gửi", True),
        ("Thiếu kinh phí, chưa rõ nguồn tài chính", False),
        ("Máy chủ hỏng", False),
        ("", False),
    ],
)
def test_an_obstacle_that_names_an_agency(text: str, expected: bool) -> None:
    assert names_one(text, NAMES) is expected


def test_a_short_alias_names_nobody() -> None:
    assert not names_one("hồ sơ TC chưa đủ", ("TC",))
