"""What each kind of deadline becomes for one agency on the day of issue."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import (
    AnyOf,
    ByDate,
    ByOtherPlan,
    Continuous,
    Deadline,
    Occurrences,
    OnEvent,
    Period,
    Recurring,
    Unspecified,
)
from domain.duties import KINDS_WITHOUT_DATE, duties
from tests.domain.calendars import TET

ISSUE = date(2026, 1, 12)


def _due(deadline: Deadline, *, on: date = ISSUE, before: bool = False) -> list[tuple[str, str | None]]:
    found = duties(deadline, on=on, strictly_before=before, calendar=TET)
    return [(duty.period, f"{duty.due_on:%d/%m/%Y}" if duty.due_on else None) for duty in found]


def test_a_date_is_one_duty() -> None:
    assert _due(ByDate(date(2026, 1, 30))) == [("", "30/01/2026")]


def test_before_a_date_ends_the_day_before() -> None:
    assert _due(ByDate(date(2026, 1, 20), inclusive=False)) == [("", "19/01/2026")]


def test_a_period_is_one_duty_that_starts() -> None:
    (duty,) = duties(Period(date(2026, 3, 1), date(2026, 6, 30)), on=ISSUE, strictly_before=False, calendar=TET)
    assert (duty.starts_on, duty.due_on) == (date(2026, 3, 1), date(2026, 6, 30))


def test_occurrences_are_one_duty_a_period() -> None:
    months = Occurrences((Period(date(2026, 3, 1), date(2026, 3, 31)), Period(date(2026, 6, 1), date(2026, 6, 30))))
    assert _due(months) == [("2026-03", "31/03/2026"), ("2026-06", "30/06/2026")]


@pytest.mark.parametrize(
    ("deadline", "before", "expected"),
    [
        (Recurring(("month",), 25), False, [("2026-01", "25/01/2026"), ("2026-02", "25/02/2026")]),
        (Recurring(("month",), 25), True, [("2026-01", "24/01/2026"), ("2026-02", "24/02/2026")]),
        (Recurring(("month",), 10), True, [("2026-02", "09/02/2026"), ("2026-03", "09/03/2026")]),
        (Recurring(("month",)), False, [("2026-01", "30/01/2026"), ("2026-02", "27/02/2026")]),
        (Recurring(("month",), 31), False, [("2026-01", "31/01/2026"), ("2026-02", "28/02/2026")]),
        (Recurring(("quarter",)), False, [("2026-Q1", "31/03/2026"), ("2026-Q2", "30/06/2026")]),
        (Recurring(("quarter",), 15), False, [("2026-Q1", "15/03/2026"), ("2026-Q2", "15/06/2026")]),
        (Recurring(("half_year",)), False, [("2026-H1", "30/06/2026"), ("2026-H2", "31/12/2026")]),
        (Recurring(("year",), None, 11), False, [("2026", "30/11/2026"), ("2027", "30/11/2027")]),
        (Recurring(("year",), 20, 11), True, [("2026", "19/11/2026"), ("2027", "19/11/2027")]),
        (
            Recurring(("half_year", "year")),
            False,
            [("2026-H1", "30/06/2026"), ("2026-H2", "31/12/2026"), ("2026", "31/12/2026"), ("2027", "31/12/2027")],
        ),
        (Recurring(("week",)), False, [("định kỳ", None)]),
        (Recurring(), False, [("định kỳ", None)]),
        (Recurring(on_demand=True), False, [("định kỳ", None)]),
    ],
)
def test_what_comes_back_gives_this_period_and_the_next(
    deadline: Recurring, before: bool, expected: list[tuple[str, str | None]]
) -> None:
    assert _due(deadline, before=before) == expected


def test_a_periods_end_without_a_day_is_its_last_working_day() -> None:
    """31/01/2026 is a Saturday: the month's report is due on Friday the 30th."""
    assert _due(Recurring(("month",)))[0] == ("2026-01", "30/01/2026")


def test_on_the_last_day_the_period_still_counts() -> None:
    assert _due(Recurring(("month",), 25), on=date(2026, 1, 25))[0][0] == "2026-01"
    assert _due(Recurring(("month",), 25), on=date(2026, 1, 26))[0][0] == "2026-02"


@pytest.mark.parametrize(
    ("deadline", "period"),
    [
        (Continuous(2026), "thường xuyên"),
        (OnEvent(), "chưa có hạn"),
        (ByOtherPlan("Kế hoạch riêng"), "chưa có hạn"),
        (Unspecified(), "chưa có hạn"),
    ],
)
def test_what_has_no_date_is_one_duty_without_one(deadline: Deadline, period: str) -> None:
    assert _due(deadline) == [(period, None)]


def test_what_waits_for_a_date_is_not_what_goes_on_all_year() -> None:
    assert set(KINDS_WITHOUT_DATE) == {"on_event", "by_other_plan", "unspecified"}


def test_any_of_is_the_union() -> None:
    both = AnyOf((ByDate(date(2026, 3, 31)), Recurring(("quarter",)), Continuous()))
    assert _due(both) == [
        ("", "31/03/2026"),
        ("2026-Q1", "31/03/2026"),
        ("2026-Q2", "30/06/2026"),
        ("thường xuyên", None),
    ]


def test_two_dates_in_one_cell_are_told_apart() -> None:
    twice = AnyOf((ByDate(date(2026, 3, 31)), ByDate(date(2026, 9, 30))))
    labels = [label for label, _ in _due(twice)]
    assert len(set(labels)) == 2


UNITS = st.lists(st.sampled_from(["month", "quarter", "half_year", "year"]), min_size=1, max_size=3, unique=True)


@given(units=UNITS, on=st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_nothing_that_comes_back_is_late_when_it_is_given(units: list[str], on: date) -> None:
    found = duties(Recurring(tuple(units)), on=on, strictly_before=False, calendar=TET)  # type: ignore[arg-type]
    assert len(found) == 2 * len(units)
    assert len({duty.period for duty in found}) == len(found)
    for duty in found:
        assert duty.due_on is not None
        assert duty.starts_on is not None
        assert duty.starts_on <= duty.due_on
        assert on <= duty.due_on
