"""Likely the same matter: a table of pairs, and groups of cases."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.guessing import text_likeness
from domain.cases.likeness import LEAST, Told, clusters, likely, shared_places, worth_reading
from domain.words import fold

_TABLE = Path(__file__).parent / "likeness_pairs.tsv"


def _told(number: int, written: str) -> Told:
    content, about, place = written.split("|")
    return Told(number, content, about, place)


def _pairs() -> list[tuple[Told, Told, bool]]:
    lines = [one.split("\t") for one in _TABLE.read_text(encoding="utf-8").splitlines() if not one.startswith("#")]
    return [(_told(1, one), _told(2, other), expected == "same") for one, other, expected in lines]


@pytest.mark.parametrize(("one", "other", "same"), _pairs())
def test_whether_two_are_likely_the_same(one: Told, other: Told, same: bool) -> None:
    assert bool(likely(one, [other], text_likeness)) is same
    assert bool(likely(other, [one], text_likeness)) is same, "likeness has no direction"


def test_the_likeliest_come_first_and_never_more_than_asked() -> None:
    new = Told(9, "Điện mất mỗi tối ở xóm 7", "Điện lực", "xóm 7")
    others = [
        Told(1, "mất điện mỗi tối xóm 7 từ đầu tháng, tối nào cũng mất hai tiếng", "Điện lực"),
        Told(2, "Điện mất mỗi tối ở xóm 7", "Điện lực"),
        Told(3, "Điện mất mỗi tối ở xóm 7", "Điện lực"),
        Told(9, "Điện mất mỗi tối ở xóm 7", "Điện lực"),
    ]
    assert [one.id for one in likely(new, others, text_likeness, most=2)] == [2, 3]
    assert all(LEAST <= one.score <= 1 for one in likely(new, others, text_likeness))


def test_what_is_worth_a_closer_look_holds_every_likely_pair() -> None:
    for one, other, same in _pairs():
        kept = worth_reading(one, {2: fold(f"{other.content} {other.about}"), 3: fold("Bảng giá đất năm nay")})
        assert not same or kept == (2,)


def test_only_numbered_places_that_both_name_are_shown() -> None:
    one = Told(1, "Đường lầy lội ở Thôn 5, gần nhà bà Mẫu số 12", place="thôn 5")
    assert shared_places(one, Told(2, "duong thon 5 lay loi")) == ("thôn 5",)
    assert shared_places(one, Told(2, "Đường trước nhà bà Mẫu lầy lội")) == ()


def test_words_that_tell_little_are_like_nothing() -> None:
    assert not likely(Told(1, "Chậm quá", ""), [Told(2, "Chậm quá", "")], text_likeness)


def test_similar_cases_form_one_group_by_way_of_each_other() -> None:
    cases = [
        Told(1, "Thu lệ phí chứng thực cao hơn mức niêm yết, không đưa biên lai", "UBND xã Lam Sơn"),
        Told(2, "Điện mất mỗi tối ở xóm 7 từ đầu tháng", "Điện lực"),
        Told(3, "Lệ phí chứng thực thu cao hơn niêm yết và không có biên lai", "không rõ"),
        Told(4, "Mất điện mỗi tối ở xóm 7 đầu tháng", "Điện lực"),
        Told(5, "Lệ phí chứng thực cao hơn mức niêm yết, biên lai không có", "xã Lam Sơn"),
        Told(6, "Cán bộ tiếp dân nói trống không, đuổi người già về", "UBND xã Lam Sơn"),
    ]
    assert clusters(cases, text_likeness) == ((1, 3, 5), (2, 4))
    assert clusters(cases, text_likeness, least=3) == ((1, 3, 5),)


def test_a_flood_of_one_matter_is_one_group() -> None:
    cases = [Told(at, "Điện mất mỗi tối ở xóm 7 từ đầu tháng", "Điện lực") for at in range(1, 121)]
    assert clusters(cases, text_likeness) == (tuple(range(1, 121)),)


@given(st.lists(st.sampled_from([one for pair in _pairs() for one in pair[:2]]), max_size=8))
def test_groups_share_no_case(tolds: list[Told]) -> None:
    cases = [Told(at, one.content, one.about, one.place) for at, one in enumerate(tolds)]
    members = [number for group in clusters(cases, text_likeness) for number in group]
    assert len(members) == len(set(members))
