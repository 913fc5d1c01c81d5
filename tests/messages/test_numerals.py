"""Numbers in papers, as Vietnamese offices write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.numerals import change, count, points, share, shares, size


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (count(0), "0"),
        (count(3), "03"),
        (count(12), "12"),
        (count(178_842), "178.842"),
        (share(176_912, 178_842), "98,92%"),
        (share(1, 1), "100%"),
        (share(5, 0), "-"),
        (" ".join(shares(176_912, 1_930)), "98,92% 1,08%"),
        (" ".join(shares(0, 0)), "- -"),
        (points(9974, 10_000, 9634, 10_000), "tăng 3,40 điểm phần trăm"),
        (points(1, 2, 3, 4), "giảm 25,00 điểm phần trăm"),
        (points(1, 2, 2, 4), "không đổi"),
        (points(0, 0, 1, 2), None),
        (change(7, 2), "tăng 05"),
        (change(2, 14), "giảm 12"),
        (change(2, 2), "không đổi"),
    ],
)
def test_a_number_is_written(said: str | None, wanted: str | None) -> None:
    assert said == wanted


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_two_shares_make_a_hundred(first: int, second: int) -> None:
    parts = [one.removesuffix("%").replace(",", ".") for one in shares(first, second)]
    if first + second:
        assert sum(round(float(one) * 100) for one in parts) == 10_000


def test_a_file_is_as_large_as_people_say() -> None:
    said = [size(value) for value in (1, 84_600, 999_400, 1_000_000, 1_249_000, 20 * 1024 * 1024)]
    assert said == ["1 KB", "85 KB", "999 KB", "1,0 MB", "1,2 MB", "21,0 MB"]
