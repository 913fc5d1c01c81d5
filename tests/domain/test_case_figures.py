"""Figures of cases: where each counts, what must add up over any cases at all, what the public may not reckon."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_figures import (
    ON_TIME,
    SATISFIED,
    Counts,
    Ending,
    Fate,
    Handling,
    Judged,
    Line,
    Nature,
    Pace,
    Share,
    Way,
    Window,
    breaks,
    carried_over,
    columns,
    counted_on,
    counts_of,
    first_break,
    forwarding_days,
    judge,
    judged,
    median,
    percentile,
    placed,
    public,
    report,
    total,
)
from domain.case_figures.suppression import hidden_in, table
from domain.cases.decisions import Rating, Source
from domain.errors import ActRefused
from domain.indicators.judging import Verdict, said_value
from domain.indicators.judging import judge as verdict
from domain.periods import Period
from domain.workdays import WorkCalendar

Q2 = Period.read("2026-Q2")
WINDOW = Window.of(Q2, date(2026, 12, 31))
OPENS, CLOSES = date(2026, 3, 15), date(2026, 6, 14)
DUE = date(2026, 5, 8)
DAY = timedelta(days=1)


def handling(**given: object) -> Handling:
    """Return a case received in the window and due in it, other than given."""
    values = {"begun_on": date(2026, 4, 20), "due_on": DUE} | given
    return Handling("PAKN-SL-2026-000001", **values)  # type: ignore[arg-type] # each test gives what the field takes


def answered(on: date, **more: object) -> Handling:
    return handling(ending=Ending.ANSWERED, ended_on=on, **more)


@pytest.mark.parametrize(
    ("today", "opens", "closes"),
    [
        (date(2026, 12, 31), OPENS, CLOSES),
        (date(2026, 5, 5), OPENS, date(2026, 5, 5)),
        (date(2026, 1, 5), OPENS, OPENS),
    ],
)
def test_a_window_is_the_cut_off_of_its_period_as_far_as_it_has_come(today: date, opens: date, closes: date) -> None:
    window = Window.of(Q2, today)
    assert (window.opens, window.closes) == (opens, closes)
    assert (opens - DAY in window, opens in window, closes in window, closes + DAY in window) == (
        False,
        *[True] * 2,
        False,
    )


@pytest.mark.parametrize(
    ("one", "way", "fate"),
    [
        (handling(), Way.RECEIVED, Fate.OPEN_LATE),
        (handling(due_on=CLOSES), Way.RECEIVED, Fate.OPEN_IN_TIME),
        (handling(due_on=CLOSES - DAY), Way.RECEIVED, Fate.OPEN_LATE),
        (handling(due_on=None), Way.RECEIVED, Fate.OPEN_IN_TIME),
        (answered(DUE), Way.RECEIVED, Fate.DONE_IN_TIME),
        (answered(DUE + DAY), Way.RECEIVED, Fate.DONE_LATE),
        (answered(DUE + DAY, done_on=DUE), Way.RECEIVED, Fate.DONE_IN_TIME),
        (answered(CLOSES + DAY), Way.RECEIVED, Fate.OPEN_LATE),
        (answered(DUE, number=2), Way.AGAIN, Fate.DONE_IN_TIME),
        (answered(DUE, begun_on=OPENS - DAY), Way.BEFORE, Fate.DONE_IN_TIME),
        (answered(OPENS, begun_on=OPENS - DAY), Way.BEFORE, Fate.DONE_IN_TIME),
        (answered(OPENS - DAY, begun_on=OPENS - DAY), None, None),
        (handling(begun_on=CLOSES + DAY), None, None),
        (handling(ending=Ending.REFUSED, ended_on=DUE), Way.RECEIVED, Fate.REFUSED),
        (handling(ending=Ending.REFUSED_ELSEWHERE, ended_on=DUE), Way.RECEIVED, Fate.REFUSED),
        (handling(ending=Ending.GUIDED, ended_on=DUE), Way.RECEIVED, Fate.GUIDED),
        (handling(ending=Ending.OUTSIDE, ended_on=DUE), Way.RECEIVED, Fate.OUTSIDE),
        (handling(ending=Ending.MERGED, ended_on=DUE), Way.RECEIVED, Fate.MERGED),
        (handling(ending=Ending.WITHDRAWN, ended_on=DUE), Way.RECEIVED, Fate.WITHDRAWN),
    ],
)
def test_how_a_case_came_and_what_became_of_it(one: Handling, way: Way | None, fate: Fate | None) -> None:
    assert one.way(WINDOW) is way
    if fate is not None:
        assert one.fate(WINDOW) is fate


DAYS = st.dates(date(2025, 10, 1), date(2026, 12, 31))
AGENCIES, FIELDS, SOURCES = ("", "Sở Tư pháp", "UBND phường Mẫu"), ("Hộ tịch", "Đất đai"), tuple(Source)[:3]


@st.composite
def cases(draw: st.DrawFn, number: int = 0) -> list[Handling]:
    """One case with all its handlings: it may be reported again and again, and end on the day on which it began."""
    found: list[Handling] = []
    begun = draw(DAYS)
    alike = {
        "nature": draw(st.sampled_from(Nature)),
        "source": draw(st.sampled_from(SOURCES)).value,
        "agency": draw(st.sampled_from(AGENCIES)),
        "field": draw(st.sampled_from(FIELDS)),
    }
    late = False
    for at in range(1, draw(st.integers(1, 3)) + 1):
        due, ended = (draw(st.none() | st.dates(begun, begun + timedelta(most))) for most in (60, 120))
        ending = None if ended is None else draw(st.sampled_from(Ending) | st.just(Ending.ANSWERED))
        again = ending is Ending.ANSWERED and draw(st.booleans())
        back = ended + timedelta(draw(st.integers(0, 15))) if again and ended is not None else None
        one = Handling(
            f"PAKN-SL-2026-{number:06}",
            begun,
            number=at,
            due_on=due,
            ending=ending,
            ended_on=ended,
            again_on=back,
            late_before=late,
            published_on=ended if ended and draw(st.booleans()) else None,
            disputed=at > 1,
            rating=draw(st.none() | st.sampled_from(Rating)) if ending is Ending.ANSWERED else None,
            rated_on=ended,
            **alike,
        )
        found.append(one)
        late = late or one.ended_late
        if back is None:
            break
        begun = back
    return [*found[:-1], replace(found[-1], again_on=None)]


MANY = st.lists(cases(), max_size=12).map(lambda each: [one for case in each for one in case])


def line(found: list[Handling], window: Window) -> Counts:
    return total(counts_of(one, window) for one in found)


def lines(found: list[Handling], window: Window) -> list[Line]:
    ordered = sorted(found, key=_where)
    return [Line(*key, line(list(each), window)) for key, each in groupby(ordered, _where)]


def _where(one: Handling) -> tuple[str, str]:
    return one.agency, one.field


@given(MANY, DAYS, st.sampled_from(["2026-Q2", "2026-03", "2026-H1", "2026", "2026-9M"]))
def test_the_parts_of_every_row_make_its_totals_whatever_the_cases(found: list[Handling], day: date, code: str) -> None:
    window = Window.of(Period.read(code), day)
    told = lines(found, window)
    assert first_break(told) is None
    assert total(Counter(one.counts) for one in told) == line(found, window), "agencies and fields make the total"


@given(MANY, st.sampled_from(["2026-Q2", "2026-05", "2026-Q4"]))
def test_what_one_period_leaves_open_the_next_begins_with(found: list[Handling], code: str) -> None:
    period, later = Period.read(code), date(2027, 12, 31)
    now, before = (lines(found, Window.of(one, later)) for one in (period, period.before))
    assert carried_over(now, before) is None
    assert [one.counts["before"] for one in now] == [one.counts["open"] for one in before], "in each row"


@given(MANY)
def test_the_months_of_a_quarter_make_the_quarter(found: list[Handling]) -> None:
    later = date(2027, 12, 31)
    months = [line(found, Window.of(Period.read(f"2026-0{at}"), later)) for at in (4, 5, 6)]
    quarter, added = line(found, WINDOW), total(months)
    stocks = {"before", "open", "open_in_time", "open_late", "undated", "done_before", "done_new"}
    assert {key: count for key, count in quarter.items() if key not in stocks} == {
        key: count for key, count in added.items() if key not in stocks
    }
    assert (quarter["before"], quarter["open"]) == (months[0]["before"], months[2]["open"])
    assert quarter["open_late"] == months[2]["open_late"]


@given(MANY)
def test_the_indicators_hold_each_case_once_and_overdue_ones_as_late(found: list[Handling]) -> None:
    made = judged(found, WINDOW)
    assert 0 <= made.on_time <= made.whole
    assert 0 <= made.against <= made.whole
    assert made.whole - made.on_time <= made.against, "what is late counts against satisfaction"
    overdue = sum(one.way(WINDOW) is not None and one.fate(WINDOW) is Fate.OPEN_LATE for one in found)
    assert made.whole - made.on_time >= overdue


@given(cases())
def test_a_case_reported_again_and_again_is_judged_once(found: list[Handling]) -> None:
    assert judged(found, WINDOW).whole <= 1


@pytest.mark.parametrize(
    ("one", "wanted"),
    [
        (answered(DUE), Judged(1, 1, 0)),
        (answered(DUE, rating=Rating.BAD, rated_on=DUE), Judged(1, 1, 1)),
        (answered(DUE, rating=Rating.BAD, rated_on=CLOSES + DAY), Judged(1, 1, 0)),
        (answered(DUE, rating=Rating.FAIR, rated_on=DUE), Judged(1, 1, 0)),
        (answered(DUE + DAY), Judged(1, 0, 1)),
        (answered(DUE, number=2), Judged(1, 1, 0)),
        (answered(DUE, number=2, disputed=True), Judged(1, 1, 1)),
        (answered(DUE, number=2, late_before=True), Judged(1, 0, 1)),
        (answered(DUE, again_on=CLOSES), Judged()),
        (answered(DUE, again_on=CLOSES + DAY), Judged(1, 1, 0)),
        (answered(DUE, due_on=None), Judged(undated=1)),
        (handling(), Judged(1, 0, 1)),
        (handling(due_on=CLOSES), Judged()),
        (handling(ending=Ending.REFUSED, ended_on=DUE), Judged(1, 1, 0, 1)),
        (handling(ending=Ending.REFUSED_ELSEWHERE, ended_on=DUE), Judged()),
        (handling(ending=Ending.GUIDED, ended_on=DUE + DAY), Judged()),
        (handling(ending=Ending.OUTSIDE, ended_on=DUE + DAY), Judged()),
        (handling(ending=Ending.MERGED, ended_on=DUE), Judged()),
        (handling(ending=Ending.WITHDRAWN, ended_on=DUE), Judged()),
        (handling(begun_on=CLOSES + DAY), Judged()),
    ],
)
def test_what_a_case_adds_to_the_indicators(one: Handling, wanted: Judged) -> None:
    assert judge(one, WINDOW) == wanted


def test_closing_only_what_is_easy_does_not_make_the_figures_better() -> None:
    found = [answered(DUE), answered(DUE), handling(), handling(due_on=CLOSES)]
    made = judged(found, WINDOW)
    assert made.in_time.ratio == Fraction(2, 3)
    assert made.content.ratio == Fraction(2, 3)
    assert said_value(ON_TIME, made.in_time.measured(ON_TIME)) == "66,67% (2/3)"
    assert verdict(SATISFIED, made.content.measured(SATISFIED)) is Verdict.MISSED
    assert verdict(ON_TIME, Judged().in_time.measured(ON_TIME)) is Verdict.NONE_AROSE
    assert Judged().in_time.ratio is None


def test_a_broken_row_names_itself_and_both_numbers() -> None:
    right = placed(Way.RECEIVED, Fate.DONE_IN_TIME, Nature.CONDUCT, "chat", 3)
    assert breaks("Sở Tư pháp", "Hộ tịch", right) == []
    (wrong,) = breaks("Sở Tư pháp", "Hộ tịch", {**right, "from_chat": 2})
    assert wrong.sentence == (
        "Sở Tư pháp, dòng “Hộ tịch”: “Tiếp nhận trong kỳ” ghi 3, trong khi cộng các kênh tiếp nhận là 2."
    )
    for key in ("received", "conduct", "done", "done_new", "done_in_time"):
        assert breaks("Sở Tư pháp", "Hộ tịch", {**right, key: right[key] + 1}), key
    slip = carried_over([Line("A", "B", {"before": 4})], [Line("A", "B", {"open": 2}), Line("C", "B", {"open": 1})])
    assert slip is not None
    assert slip.sentence == (
        "Tổng số phản ánh, kiến nghị: “Kỳ trước chuyển sang” ghi 4, trong khi đang xử lý của kỳ trước là 3."
    )


@pytest.mark.parametrize(
    ("day", "today", "frozen", "wanted"),
    [
        (CLOSES, CLOSES + DAY, None, CLOSES),
        (CLOSES, CLOSES + DAY, OPENS, CLOSES),
        (CLOSES, CLOSES + DAY, CLOSES, CLOSES + DAY),
        (CLOSES, CLOSES, CLOSES, CLOSES),
        (CLOSES + DAY, CLOSES + DAY, CLOSES, CLOSES + DAY),
    ],
)
def test_what_a_sent_report_has_counted_is_never_counted_anew(
    day: date, today: date, frozen: date | None, wanted: date
) -> None:
    assert counted_on(day, today, frozen) == wanted


def test_every_count_has_a_column() -> None:
    keys = {one.key for one in columns()}
    for way, fate, nature in product(Way, Fate, Nature):
        assert set(placed(way, fate, nature, "chat")) <= keys


@pytest.mark.parametrize(
    ("weights", "middle", "ninety"),
    [
        ({}, None, None),
        ({3: 1}, Fraction(3), 3),
        ({2: 1, 5: 1}, Fraction(7, 2), 5),
        ({1: 9, 30: 1}, Fraction(1), 1),
        ({1: 8, 30: 2}, Fraction(1), 30),
    ],
)
def test_medians_and_percentiles(weights: dict[int, int], middle: Fraction | None, ninety: int | None) -> None:
    assert (median(weights), percentile(weights, 90)) == (middle, ninety)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.integers(1, 100))
def test_weights_say_what_the_values_themselves_say(values: list[int], rank: int) -> None:
    weights, ordered = Counter(values), sorted(values)
    count = len(ordered)
    assert median(weights) == Fraction(ordered[(count - 1) // 2] + ordered[count // 2], 2)
    found = percentile(weights, rank)
    assert found is not None
    assert sum(one <= found for one in values) * 100 >= rank * count
    assert sum(one < found for one in values) * 100 < rank * count


def test_forwarding_is_counted_in_working_days_and_age_never_rests() -> None:
    friday, monday = date(2026, 5, 15), date(2026, 5, 18)
    days = forwarding_days([(friday, monday, 2), (friday, friday, 1)], WorkCalendar((), 1).between)
    assert days == {1: 2, 0: 1}
    pace = Pace(days, Share(1, 3), {10: 9, 40: 1}, 13)
    assert (pace.median_forwarding, pace.age_p90) == (Fraction(1), 10)
    assert pace.waiting.ratio == Fraction(1, 10)


COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 12) | st.integers(0, 5), max_size=6)


@given(COUNTS, st.integers(2, 8))
def test_no_small_part_can_be_reckoned_from_its_total(parts: dict[str, int], least: int) -> None:
    hidden = hidden_in(parts, least)
    assert all(key in hidden for key, count in parts.items() if count < least)
    whole = sum(parts.values())
    if whole < least:
        assert hidden == set(parts), "nothing of a small total is shown"
        return
    rest = whole - sum(count for key, count in parts.items() if key not in hidden)
    if rest:  # parts that are all 0 tell of nobody
        assert len(hidden) != 1, "what one hidden part is, the total would tell"
    unneeded = [key for key in hidden if parts[key] >= least]
    assert len(unneeded) <= 1


@given(
    st.dictionaries(st.sampled_from("abcde"), st.fixed_dictionaries({"x": st.integers(0, 9), "y": st.integers(0, 9)}))
)
def test_a_public_table_drops_no_row_of_which_something_can_be_told(rows: dict[str, dict[str, int]]) -> None:
    told, rest = table(rows, ("x", "y"))
    assert len(told) + rest == len(rows)
    for key in ("x", "y"):
        hidden = hidden_in({row: counts[key] for row, counts in rows.items()})
        assert {row for row, counts in told.items() if counts[key] is not None} == set(rows) - hidden


@given(st.lists(cases(), max_size=40).map(lambda each: [one for case in each for one in case]))
def test_open_data_of_a_month_hold_no_small_count(found: list[Handling]) -> None:
    period = Period.read("2026-05")
    window = Window.of(period, date(2026, 12, 31))
    made = public(period, window, lines(found, window))
    told = made.as_json()
    numbers = [*told["totals"].values(), *told["natures"].values(), *told["sources"].values()]
    numbers += [count for row in (*told["fields"], *told["agencies"]) for key, count in row.items() if key != "name"]
    assert all(one is None or one >= 5 for one in numbers)
    assert {tuple(row)[1:] for row in (*told["fields"], *told["agencies"])} <= {
        ("received", "done_in_time", "done_late")
    }
    assert (made.on_time is None) == (None in {made.totals["done_in_time"], made.totals["done_late"]})


def test_a_single_small_field_takes_the_next_smallest_with_it() -> None:
    received = {"Hộ tịch": 3, "Đất đai": 12, "Xây dựng": 7}
    rows = [
        Line("Sở Tư pháp", field, placed(Way.RECEIVED, Fate.OPEN_IN_TIME, Nature.CONDUCT, "chat", count))
        for field, count in received.items()
    ]
    made = public(Period.read("2026-05"), WINDOW, rows)
    assert made.totals["received"] == 22
    assert [(one.name, one.counts["received"]) for one in made.by_field] == [("Đất đai", 12)]
    assert made.other_fields == 2


def test_periods_follow_each_other_without_a_gap() -> None:
    windows = [Window.of(Period.read(f"2026-{at:02}"), date(2027, 12, 31)) for at in range(1, 13)]
    assert all(before.closes == after.eve for before, after in pairwise(windows))


@given(MANY)
def test_a_report_adds_up_by_agency_by_field_and_by_source(found: list[Handling]) -> None:
    made = report.made(Q2, date(2026, 12, 31), lines(found, WINDOW), {"": judged(found, WINDOW)}, Pace())
    whole = +made.totals()
    assert +total(counts for _, counts in made.by_agency()) == whole
    assert +total(counts for _, counts in made.by_field()) == whole
    assert sum(count for _, count in made.by_source()) == sum(whole[one.value] for one in Nature)
    assert made.whole() == judged(found, WINDOW)


def test_a_report_whose_row_does_not_add_up_is_not_made() -> None:
    wrong = Line("Sở Tư pháp", "Hộ tịch", {"received": 2, "regulation": 2, "open": 1, "open_late": 1})
    with pytest.raises(ActRefused, match=r"Sở Tư pháp, dòng “Hộ tịch”: .* ghi 2, trong khi .* là 1"):
        report.made(Q2, date(2026, 12, 31), [wrong], {}, Pace())
