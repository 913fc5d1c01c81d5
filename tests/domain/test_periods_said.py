"""Reporting periods as people type them."""

from datetime import date

import pytest

from domain.errors import ActRefused
from domain.periods_said import period_said

TODAY = date(2026, 4, 2)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("quý 1/2026", "2026-Q1"),
        ("Quý I năm 2026", "2026-Q1"),
        ("quy iv 2025", "2025-Q4"),
        ("QUÝ 3", "2026-Q3"),
        ("tháng 3", "2026-03"),
        ("tháng 03/2026", "2026-03"),
        ("thang 12-2025", "2025-12"),
        ("6 tháng đầu năm", "2026-H1"),
        ("sáu tháng cuối năm 2025", "2025-H2"),
        ("9 tháng đầu năm 2026", "2026-9M"),
        ("cả năm 2025", "2025"),
        ("năm 2026", "2026"),
        ("2026-q1", "2026-Q1"),
        (" 2026 ", "2026"),
    ],
)
def test_a_period_is_read(typed: str, code: str) -> None:
    assert period_said(typed, TODAY).code == code


@pytest.mark.parametrize("typed", ["quý 5", "tháng 13", "tháng 0", "quý này nhé", "20266", "6 tháng", "x" * 200, ""])
def test_what_is_no_period_is_asked_again(typed: str) -> None:
    with pytest.raises(ActRefused, match="Xin gõ như: quý 1/2026") as refused:
        period_said(typed, TODAY)
    assert len(refused.value.sentence) < 200
