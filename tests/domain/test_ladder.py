"""The ladder against dates counted by hand on a wall calendar, Tết 16–20/02/2026 among them."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ladder import (
    DEFAULT,
    SHIPPED,
    WEEKLY_AT_MOST,
    WITH_DRAFT,
    Dates,
    From,
    Kind,
    Ladder,
    agenda_day,
    heard_by,
    last_working_day,
    lay_out,
    shipped,
)
from domain.local import VIETNAM
from domain.people import Role
from tests.domain.calendars import TET, moments

ISSUED = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)


def _laid(due_on: date | None, *, issued: datetime = ISSUED, starts_on: date | None = None) -> dict[str, str]:
    steps = lay_out(DEFAULT, Dates(issued, starts_on, due_on), TET)
    return {step.rung.name: f"{step.at:%d/%m %H:%M}" for step in steps}


def _without_weeks(laid: dict[str, str]) -> dict[str, str]:
    return {name: at for name, at in laid.items() if not name.startswith("week")}


@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        pytest.param(
            date(2026, 1, 19),
            {
                "issue": "12/01 08:00",
                "t3": "14/01 08:00",
                "t1": "16/01 08:00",
                "t0": "19/01 08:00",
                "over1": "20/01 08:00",
                "over3": "22/01 10:00",
                "over5": "26/01 08:00",
            },
            id="a week after issue, T-7 lies before it",
        ),
        pytest.param(
            date(2026, 2, 14),
            {
                "issue": "12/01 08:00",
                "t14": "26/01 08:00",
                "t7": "04/02 08:00",
                "t3": "10/02 08:00",
                "t1": "12/02 08:00",
                "t0": "13/02 08:00",
                "over1": "23/02 08:00",
                "over3": "25/02 10:00",
                "over5": "27/02 08:00",
            },
            id="the Saturday before Tết: T is Friday, overdue is heard only after Tết",
        ),
        pytest.param(
            date(2026, 2, 18),
            {
                "issue": "12/01 08:00",
                "t30": "19/01 08:00",
                "t14": "02/02 08:00",
                "t7": "04/02 08:00",
                "t3": "10/02 08:00",
                "t1": "12/02 08:00",
                "t0": "13/02 08:00",
                "over1": "23/02 08:00",
                "over3": "25/02 10:00",
                "over5": "27/02 08:00",
            },
            id="in Tết itself: T is the last working day before it",
        ),
        pytest.param(
            date(2026, 2, 24),
            {
                "issue": "12/01 08:00",
                "t30": "19/01 08:00",
                "t7": "06/02 08:00",
                "t3": "12/02 08:00",
                "t1": "23/02 08:00",
                "t0": "24/02 08:00",
                "over1": "25/02 08:00",
                "over3": "27/02 10:00",
                "over5": "03/03 08:00",
            },
            id="soon after Tết: working days are counted across it",
        ),
        pytest.param(
            date(2026, 1, 13),
            {"issue": "12/01 08:00", "t0": "13/01 08:00", "over1": "14/01 08:00"},
            id="the day after issue: nothing climbs above the officer",
        ),
        pytest.param(date(2025, 12, 31), {"issue": "12/01 08:00"}, id="past at issue: no rung lies ahead but weeks"),
        pytest.param(None, {"issue": "12/01 08:00"}, id="without a date only the word of issue"),
    ],
)
def test_a_ladder_a_clerk_can_check(due_on: date | None, expected: dict[str, str]) -> None:
    assert _without_weeks(_laid(due_on)) == expected


def test_after_that_once_a_week_and_not_for_ever() -> None:
    laid = _laid(date(2026, 2, 24))
    weeks = [at for name, at in laid.items() if name.startswith("week")]
    assert weeks[:3] == ["17/03 08:00", "24/03 08:00", "31/03 08:00"]
    assert len(weeks) == WEEKLY_AT_MOST == 8


def test_the_start_of_a_period_is_told_in_the_agenda_of_its_week() -> None:
    laid = _laid(date(2026, 6, 30), starts_on=date(2026, 4, 1))
    assert laid["start"] == "30/03 08:00"
    assert laid["t30"] == "25/05 08:00"  # 31/05 is a Sunday: the agenda of its week is Monday's


def test_an_agenda_of_a_week_off_moves_to_the_next_working_day() -> None:
    assert agenda_day(date(2026, 2, 18), TET) == date(2026, 2, 23)
    assert agenda_day(date(2026, 4, 29), TET) == date(2026, 4, 28)
    assert agenda_day(date(2026, 1, 4), TET) == date(2025, 12, 29)


def test_the_agenda_of_the_week_of_issue_is_the_word_of_issue() -> None:
    assert "start" not in _laid(date(2026, 3, 31), starts_on=date(2026, 1, 14))
    assert "start" in _laid(date(2026, 3, 31), starts_on=date(2026, 1, 19))


@pytest.mark.parametrize(
    ("due_on", "climbs"), [(date(2026, 1, 14), False), (date(2026, 1, 15), True), (date(2026, 1, 12), False)]
)
def test_what_is_due_within_three_working_days_does_not_climb(due_on: date, climbs: bool) -> None:
    above = [step for step in lay_out(DEFAULT, Dates(ISSUED, None, due_on), TET) if step.rung.role is not Role.OFFICER]
    assert bool(above) is climbs


def test_a_rung_of_the_very_moment_of_issue_is_left_to_the_word_of_issue() -> None:
    laid = _laid(date(2026, 1, 21))  # T-7 is Monday the 12th, 08:00
    assert "t7" not in laid
    earlier = datetime(2026, 1, 12, 7, 30, tzinfo=VIETNAM)
    assert _laid(date(2026, 1, 21), issued=earlier)["t7"] == "12/01 08:00"


def test_who_hears_what() -> None:
    roles = {rung.name: (rung.role, rung.kind) for rung in DEFAULT.rungs}
    assert roles["issue"] == (Role.OFFICER, Kind.ASSIGNED)
    assert roles["t0"] == (Role.OFFICER, Kind.REMINDER)
    assert roles["over1"] == (Role.OFFICER, Kind.OVERDUE)
    assert roles["over3"] == (Role.HEAD, Kind.ESCALATION)
    assert roles["over5"] == (Role.COORDINATOR, Kind.ESCALATION)
    assert not [rung for rung in DEFAULT.rungs if rung.role is Role.LEADER]
    assert len({rung.name for rung in DEFAULT.rungs}) == len(DEFAULT.rungs)


def test_a_ladder_is_kept_and_read_back_as_it_was() -> None:
    again = Ladder.from_json(DEFAULT.name, DEFAULT.to_json())
    assert again == DEFAULT
    draft = Ladder.from_json(WITH_DRAFT.name, WITH_DRAFT.to_json(), WITH_DRAFT.internal_days)
    assert draft == WITH_DRAFT


def test_the_internal_date_lies_ahead_of_the_official_one_and_the_head_hears_the_day_after() -> None:
    steps = lay_out(WITH_DRAFT, Dates(ISSUED, None, date(2026, 2, 24)), TET)
    laid = {step.rung.name: (f"{step.at:%d/%m %H:%M}", step.rung.role, step.rung.kind) for step in steps}
    assert WITH_DRAFT.internal_day(date(2026, 2, 24), TET) == date(2026, 2, 10)  # five working days, Tết between
    assert laid["draft2"] == ("06/02 08:00", Role.OFFICER, Kind.INTERNAL)
    assert laid["draft0"] == ("10/02 08:00", Role.OFFICER, Kind.INTERNAL)
    assert laid["draft1"] == ("11/02 10:00", Role.HEAD, Kind.INTERNAL)
    assert laid["t3"][0] == "12/02 08:00"
    assert laid["over3"][0] == "27/02 10:00"
    assert DEFAULT.internal_day(date(2026, 2, 24), TET) is None


@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        pytest.param(date(2026, 1, 21), [], id="internal 14/01, under three working days away: the head hears nothing"),
        pytest.param(date(2026, 1, 22), ["draft1"], id="internal 15/01"),
        pytest.param(date(2026, 1, 16), [], id="the internal date lies before issue"),
    ],
)
def test_an_internal_date_too_near_to_issue_does_not_climb(due_on: date, told: list[str]) -> None:
    steps = lay_out(WITH_DRAFT, Dates(ISSUED, None, due_on), TET)
    assert [step.rung.name for step in steps if step.rung.role is Role.HEAD and step.rung.kind is Kind.INTERNAL] == told


def test_what_moved_without_a_new_decision_still_climbs() -> None:
    soon = Dates(datetime(2026, 3, 9, 9, tzinfo=VIETNAM), None, date(2026, 3, 10))
    known = Dates(soon.issued_at, None, soon.due_on, known_on=date(2026, 1, 12))
    roles = [{step.rung.role for step in lay_out(DEFAULT, one, TET)} for one in (soon, known)]
    assert roles == [{Role.OFFICER}, {Role.OFFICER, Role.HEAD, Role.COORDINATOR}]


def test_whom_a_rung_speaks_to() -> None:
    assert [heard_by(role, own=False, asked=False) for role in Role] == list(Role)
    assert heard_by(Role.LEADER, own=True, asked=False) is Role.HEAD
    assert heard_by(Role.LEADER, own=False, asked=True) is None
    assert heard_by(Role.HEAD, own=False, asked=True) is Role.HEAD
    assert heard_by(Role.COORDINATOR, own=False, asked=True) is Role.COORDINATOR


def test_what_comes_with_the_program_is_found_by_its_name() -> None:
    assert shipped("Co Han noi  bo") is WITH_DRAFT
    assert shipped("khác") is None


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MOMENTS = moments(date(2026, 1, 1), date(2026, 12, 31))


@given(ladder=st.sampled_from(SHIPPED), issued=MOMENTS, due_on=DAYS, starts_on=st.none() | DAYS)
def test_nobody_is_reminded_on_a_day_off_or_before_issue(
    ladder: Ladder, issued: datetime, due_on: date, starts_on: date | None
) -> None:
    steps = lay_out(ladder, Dates(issued, starts_on, due_on), TET)
    assert [step for step in steps if step.rung.base is From.ISSUE] == [steps[0]]
    for step in steps[1:]:
        assert TET.is_working(step.at.date()), step
        assert step.at > issued, step
        assert step.at.time() in (time(8), time(10))
    assert list(steps) == sorted(steps, key=lambda step: step.at)
    assert len({step.rung.name for step in steps}) == len(steps)
    target = last_working_day(due_on, TET)
    weekly = [step for step in steps[1:] if TET.between(target, step.at.date()) > 10]
    assert len(weekly) <= WEEKLY_AT_MOST
    climbs = [step.rung.role for step in steps if step.rung.kind is Kind.ESCALATION]
    assert climbs in ([], [Role.COORDINATOR], [Role.HEAD, Role.COORDINATOR])


@given(issued=MOMENTS, due_on=DAYS, later=st.integers(0, 60))
def test_a_later_date_never_brings_an_earlier_rung(issued: datetime, due_on: date, later: int) -> None:
    def laid(day: date) -> dict[str, datetime]:
        return {step.rung.name: step.at for step in lay_out(DEFAULT, Dates(issued, None, day), TET)}

    sooner, after = laid(due_on), laid(due_on + timedelta(days=later))
    assert all(sooner[name] <= after[name] for name in sooner.keys() & after.keys())


@given(due_on=DAYS)
def test_overdue_is_said_only_after_the_last_day(due_on: date) -> None:
    target = last_working_day(due_on, TET)
    assert target <= due_on
    for step in lay_out(DEFAULT, Dates(datetime(2025, 12, 1, tzinfo=VIETNAM), None, due_on), TET):
        if step.rung.kind in (Kind.OVERDUE, Kind.ESCALATION):
            assert step.at.date() > due_on
        elif step.rung.kind is Kind.REMINDER:
            assert step.at.date() <= target
