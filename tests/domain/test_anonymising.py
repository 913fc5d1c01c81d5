"""Taking a known person out of what is kept of a case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.anonymising import without
from domain.cases.fields import Reporter
from domain.words import fold

WHO = Reporter("Trần Thị Mẫu", "số 12, thôn Mẫu Đông, xã Lam Sơn", "0912345678", email="mau@nha.example")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tôi là Trần Thị Mẫu, gọi 0912 345 678.", "Tôi là [họ tên], gọi [số điện thoại]."),
        ("toi ten tran thi mau o xa", "toi ten [họ tên] o xa"),
        ("TRẦN THỊ MẪU phản ánh", "[họ tên] phản ánh"),
        ("Nhà ở số 12 thôn Mẫu Đông, xã Lam Sơn bị ngập", "Nhà ở [địa chỉ] bị ngập"),
        ("Thư về mau@nha.example nhé", "Thư về [thư điện tử] nhé"),
        ("Cán bộ Lê Mẫu Bình hẹn lại ba lần", "Cán bộ Lê Mẫu Bình hẹn lại ba lần"),
        ("Người nhà tôi số 0987654321 cũng gặp", "Người nhà tôi số [số điện thoại] cũng gặp"),
        ("", ""),
    ],
)
def test_the_person_is_gone_and_the_matter_stays(text: str, left: str) -> None:
    assert without(text, [WHO]) == left


@given(st.text("abcđê ,.", max_size=40), st.text("abcđê ,.", max_size=40))
def test_nothing_of_the_person_is_left_whatever_stands_around(before: str, after: str) -> None:
    left = without(f"{before} {WHO.name} {WHO.phone} {after}", [WHO])
    assert fold(WHO.name) not in fold(left)
    assert WHO.phone not in left
    assert without(left, [WHO]) == left


def test_a_single_syllable_is_no_name_to_look_for() -> None:
    assert without("An toàn giao thông", [Reporter("An", "xã")]) == "An toàn giao thông"
