"""The date of a case, and who hears of it when: each stage has its clock and its ladder."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from domain.cases.clocks import AnswerLimit, forwarding
from domain.cases.decisions import Urgency
from domain.cases.kinds import Kind
from domain.cases.ladders import OWN, PASSING_ON, answering, doer, within_hours
from domain.cases.lifecycle import State
from domain.explanations import Grounds, given_back, grounds_in, kept, of_decision, of_receipt
from domain.ladder import Dates, From, Ladder, Step, lay_out
from domain.local import local, today
from domain.people import Role
from domain.workhours import add_hours, length_said, moment_said, worked
from domain.workhours import said as hours_said
from storage import agencies, calendars, ladders, matters, office_settings, people, planned
from storage.cases import rows
from storage.database import Unit
from storage.types import AnyRow

MISSING_LIMIT = (
    "Chưa đặt thời hạn xử lý, trả lời phản ánh. Đặt theo Quy chế của tỉnh bằng: "
    "nhacviec settings case_answer_normal “15 ngày”."
)
"""What the program says as long as the province has not set its limit for the answer."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A date with what it rests on; None where the province has set no limit. `at` is the moment of one in hours."""

    due_on: date | None
    grounds: Grounds
    at: datetime | None = None

    @property
    def article(self) -> str:
        """Why there is this date, in Vietnamese."""
        return self.grounds.article or self.grounds.reading


def is_conduct(row: AnyRow) -> bool:
    """Whether a case is about somebody's conduct: the head's business alone."""
    return bool(row.kind == Kind.CONDUCT)


def forwarding_clock(unit: Unit, received_on: date, *, conduct: bool) -> Clock:
    """Return C1: until when a case received on a day is passed on."""
    limit = forwarding(received_on, conduct=conduct, conduct_days=office_settings.number(unit, "case_conduct_days"))
    due_on = calendars.in_force(unit).add(received_on, limit.working_days)
    return Clock(due_on, of_receipt(received_on, limit.working_days, limit.said))


def answer_limit(unit: Unit, *, conduct: bool, urgency: Urgency) -> AnswerLimit | None:
    """Return C2 as the province has set it, None where it has not; what has none of its own is as a normal case."""
    own = "case_answer_conduct" if conduct and urgency is Urgency.NORMAL else f"case_answer_{urgency.value}"
    names = (own, "case_answer_normal")
    found = next((text for one in names if (text := office_settings.text(unit, one))), "")
    return AnswerLimit.read(found)


def answering_clock(unit: Unit, row: AnyRow, now: datetime) -> Clock:
    """Return C2 of a case handed over now."""
    limit = answer_limit(unit, conduct=is_conduct(row), urgency=Urgency(row.urgency))
    if limit is None:
        return Clock(None, Grounds("", "Tỉnh chưa đặt thời hạn xử lý, trả lời.", None))
    calendar, article = calendars.in_force(unit), f"Xử lý, trả lời trong {limit.said} (Quy chế của tỉnh)."
    if not limit.in_hours:
        return Clock(calendar.add(today(now), limit.amount), of_receipt(today(now), limit.amount, article))
    hours, _ = calendars.hours(unit)
    at = add_hours(local(now), limit.amount, hours, calendar)
    return Clock(at.date(), of_decision("", hours_said(local(now), limit.amount, hours, calendar), at.date()), at)


def of_stage(unit: Unit, row: AnyRow) -> Ladder:
    """Return the ladder of who has the case now."""
    if row.agency_id is None or State(row.state).is_with_office:
        return PASSING_ON
    if row.agency_id == agencies.coordinating_id(unit):
        return OWN
    return answering(office_settings.number(unit, "case_acknowledge_days"))


def begin(unit: Unit, row: AnyRow, clock: Clock, now: datetime) -> None:
    """Lay out who hears when, for a case that has just got its first date."""
    _lay(unit, row, of_stage(unit, row), clock, row.due_version, now)


