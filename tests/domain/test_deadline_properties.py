"""What holds for every deadline: it can be said and read back, written as JSON and read back."""

import json
from datetime import date

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from domain.deadlines import (
    EVERY,
    AnyOf,
    ByDate,
    ByOtherPlan,
    Continuous,
    Deadline,
    Occurrences,
    OnEvent,
    Period,
    Reading,
    Recurring,
    Unspecified,
    from_json,
    last_day,
    read,
    say,
    to_json,
)
from domain.words import squeeze

days = st.dates(date(2000, 1, 2), date(2099, 12, 31))
words = st.sampled_from(
    [
        "Kế",
        "hoạch",
        "số",
        "12/KH-UBND",
        "ngày",
        "15/01/2024",
        "và",
        "hoặc",
        ",",
        ";",
        ".",
        "(",
        ")",
        "-",
        "theo",
        "thường",
        "xuyên",
        "đột",
        "xuất",
        "quý",
        "II",
        "tháng",
        "3",
        "năm",
        "2024",
        "của",
        "UBND",
        "tỉnh",
        "trước",
        "hằng",
        "định",
        "kỳ",
        "“Đề",
        "án",
        "06”",
        "chỉ",
        "đạo",
        "TW/tỉnh",
        "khi",
        "có",
        "ISO",
        "7.5",
        "chưa",
        "cụ",
        "thể",
    ]
)
references = (
    st.one_of(st.lists(words, min_size=1, max_size=12).map(" ".join), st.text(min_size=1, max_size=40))
    .map(squeeze)
    .filter(lambda text: any(map(str.isalnum, text)) and not set(text) & set("«»"))
    .filter(lambda text: text.strip(" .,;:") == text)
)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = sorted((draw(days), draw(days)))
    return Period(start, end)


@st.composite
def whole_months(draw: st.DrawFn) -> Period:
    year = draw(st.integers(2001, 2098))
    first = draw(st.integers(1, 12))
    months = draw(st.sampled_from((1, 3, 6, 12)))
    assume(first + months <= 13)
    end = date(year + 1, 1, 1) if first + months == 13 else date(year, first + months, 1)
    return Period(date(year, first, 1), date.fromordinal(end.toordinal() - 1))


@st.composite
def recurrences(draw: st.DrawFn) -> Recurring:
    on_demand = draw(st.booleans())
    shape = draw(st.integers(0, 3))
    if shape == 0:
        return Recurring(tuple(draw(st.lists(st.sampled_from(EVERY), unique=True))), on_demand=on_demand)
    if shape == 1:
        unit = draw(st.sampled_from(("month", "quarter", "half_year")))
        return Recurring((unit,), draw(st.integers(1, 31)), on_demand=on_demand)
    day = draw(st.dates(date(2024, 1, 1), date(2024, 12, 31)))
    return Recurring(("year",), day.day if shape == 2 else None, day.month, on_demand)


spans = periods() | whole_months()
simple = st.one_of(
    st.builds(ByDate, days, st.booleans()),
    spans,
    st.builds(Occurrences, st.lists(spans, min_size=1, max_size=5).map(tuple)),
    recurrences(),
    st.builds(Continuous, st.none() | st.integers(2000, 2100), st.none() | references),
    st.just(OnEvent()),
    st.builds(ByOtherPlan, references),
    st.just(Unspecified()),
)
deadlines = simple | st.builds(AnyOf, st.lists(simple, min_size=2, max_size=4, unique=True).map(tuple))


@settings(max_examples=400, deadline=None)
@given(deadlines)
@example(ByDate(date(2025, 1, 1), inclusive=False))
@example(AnyOf((Recurring(("month",)), Recurring(("quarter",)))))
@example(AnyOf((Continuous(), ByOtherPlan("Kế hoạch và thường xuyên"))))
def test_what_is_said_is_read_back(deadline: Deadline) -> None:
    assert read(say(deadline), year=None).deadline == deadline


@given(deadlines)
def test_json_gives_the_deadline_back(deadline: Deadline) -> None:
    assert from_json(json.loads(json.dumps(to_json(deadline)))) == deadline


@given(days, st.booleans())
def test_the_last_day_on_time_is_the_day_itself_or_the_day_before(day: date, inclusive: bool) -> None:
    last = last_day(ByDate(day, inclusive))
    assert last is not None
    assert (day - last).days == (0 if inclusive else 1)


@settings(deadline=None)
@given(st.text(max_size=80) | st.lists(words, max_size=20).map(" ".join), st.none() | st.integers(2000, 2100))
def test_any_text_gets_a_reading_and_what_is_not_understood_says_so(text: str, year: int | None) -> None:
    reading = read(text, year=year)
    assert isinstance(reading, Reading)
    if reading.deadline == Unspecified() and any(map(str.isalnum, text)):
        assert reading.warnings or "chưa có thời hạn" in squeeze(text).lower()


@given(days)
def test_every_style_of_a_date_means_the_same_day(day: date) -> None:
    styles = (
        f"{day:%d/%m/%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d-%m-%Y}", day.isoformat(),
        f"ngày {day.day} tháng {day.month} năm {day.year}", f"Ngày {day:%d} tháng {day:%m}/{day.year}",
        f"NGÀY {day.day}/{day.month}/{day.year}.", f"- {day:%d/%m/%Y};",
    )  # fmt: skip
    assert {read(style, year=None) for style in styles} == {Reading(ByDate(day))}
