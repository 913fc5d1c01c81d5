"""Goals, values and what they say: by tables, and by properties that must hold for any figures."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ActRefused
from domain.indicators import (
    Basis,
    Goal,
    Measured,
    Verdict,
    contradiction,
    is_sure,
    judge,
    latest,
    offered,
    read_goal,
    read_parts,
    read_period,
    read_value,
    said_trend,
    said_value,
    total,
    trend,
)

NINETY = Goal(">=", Decimal(90), "%", "Tỷ lệ hồ sơ đúng hạn")


def counted(part: int, whole: int) -> Measured:
    return read_parts(str(part), str(whole), NINETY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("93,5%", "93,5%"),
        ("93.5", "93,5%"),
        ("đạt 93,5 %", "93,5%"),
        ("450/480", "93,75% (450/480)"),
        ("1.450 / 1.480 hồ sơ", "97,97% (1.450/1.480)"),
        ("450 trên tổng số 480", "93,75% (450/480)"),
        ("0/480", "0% (0/480)"),
        ("không phát sinh", "không phát sinh"),
        ("0/0", "không phát sinh"),
        ("100", "100%"),
    ],
)
def test_a_rate_is_read_as_people_write_it(text: str, said: str) -> None:
    assert said_value(NINETY, read_value(text, NINETY)) == said


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("480/450", "lớn hơn tổng"),
        ("5/0", "lớn hơn tổng"),
        ("120%", "vượt quá 100%"),
        ("450", "vượt quá 100%"),
        ("1.600", "có thể là một số đếm"),
        ("-3", "không thể âm"),
        ("-3/5", "không thể âm"),
        ("nhiều", "Chưa đọc được"),
        ("", "Chưa đọc được"),
        ("9" * 60, "không phải một con số dùng được"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(text: str, why: str) -> None:
    with pytest.raises(ActRefused, match=why):
        read_value(text, NINETY)


def test_growth_may_exceed_the_whole_and_counts_are_no_rates() -> None:
    growth = Goal(">=", Decimal(20), "%", "Tỷ lệ hồ sơ trực tuyến tăng so với năm trước")
    assert read_value("135%", growth).value == 135
    people = Goal(">=", Decimal(1600), "hồ sơ/người", "Năng suất")
    assert read_value("1.650", people).value == 1650
    for text in ("95%", "3/4"):
        with pytest.raises(ActRefused):
            read_value(text, people)


@pytest.mark.parametrize(
    ("text", "said", "content"),
    [
        ("Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 50% năm 2026", "≥ 50%", "Tỷ lệ hồ sơ trực tuyến"),
        ("100% hồ sơ được số hóa", "= 100%", "hồ sơ được số hóa"),
        ("Mức độ hài lòng: trên 90%", "> 90%", "Mức độ hài lòng"),
        ("Thời gian chờ không quá 15 phút/lượt", "≤ 15 phút/lượt", "Thời gian chờ"),
        ("Năng suất 1.600 hồ sơ/người", "= 1.600 hồ sơ/người", "Năng suất"),
        ("Tỷ lệ trễ hạn dưới 1,5%", "< 1,5%", "Tỷ lệ trễ hạn"),
    ],
)
def test_a_goal_is_read_from_its_words(text: str, said: str, content: str) -> None:
    goal = read_goal(text)
    assert (goal.said, goal.content) == (said, content)


@pytest.mark.parametrize("text", ["Nâng cao mức độ hài lòng", "Đạt 50% năm nay và 60% năm sau", ""])
def test_words_without_one_figure_are_no_goal(text: str) -> None:
    with pytest.raises(ActRefused, match="con số"):
        read_goal(text)


@pytest.mark.parametrize(
    ("operator", "below", "at", "above"),
    [
        (">=", "missed", "met", "met"),
        (">", "missed", "missed", "met"),
        ("=", "missed", "met", "met"),
        ("<=", "met", "met", "missed"),
        ("<", "met", "missed", "missed"),
    ],
)
def test_each_sign_against_its_figure(operator: str, below: str, at: str, above: str) -> None:
    goal = Goal(operator, Decimal(90), "%")
    assert [judge(goal, Measured(Decimal(one))) for one in (89, 90, 91)] == [below, at, above]
    assert judge(goal, None) is Verdict.NO_VALUE
    assert judge(goal, Measured(None, Decimal(0), Decimal(0))) is Verdict.NONE_AROSE


@pytest.mark.parametrize(
    ("clause", "operator", "alone", "sure"),
    [
        ("Mức độ hài lòng đạt tối thiểu 90%", ">=", True, True),
        ("100% hồ sơ chậm giải quyết có văn bản xin lỗi", "=", True, True),
        ("Tỷ lệ hồ sơ trên môi trường mạng là 80%", "=", True, True),
        ("trong đó 60% trả trước hạn", "=", True, True),
        ("cắt giảm tối thiểu 10% chi phí tuân thủ", ">=", True, False),
        ("Số hóa đạt tỷ lệ tối thiểu tương ứng là 50%, 40%, 35%", "=", False, False),
        ("đối với 75% thủ tục còn lại", "=", True, False),
    ],
)
def test_which_figures_in_a_task_are_goals_beyond_doubt(clause: str, operator: str, alone: bool, sure: bool) -> None:
    assert is_sure(clause, operator, alone=alone) is sure


def test_a_rate_over_agencies_is_the_sum_of_parts_never_the_mean_of_rates() -> None:
    both = total(NINETY, [counted(9, 10), counted(500, 1000)])
    assert (said_value(NINETY, both.measured), both.basis) == ("50,4% (509/1.010)", Basis.PARTS)
    bare = total(NINETY, [counted(9, 10), Measured(Decimal(50))])
    assert (said_value(NINETY, bare.measured), bare.basis) == ("70%", Basis.MEAN)
    assert "trung bình cộng của 2 cơ quan" in bare.said_basis
    one = total(NINETY, [counted(9, 10), Measured(None, Decimal(0), Decimal(0))])
    assert (one.basis, one.count, one.measured) == (Basis.ONE, 1, counted(9, 10))
    assert total(NINETY, []).measured is None


def test_counts_are_added_and_rates_per_something_are_not() -> None:
    papers = Goal(">=", Decimal(20), "thủ tục")
    assert total(papers, [Measured(Decimal(12)), Measured(Decimal(9))]).measured == Measured(Decimal(21))
    minutes = Goal("<=", Decimal(15), "phút/lượt")
    assert total(minutes, [Measured(Decimal(10)), Measured(Decimal(20))]).basis is Basis.MEAN


def test_a_part_is_never_more_than_what_it_is_a_part_of() -> None:
    assert "lớn hơn số chung (450)" in contradiction(counted(450, 480), counted(451, 470))
    assert "Tổng của số “trong đó” (490)" in contradiction(counted(450, 480), counted(440, 490))
    assert contradiction(counted(450, 480), counted(300, 450)) == ""
    assert contradiction(Measured(Decimal(50)), counted(451, 470)) == ""


def test_the_trend_is_told_in_points() -> None:
    assert said_trend(trend(counted(90, 100), counted(925, 1000)), NINETY) == "tăng 2,5 điểm %"
    assert said_trend(trend(counted(90, 100), counted(80, 100)), NINETY) == "giảm 10 điểm %"
    assert said_trend(trend(counted(90, 100), counted(9, 10)), NINETY) == "không đổi"
    assert said_trend(trend(None, counted(9, 10)), NINETY) == ""
    assert said_trend(Decimal(3), Goal(">=", Decimal(1), "thủ tục")) == "tăng 3 thủ tục"


def test_the_period_that_ends_last_counts_and_of_those_the_longest() -> None:
    assert latest(["2026-Q1", "2026-03", "2026-02"]) == "2026-Q1"
    assert latest(["2026-Q4", "2026", "2026-H1"]) == "2026"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("quý 1", "2026-Q1"),
        ("Quý IV năm 2025", "2025-Q4"),
        ("tháng 3/2026", "2026-03"),
        ("6 tháng đầu năm", "2026-H1"),
        ("6 tháng cuối năm 2026", "2026-H2"),
        ("9 tháng", "2026-9M"),
        ("cả năm", "2026"),
        ("2026-Q2", "2026-Q2"),
    ],
)
def test_a_period_is_read_as_people_name_it(said: str, code: str) -> None:
    assert read_period(said, 2026).code == code


@pytest.mark.parametrize("said", ["quý 5", "tháng 13", "", "hôm qua"])
def test_what_names_no_period_is_refused(said: str) -> None:
    with pytest.raises(ActRefused, match="Kỳ báo cáo"):
        read_period(said, 2026)


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2026, 1, 12), ["2026-Q1", "2026"]),
        (date(2026, 4, 5), ["2026-Q1", "2026-Q2", "2026-03", "2026"]),
        (date(2026, 7, 1), ["2026-Q2", "2026-Q3", "2026-06", "2026-H1", "2026"]),
        (date(2027, 2, 1), ["2026-Q4", "2026-12", "2026-H1", "2026-H2", "2026-9M", "2026"]),
        (date(2025, 12, 31), []),
    ],
)
def test_the_periods_worth_offering_on_a_day(day: date, codes: list[str]) -> None:
    assert [one.code for one in offered(2026, day)] == codes


PARTS = st.integers(0, 10**7).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(st.lists(PARTS, min_size=1, max_size=12))
def test_a_total_adds_up_and_lies_between_its_members(pairs: list[tuple[int, int]]) -> None:
    values = [counted(part, whole) for part, whole in pairs]
    given_values = [one.value for one in values if one.value is not None]
    found = total(NINETY, values)
    if not given_values:
        assert found.basis is Basis.NONE
        return
    assert found.measured is not None
    assert found.measured.value is not None
    assert found.measured.part == sum(part for part, _ in pairs)
    assert found.measured.whole == sum(whole for _, whole in pairs)
    assert min(given_values) <= found.measured.value <= max(given_values)


@given(PARTS.filter(lambda pair: pair[1] > 0), st.sampled_from([">=", ">", "=", "<=", "<"]), st.integers(0, 100))
def test_what_is_shown_and_what_is_judged_never_disagree(pair: tuple[int, int], operator: str, target: int) -> None:
    goal = Goal(operator, Decimal(target), "%")
    measured = read_parts(str(pair[0]), str(pair[1]), goal)
    shown = said_value(goal, measured).split("%")[0].replace(".", "").replace(",", ".")
    assert judge(goal, measured) is judge(goal, Measured(Decimal(shown)))


@given(PARTS, PARTS)
def test_the_parts_of_a_whole_never_contradict_their_sum(one: tuple[int, int], other: tuple[int, int]) -> None:
    above = counted(one[0] + other[0], one[1] + other[1])
    assert contradiction(above, counted(*one)) == ""
    assert contradiction(above, counted(*other)) == ""


@given(st.decimals(0, 100, places=2, allow_nan=False))
def test_a_value_that_is_shown_is_read_back_the_same(value: Decimal) -> None:
    assert read_value(said_value(NINETY, Measured(value)), NINETY).value == value
