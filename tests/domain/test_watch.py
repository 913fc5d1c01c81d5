"""The rules of the watcher, and of coming back after a gap: tables and properties over office time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local import VIETNAM
from domain.notices import Etiquette
from domain.watch import (
    Alarm,
    Facts,
    Machine,
    Trouble,
    horizon,
    missed,
    of_machine,
    of_office,
    open_before,
    open_time,
    set_back,
)
from domain.workdays import OfficeHours
from tests.domain.calendars import TET

ETIQUETTE = Etiquette(OfficeHours(), TET)


def at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (at(12, 8), at(12, 9), HOUR),
        (at(12, 8), at(12, 17), 7 * HOUR),  # 3.5 hours of the morning, 3.5 of the afternoon
        (at(12, 11), at(12, 14), HOUR),  # noon does not count
        (at(12, 17), at(13, 7, 30), timedelta(0)),  # a night
        (at(12, 16), at(13, 8), 1.5 * HOUR),
        (at(16, 16), at(19, 8), 1.5 * HOUR),  # a weekend
        (at(13, 16, month=2), at(23, 8, month=2), 1.5 * HOUR),  # Tết
        (at(12, 9), at(12, 8), timedelta(0)),  # backwards
        (at(12, 8).astimezone(UTC), at(12, 9).astimezone(UTC), HOUR),
    ],
)
def test_office_time_between_two_moments(start: datetime, end: datetime, expected: timedelta) -> None:
    assert open_time(ETIQUETTE, start, end) == expected


@pytest.mark.parametrize(
    ("now", "wait", "expected"),
    [
        (at(12, 10), HOUR, at(12, 9)),
        (at(12, 14), HOUR, at(12, 11)),
        (at(13, 8), HOUR, at(12, 16, 30)),
        (at(12, 22), 4 * HOUR, at(12, 11)),
        (at(17, 12), HOUR, at(16, 16)),  # a Saturday
        (at(23, 8, month=2), HOUR, at(13, 16, 30, month=2)),
        (at(12, 12), HOUR, at(12, 10, 30)),
    ],
)
def test_the_moment_since_which_so_much_office_time_has_passed(
    now: datetime, wait: timedelta, expected: datetime
) -> None:
    assert open_before(ETIQUETTE, now, wait) == expected


@given(st.integers(0, 60 * 24 * 60), st.integers(1, 60 * 40))
def test_going_back_and_counting_forward_agree(minutes: int, wait: int) -> None:
    now, span = at(12, 0) + timedelta(minutes=minutes), timedelta(minutes=wait)
    assert open_time(ETIQUETTE, open_before(ETIQUETTE, now, span), now) == span


@pytest.mark.parametrize(
    ("last", "now", "expected"),
    [
        (at(12, 9), at(12, 10), False),
        (at(12, 9), at(12, 10, 1), True),
        (at(12, 17), at(13, 8), False),  # a night without a sweep is none that was missed
        (at(12, 16, 29), at(13, 8), True),
        (at(13, 16, 59, month=2), at(23, 7, 45, month=2), False),
        (at(12, 9), at(11, 9), False),
    ],
)
def test_which_gap_counts(last: datetime, now: datetime, expected: bool) -> None:
    assert missed(ETIQUETTE, last, now) is expected


@pytest.mark.parametrize(("minutes", "expected"), [(-1, False), (0, False), (5, False), (6, True), (60 * 24, True)])
def test_a_clock_being_put_right_is_none_set_back(minutes: int, expected: bool) -> None:
    assert set_back(at(12, 9) + timedelta(minutes=minutes), at(12, 9)) is expected


NOW = at(12, 9)
SWEPT = NOW - timedelta(seconds=20)


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        (Facts(), NOW, []),  # an office that has never run
        (Facts(SWEPT), NOW, []),
        (Facts(SWEPT, reauthorise=True), NOW, ["zalo_oa_reauthorise"]),
        (Facts(NOW - timedelta(minutes=10)), NOW, []),
        (Facts(NOW - timedelta(minutes=11)), NOW, ["sweep"]),
        (Facts(NOW + timedelta(hours=1)), NOW, ["clock"]),
        (Facts(SWEPT, held=412), NOW, ["held"]),
        (Facts(SWEPT, held=412, late_notices=40), NOW, ["held"]),  # late because they are held
        (Facts(SWEPT, late_replies=1), NOW, ["replies"]),
        (Facts(SWEPT, late_notices=1), NOW, ["notices"]),
        (Facts(SWEPT, late_planned=3), NOW, ["planned"]),
        (Facts(SWEPT, refused=1, parked=2), NOW, ["refused", "parked"]),
        (Facts(SWEPT, refusing=("telegram", "zalo")), NOW, ["account:telegram", "account:zalo"]),
        (Facts(SWEPT, digest_owed=True), NOW, ["digest"]),
        (Facts(at(12, 8), digest_owed=True), at(12, 8, 10), []),  # there is time until nine
        (Facts(at(17, 9), digest_owed=True), at(17, 9), []),  # a Saturday
    ],
)
def test_what_should_have_happened_and_did_not(facts: Facts, now: datetime, expected: list[str]) -> None:
    assert [one.name for one in of_office(facts, ETIQUETTE, now)] == expected


@pytest.mark.parametrize(
    ("machine", "expected"),
    [
        (Machine(), []),
        (Machine(free=10**11, size=10**12), []),
        (Machine(free=10**8, size=10**12), ["disk"]),
        (Machine(free=5 * 10**6, size=6 * 10**6), []),  # a small one, nearly empty
        (Machine(free=10**5, size=6 * 10**6), ["disk"]),
        (Machine(write_error="ENOSPC"), ["disk"]),
        (Machine(holds_lock=False), ["lock"]),
    ],
)
def test_what_is_wrong_with_the_machine(machine: Machine, expected: list[str]) -> None:
    assert [one.name for one in of_machine(machine)] == expected


def test_what_is_late_is_counted_from_office_time() -> None:
    ahead = horizon(ETIQUETTE, at(13, 7, 40))
    assert ahead.replies == at(13, 7, 35)
    assert ahead.notices == at(12, 16, 40)
    assert ahead.planned == at(12, 11, 10)
    assert ahead.events == at(13, 6, 40)


def test_an_event_is_told_apart_from_what_can_become_well() -> None:
    assert {alarm for alarm in Alarm if alarm.passing} == {Alarm.REFUSED, Alarm.PARKED, Alarm.RESTORED}
    assert Trouble(Alarm.ACCOUNT, about="telegram").name == "account:telegram"
