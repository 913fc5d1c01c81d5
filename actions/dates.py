"""Giving dates to what waits for one: rows "theo kế hoạch riêng", "khi có phát sinh", and new rounds of them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions import explaining
from actions.layout import Part, Rows, Terms, collect, plan_steps, terms, write
from domain.assignments import State
from domain.deadlines import ByDate, last_day
from domain.deadlines import read as read_deadline
from domain.duties import Duty
from domain.errors import ActRefused, NotFound
from domain.explanations import of_decision
from domain.local import long_day, today
from domain.notices import Kind
from domain.people import Role, Viewer
from storage import assignments, audit, matters, notices, people, planned, plans, successions
from storage.database import Unit
from storage.types import AnyRow

REASON = "dated"
HOW = "Văn phòng đặt hạn"
"""What the explanation of such a date says."""


@dataclass(frozen=True, slots=True)
class Dated:
    """What came of it: the last day still on time, and how many agencies it binds."""

    due_on: date
    agencies: int


def read_due(text: str, now: datetime) -> date:
    """Return the last day on time that the words name. Raises ActRefused where they name none ahead of today."""
    found = read_deadline(text, year=today(now).year, signed=today(now))
    due = None if found.warnings else last_day(found.deadline)
    if due is None:
        raise ActRefused("Chưa rõ hạn là ngày nào. Xin gõ như: trước ngày 30/06/2026, hoặc 15/7.")
    if due < today(now):
        raise ActRefused(f"Hạn {long_day(due)} đã qua. Xin gõ một ngày từ hôm nay trở đi.")
    return due


def set_due(unit: Unit, viewer: Viewer | None, assignment_id: int, due_on: date, basis: str, now: datetime) -> Dated:
    """Give the whole task a date: every open assignment of it that has none.

    `viewer` is the coordinator who decides, None for the operator; `basis` names the document. Raises NotFound
    for others, ActRefused where nothing of the task waits for a date.
    """
    row, under = _task(unit, viewer, assignment_id, now)
    waiting = [one for one in assignments.of_task(unit, row.task_id) if _waits(one)]
    if not waiting:
        raise ActRefused("Việc này không chờ đặt hạn: đã có hạn, đã xong hoặc đã huỷ.")
    duty = Duty("", None, due_on, ByDate(due_on))
    for one in waiting:
        told = explaining.decided(unit, one, due_on, HOW, basis, under.calendar)
        who = viewer.person_id if viewer else None
        version = matters.move_due(
            unit,
            one.id,
            due_on,
            REASON,
            under.calendar.version,
            now,
            explanation=told,
            basis=basis or None,
            decided_by=who,
        )
        planned.add(unit, plan_steps(unit, one, duty, version, under))
        assignments.comment(unit, one.id, "dated", basis, viewer.person_id if viewer else None, now)
        _tell(unit, one, f"event:dated:{version}", basis, due_on, now)
    _record(unit, viewer, row.task_id, now, due_on)
    return Dated(due_on, len(waiting))


def open_round(unit: Unit, viewer: Viewer | None, assignment_id: int, due_on: date, basis: str, now: datetime) -> Dated:
    """Open one more round of a task that comes back on occasion ("đột xuất"): one new assignment an agency.

    Raises NotFound for others than the coordinating office.
    """
    row, under = _task(unit, viewer, assignment_id, now)
    known = assignments.of_task(unit, row.task_id)
    number = 1 + len({one.period for one in known if one.period.startswith("đợt ")})
    duty = Duty(f"đợt {number}", None, due_on, ByDate(due_on))
    rows = Rows()
    heirs = successions.heirs(unit)
    agencies = list(dict.fromkeys(heirs.get(one.agency_id, one.agency_id) for one in known if one.part == row.part))
    part = Part(row.part, basis, duty.deadline, row.product)
    grounds = of_decision("", f"{HOW} cho {duty.period}{f' ({basis})' if basis else ''}.", due_on)
    for agency_id in agencies:
        collect(rows, row.task_id, agency_id, part, duty, under, grounds=grounds)
    write(unit, rows, under)
    _record(unit, viewer, row.task_id, now, due_on)
    return Dated(due_on, len(agencies))


def _task(unit: Unit, viewer: Viewer | None, assignment_id: int, now: datetime) -> tuple[AnyRow, Terms]:
    row = assignments.get(unit, assignment_id)
    if row is None or not (viewer is None or viewer.coordinates):
        raise NotFound()
    return row, terms(unit, None, now, now, plan_id=plans.plan_of_task(unit, row.task_id))


def _waits(row: AnyRow) -> bool:
    return row.due_on is None and not State(row.state).is_done_by_agency


def _record(unit: Unit, viewer: Viewer | None, task_id: int, now: datetime, due_on: date) -> None:
    actor = None if viewer else audit.OPERATOR
    person = viewer.person_id if viewer else None
    audit.record(unit, "set_due", "task", task_id, now, person_id=person, actor=actor, due_on=due_on.isoformat())


def _tell(unit: Unit, row: AnyRow, occasion: str, basis: str, due_on: date, now: datetime) -> None:
    change: list[Any] = ["deadline", "", f"{long_day(due_on)}{f' ({basis})' if basis else ''}"]
    for person_id in people.members(unit, row.agency_id, Role.OFFICER, today(now)):
        notices.add(
            unit,
            person_id,
            occasion,
            Kind.AMENDED,
            now,
            role=Role.OFFICER,
            matter_id=row.id,
            agency_id=row.agency_id,
            data={"cancelled": False, "changes": [change]},
        )
