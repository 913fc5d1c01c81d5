"""What can be said without being asked, and how much of it in one day.

A notice is one thing for one person on one occasion. Notices of one person that are due together leave as one
message; of two rungs of one matter only the later is said.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from domain.local import local
from domain.workdays import OfficeHours, WorkCalendar


class Kind(StrEnum):
    """The kinds of notice; each has a template of its own in `messages/templates/notices/`."""

    ASSIGNED = "assigned"
    REMINDER = "reminder"
    INTERNAL = "internal"
    OVERDUE = "overdue"
    ESCALATION = "escalation"
    URGE = "urge"
    FORWARDED = "forwarded"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    AMENDED = "amended"
    REPORTED = "reported"
    EXTENSION = "extension"
    EXTENDED = "extended"
    OBSTACLE = "obstacle"
    NOT_OURS = "not_ours"
    ANSWERED = "answered"
    COORDINATES = "coordinates"
    REQUESTED = "requested"
    PROVIDED = "provided"
    WAITS = "waits"
    HEAD_ASKED = "head_asked"
    PROPOSED = "proposed"
    DIRECTION = "direction"
    DIRECTED = "directed"
    DELIVERED = "delivered"
    NOT_NEEDED = "not_needed"
    JOIN_REQUEST = "join_request"
    SEATED = "seated"
    NEW_CASE = "new_case"
    CASE_FORWARDED = "case_forwarded"
    CASE_UNACKNOWLEDGED = "case_unacknowledged"
    CASE_REMINDER = "case_reminder"
    CASE_OVERDUE = "case_overdue"
    CASE_ESCALATION = "case_escalation"
    CASE_TO_APPROVE = "case_to_approve"
    CASE_RETURNED = "case_returned"
    CASE_EVENT = "case_event"
    CASE_URGED = "case_urged"
    CASE_TELL = "case_tell"
    DATA_REQUEST = "data_request"
    INCIDENT = "incident"
    UNREACHABLE = "unreachable"
    SUBSTITUTE = "substitute"
    SUCCEEDED = "succeeded"
    PLAN_CLOSED = "plan_closed"
    CALENDAR = "calendar"
    PREVIEW = "preview"
    ASK_DATE = "ask_date"
    CHECK_IN = "check_in"
    COLLECT = "collect"
    PUBLICATION = "publication"
    DIGEST = "digest"
    DIGEST_CHECK = "digest_check"
    MORNING = "morning"
    BROADCAST = "broadcast"
    RECONFIRM = "reconfirm"
    ALARM = "alarm"

    @property
    def urgent(self) -> bool:
        """Whether it may leave on a day that already had an unsolicited message (in office hours still)."""
        return self in _URGENT

    @property
    def passes_quiet(self) -> bool:
        """Whether it reaches a person outside the hours they chose, in office hours still."""
        return self in _PASSES_QUIET


_URGENT = {
    Kind.RETURNED,
    Kind.URGE,
    Kind.FORWARDED,
    Kind.JOIN_REQUEST,
    Kind.SEATED,
    Kind.NEW_CASE,
    Kind.CASE_FORWARDED,
    Kind.CASE_TO_APPROVE,
    Kind.CASE_RETURNED,
    Kind.CASE_EVENT,
    Kind.CASE_URGED,
    Kind.DATA_REQUEST,
    Kind.INCIDENT,
    Kind.UNREACHABLE,
    Kind.ALARM,
    Kind.OBSTACLE,
    Kind.NOT_OURS,
    Kind.HEAD_ASKED,
    Kind.PROPOSED,
    Kind.DIRECTION,
    Kind.DIRECTED,
    Kind.DELIVERED,
    Kind.EXTENSION,
    Kind.EXTENDED,
    Kind.ANSWERED,
    Kind.DIGEST,
    Kind.PUBLICATION,
    Kind.DIGEST_CHECK,
    Kind.SUBSTITUTE,
    Kind.PREVIEW,
    Kind.BROADCAST,
}

_PASSES_QUIET = {
    Kind.ALARM,  # the system itself fails: whoever waits for other messages waits in vain
    Kind.DIGEST_CHECK,  # it leaves by itself the next morning
    Kind.PREVIEW,  # it leaves by itself two hours later, so silence would be a yes
    Kind.SUBSTITUTE,  # from this moment on the person answers for somebody else's work
}

_WEIGHT = {
    Kind.ALARM: 0,
    Kind.DIGEST: 0,
    Kind.DIGEST_CHECK: 1,
    Kind.RETURNED: 1,
    Kind.EXTENDED: 1,
    Kind.ANSWERED: 1,
    Kind.PREVIEW: 1,
    Kind.URGE: 2,
    Kind.FORWARDED: 6,
    Kind.BROADCAST: 2,
    Kind.RECONFIRM: 11,
    Kind.ESCALATION: 2,
    Kind.OVERDUE: 3,
    Kind.NEW_CASE: 4,
    Kind.INCIDENT: 0,
    Kind.CASE_URGED: 2,
    Kind.CASE_ESCALATION: 2,
    Kind.CASE_OVERDUE: 3,
    Kind.CASE_RETURNED: 1,
    Kind.CASE_TO_APPROVE: 2,
    Kind.CASE_UNACKNOWLEDGED: 4,
    Kind.CASE_FORWARDED: 4,
    Kind.CASE_EVENT: 5,
    Kind.DATA_REQUEST: 5,
    Kind.CASE_REMINDER: 8,
    Kind.CASE_TELL: 8,
    Kind.SEATED: 5,
    Kind.SUBSTITUTE: 5,
    Kind.SUCCEEDED: 5,
    Kind.JOIN_REQUEST: 5,
    Kind.OBSTACLE: 6,
    Kind.NOT_OURS: 6,
    Kind.WAITS: 6,
    Kind.HEAD_ASKED: 1,
    Kind.PROPOSED: 1,
    Kind.DIRECTION: 1,
    Kind.DIRECTED: 1,
    Kind.DELIVERED: 1,
    Kind.EXTENSION: 6,
    Kind.REPORTED: 7,
    Kind.PUBLICATION: 6,
    Kind.COLLECT: 8,
    Kind.AMENDED: 8,
    Kind.REMINDER: 8,
    Kind.INTERNAL: 8,
    Kind.REQUESTED: 8,
    Kind.PROVIDED: 8,
    Kind.NOT_NEEDED: 9,
    Kind.ASSIGNED: 9,
    Kind.COORDINATES: 9,
    Kind.PLAN_CLOSED: 9,
    Kind.CONFIRMED: 10,
    Kind.CALENDAR: 11,
    Kind.ASK_DATE: 11,
    Kind.CHECK_IN: 11,
    Kind.UNREACHABLE: 12,
    Kind.MORNING: 13,
}


def weight(kind: Kind) -> int:
    """Return the place of a kind in a message that says several: the most pressing first."""
    return _WEIGHT[kind]


class State(StrEnum):
    """The life of a notice."""

    WAITING = "waiting"
    MERGED = "merged"  # part of a message in the outbox
    SUPERSEDED = "superseded"  # a later rung of the same matter is said instead
    DROPPED = "dropped"  # no longer true, with the reason


@dataclass(frozen=True, slots=True)
class Etiquette:
    """When unsolicited messages may leave."""

    hours: OfficeHours
    calendar: WorkCalendar

    def open_now(self, now: datetime) -> bool:
        """Whether `now` lies in office hours of a working day."""
        return self.hours.is_open(local(now), self.calendar)

    def next_open(self, now: datetime) -> datetime:
        """Return `now` if messages may leave, else the next moment at which they may (local, aware)."""
        return self.hours.next_open(local(now), self.calendar)

    def says_all(self, now: datetime) -> bool:
        """Whether a person's one message of the day may leave, not only what is urgent."""
        return local(now).time() >= DAILY_AT

    def next_turn(self, now: datetime, *, waiting: bool = True) -> datetime:
        """Return the next moment (local, aware) at which something may leave that may not yet.

        Only where something is `waiting` already is the opening of the afternoon such a moment.
        """
        moment = local(now)
        day = moment.date()
        turns = sorted((self.hours.morning.opens, DAILY_AT, *((self.hours.afternoon.opens,) if waiting else ())))
        if self.calendar.is_working(day):
            for at in turns:
                if moment.time() < at:
                    return datetime.combine(day, at, moment.tzinfo)
        return datetime.combine(self.calendar.add(day, 1), turns[0], moment.tzinfo)


def occasion_of_urge(urge_id: int) -> str:
    """Return the occasion of one urging by the office; a second urging is a new one."""
    return f"urge:{urge_id}"


def occasion_of_digest(day: date) -> str:
    """Return the occasion of a leader's daily digest."""
    return f"digest:{day.isoformat()}"


DAILY_AT = time(8, 0)
"""Local time before which only what is urgent leaves: a word about yesterday must not take the place of the day's
own reminders, which are laid out for this hour."""

MORNING_AT = time(7, 30)
"""Local time from which a working day's own questions are asked; the leaders' digest has an hour of its own."""
