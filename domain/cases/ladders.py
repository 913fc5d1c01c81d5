"""The ladders of a case: who hears when it is to be passed on, and when it is to be answered.

They climb like those of tasks: T-5 to T to who works on it, T+1 to the same, T+3 to the head, T+5 to the office.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from domain.ladder import WEEKLY_AT_MOST, From, Kind, Ladder, Rung, Step
from domain.people import Role
from domain.workdays import OfficeHours, WorkCalendar
from domain.workhours import add_hours, worked


def doer(role: Role, *, conduct: bool) -> tuple[Role, bool]:
    """Return (to whom a rung is said, whether as the one who is to act).

    Feedback on somebody's conduct is the head's business, not that of the agency's officers.
    """
    in_agency = role in {Role.OFFICER, Role.HEAD}
    return (Role.HEAD, True) if conduct and in_agency else (role, False)


def _of_the_office(name: str, before: tuple[int, ...]) -> tuple[Rung, ...]:
    """Return the rungs of the coordinating office's own clock: there is nobody outside to climb to."""
    return (
        *(Rung(f"{name}{n}", From.TARGET, -n, Role.COORDINATOR, "08:00", Kind.CASE_REMINDER) for n in before),
        Rung(f"{name}_over1", From.TARGET, 1, Role.COORDINATOR, "08:00", Kind.CASE_OVERDUE),
        Rung(f"{name}_over3", From.TARGET, 3, Role.COORDINATOR, "08:00", Kind.CASE_ESCALATION),
        Rung(f"{name}_over5", From.TARGET, 5, Role.COORDINATOR, "08:00", Kind.CASE_ESCALATION),
    )


PASSING_ON = Ladder("PAKN: tiếp nhận, chuyển", _of_the_office("pass", (3, 1, 0)))
"""From reception until the case is with who is to handle it; T-5 is the day of reception itself."""


def answering(acknowledge_days: int) -> Ladder:
    """Return the ladder of a case that is with an agency; no word within so many working days is asked after."""
    return Ladder(
        "PAKN: xử lý, trả lời",
        (
            Rung("ack1", From.AFTER, acknowledge_days, Role.OFFICER, "08:00", Kind.CASE_UNACKNOWLEDGED),
            Rung("ack2", From.AFTER, acknowledge_days + 1, Role.COORDINATOR, "08:00", Kind.CASE_UNACKNOWLEDGED),
            *(Rung(f"case_t{n}", From.TARGET, -n, Role.OFFICER, "08:00", Kind.CASE_REMINDER) for n in (5, 3, 1, 0)),
            Rung("case_over1", From.TARGET, 1, Role.OFFICER, "08:00", Kind.CASE_OVERDUE),
            Rung("case_over3", From.TARGET, 3, Role.HEAD, "10:00", Kind.CASE_ESCALATION),
            Rung("case_over5", From.TARGET, 5, Role.COORDINATOR, "08:00", Kind.CASE_ESCALATION),
            *(
                Rung(f"case_week{n}", From.TARGET, 10 + 5 * n, Role.OFFICER, "08:00", Kind.CASE_OVERDUE)
                for n in range(1, WEEKLY_AT_MOST + 1)
            ),
        ),
    )


OWN = Ladder("PAKN: văn phòng xử lý", _of_the_office("own", (5, 3, 1, 0)))
"""What the coordinating office answers itself."""

_HALF, _OVER = "hours_half", "hours_over"
WITHIN_HOURS = (_HALF, _OVER)
"""Rungs of a limit in working hours: said within the day, whatever else was said on it."""

_HOUR = timedelta(hours=1)


def within_hours(
    since: datetime, at: datetime, role: Role, laid: Sequence[Step], hours: OfficeHours, calendar: WorkCalendar
) -> tuple[Step, ...]:
    """Return what is said within a limit of working hours that ends at a moment: halfway, and when it is over.

    `since` and `at` are local and aware. Halfway is left out where a morning's reminder in `laid` comes after it.
    """
    if at <= since:
        return ()
    half = add_hours(since, Fraction(worked(since, at, hours, calendar) / _HOUR) / 2, hours, calendar)
    over = Step(Rung(_OVER, From.TARGET, 0, role, f"{at:%H:%M}", Kind.CASE_OVERDUE), at)
    if any(one.rung.kind is Kind.CASE_REMINDER and half <= one.at < at for one in laid):
        return (over,)
    return (Step(Rung(_HALF, From.TARGET, 0, role, f"{half:%H:%M}", Kind.CASE_REMINDER), half), over)
