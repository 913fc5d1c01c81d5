"""What can be said unasked, and when it may leave."""

from datetime import date, datetime

import pytest
from hypothesis import given

from domain.local import VIETNAM
from domain.notices import Etiquette, Kind, occasion_of_digest, weight
from domain.workdays import OfficeHours
from tests.domain.calendars import TET, moments

ETIQUETTE = Etiquette(OfficeHours(), TET)


def _at(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


def test_every_kind_has_its_weight() -> None:
    weights = {kind: weight(kind) for kind in Kind}
    assert len(weights) == len(Kind)
    assert weights[Kind.DIGEST] == 0
    assert weights[Kind.OVERDUE] < weights[Kind.REMINDER] < weights[Kind.CONFIRMED]


def test_what_presses() -> None:
    assert {Kind.RETURNED, Kind.OBSTACLE, Kind.JOIN_REQUEST, Kind.NEW_CASE, Kind.DIGEST} <= {
        kind for kind in Kind if kind.urgent
    }
    assert not [kind for kind in (Kind.ASSIGNED, Kind.REMINDER, Kind.OVERDUE, Kind.ESCALATION) if kind.urgent]


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        (_at(12, 6), _at(12, 7, 30)),
        (_at(12, 7, 30), _at(12, 8)),
        (_at(12, 8), _at(12, 13, 30)),
        (_at(12, 11, 45), _at(12, 13, 30)),
        (_at(12, 13, 30), _at(13, 7, 30)),
        (_at(16, 18), _at(19, 7, 30)),
        (_at(17, 9), _at(19, 7, 30)),
        (_at(10, 7), _at(10, 7, 30)),  # a Saturday worked for the 2nd
        (_at(13, 14, month=2), _at(23, 7, 30, month=2)),
    ],
)
def test_the_next_turn(now: datetime, turn: datetime) -> None:
    assert ETIQUETTE.next_turn(now) == turn


def test_the_afternoon_opens_for_what_waits_only() -> None:
    assert ETIQUETTE.next_turn(_at(12, 8), waiting=False) == _at(13, 7, 30)
    assert ETIQUETTE.next_turn(_at(12, 6), waiting=False) == _at(12, 7, 30)


@given(moments(date(2026, 1, 1), date(2026, 6, 1)))
def test_a_turn_lies_ahead_and_in_office_hours(now: datetime) -> None:
    turn = ETIQUETTE.next_turn(now)
    assert turn > now
    assert ETIQUETTE.open_now(turn)


@pytest.mark.parametrize(
    ("now", "everything"), [(_at(12, 7, 30), False), (_at(12, 7, 59), False), (_at(12, 8), True), (_at(12, 16), True)]
)
def test_the_days_message_waits_for_its_hour(now: datetime, everything: bool) -> None:
    assert ETIQUETTE.says_all(now) is everything


def test_occasions_tell_days_apart() -> None:
    assert occasion_of_digest(date(2026, 1, 12)) == "digest:2026-01-12" != occasion_of_digest(date(2026, 1, 13))
