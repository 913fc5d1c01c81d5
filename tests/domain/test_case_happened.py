"""When and where it happened, read from one answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.happened import Happened, happened_of
from domain.errors import ActRefused

TODAY = date(2026, 1, 12)


@pytest.mark.parametrize(
    ("text", "on", "place"),
    [
        ("sáng 12/01, tại Một cửa xã Lam Sơn", date(2026, 1, 12), "Một cửa xã Lam Sơn"),
        ("9h ngày 5/1/2026 ở trụ sở UBND phường", date(2026, 1, 5), "trụ sở UBND phường"),
        ("ngày 3 tháng 12 năm 2025; Trung tâm PVHCC", date(2025, 12, 3), "Trung tâm PVHCC"),
        ("20/12 tại Sở Tư pháp", date(2025, 12, 20), "Sở Tư pháp"),
        ("chieu qua, mot cua xa Lam Son", date(2026, 1, 11), "mot cua xa Lam Son"),
        ("hôm kia\nthôn Đông", date(2026, 1, 10), "thôn Đông"),
        ("Thứ hai tuần trước, tại nhà văn hoá thôn 5", None, "nhà văn hoá thôn 5"),
        ("cả tháng nay, đường thôn 5", None, "đường thôn 5"),
        ("1-2-25 tại xã", date(2025, 2, 1), "xã"),
    ],
)
def test_when_and_where(text: str, on: date | None, place: str) -> None:
    found = happened_of(text, TODAY, needed=True)
    assert (found.on, found.place) == (on, place)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("tại Một cửa xã Lam Sơn", "khi nào"),
        ("sáng hôm qua", "ở đâu"),
        ("12/01/2026", "ở đâu"),
        ("tại Một cửa ngày 13/01/2026", "chưa đến"),
        ("Một cửa xã, 31/02/2025", "Không có ngày"),
        ("x" * 301, "ngắn hơn"),
    ],
)
def test_what_is_missing_is_asked(text: str, missing: str) -> None:
    with pytest.raises(ActRefused, match=missing):
        happened_of(text, TODAY, needed=True)


def test_where_it_need_not_be_told_anything_goes() -> None:
    assert happened_of("không rõ", TODAY, needed=False) == Happened("không rõ", None, "")


@given(st.text(max_size=200), st.booleans())
def test_no_answer_lies_in_the_future(text: str, needed: bool) -> None:
    try:
        found = happened_of(text, TODAY, needed=needed)
    except ActRefused:
        return
    assert found.on is None or found.on <= TODAY
