"""A task of a plan in force that no agency leads is given to one: what it owes from now on."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from actions import notices as notice_actions
from actions.layout import Part, Rows, Terms, collect, duties_of, is_near, parts_of, terms, write
from actions.plans import by
from domain.duties import Duty
from domain.errors import ActRefused, NotFound
from domain.people import Viewer
from storage import agencies, assignments, audit, drafts, notices, plans
from storage.database import Unit


def first_due(unit: Unit, task_id: int, now: datetime) -> date | None:
    """Return the first date that an agency would owe of a task if it got it now, None where it has none."""
    dated = [duty.due_on for _, duty in _owed(unit, task_id, _terms(unit, task_id, now)) if duty.due_on is not None]
    return min(dated, default=None)


def give_first(unit: Unit, viewer: Viewer, task_id: int, agency_id: int, now: datetime) -> Sequence[int]:
    """Let an agency lead a task that nobody leads; return the ids of what it owes.

    Raises ActRefused for whoever does not coordinate, where the task has an agency already, and where nothing of it
    is to come; NotFound for a task or an agency that does not stand.
    """
    who = by(viewer)
    if agencies.get(unit, agency_id) is None:
        raise NotFound("cơ quan này")
    if drafts.leads(unit, task_id) or assignments.of_task(unit, task_id):
        raise ActRefused("Nhiệm vụ này vừa có cơ quan nhận. Gõ tonghop để xem danh sách hiện có.")
    under, rows = _terms(unit, task_id, now), Rows()
    owed = list(_owed(unit, task_id, under))
    for part, duty in owed:
        collect(rows, task_id, agency_id, part, duty, under)
    if not rows.assignments:
        raise ActRefused("Nhiệm vụ này không còn kỳ hạn nào để giao. Có thể giao việc mới: gõ giao.")
    write(unit, rows, under)
    drafts.add_leads(unit, task_id, [agency_id])
    made = [int(one.id) for one in assignments.of_task(unit, task_id)]
    audit.record(unit, "add_agency", "task", task_id, now, **who, agency=agency_id, assignments=len(made))
    notice_actions.promote(unit, now)
    if any(is_near(duty, under) for _, duty in owed):
        notices.hasten(unit, made)
    return made


def _terms(unit: Unit, task_id: int, now: datetime) -> Terms:
    plan = plans.get(unit, plans.plan_of_task(unit, task_id))
    if plan is None or plan.state != plans.ISSUED:
        raise NotFound("nhiệm vụ này")
    return terms(unit, plan.year, now, now, plan_id=plan.id)


def _owed(unit: Unit, task_id: int, under: Terms) -> Iterator[tuple[Part, Duty]]:
    version_id = plans.latest_version(unit, plans.plan_of_task(unit, task_id)) or 0
    for task in plans.wording(unit, version_id):
        if task.task_id == task_id:
            yield from ((part, duty) for part in parts_of(task) for duty in duties_of(part, under))
