"""Working hours: a table that a clerk could check by hand, and what holds for every calendar."""

from datetime import datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local import VIETNAM
from domain.workdays import OfficeHours, Span, WorkCalendar
from domain.workhours import add_hours, length_said, said, worked
from tests.domain.test_workdays import OFFICIAL, calendars

HOURS = OfficeHours()
EARLY = OfficeHours(Span(time(7, 30), time(12)), Span(time(13), time(16, 30)))


def at(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("12/01/2026 08:00", 2, "12/01/2026 10:00"),
        ("12/01/2026 10:30", 2, "12/01/2026 14:30"),  # over lunch
        ("12/01/2026 07:30", 4, "12/01/2026 11:30"),  # used up at closing, not at the next opening
        ("12/01/2026 12:15", 1, "12/01/2026 14:30"),  # received at lunch
        ("12/01/2026 06:00", 1, "12/01/2026 08:30"),  # before opening
        ("06/03/2026 16:00", 4, "09/03/2026 10:30"),  # Friday 16:00, four working hours
        ("06/03/2026 16:00", 8, "09/03/2026 16:30"),
        ("06/03/2026 17:00", 4, "09/03/2026 11:30"),  # closing time is past
        ("07/03/2026 09:00", 4, "09/03/2026 11:30"),  # Saturday
        ("08/03/2026 23:59", 4, "09/03/2026 11:30"),  # Sunday
        ("09/01/2026 16:00", 4, "10/01/2026 10:30"),  # the make-up Saturday counts
        ("10/01/2026 16:00", 4, "12/01/2026 10:30"),
        ("13/02/2026 16:00", 4, "23/02/2026 10:30"),  # Tết
        ("31/12/2025 16:30", 1, "05/01/2026 08:00"),
        ("12/01/2026 09:00", Fraction(1, 2), "12/01/2026 09:30"),
        ("12/01/2026 09:00", Fraction(15, 2), "13/01/2026 09:00"),  # one whole day of work
        ("11/01/2026 09:00", 0, "11/01/2026 09:00"),
    ],
)
def test_so_many_working_hours_after_a_moment(start: str, hours: Fraction | int, due: str) -> None:
    assert add_hours(at(start), hours, HOURS, OFFICIAL) == at(due)


def test_a_province_keeps_its_own_lunch() -> None:
    assert add_hours(at("12/01/2026 11:30"), 1, EARLY, OFFICIAL) == at("12/01/2026 13:30")
    assert add_hours(at("06/03/2026 16:00"), 1, EARLY, OFFICIAL) == at("09/03/2026 08:00")


@pytest.mark.parametrize(
    ("after", "until", "minutes"),
    [
        ("12/01/2026 08:00", "12/01/2026 08:00", 0),
        ("12/01/2026 10:30", "12/01/2026 14:30", 120),
        ("12/01/2026 11:30", "12/01/2026 13:30", 0),
        ("06/03/2026 16:00", "09/03/2026 10:30", 240),
        ("06/03/2026 18:00", "09/03/2026 07:30", 0),
        ("09/01/2026 07:30", "12/01/2026 07:30", 900),  # Friday and the make-up Saturday
        ("13/02/2026 17:00", "23/02/2026 07:31", 1),
        ("12/01/2026 14:30", "12/01/2026 10:30", -120),
    ],
)
def test_working_minutes_between(after: str, until: str, minutes: int) -> None:
    assert worked(at(after), at(until), HOURS, OFFICIAL) == timedelta(minutes=minutes)


def test_the_sum_reads_as_a_sentence() -> None:
    assert said(at("06/03/2026 16:00"), 4, HOURS, OFFICIAL) == (
        "4 giờ làm việc từ 16:00 thứ Sáu 06/03/2026 (tính 07:30–11:30 và 13:30–17:00) là 10:30 thứ Hai 09/03/2026; "
        "không tính: 07/03/2026 (thứ Bảy); 08/03/2026 (Chủ nhật)."
    )
    assert said(at("12/01/2026 08:00"), 1, HOURS, OFFICIAL).endswith("là 09:00 thứ Hai 12/01/2026.")
    assert [length_said(one) for one in (8, Fraction(3, 2), Fraction(3, 4), 0)] == [
        "8 giờ làm việc",
        "1 giờ 30 phút làm việc",
        "45 phút làm việc",
        "0 phút làm việc",
    ]


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_hours(at("12/01/2026 08:00"), -1, HOURS, OFFICIAL)
    naive = at("12/01/2026 08:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        add_hours(naive, 1, HOURS, OFFICIAL)
    with pytest.raises(ValueError, match="time zone"):
        worked(at("12/01/2026 08:00"), naive, HOURS, OFFICIAL)


MOMENTS = st.integers(0, 5 * 366 * 24 * 60).map(lambda minutes: at("01/12/2022 00:00") + timedelta(minutes=minutes))
AMOUNTS = st.integers(0, 80 * 60).map(lambda minutes: Fraction(minutes, 60))


@st.composite
def office_hours(draw: st.DrawFn) -> OfficeHours:
    marks = sorted(draw(st.sets(st.integers(1, 95), min_size=4, max_size=4)))
    one, two, three, four = (time(mark // 4, mark % 4 * 15) for mark in marks)
    return OfficeHours(Span(one, two), Span(three, four))


@given(calendars(), office_hours(), MOMENTS, AMOUNTS, AMOUNTS)
def test_a_sum_may_be_taken_in_two_steps(
    calendar: WorkCalendar, clock: OfficeHours, start: datetime, n: Fraction, m: Fraction
) -> None:
    assert add_hours(start, n + m, clock, calendar) == add_hours(
        add_hours(start, n, clock, calendar), m, clock, calendar
    )


@given(calendars(), office_hours(), MOMENTS, st.integers(0, 60 * 24 * 20), AMOUNTS)
def test_a_later_start_is_never_due_earlier(
    calendar: WorkCalendar, clock: OfficeHours, start: datetime, later: int, n: Fraction
) -> None:
    due = add_hours(start, n, clock, calendar)
    assert due <= add_hours(start + timedelta(minutes=later), n, clock, calendar)
    assert due < add_hours(start, n + Fraction(1, 60), clock, calendar)


@given(calendars(), office_hours(), MOMENTS, st.integers(1, 80 * 60))
def test_nothing_is_due_outside_office_hours(
    calendar: WorkCalendar, clock: OfficeHours, start: datetime, minutes: int
) -> None:
    due = add_hours(start, Fraction(minutes, 60), clock, calendar)
    assert calendar.is_working(due.date())
    assert any(span.opens < due.time() <= span.closes for span in (clock.morning, clock.afternoon))
    assert due.tzinfo is VIETNAM


@given(calendars(), office_hours(), MOMENTS, AMOUNTS)
def test_counting_undoes_adding(calendar: WorkCalendar, clock: OfficeHours, start: datetime, n: Fraction) -> None:
    due = add_hours(start, n, clock, calendar)
    assert worked(start, due, clock, calendar) == timedelta(hours=1) * n.numerator / n.denominator
    assert worked(due, start, clock, calendar) == -worked(start, due, clock, calendar)
