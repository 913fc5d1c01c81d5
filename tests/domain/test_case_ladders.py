"""What is said within a limit of working hours: halfway, and when it is over."""

from datetime import datetime, time

import pytest

from domain.cases.ladders import OWN, PASSING_ON, answering, within_hours
from domain.ladder import Dates, lay_out
from domain.local import VIETNAM
from domain.people import Role
from domain.workdays import OfficeHours, Span
from domain.workhours import add_hours
from tests.domain.test_workdays import OFFICIAL

CLOCK = OfficeHours(Span(time(7, 30), time(11, 30)), Span(time(13, 30), time(17)))


@pytest.mark.parametrize(
    ("begins", "amount", "said"),
    [
        ("2026-03-02 08:00", 4, ["half 10:00 02/03", "over 14:00 02/03"]),
        ("2026-03-02 10:30", 2, ["half 11:30 02/03", "over 14:30 02/03"]),
        ("2026-03-02 15:00", 4, ["over 09:30 03/03"]),  # on the second morning T is said at 08:00 anyway
        ("2026-03-06 16:00", 1, ["half 16:30 06/03", "over 17:00 06/03"]),
    ],
)
def test_halfway_and_at_the_end_in_office_hours(begins: str, amount: int, said: list[str]) -> None:
    since = datetime.fromisoformat(begins).replace(tzinfo=VIETNAM)
    at = add_hours(since, amount, CLOCK, OFFICIAL)
    laid = lay_out(answering(1), Dates(since, None, at.date()), OFFICIAL)
    found = within_hours(since, at, Role.OFFICER, laid, CLOCK, OFFICIAL)
    assert [f"{one.rung.name.removeprefix('hours_')} {one.at:%H:%M %d/%m}" for one in found] == said
    assert within_hours(at, at, Role.OFFICER, (), CLOCK, OFFICIAL) == (), "what is over is not laid out"


def test_the_offices_own_clocks_climb_as_the_rules_say() -> None:
    """T-5 to T, T+1, T+3, T+5; what was received today is not reminded of today."""
    assert [one.days for one in PASSING_ON.rungs] == [-3, -1, 0, 1, 3, 5]
    assert [one.days for one in OWN.rungs] == [-5, -3, -1, 0, 1, 3, 5]
    assert {one.role for one in (*PASSING_ON.rungs, *OWN.rungs)} == {Role.COORDINATOR}
