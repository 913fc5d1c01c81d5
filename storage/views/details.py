"""One task in full: its words in the plan, what was said of it, its evidence, who else has it, who hears of it."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import case, exists, func, select

from domain.assignments import State
from domain.local import today as today_of
from domain.people import Membership, Role
from storage.database import Unit
from storage.schema import (
    agencies,
    assignments,
    attached_plans,
    comments,
    evidence,
    evidence_assignments,
    files,
    memberships,
    notices,
    planned,
    plans,
    task_versions,
    tasks,
)
from storage.types import AnyRow
from storage.views.work import Work


def said_as(unit: Unit, task_id: int) -> tuple[list[str], list[str]]:
    """Return the lead and coordinating agencies of a task in the plan's own words."""
    query = (
        select(task_versions.c.lead, task_versions.c.coordinating)
        .where(task_versions.c.task_id == task_id)
        .order_by(task_versions.c.id.desc())
        .limit(1)
    )
    row = unit.conn.execute(query).one()
    return list(row.lead), list(row.coordinating)


def history(unit: Unit, assignment_id: int) -> Sequence[AnyRow]:
    """Return what was said about an assignment (kind, text, percent, at), oldest first."""
    query = (
        select(comments.c.kind, comments.c.text, comments.c.percent, comments.c.at)
        .where(comments.c.matter_id == assignment_id)
        .order_by(comments.c.id)
    )
    return unit.conn.execute(query).all()


def evidence_of(unit: Unit, assignment_id: int) -> Sequence[AnyRow]:
    """Return the evidence of an assignment (kind, number, date, text, file), newest first."""
    query = (
        select(
            evidence.c.kind,
            evidence.c.number,
            evidence.c.date,
            evidence.c.text,
            files.c.name.label("file"),
            files.c.id.label("file_id"),
        )
        .join(evidence_assignments, evidence_assignments.c.evidence_id == evidence.c.id)
        .outerjoin(files, files.c.id == evidence.c.file_id)
        .where(evidence_assignments.c.assignment_id == assignment_id)
        .order_by(evidence.c.id.desc())
    )
    return unit.conn.execute(query).all()


def group_progress(unit: Unit, one: Work) -> tuple[int, int, int]:
    """Return how many agencies have the task in the same period: those confirmed, those reported, and all of them."""
    query = select(
        func.sum(case((assignments.c.state == State.CONFIRMED.value, 1), else_=0)),
        func.sum(case((assignments.c.state == State.REPORTED.value, 1), else_=0)),
        func.count(),
    ).where(
        assignments.c.task_id == one.task_id,
        assignments.c.period == one.period,
        assignments.c.state != State.CANCELLED.value,
    )
    confirmed, reported, total = unit.conn.execute(query).one()
    return int(confirmed or 0), int(reported or 0), int(total)


def attached(unit: Unit, task_id: int) -> Sequence[AnyRow]:
    """Return the plans (number, date, kind, tasks) that hang under a task."""
    query = (
        select(plans.c.id, plans.c.kind, plans.c.number, plans.c.date, func.count(tasks.c.id).label("tasks"))
        .join(attached_plans, attached_plans.c.plan_id == plans.c.id)
        .outerjoin(tasks, tasks.c.plan_id == plans.c.id)
        .where(attached_plans.c.task_id == task_id)
        .group_by(plans.c.id, plans.c.kind, plans.c.number, plans.c.date)
        .order_by(plans.c.id)
    )
    return unit.conn.execute(query).all()


def head_hears(unit: Unit, ids: Collection[int]) -> date | None:
    """Return the first day on which a head of agency will be told of one of these assignments.

    None for never: nothing is planned any more, or no head has joined.
    """
    joined = exists(
        select(memberships.c.id).where(
            memberships.c.agency_id == planned.c.agency_id,
            memberships.c.role == Role.HEAD,
            memberships.c.state == Membership.ACTIVE,
        )
    )
    query = select(func.min(planned.c.at)).where(
        planned.c.matter_id.in_(ids), planned.c.role == Role.HEAD, planned.c.state == "waiting", joined
    )
    at = unit.conn.execute(query).scalar()
    return None if at is None else today_of(at)


def told_in(unit: Unit, outbox_id: int) -> set[int]:
    """Return the ids of the assignments and other matters of which one message told."""
    query = select(notices.c.matter_id).where(notices.c.outbox_id == outbox_id, notices.c.matter_id.is_not(None))
    return set(unit.conn.execute(query).scalars())


def agency_name(unit: Unit, agency_id: int) -> str:
    """Return an agency's name."""
    return str(unit.conn.execute(select(agencies.c.name).where(agencies.c.id == agency_id)).scalar_one())
