"""What is looked for in a list: filters and words as they are typed, and what they find."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assignments import State, standing
from domain.buttons import Button, Verb, choice
from domain.filters import READ, Filter, Search, of_kind, read
from domain.finding import ranked, words_of

TODAY = date(2026, 1, 14)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("quá hạn", "Đã qua hạn"),
        ("qua han", "Đã qua hạn"),
        ("trễ hạn", "Đã qua hạn"),
        ("tuần này", "Tuần này"),
        ("tuan sau", "Tuần sau"),
        ("tháng 3", "Tháng 3/2026"),
        ("thang 03/2027", "Tháng 3/2027"),
        ("tháng 3 năm 2027", "Tháng 3/2027"),
        ("tháng này", "Tháng 1/2026"),
        ("tháng sau", "Tháng 2/2026"),
        ("quý II", "Quý 2/2026"),
        ("quy 4/2027", "Quý 4/2027"),
        ("sắp đến hạn", "Sắp đến hạn"),
        ("gần hạn", "Sắp đến hạn"),
        ("đã báo cáo", "Đã báo cáo"),
        ("không hạn", "Chưa có hạn"),
        ("chưa có hạn", "Chưa có hạn"),
        ("không có thời hạn", "Chưa có hạn"),
        ("hôm nay", "Hôm nay"),
        ("thủ tục", "“thủ tục”"),
        ("các việc về một cửa", "“một cửa”"),
        ("việc quá hạn tháng 3 TTHC", "Đã qua hạn, Tháng 3/2026, “TTHC”"),
        ("trẻ em", "“trẻ em”"),
        ("tháng 13", "“tháng 13”"),
        ("45/KH-STP", "“45/KH-STP”"),
        ("việc", ""),
        ("", ""),
    ],
)
def test_what_the_words_look_for(typed: str, label: str) -> None:
    assert read(typed, TODAY).label == label


@given(st.lists(st.sampled_from([*"tháng 3/2026", "quý 2/2026", "thủ tục", "một cửa", "a:b", "45/KH-STP"])))
def test_a_search_fits_a_button_and_means_the_same_when_it_is_pressed(said: list[str]) -> None:
    search = read(" ".join(said), TODAY)
    key = choice("Trang sau", Verb.LIST, "find", 999, search.key).key
    button = Button.unpack(key)
    assert button is not None
    assert read(button.word(2), TODAY) == search


@given(st.text(max_size=200))
def test_no_words_break_it(said: str) -> None:
    search = read(said, TODAY)
    choice("Trang sau", Verb.LIST, "find", 999, search.key)
    ranked(search.words, {1: (said,)})


def takes(kind: Filter, due_on: date | None, state: State = State.ACCEPTED) -> bool:
    return of_kind(kind, TODAY).takes(due_on, state, standing(due_on, state, TODAY))


def test_the_edges_of_each_filter() -> None:
    assert takes(Filter.LATE, date(2026, 1, 13))
    assert not takes(Filter.LATE, TODAY)
    assert not takes(Filter.LATE, date(2026, 1, 13), State.REPORTED)
    assert takes(Filter.SOON, TODAY)
    assert takes(Filter.SOON, date(2026, 1, 21))
    assert not takes(Filter.SOON, date(2026, 1, 22))
    assert not takes(Filter.SOON, date(2026, 1, 13))
    assert takes(Filter.WEEK, date(2026, 1, 12))
    assert takes(Filter.WEEK, date(2026, 1, 18))
    assert not takes(Filter.WEEK, date(2026, 1, 19))
    assert takes(Filter.NEXT_WEEK, date(2026, 1, 19))
    assert takes(Filter.MONTH, date(2026, 1, 31))
    assert not takes(Filter.MONTH, date(2026, 2, 1))
    assert takes(Filter.QUARTER, date(2026, 3, 31))
    assert not takes(Filter.QUARTER, date(2026, 4, 1))
    assert takes(Filter.REPORTED, None, State.REPORTED)
    assert takes(Filter.UNDATED, None)
    assert not takes(Filter.UNDATED, None, State.REPORTED)
    assert not takes(Filter.WEEK, None)
    assert Search((of_kind(Filter.LATE, TODAY), of_kind(Filter.WEEK, TODAY))).takes(
        date(2026, 1, 12), State.ACCEPTED, standing(date(2026, 1, 12), State.ACCEPTED, TODAY)
    )


TEXTS = {
    1: ("Rà soát thủ tục hành chính của ngành", "Báo cáo rà soát", "24/KH-UBND", "I. Cải cách"),
    2: ("Niêm yết công khai tại bộ phận Một cửa", "Thông báo", "24/KH-UBND 45/KH-STP", "II. Một cửa"),
    3: ("Tập huấn nghiệp vụ KSTT", "", "24/KH-UBND", "II. Một cửa"),
}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("TTHC", [1]),
        ("thủ tục hành chính", [1]),
        ("kiểm soát thủ tục", [3]),
        ("kstt", [3]),
        ("mot cua", [2, 3]),
        ("niêm", [2]),
        ("45/KH-STP", [2]),
        ("rà soát xyz", [1]),
        ("rà abc xyz", []),
        ("rà soát thủ tục xyz", [1]),
        ("không có gì như thế", []),
        ("", []),
    ],
)
def test_words_find_what_holds_most_of_them_and_the_best_first(typed: str, found: list[int]) -> None:
    assert ranked(typed, TEXTS) == found


def test_abbreviations_are_spelled_out() -> None:
    assert " ".join(words_of("UBND xã rà soát TTHC")) == "uy ban nhan dan xa ra soat thu tuc hanh chinh"


@pytest.mark.parametrize("piece", ["quá hạn ", "thang 3 ", "thang 3" + " " * 50, "quy i", "a", "tháng 99 "])
def test_a_pasted_text_is_read_quickly_and_only_its_beginning(piece: str) -> None:
    text = "tuần này " + piece * 100_000
    began = process_time()
    found = read(text[:100_000], TODAY)
    assert process_time() - began < 0.1
    assert Filter.WEEK in [one.kind for one in found.filters]
    assert found == read(text[:READ], TODAY)
