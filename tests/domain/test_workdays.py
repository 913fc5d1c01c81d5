"""Working days and office hours, as tables that a clerk could check by hand.

The calendar below is written out from the official civil-servant calendars and rests on no package.
"""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local import VIETNAM
from domain.workdays import CalendarDay, DayKind, OfficeHours, Skipped, Span, WorkCalendar, kind_named

HOLIDAYS = """
2023-05-01 2023-09-01 2023-09-04
2024-01-01 2024-02-08 2024-02-09 2024-02-12 2024-02-13 2024-02-14 2024-04-18 2024-04-30 2024-05-01
2024-09-02 2024-09-03
2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-04-07 2025-04-30 2025-05-01
2025-09-01 2025-09-02
2026-01-01 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-30 2026-05-01 2026-09-01
2026-09-02
"""
IN_LIEU = "2023-05-02 2023-05-03 2026-04-27"
SWAPPED = "2024-04-29 2025-05-02 2026-01-02 2026-08-31"
MADE_UP = "2024-05-04 2025-04-26 2026-01-10 2026-08-22"


def entries(text: str, kind: DayKind) -> list[CalendarDay]:
    return [CalendarDay(date.fromisoformat(word), kind, kind.value) for word in text.split()]


OFFICIAL = WorkCalendar(
    (
        *entries(HOLIDAYS, DayKind.HOLIDAY),
        *entries(IN_LIEU, DayKind.BRIDGE_OFF),
        *entries(SWAPPED, DayKind.SWAPPED_OFF),
        *entries(MADE_UP, DayKind.MAKEUP_WORK),
    ),
    version=3,
)
CULTURE_DAY = CalendarDay(date(2026, 11, 24), DayKind.HOLIDAY, "Ngày Văn hóa Việt Nam")
WITH_CULTURE_DAY = WorkCalendar((*OFFICIAL.days, CULTURE_DAY), version=4)


def day(text: str) -> date:
    return datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=VIETNAM).date()


FIVE_DAYS = [
    ("30/12/2025", "08/01/2026"),
    ("08/01/2026", "14/01/2026"),
    ("09/01/2026", "15/01/2026"),
    ("10/01/2026", "16/01/2026"),
    ("13/02/2026", "27/02/2026"),
    ("24/04/2026", "06/05/2026"),
    ("21/08/2026", "27/08/2026"),
    ("28/08/2026", "09/09/2026"),
    ("26/04/2024", "07/05/2024"),
    ("03/05/2024", "09/05/2024"),
    ("25/04/2025", "06/05/2025"),
    ("28/04/2023", "10/05/2023"),
    ("20/11/2026", "27/11/2026"),
]


@pytest.mark.parametrize(("received", "due"), FIVE_DAYS)
def test_five_working_days_from_receipt(received: str, due: str) -> None:
    assert OFFICIAL.add(day(received), 5) == day(due)


def test_culture_day_moves_the_due_date_only_where_it_is_entered() -> None:
    assert OFFICIAL.add(day("20/11/2026"), 5) == day("27/11/2026")
    assert WITH_CULTURE_DAY.add(day("20/11/2026"), 5) == day("30/11/2026")


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("12/01/2026", True),  # Monday
        ("11/01/2026", False),  # Sunday
        ("10/01/2026", True),  # make-up Saturday
        ("17/01/2026", False),  # plain Saturday
        ("02/01/2026", False),  # swapped off
        ("27/04/2026", False),  # in lieu of Sunday's Giỗ Tổ
        ("18/02/2026", False),  # Tết
        ("14/07/2031", True),  # a year the calendar does not know counts as plain weeks
        ("13/07/2031", False),
    ],
)
def test_which_days_are_worked(text: str, works: bool) -> None:
    assert OFFICIAL.is_working(day(text)) is works


def test_friday_saturday_and_sunday_give_the_same_due_date() -> None:
    friday = day("06/03/2026")
    dues = {OFFICIAL.add(friday + timedelta(days=late), 5) for late in range(3)}
    assert dues == {day("13/03/2026")}


def test_across_a_make_up_saturday_friday_stands_apart_and_sunday_goes_with_saturday() -> None:
    friday, saturday, sunday = (OFFICIAL.add(day(one), 5) for one in ("09/01/2026", "10/01/2026", "11/01/2026"))
    assert (friday, saturday, sunday) == (day("15/01/2026"), day("16/01/2026"), day("16/01/2026"))


