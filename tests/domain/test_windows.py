"""The window in which a provider lets us write."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.windows import Allowance, Standing, Window, allowance

NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("silent", "in_a_row", "package", "expected"),
    [
        (timedelta(0), 0, True, Allowance.FREE),
        (timedelta(hours=48), 7, True, Allowance.FREE),
        (timedelta(hours=48), 8, True, Allowance.PACKAGE),
        (timedelta(hours=48), 8, False, Allowance.CLOSED),
        (timedelta(hours=48, seconds=1), 0, True, Allowance.PACKAGE),
        (timedelta(hours=48, seconds=1), 0, False, Allowance.CLOSED),
        (timedelta(days=7), 0, True, Allowance.PACKAGE),
        (timedelta(days=7, seconds=1), 0, True, Allowance.CLOSED),
        (None, 0, True, Allowance.CLOSED),
    ],
)
def test_on_whose_account_a_message_goes(
    silent: timedelta | None, in_a_row: int, package: bool, expected: Allowance
) -> None:
    heard_at = None if silent is None else NOW - silent
    assert allowance(Window(package=package), Standing(heard_at, in_a_row), NOW) is expected


def test_the_provider_s_figures_are_settings() -> None:
    narrow = Window(free_hours=1, days=2, in_a_row=1)
    assert allowance(narrow, Standing(NOW, 1), NOW) is Allowance.PACKAGE
    assert allowance(narrow, Standing(NOW - timedelta(hours=2), 0), NOW) is Allowance.PACKAGE
    assert allowance(narrow, Standing(NOW - timedelta(days=3), 0), NOW) is Allowance.CLOSED
