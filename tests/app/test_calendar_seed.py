"""The seeded calendar against the official civil-servant calendars of 2022 to 2026."""

from datetime import date, timedelta

import holidays
import pytest

from app.calendar_corrections import CORRECTIONS, LAST_ANNOUNCED_YEAR
from app.calendar_seed import culture_changes, differences, has_culture_day, missing_days, seed_days
from domain.calendar_changes import Change, applied
from domain.workdays import CalendarDay, DayKind, WorkCalendar

SEED = WorkCalendar(seed_days(2022, 2027))


def by_day(first: int, last: int, *, culture: bool = False) -> dict[date, CalendarDay]:
    return {entry.day: entry for entry in seed_days(first, last, culture_day_off=culture)}


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2025-12-30", "2026-01-08"),
        ("2026-01-08", "2026-01-14"),
        ("2026-01-09", "2026-01-15"),
        ("2026-01-10", "2026-01-16"),
        ("2026-02-13", "2026-02-27"),
        ("2026-04-24", "2026-05-06"),
        ("2026-08-21", "2026-08-27"),
        ("2026-08-28", "2026-09-09"),
        ("2024-04-26", "2024-05-07"),
        ("2024-05-03", "2024-05-09"),
        ("2025-04-25", "2025-05-06"),
        ("2023-04-28", "2023-05-10"),
    ],
)
def test_five_working_days_from_receipt(received: str, due: str) -> None:
    assert SEED.add(date.fromisoformat(received), 5) == date.fromisoformat(due)


@pytest.mark.parametrize(("off", "due"), [(True, date(2026, 11, 30)), (False, date(2026, 11, 27))])
def test_the_24th_of_november_is_the_offices_switch(off: bool, due: date) -> None:
    calendar = WorkCalendar(seed_days(2026, 2026, culture_day_off=off))
    assert calendar.add(date(2026, 11, 20), 5) == due


def test_the_24th_of_november_is_worked_unless_the_office_says_otherwise() -> None:
    assert SEED.is_working(date(2026, 11, 24))
    assert SEED.is_working(date(2027, 11, 24))


def test_the_switch_also_takes_away_the_day_in_lieu() -> None:
    in_lieu = date(2029, 11, 26)  # 24/11/2029 is a Saturday
    assert by_day(2029, 2029, culture=True)[in_lieu].kind is DayKind.BRIDGE_OFF
    assert in_lieu not in by_day(2029, 2029)


def test_the_new_year_swap_of_2026_is_in_with_its_document() -> None:
    days = by_day(2026, 2026)
    off, made_up = days[date(2026, 1, 2)], days[date(2026, 1, 10)]
    assert (off.kind, made_up.kind) == (DayKind.SWAPPED_OFF, DayKind.MAKEUP_WORK)
    assert "12729/VPCP-KGVX" in off.source
    assert "12729/VPCP-KGVX" in made_up.source


def test_kinds_of_days() -> None:
    days = by_day(2026, 2026)
    assert days[date(2026, 2, 17)].kind is DayKind.HOLIDAY
    assert days[date(2026, 4, 27)].kind is DayKind.BRIDGE_OFF
    assert days[date(2026, 8, 31)].kind is DayKind.SWAPPED_OFF
    assert days[date(2026, 8, 22)].kind is DayKind.MAKEUP_WORK
    assert days[date(2026, 9, 2)].source == "Quốc khánh, theo Bộ luật Lao động"


@pytest.mark.parametrize(
    ("year", "swapped", "made_up"),
    [
        (
            2014,
            {date(2014, 5, 2), date(2014, 9, 1)},
            {date(2014, 4, 26), date(2014, 9, 6), date(2014, 12, 27)},
        ),
        (2018, {date(2018, 12, 31)}, set()),
        (2019, {date(2019, 4, 29)}, {date(2019, 1, 5), date(2019, 5, 4)}),
        (2022, set(), set()),
        (2024, {date(2024, 4, 29)}, {date(2024, 5, 4)}),
        (2025, {date(2025, 5, 2)}, {date(2025, 4, 26)}),
        (2026, {date(2026, 1, 2), date(2026, 8, 31)}, {date(2026, 1, 10), date(2026, 8, 22)}),
        (2027, set(), set()),
    ],
)
def test_swaps_belong_to_their_own_year(year: int, swapped: set[date], made_up: set[date]) -> None:
    days = seed_days(year, year)
    assert {one.day for one in days if one.kind is DayKind.SWAPPED_OFF} == swapped
    assert {one.day for one in days if one.kind is DayKind.MAKEUP_WORK} == made_up


