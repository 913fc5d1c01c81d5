"""Local time: what an office in Viet Nam means by a day and an hour."""

from datetime import UTC, date, datetime

import pytest

from domain.local import VIETNAM, local, long_day, short_day, today


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 11, 16, 59, 59, tzinfo=UTC), date(2026, 1, 11)),
        (datetime(2026, 1, 11, 17, 0, tzinfo=UTC), date(2026, 1, 12)),
        (datetime(2026, 6, 30, 23, 30, tzinfo=VIETNAM), date(2026, 6, 30)),
    ],
)
def test_the_day_turns_at_midnight_in_viet_nam(moment: datetime, day: date) -> None:
    assert today(moment) == day


def test_seven_hours_ahead_all_the_year() -> None:
    for month in (1, 7):
        assert local(datetime(2026, month, 1, 1, 0, tzinfo=UTC)).hour == 8


def test_days_in_words() -> None:
    assert long_day(date(2026, 1, 15)) == "thứ Năm 15/01/2026"
    assert long_day(date(2026, 1, 18)) == "Chủ nhật 18/01/2026"
    assert short_day(date(2026, 2, 3)) == "03/02/2026"
