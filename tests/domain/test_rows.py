"""How people name a row of a plan's table."""

import pytest

from domain.rows import row_name


@pytest.mark.parametrize(
    ("section", "number", "name"),
    [
        (["II. KIỂM SOÁT THỦ TỤC HÀNH CHÍNH"], "4", "II.4"),
        (["II. KIỂM SOÁT", "1. Rà soát"], "1.1", "II.1.1"),
        (["II. KIỂM SOÁT", "1. Rà soát"], "a", "II.1.a"),
        (["1. Rà soát"], "1.2", "1.2"),
        (["A. NHIỆM VỤ CHUNG"], "3.", "A.3"),
        (["I. CHỈ ĐẠO"], "I.1", "I.1"),
        (["NHIỆM VỤ CHUNG"], "5", "5"),
        (["Cải cách thể chế"], "2", "2"),
        ([], "7", "7"),
        (["II. KIỂM SOÁT"], None, ""),
        (["II. KIỂM SOÁT"], "", ""),
        (["10) Việc khác"], "1", "10.1"),
    ],
)
def test_row_names(section: list[str], number: str | None, name: str) -> None:
    assert row_name(section, number) == name
