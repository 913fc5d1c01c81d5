"""Reporting periods: read, named, in order, with their cut-off windows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ActRefused
from domain.periods import Period

CODES = st.builds(
    lambda year, part: f"{year}{part}",
    st.integers(2001, 2098),
    st.sampled_from(["", "-9M", *(f"-Q{n}" for n in range(1, 5)), "-H1", "-H2", *(f"-{n:02}" for n in range(1, 13))]),
)


@pytest.mark.parametrize(
    ("code", "label", "start", "end", "opens", "closes"),
    [
        ("2026-03", "tháng 3 năm 2026", (2026, 3, 1), (2026, 3, 31), (2026, 2, 15), (2026, 3, 14)),
        ("2026-01", "tháng 1 năm 2026", (2026, 1, 1), (2026, 1, 31), (2025, 12, 15), (2026, 1, 14)),
        ("2026-q1", "quý I năm 2026", (2026, 1, 1), (2026, 3, 31), (2025, 12, 15), (2026, 3, 14)),
        ("2026-Q4", "quý IV năm 2026", (2026, 10, 1), (2026, 12, 31), (2026, 9, 15), (2026, 12, 14)),
        ("2026-H1", "6 tháng đầu năm 2026", (2026, 1, 1), (2026, 6, 30), (2025, 12, 15), (2026, 6, 14)),
        ("2026-H2", "6 tháng cuối năm 2026", (2026, 7, 1), (2026, 12, 31), (2026, 6, 15), (2026, 12, 14)),
        ("2026-9M", "9 tháng đầu năm 2026", (2026, 1, 1), (2026, 9, 30), (2025, 12, 15), (2026, 9, 14)),
        ("2026", "năm 2026", (2026, 1, 1), (2026, 12, 31), (2025, 12, 15), (2026, 12, 14)),
    ],
)
def test_what_a_code_means(
    code: str,
    label: str,
    start: tuple[int, int, int],
    end: tuple[int, int, int],
    opens: tuple[int, int, int],
    closes: tuple[int, int, int],
) -> None:
    period = Period.read(code)
    assert (period.label, period.start, period.end) == (label, date(*start), date(*end))
    assert period.cut_off() == (date(*opens), date(*closes))


@pytest.mark.parametrize("text", ["", "26-Q1", "2026-Q5", "2026-13", "2026-H3", "2026Q1", "quý I", "2026-00", "1999"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ActRefused, match="2026-Q1"):
        Period.read(text)


@given(CODES)
def test_codes_and_neighbours_lead_back(code: str) -> None:
    period = Period.read(code)
    assert period.code == code
    assert period.before.after == period.after.before == period
    assert period.before.end < period.start or period.months == 9
    assert period.before.months == period.months


@given(CODES.filter(lambda code: not code.endswith("9M")))
def test_windows_of_one_length_leave_no_day_out_and_take_none_twice(code: str) -> None:
    period = Period.read(code)
    assert period.before.cut_off()[1] + timedelta(days=1) == period.cut_off()[0]


@given(st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_a_day_lies_in_its_month_and_quarter(day: date) -> None:
    assert day in Period.month_of(day)
    assert day in Period.quarter_of(day)
    assert Period.month_of(day).start in Period.quarter_of(day)