def test_only_the_corrections_differ_from_the_package() -> None:
    """Fails when an upgraded package learns a swap, or changes a day: look, then correct the table."""
    calendar = WorkCalendar(seed_days(2022, 2027, culture_day_off=True))
    differing = set()
    for year in range(2022, 2028):
        package = holidays.country_holidays("VN", years=year, expand=False)
        days = (date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0)))
        differing |= {day for day in days if calendar.is_working(day) != package.is_working_day(day)}
    assert differing == {date(2026, 1, 2), date(2026, 1, 10)}


@pytest.mark.parametrize(
    ("year", "tet", "forefathers"),
    [
        (2007, date(2007, 2, 17), date(2007, 4, 26)),
        (2024, date(2024, 2, 10), date(2024, 4, 18)),
        (2025, date(2025, 1, 29), date(2025, 4, 7)),
        (2026, date(2026, 2, 17), date(2026, 4, 26)),
        (2030, date(2030, 2, 2), date(2030, 4, 12)),
    ],
)
def test_lunar_days(year: int, tet: date, forefathers: date) -> None:
    days = by_day(year, year)
    assert days[tet].source.startswith("Tết Nguyên Đán")
    assert days[forefathers].source.startswith("Ngày Giỗ Tổ Hùng Vương")


def test_days_are_in_order_and_of_the_asked_years() -> None:
    days = seed_days(2025, 2026)
    assert [one.day for one in days] == sorted({one.day for one in days})
    assert {one.day.year for one in days} == {2025, 2026}


def test_years_without_an_official_notice_say_so() -> None:
    days = seed_days(LAST_ANNOUNCED_YEAR, LAST_ANNOUNCED_YEAR + 1)
    for one in days:
        assert ("dự kiến" in one.source) is (one.day.year > LAST_ANNOUNCED_YEAR), one


def test_every_correction_names_a_numbered_document() -> None:
    for entry in CORRECTIONS:
        assert "/" in entry.source.rsplit(",", 1)[-1], entry
    assert max(entry.day.year for entry in CORRECTIONS) == LAST_ANNOUNCED_YEAR


def test_swaps_come_in_pairs() -> None:
    kinds = [entry.kind for entry in CORRECTIONS]
    assert kinds.count(DayKind.SWAPPED_OFF) == kinds.count(DayKind.MAKEUP_WORK)
    for entry in CORRECTIONS:
        saturday = entry.day.weekday() == 5
        assert saturday is (entry.kind is DayKind.MAKEUP_WORK), entry


def test_years_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="before the first"):
        seed_days(2027, 2026)


def test_only_years_without_a_day_are_filled() -> None:
    own = WorkCalendar((CalendarDay(date(2026, 3, 5), DayKind.HOLIDAY, "nghỉ lễ, 1/QĐ"),))
    found = missing_days(own, range(2025, 2028), culture_day_off=False)
    assert {one.day.year for one in found} == {2025, 2027}
    assert all(one.before is None for one in found)
    assert missing_days(SEED, range(2022, 2028), culture_day_off=False) == ()


def test_turning_the_switch_there_and_back_leaves_the_calendar_as_it_was() -> None:
    on = culture_changes(SEED, off=True)
    assert [one.day for one in on] == [date(2026, 11, 24), date(2027, 11, 24)]
    turned = applied(SEED, on)
    assert has_culture_day(turned)
    assert culture_changes(turned, off=True) == ()
    assert applied(turned, culture_changes(turned, off=False)).days == SEED.days
    assert culture_changes(WorkCalendar(), off=True) == ()


def test_the_switch_leaves_what_somebody_entered() -> None:
    entered = CalendarDay(date(2026, 11, 24), DayKind.HOLIDAY, "nghỉ lễ, Luật số 9/2026")
    own = applied(SEED, [Change(entered.day, None, entered)])
    assert [one.day for one in culture_changes(own, off=True)] == [date(2027, 11, 24)]
    assert culture_changes(own, off=False) == ()


def test_differences_from_what_we_ship() -> None:
    assert differences(SEED, 2026, 2027, culture_day_off=False) == []
    with_culture_day = differences(SEED, 2026, 2027, culture_day_off=True)
    assert [(one.day, one.works) for one in with_culture_day] == [
        (date(2026, 11, 24), True),
        (date(2027, 11, 24), True),
    ]
    assert differences(WorkCalendar(), 2026, 2026, culture_day_off=False) == []
