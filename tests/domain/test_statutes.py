"""Texts of law that have ended, as plans cite them."""

from datetime import date

import pytest

from domain.statutes import ENDED, stale


@pytest.mark.parametrize(
    "text",
    [
        "theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ",
        "thực hiện NĐ 61/2018",
        "theo quy định tại Nghị định 61/2018/NĐ-CP; 63/2010/NĐ-CP",
        "các Nghị định: 63/2010/NĐ-CP, 61/2018/NĐ-CP",
        "NGHỊ ĐỊNH SỐ 61/2018/NĐ-CP",
    ],
)
def test_a_text_that_has_ended_is_found(text: str) -> None:
    (found,) = stale(text, date(2025, 7, 1))
    assert (found.cited, found.replaced_by) == ("Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP")
    assert stale(text, date(2025, 6, 30)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định số 118/2025/NĐ-CP thay thế Nghị định số 61/2018/NĐ-CP",
        "Kế hoạch số 61/2018/KH-UBND",
        "Nghị định số 161/2018/NĐ-CP",
        "Quyết định số 61/QĐ-UBND năm 2018",
        "Nghị định số 20/2008/NĐ-CP",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert stale(text, date(2026, 12, 31)) == ()


def test_several_are_told_in_the_order_of_the_table() -> None:
    text = "Thông tư số 01/2018/TT-VPCP; Nghị định số 107/2021/NĐ-CP; Nghị định số 61/2018/NĐ-CP"
    assert [one.cited for one in stale(text, date(2026, 1, 1))] == [one.cited for one in ENDED[:3]]