def move(
    unit: Unit,
    row: AnyRow,
    clock: Clock,
    reason: str,
    now: datetime,
    *,
    decided_by: int | None = None,
    basis: str | None = None,
) -> None:
    """Give a case its next date and lay out who hears when; what was planned for the one before is not said.

    `row` is the case as it stands after the act that moves it.
    """
    calendar = calendars.in_force(unit)
    ladder = of_stage(unit, row)
    matters.set_ladder(unit, row.id, ladders.keep(unit, ladder, now))
    told = kept(clock.grounds, clock.due_on, calendar)
    version = matters.move_due(
        unit,
        row.id,
        clock.due_on,
        reason,
        calendar.version,
        now,
        explanation=told,
        decided_by=decided_by,
        basis=basis,
    )
    _lay(unit, row, ladder, clock, version, now)


def give_waiting_back(unit: Unit, row: AnyRow, asked_at: datetime, now: datetime) -> None:
    """Move the date of a case by the working days, or hours, for which its agency waited for the sender.

    Only where the province's rules say that the clock pauses then (`case_pause`): the decree has no such rule.
    """
    if not office_settings.on(unit, "case_pause") or row.due_on is None:
        return
    clock = _later_by_days(unit, row, today(asked_at), now) if row.due_at is None else _later(unit, row, asked_at, now)
    if clock is not None:
        rows.put(unit, row.id, due_at=clock.at)
        move(unit, row, clock, "waited", now)


def _later_by_days(unit: Unit, row: AnyRow, since: date, now: datetime) -> Clock | None:
    before, calendar = grounds_in(matters.explanation(unit, row.id)), calendars.in_force(unit)
    held = calendar.between(since, today(now))
    if before is None or held <= 0:
        return None
    return Clock(calendar.add(row.due_on, held), given_back(before, since, today(now), waited=True))


def _later(unit: Unit, row: AnyRow, asked_at: datetime, now: datetime) -> Clock | None:
    """Return the later moment of a limit in working hours, None where no hour was waited."""
    calendar, (hours, _) = calendars.in_force(unit), calendars.hours(unit)
    waited = Fraction(worked(local(asked_at), local(now), hours, calendar) / timedelta(hours=1))
    if waited <= 0:
        return None
    at = add_hours(local(row.due_at), waited, hours, calendar)
    how = f"Cộng {length_said(waited)} chờ người gửi trả lời: {moment_said(at)} (Quy chế của tỉnh)."
    return Clock(at.date(), of_decision("", how, at.date()), at)


def _lay(unit: Unit, row: AnyRow, ladder: Ladder, clock: Clock, due_version: int, now: datetime) -> None:
    office_id = agencies.coordinating_id(unit)
    laid, alone = [], _head_alone(unit, row, today(now))
    for step in _steps(unit, ladder, clock, now):
        if step.rung.base is From.AFTER and row.acknowledged_at is not None:
            continue
        role, direct = doer(step.rung.role, conduct=is_conduct(row) or alone)
        agency_id = row.agency_id if role in {Role.OFFICER, Role.HEAD} else office_id
        if agency_id is None:  # a directory without a coordinating office: nobody is there to hear
            continue
        laid.append(
            {
                "matter_id": row.id,
                "rung": step.rung.name,
                "due_version": due_version,
                "at": step.at,
                "agency_id": agency_id,
                "role": role.value,
                "kind": step.rung.kind.value,
                "state": planned.WAITING,
                "direct": direct,
                "person_id": row.handler_id if direct and is_conduct(row) else None,
            }
        )
    planned.add(unit, laid)


def _steps(unit: Unit, ladder: Ladder, clock: Clock, now: datetime) -> tuple[Step, ...]:
    calendar = calendars.in_force(unit)
    steps = lay_out(ladder, Dates(local(now), None, clock.due_on), calendar)
    if clock.at is None:
        return steps
    hours, _ = calendars.hours(unit)
    role = Role.COORDINATOR if ladder is OWN else Role.OFFICER
    return (*steps, *within_hours(local(now), local(clock.at), role, steps, hours, calendar))


def _head_alone(unit: Unit, row: AnyRow, day: date) -> bool:
    """Whether nobody but its head is here for the case's agency: then the head is who is to act."""
    if row.agency_id is None or row.agency_id == agencies.coordinating_id(unit):
        return False
    heads, officers = (people.members(unit, row.agency_id, role, day) for role in (Role.HEAD, Role.OFFICER))
    return bool(heads) and not officers
