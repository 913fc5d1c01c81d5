"""The rules of digests: what is a change, when one is said, which hour is next."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.case_figures.load import AgencyLoad, Load
from domain.digests import (
    AgencyLine,
    Awaited,
    Digest,
    Saying,
    Since,
    Wanted,
    begins_week,
    changed,
    next_at,
    saying,
)
from domain.lateness import Lateness
from domain.local import VIETNAM
from domain.mornings import Counted, Morning, figures, mark
from tests.domain.calendars import TET as CALENDAR

DIGEST = Digest(
    day=date(2026, 3, 17),
    total=12,
    confirmed=3,
    reported=1,
    late=2,
    newly_late=1,
    due_this_week=((date(2026, 3, 19), "Báo cáo quý", 2),),
    obstacles=1,
    apart=((Lateness.LATE, 2),),
    agencies=(AgencyLine("Sở Tư pháp", 2, 9),),
    open_cases=4,
    late_codes=("NV-0001", "NV-0004"),
)


@pytest.mark.parametrize(
    ("before", "now", "said"), [(None, 3, ""), (3, 3, "không đổi"), (1, 3, "+2"), (3, 2, "−1"), (0, 0, "không đổi")]
)
def test_a_change_in_words(before: int | None, now: int, said: str) -> None:
    assert changed(before, now) == said


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_change_leads_from_one_to_the_other(before: int, now: int) -> None:
    said = changed(before, now).replace("−", "-").replace("không đổi", "0")
    assert before + int(said) == now


@pytest.mark.parametrize(
    "other",
    [
        replace(DIGEST, late_codes=("NV-0001", "NV-0005")),
        replace(DIGEST, confirmed=4),
        replace(DIGEST, obstacles=0),
        replace(DIGEST, apart=((Lateness.ASSIGNED_LATE, 2),)),
        replace(DIGEST, due_this_week=()),
        replace(DIGEST, open_cases=5),
        replace(DIGEST, cases=Load(0, 4, 1)),
        replace(DIGEST, cases=Load(0, 4, 0, agencies=(AgencyLoad("Sở Tư pháp", 4, 1, 1, 20),))),
        replace(DIGEST, awaited=(Awaited("Đề nghị gia hạn", 1),)),
    ],
)
def test_whatever_is_told_is_a_change(other: Digest) -> None:
    assert other.fingerprint != DIGEST.fingerprint


def test_time_going_by_is_none() -> None:
    later = replace(DIGEST, day=date(2026, 3, 18), agencies=(AgencyLine("Sở Tư pháp", 2, 10),), newly_late=0)
    assert later.fingerprint == DIGEST.fingerprint


def test_what_waits_for_the_reader_is_not_calm() -> None:
    calm = replace(DIGEST, apart=(), obstacles=0)
    assert calm.calm
    assert not replace(calm, awaited=(Awaited("Đề nghị gia hạn", 1),)).calm


_D, _W, _N = Wanted.DAILY, Wanted.WEEKLY, Wanted.NONE


@pytest.mark.parametrize(
    ("wanted", "same", "week_begins", "said"),
    [
        (_D, False, False, Saying.WHOLE),
        (_D, False, True, Saying.WHOLE),
        (_D, True, False, Saying.NOTHING),
        (_D, True, True, Saying.UNCHANGED),
        (_W, False, False, Saying.NOTHING),
        (_W, False, True, Saying.WHOLE),
        (_W, True, True, Saying.UNCHANGED),
        (_N, False, True, Saying.NOTHING),
    ],
)
def test_when_it_is_said(wanted: Wanted, same: bool, week_begins: bool, said: Saying) -> None:
    since = Since(date(2026, 3, 16), {}, "a")
    assert saying("a" if same else "b", since, wanted, week_begins=week_begins) is said


def test_what_was_kept_tells_the_change() -> None:
    since = Since.kept(date(2026, 3, 16), {"late": 3, "odd": "x"}, "a")
    assert (since.change("late", 2), since.change("odd", 1), Since().change("late", 2)) == ("−1", "", "")


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 3, 16), True),
        (date(2026, 3, 17), False),
        (date(2026, 2, 23), True),
        (date(2026, 2, 16), False),
        (date(2026, 3, 15), False),
    ],
)
def test_the_first_working_day_of_a_week(day: date, first: bool) -> None:
    """The week of Tết, from the 16th of February, has none."""
    assert begins_week(day, CALENDAR) is first


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (_at(17, 7), _at(17, 7, 30)),
        (_at(17, 7, 30), _at(18, 7, 30)),
        (_at(20, 9), _at(23, 7, 30)),
        (_at(21, 6), _at(23, 7, 30)),
    ],
)
def test_the_next_hour(now: datetime, then: datetime) -> None:
    assert next_at(now, time(7, 30), CALENDAR) == then


def test_a_morning_line() -> None:
    line = Morning("việc của Sở Tư pháp", (Counted("late", "việc quá hạn", 2), Counted("today", "việc", 0)))
    before = Since(date(2026, 3, 16), dict(figures([line])), "")
    more = Morning(line.heading, (Counted("late", "việc quá hạn", 3), Counted("today", "việc", 0)))
    assert line.said(Since()) == line.said(before) == ["2 việc quá hạn"]
    assert more.said(before) == ["3 việc quá hạn (+1)"]
    assert mark([line]) != mark([more])
    assert (line.total, Morning("x", (Counted("late", "việc", 0),)).total) == (2, 0)
