"""What may be entered in the work calendar, and the calendar that comes of it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar_changes import (
    applied,
    check_day,
    checked,
    confirmation,
    entry,
    kinds_for,
    partner,
    read_day,
    removal,
)
from domain.errors import ActRefused
from domain.workdays import FORECAST, CalendarDay, DayKind, WorkCalendar
from tests.domain.calendars import TET

TODAY = date(2026, 1, 12)
SOURCE = "12729/VPCP-KGVX"
FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


def test_a_plain_entry() -> None:
    found = entry(TET, FRIDAY, DayKind.HOLIDAY, f"  {SOURCE} ", TODAY)
    (change,) = found.changes
    assert (change.day, change.before) == (FRIDAY, None)
    assert change.after == CalendarDay(FRIDAY, DayKind.HOLIDAY, f"nghỉ lễ, {SOURCE}")
    after = applied(TET, found.changes, 7)
    assert not after.is_working(FRIDAY)
    assert after.version == 7
    assert TET.is_working(FRIDAY), "the calendar in force is left as it is"


@pytest.mark.parametrize("first", [DayKind.SWAPPED_OFF, DayKind.MAKEUP_WORK])
def test_a_swap_enters_both_days_as_one_act(first: DayKind) -> None:
    day, other = (FRIDAY, SATURDAY) if first is DayKind.SWAPPED_OFF else (SATURDAY, FRIDAY)
    after = applied(TET, entry(TET, day, first, SOURCE, TODAY, other).changes)
    assert not after.is_working(FRIDAY)
    assert after.is_working(SATURDAY)
    off, made_up = after.entry(FRIDAY), after.entry(SATURDAY)
    assert off is not None
    assert made_up is not None
    assert off.source == f"nghỉ hoán đổi với thứ Bảy 07/03/2026, {SOURCE}"
    assert made_up.source == f"làm bù cho thứ Sáu 06/03/2026, {SOURCE}"
    assert partner(after, off) == made_up
    assert partner(after, made_up) == off
    for one in (FRIDAY, SATURDAY):
        assert applied(after, removal(after, one, SOURCE).changes).days == TET.days, "both halves go together"


@pytest.mark.parametrize(
    ("day", "kind", "source", "pair", "said"),
    [
        (FRIDAY, DayKind.MAKEUP_WORK, SOURCE, None, "vốn là ngày làm việc"),
        (SATURDAY, DayKind.SWAPPED_OFF, SOURCE, FRIDAY, "ngày nghỉ cuối tuần"),
        (SATURDAY, DayKind.BRIDGE_OFF, SOURCE, None, "ngày nghỉ cuối tuần"),
        (date(2026, 2, 17), DayKind.HOLIDAY, SOURCE, None, "đã có trong lịch"),
        (date(2026, 2, 17), DayKind.SWAPPED_OFF, SOURCE, SATURDAY, "đã có trong lịch"),
        (FRIDAY, DayKind.SWAPPED_OFF, SOURCE, date(2026, 1, 10), "đã có trong lịch"),
        (FRIDAY, DayKind.SWAPPED_OFF, SOURCE, None, "cần có ngày làm bù"),
        (FRIDAY, DayKind.SWAPPED_OFF, SOURCE, FRIDAY, "hai ngày khác nhau"),
        (FRIDAY, DayKind.SWAPPED_OFF, SOURCE, date(2026, 3, 9), "vốn là ngày làm việc"),
        (FRIDAY, DayKind.HOLIDAY, SOURCE, SATURDAY, "mới đi thành cặp"),
        (date(2066, 3, 5), DayKind.HOLIDAY, SOURCE, None, "quá xa"),
        (date(1996, 3, 5), DayKind.HOLIDAY, SOURCE, None, "quá xa"),
        (FRIDAY, DayKind.HOLIDAY, "", None, "Chưa ghi căn cứ"),
        (FRIDAY, DayKind.HOLIDAY, " / - ", None, "Chưa ghi căn cứ"),
        (FRIDAY, DayKind.HOLIDAY, "x" * 301, None, "dài quá"),
    ],
)
def test_what_no_calendar_can_mean(day: date, kind: DayKind, source: str, pair: date | None, said: str) -> None:
    with pytest.raises(ActRefused, match=said) as refused:
        entry(TET, day, kind, source, TODAY, pair)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(("day", "said"), [(FRIDAY, "ngày làm việc bình thường"), (SATURDAY, "nghỉ cuối tuần")])
def test_a_plain_day_cannot_be_taken_out(day: date, said: str) -> None:
    with pytest.raises(ActRefused, match=said):
        removal(TET, day, SOURCE)


def test_confirming_a_year_gives_its_forecast_days_the_document() -> None:
    forecast = CalendarDay(date(2027, 1, 1), DayKind.HOLIDAY, f"Tết Dương lịch, theo Bộ luật Lao động ({FORECAST})")
    own = CalendarDay(date(2027, 3, 5), DayKind.HOLIDAY, "nghỉ lễ, 5/QĐ-TTg")
    calendar = WorkCalendar((*TET.days, forecast, own))
    found = confirmation(calendar, 2027, SOURCE)
    assert found.year == 2027
    assert [one.day for one in found.changes] == [forecast.day]
    told = applied(calendar, found.changes).entry(forecast.day)
    assert told is not None
    assert told.source == f"Tết Dương lịch, theo Bộ luật Lao động, {SOURCE}"
    with pytest.raises(ActRefused, match="chưa có ngày nghỉ nào của năm 2031"):
        confirmation(calendar, 2031, SOURCE)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24/11/2026", date(2026, 11, 24)),
        ("ngày 2 tháng 1 năm 2027", date(2027, 1, 2)),
        ("thứ Sáu 30/1", date(2026, 1, 30)),
        ("02-01", date(2027, 1, 2)),  # this year's has passed
        ("12/1", date(2026, 1, 12)),
    ],
)
def test_reading_a_day(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "mai", "31/02/2026", "2026", "40/1", "5/13"])
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ActRefused, match="Chưa rõ là ngày nào"):
        read_day(text, TODAY)


def test_a_day_is_checked_before_more_is_asked() -> None:
    check_day(TET, FRIDAY, TODAY)
    with pytest.raises(ActRefused):
        check_day(TET, date(2026, 2, 17), TODAY)


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(DAYS, st.integers(-30, 30))
def test_every_offered_kind_can_be_entered_and_taken_back(day: date, apart: int) -> None:
    other = day + timedelta(days=apart)
    for kind in kinds_for(day):
        pair = other if kind in {DayKind.SWAPPED_OFF, DayKind.MAKEUP_WORK} else None
        try:
            days = checked(TET, day, kind, TODAY, pair)
        except ActRefused:
            continue
        after = applied(TET, entry(TET, day, kind, SOURCE, TODAY, pair).changes)
        assert all(after.is_working(one) is not its_kind.is_off for one, its_kind in days)
        assert applied(after, removal(after, day, SOURCE).changes).days == TET.days
