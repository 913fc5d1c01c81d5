"""The ladders of a case: who hears when it is to be passed on, and when it is to be answered (pakn rules, counting 5).

They climb like those of tasks: T-5 to T to who works on it, T+1 to the same, T+3 to the head, T+5 to the office.
"""

from domain.ladder import WEEKLY_AT_MOST, From, Kind, Ladder, Rung
from domain.people import Role


def doer(role: Role, *, conduct: bool) -> tuple[Role, bool]:
    """Return (to whom a rung is said, whether as the one who is to act).

    Feedback on somebody's conduct is the head's business, not that of the agency's officers.
    """
    in_agency = role in {Role.OFFICER, Role.HEAD}
    return (Role.HEAD, True) if conduct and in_agency else (role, False)


PASSING_ON = Ladder(
    "PAKN: tiếp nhận, chuyển",
    (
        Rung("pass2", From.TARGET, -2, Role.COORDINATOR, "08:00", Kind.CASE_REMINDER),
        Rung("pass0", From.TARGET, 0, Role.COORDINATOR, "08:00", Kind.CASE_REMINDER),
        Rung("pass_over1", From.TARGET, 1, Role.COORDINATOR, "08:00", Kind.CASE_OVERDUE),
        Rung("pass_over3", From.TARGET, 3, Role.COORDINATOR, "08:00", Kind.CASE_ESCALATION),
    ),
)
"""From reception until the case is with who is to handle it: the coordinating office's own clock."""


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


OWN = Ladder(
    "PAKN: văn phòng xử lý",
    (
        *(Rung(f"own_t{n}", From.TARGET, -n, Role.COORDINATOR, "08:00", Kind.CASE_REMINDER) for n in (3, 1, 0)),
        Rung("own_over1", From.TARGET, 1, Role.COORDINATOR, "08:00", Kind.CASE_OVERDUE),
        Rung("own_over5", From.TARGET, 5, Role.COORDINATOR, "08:00", Kind.CASE_ESCALATION),
    ),
)
"""What the coordinating office answers itself."""