@pytest.mark.parametrize(
    ("start", "n", "result"),
    [
        ("27/02/2026", 5, "13/02/2026"),  # over Tết
        ("12/01/2026", 1, "10/01/2026"),  # the make-up Saturday
        ("05/01/2026", 1, "31/12/2025"),
        ("11/01/2026", 1, "10/01/2026"),
        ("11/01/2026", 0, "11/01/2026"),
    ],
)
def test_counting_back(start: str, n: int, result: str) -> None:
    assert OFFICIAL.subtract(day(start), n) == day(result)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("15/02/2026", "13/02/2026", "23/02/2026"),  # the Sunday before Tết
        ("20/02/2026", "13/02/2026", "23/02/2026"),
        ("10/01/2026", "10/01/2026", "10/01/2026"),  # a make-up Saturday is itself
        ("02/01/2026", "31/12/2025", "05/01/2026"),
        ("12/01/2026", "12/01/2026", "12/01/2026"),
    ],
)
def test_nearest_working_day(text: str, before: str, after: str) -> None:
    assert OFFICIAL.on_or_before(day(text)) == day(before)
    assert OFFICIAL.on_or_after(day(text)) == day(after)


@pytest.mark.parametrize(
    ("after", "until", "n"),
    [
        ("12/01/2026", "12/01/2026", 0),
        ("12/01/2026", "13/01/2026", 1),
        ("09/01/2026", "12/01/2026", 2),  # Saturday made up, Monday
        ("13/02/2026", "22/02/2026", 0),
        ("13/02/2026", "23/02/2026", 1),
        ("23/02/2026", "13/02/2026", -1),
    ],
)
def test_working_days_between(after: str, until: str, n: int) -> None:
    assert OFFICIAL.between(day(after), day(until)) == n


def test_an_explanation_names_every_day() -> None:
    told = OFFICIAL.explain(day("30/12/2025"), 5)
    assert told.due == day("08/01/2026")
    assert [f"{one:%d/%m}" for one in told.counted] == ["31/12", "05/01", "06/01", "07/01", "08/01"]
    assert told.skipped == (
        Skipped(day("01/01/2026"), "holiday"),
        Skipped(day("02/01/2026"), "swapped_off"),
        Skipped(day("03/01/2026"), "thứ Bảy"),
        Skipped(day("04/01/2026"), "Chủ nhật"),
    )


def test_an_explanation_reads_as_a_sentence() -> None:
    swap = CalendarDay(day("02/01/2026"), DayKind.SWAPPED_OFF, "nghỉ hoán đổi, văn bản số 1")
    assert WorkCalendar((swap,)).explain(day("01/01/2026"), 1).said == (
        "1 ngày làm việc sau thứ Năm 01/01/2026 (không tính ngày này) là thứ Hai 05/01/2026; "
        "không tính: 02/01/2026 (nghỉ hoán đổi, văn bản số 1); 03/01/2026 (thứ Bảy); 04/01/2026 (Chủ nhật)."
    )
    assert WorkCalendar().explain(day("12/01/2026"), 2).said == (
        "2 ngày làm việc sau thứ Hai 12/01/2026 (không tính ngày này) là thứ Tư 14/01/2026."
    )


def test_days_off_in_a_stretch() -> None:
    off = OFFICIAL.off_between(day("09/01/2026"), day("12/01/2026"))
    assert off == (Skipped(day("11/01/2026"), "Chủ nhật"),)
    assert OFFICIAL.off_between(day("12/01/2026"), day("12/01/2026")) == ()
    assert OFFICIAL.off_between(day("13/01/2026"), day("12/01/2026")) == ()


def test_a_day_says_its_kind_once() -> None:
    assert CalendarDay(day("02/01/2026"), DayKind.HOLIDAY, "Tết").said == "nghỉ lễ (Tết)"
    assert CalendarDay(day("02/01/2026"), DayKind.HOLIDAY, "nghỉ lễ, số 5").said == "nghỉ lễ, số 5"
    assert OFFICIAL.entry(day("17/02/2026")) == CalendarDay(day("17/02/2026"), DayKind.HOLIDAY, "holiday")
    assert OFFICIAL.entry(day("12/01/2026")) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Nghỉ lễ", DayKind.HOLIDAY),
        ("nghi bu", DayKind.BRIDGE_OFF),
        ("nghỉ hoán đổi", DayKind.SWAPPED_OFF),
        ("LÀM BÙ", DayKind.MAKEUP_WORK),
        ("swapped_off", DayKind.SWAPPED_OFF),
        ("tiệc", None),
    ],
)
def test_kinds_by_their_words(words: str, kind: DayKind | None) -> None:
    assert kind_named(words) is kind


def test_the_calendar_knows_its_years() -> None:
    assert OFFICIAL.years == {2023, 2024, 2025, 2026}
    assert WorkCalendar().years == frozenset()


def test_a_day_entered_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="2026-11-24"):
        WorkCalendar((CULTURE_DAY, CalendarDay(CULTURE_DAY.day, DayKind.MAKEUP_WORK, "nhầm")))


@pytest.mark.parametrize("count", [OFFICIAL.add, OFFICIAL.subtract, OFFICIAL.explain])
def test_a_negative_number_of_days_is_refused(count: object) -> None:
    assert callable(count)
    with pytest.raises(ValueError, match="negative"):
        count(day("12/01/2026"), -1)


