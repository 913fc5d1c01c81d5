"""The coordinating office adds an agency to a task, or cancels what it gave; what was stays in the history."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from actions import moves, requests
from actions import notices as notice_actions
from actions.layout import terms
from actions.objections import give, makes_room
from domain.assignments import Act, State
from domain.errors import ActRefused
from domain.ladder import is_near
from domain.local import today
from domain.notices import Kind
from domain.people import Viewer
from storage import agencies, assignments, audit, drafts, matters, notices, plans
from storage.database import Unit
from storage.types import AnyRow


def add_agency(
    unit: Unit,
    viewer: Viewer,
    assignment_id: int,
    agency_id: int,
    basis: str,
    now: datetime,
    *,
    shown: int | None = None,
) -> list[int]:
    """Let one more agency lead the task of an assignment by the same dates; return the ids of what it owes.

    It gets whatever the assignment's agency still has open of the task, and the coming periods of a recurring one.
    A date that is past already stays what it is: given now, it counts as assigned late (`domain.lateness`). Raises
    ActRefused for a task that is finished, or that the agency has; Stale where the assignment is not the version
    `shown` any more.
    """
    row = moves.of_office(unit, viewer, assignment_id)
    moves.as_shown(unit, row, shown)
    other = agencies.get(unit, agency_id)
    if other is None or agency_id == row.agency_id:
        raise ActRefused("Xin chọn một cơ quan khác trong danh mục.")
    _refuse_finished(row)
    known = {(one.agency_id, one.part, one.period): one for one in assignments.of_task(unit, row.task_id)}
    has = known.get((agency_id, row.part, row.period))
    if has is not None and has.state != State.CANCELLED:
        raise ActRefused(f"{other.name} đã được giao việc này ({has.code}). Xin chọn cơ quan khác.")
    owed = [one for one in known.values() if one.agency_id == row.agency_id and not State(one.state).is_final]
    ahead = [one for one in owed if one.due_on is None or one.due_on >= today(now) or one.id == row.id]
    under = terms(unit, None, now, now, plan_id=plans.plan_of_task(unit, row.task_id))
    give(
        unit, [one for one in ahead if makes_room(unit, known.get((agency_id, one.part, one.period)))], agency_id, under
    )
    drafts.add_leads(unit, row.task_id, [agency_id])
    before = {one.id for one in known.values()}
    made = [one for one in assignments.of_task(unit, row.task_id) if one.id not in before]
    for one in made:
        assignments.comment(unit, one.id, "added", f"cùng {row.code}: {basis}", viewer.person_id, now)
    fields: dict[str, Any] = {"agency": agency_id, "assignments": len(made)}
    audit.record(unit, "add_agency", "assignment", row.id, now, person_id=viewer.person_id, **fields)
    notice_actions.promote(unit, now)
    near = [one.id for one in made if one.due_on is not None and is_near(under.day, one.due_on, under.calendar)]
    notices.hasten(unit, near)
    return [int(one.id) for one in made]


def _refuse_finished(row: AnyRow) -> None:
    state = State(row.state)
    if state.is_final:
        raise ActRefused(f"{row.code} {state.label}, không thêm cơ quan được. Có thể giao việc mới: gõ giao.")


def cancel(unit: Unit, viewer: Viewer, shown: Mapping[int, int], reason: str, now: datetime) -> list[AnyRow]:
    """Cancel assignments of one task for the reason, which may name a document; return them as they were.

    `shown` holds the version of each as it was confirmed. Those who answer for them are told; reports, words and
    dates stay in the history. Where nothing of the task is left open, no further period of it is laid out. Raises
    Stale where one has changed since: then none is cancelled.
    """
    rows = [moves.of_office(unit, viewer, one) for one in shown]
    for row in rows:
        moves.as_shown(unit, row, shown[row.id])
    for row in rows:
        moves.apply(unit, row, Act.CANCEL, viewer, now)
        matters.close(unit, row.id, now)
        requests.withdraw_all(unit, viewer, row.id, now)
        comment = assignments.comment(unit, row.id, "cancelled", reason, viewer.person_id, now)
        occasion, data = f"event:answered:{comment}", {"comment": comment}
        moves.tell_agency(unit, row.agency_id, row.id, occasion, Kind.ANSWERED, now, data)
    for task_id in {row.task_id for row in rows}:
        if all(State(one.state) is State.CANCELLED for one in assignments.of_task(unit, task_id)):
            drafts.drop_leads(unit, task_id, drafts.leads(unit, task_id))
    return rows
