"""The hours in which a person wants to hear: read as typed, never too narrow, always coming again."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import ActRefused
from domain.hearing import ALWAYS, LEAST, Hearing, checked, next_hearing, read_hours
from domain.local import VIETNAM
from domain.notices import Etiquette, Kind
from domain.workdays import OfficeHours, WorkCalendar

HOURS = OfficeHours()
ETIQUETTE = Etiquette(HOURS, WorkCalendar())
MINUTE = st.none() | st.integers(0, 24 * 60)
MOMENT = st.integers(0, 364 * 24 * 60).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=VIETNAM) + timedelta(minutes=minute)
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8h-16h30", Hearing(480, 990)),
        ("giờ 8h - 16h30", Hearing(480, 990)),
        ("08:30 đến 11:00", Hearing(510, 660)),
        ("từ 8 giờ đến 16 giờ 30", Hearing(480, 990)),
        ("8g–16g", Hearing(480, 960)),
        ("gio 8-16", Hearing(480, 960)),
        ("sau 9h", Hearing(opens=540)),
        ("từ 13h30", Hearing(opens=810)),
        ("trước 16h", Hearing(closes=960)),
        ("đến 11h", Hearing(closes=660)),
        ("buổi sáng", Hearing(closes=690)),
        ("chiều", Hearing(opens=810)),
        ("sáng, chiều", ALWAYS),
        ("cả giờ hành chính", ALWAYS),
        ("mặc định", ALWAYS),
        ("25h-26h", None),
        ("8h75-9h", None),
        ("tuỳ", None),
    ],
)
def test_hours_as_people_type_them(typed: str, meant: Hearing | None) -> None:
    assert read_hours(typed, HOURS) == meant


@pytest.mark.parametrize(
    "wanted", [Hearing(990), Hearing(closes=500), Hearing(690, 810), Hearing(960, 480), Hearing(481, 600)]
)
def test_hours_that_leave_too_little_are_refused(wanted: Hearing) -> None:
    with pytest.raises(ActRefused, match="ít nhất 2 giờ"):
        checked(wanted, HOURS)


@pytest.mark.parametrize(
    "wanted", [ALWAYS, Hearing(480, 600), Hearing(closes=570), Hearing(opens=900), Hearing(630, 870)]
)
def test_hours_that_leave_two_hours_are_kept(wanted: Hearing) -> None:
    assert checked(wanted, HOURS) == wanted


@given(MINUTE, MINUTE, MOMENT)
def test_what_waits_is_said_in_office_hours_within_four_days(
    opens: int | None, closes: int | None, now: datetime
) -> None:
    wanted = Hearing(opens, closes)
    heard = next_hearing(wanted, ETIQUETTE, now)
    assert heard >= now
    assert heard - now < timedelta(days=4)
    assert ETIQUETTE.open_now(heard)
    if wanted.left_of(HOURS) >= LEAST:
        assert wanted.allows(heard)


@given(MOMENT)
def test_nobody_waits_who_chose_nothing(now: datetime) -> None:
    assert next_hearing(ALWAYS, ETIQUETTE, now) == ETIQUETTE.next_open(now)


def test_only_what_takes_effect_by_itself_passes_quiet_hours() -> None:
    assert {kind for kind in Kind if kind.passes_quiet} == {
        Kind.ALARM,
        Kind.DIGEST_CHECK,
        Kind.PREVIEW,
        Kind.SUBSTITUTE,
    }
    assert all(kind.urgent for kind in Kind if kind.passes_quiet)
