"""How a due date derives from the calendar, and moves with it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar_changes import applied, entry
from domain.reckoning import After, Held, LastWorking, Named, Reckoning, due, from_json, moved, to_json
from domain.workdays import DayKind
from tests.domain.calendars import TET

TODAY = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("reckoning", "on"),
    [
        (Named(date(2026, 2, 17)), date(2026, 2, 17)),
        (LastWorking(date(2026, 1, 31)), date(2026, 1, 30)),
        (LastWorking(date(2026, 2, 20)), date(2026, 2, 13)),
        (After(date(2025, 12, 30), 5), date(2026, 1, 8)),
        (After(date(2026, 2, 13), 5), date(2026, 2, 27)),
        (Held(Named(date(2026, 2, 13)), date(2026, 2, 10), date(2026, 2, 12)), date(2026, 2, 24)),
        (Held(LastWorking(date(2026, 1, 31)), date(2026, 1, 29), date(2026, 1, 30)), date(2026, 2, 2)),
    ],
)
def test_a_date_by_the_calendar(reckoning: Reckoning, on: date) -> None:
    assert due(reckoning, TET) == on


def test_a_date_moves_with_the_calendar_but_never_back_behind_today() -> None:
    holiday = entry(TET, date(2026, 1, 30), DayKind.HOLIDAY, "12/QĐ-TTg", TODAY)
    after = applied(TET, holiday.changes)
    monthly = LastWorking(date(2026, 1, 31))
    assert moved(monthly, date(2026, 1, 30), after, TODAY) == date(2026, 1, 29)
    assert moved(monthly, date(2026, 1, 30), after, date(2026, 1, 29)) == date(2026, 1, 29)
    assert moved(monthly, date(2026, 1, 30), after, date(2026, 1, 30)) == date(2026, 1, 30)
    assert moved(monthly, date(2026, 1, 29), TET, date(2026, 3, 1)) == date(2026, 1, 30), "later is always right"
    assert moved(Named(date(2026, 1, 30)), date(2026, 1, 30), after, TODAY) == date(2026, 1, 30)


DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))
SIMPLE = st.one_of(st.builds(Named, DAYS), st.builds(LastWorking, DAYS), st.builds(After, DAYS, st.integers(0, 20)))
RECKONINGS = st.recursive(
    SIMPLE,
    lambda of: st.tuples(of, DAYS, st.integers(0, 10)).map(
        lambda given: Held(given[0], given[1], given[1] + timedelta(days=given[2]))
    ),
    max_leaves=3,
)


@given(RECKONINGS)
def test_what_is_kept_is_read_back(reckoning: Reckoning) -> None:
    assert from_json(to_json(reckoning)) == reckoning


def test_what_was_not_kept_so_is_refused() -> None:
    with pytest.raises(ValueError, match="guessed"):
        from_json({"how": "guessed"})


@given(RECKONINGS, DAYS, DAYS)
def test_nobody_is_made_late_by_the_calendar(reckoning: Reckoning, old: date, today: date) -> None:
    new = moved(reckoning, old, TET, today)
    assert new == old or new > old or new >= today