DAYS = st.dates(date(2022, 12, 1), date(2028, 6, 30))
COUNTS = st.integers(0, 60)
OFF_WEEKDAYS = DAYS.filter(lambda one: one.weekday() < 5)
WEEKENDS = DAYS.filter(lambda one: one.weekday() >= 5)


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    off = draw(st.sets(OFF_WEEKDAYS, max_size=30))
    made_up = draw(st.sets(WEEKENDS, max_size=10))
    return WorkCalendar(
        (
            *(CalendarDay(one, DayKind.HOLIDAY, "nghỉ") for one in off),
            *(CalendarDay(one, DayKind.MAKEUP_WORK, "làm bù") for one in made_up),
        )
    )


@given(calendars(), DAYS, COUNTS, COUNTS)
def test_a_sum_may_be_taken_in_two_steps(calendar: WorkCalendar, start: date, n: int, m: int) -> None:
    assert calendar.add(start, n + m) == calendar.add(calendar.add(start, n), m)


@given(calendars(), DAYS, st.integers(0, 30), COUNTS)
def test_a_later_start_is_never_due_earlier(calendar: WorkCalendar, start: date, later: int, n: int) -> None:
    assert calendar.add(start, n) <= calendar.add(start + timedelta(days=later), n)
    assert calendar.add(start, n) < calendar.add(start, n + 1)


@given(calendars(), WEEKENDS, st.integers(1, 20))
def test_a_weekend_counts_as_the_last_working_day_before_it(calendar: WorkCalendar, weekend: date, n: int) -> None:
    assert calendar.add(weekend, n) == calendar.add(calendar.on_or_before(weekend), n)


@given(calendars(), DAYS, st.integers(1, 60))
def test_nothing_is_due_on_a_day_off(calendar: WorkCalendar, start: date, n: int) -> None:
    assert calendar.is_working(calendar.add(start, n))
    assert calendar.is_working(calendar.subtract(start, n))
    assert calendar.is_working(calendar.on_or_before(start))
    assert calendar.is_working(calendar.on_or_after(start))


@given(calendars(), DAYS, COUNTS)
def test_from_a_working_day_there_and_back(calendar: WorkCalendar, start: date, n: int) -> None:
    working = calendar.on_or_after(start)
    assert calendar.subtract(calendar.add(working, n), n) == working
    assert calendar.add(calendar.subtract(working, n), n) == working


@given(calendars(), DAYS, COUNTS)
def test_counting_agrees_with_adding_and_explaining(calendar: WorkCalendar, start: date, n: int) -> None:
    due = calendar.add(start, n)
    told = calendar.explain(start, n)
    assert calendar.between(start, due) == n == len(told.counted)
    assert len(told.counted) + len(told.skipped) == (due - start).days
    assert told.due == due


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("12/01/2026 07:29", "12/01/2026 07:30"),
        ("12/01/2026 07:30", "12/01/2026 07:30"),
        ("12/01/2026 11:29", "12/01/2026 11:29"),
        ("12/01/2026 11:30", "12/01/2026 13:30"),
        ("12/01/2026 12:15", "12/01/2026 13:30"),
        ("12/01/2026 16:59", "12/01/2026 16:59"),
        ("12/01/2026 17:00", "13/01/2026 07:30"),
        ("09/01/2026 17:30", "10/01/2026 07:30"),  # the make-up Saturday
        ("10/01/2026 09:00", "10/01/2026 09:00"),
        ("10/01/2026 18:00", "12/01/2026 07:30"),
        ("16/01/2026 22:00", "19/01/2026 07:30"),
        ("13/02/2026 17:00", "23/02/2026 07:30"),  # Tết
        ("17/02/2026 09:00", "23/02/2026 07:30"),
    ],
)
def test_when_offices_open_next(moment: str, opens: str) -> None:
    asked, expected = (datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM) for text in (moment, opens))
    hours = OfficeHours()
    assert hours.next_open(asked, OFFICIAL) == expected
    assert hours.next_open(asked, OFFICIAL).tzinfo is VIETNAM
    assert hours.is_open(asked, OFFICIAL) is (asked == expected)


def test_a_province_keeps_its_own_hours() -> None:
    hours = OfficeHours(Span(time(7, 30), time(12)), Span(time(13), time(16, 30)))
    noon = datetime(2026, 1, 12, 12, 30, tzinfo=VIETNAM)
    assert hours.next_open(noon, OFFICIAL) == datetime(2026, 1, 12, 13, tzinfo=VIETNAM)
    assert not hours.is_open(datetime(2026, 1, 12, 16, 30, tzinfo=VIETNAM), OFFICIAL)


def test_impossible_hours_are_refused() -> None:
    with pytest.raises(ValueError, match="closes"):
        Span(time(11), time(11))
    with pytest.raises(ValueError, match="afternoon"):
        OfficeHours(Span(time(7), time(14)), Span(time(13), time(17)))
