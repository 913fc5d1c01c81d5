"""Reports that the agency's own head confirms before the coordinating office is asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from domain.assignments import State
from storage.database import Unit
from storage.schema import assignments, plans, tasks
from storage.types import AnyRow


def wanted(unit: Unit, assignment_id: int) -> bool:
    """Whether the plan of an assignment asks for the head's word first."""
    query = (
        select(plans.c.head_confirms)
        .join(tasks, tasks.c.plan_id == plans.c.id)
        .join(assignments, assignments.c.task_id == tasks.c.id)
        .where(assignments.c.id == assignment_id)
    )
    return bool(unit.conn.execute(query).scalar())


def confirmed(unit: Unit, assignment_id: int, person_id: int | None, now: datetime | None) -> None:
    """Keep who agreed and when: nobody where it went on without the head, no moment where the head is yet to."""
    unit.conn.execute(
        update(assignments)
        .where(assignments.c.id == assignment_id)
        .values(head_confirmed_at=now, head_confirmed_by=person_id)
    )


def waits() -> ColumnElement[bool]:
    """Return the condition of assignments whose report waits for the head: to be asked of assignments and no other."""
    asking = (
        select(tasks.c.id)
        .join(plans, plans.c.id == tasks.c.plan_id)
        .where(tasks.c.id == assignments.c.task_id, plans.c.head_confirms)
        .exists()
    )
    return (assignments.c.state == State.REPORTED) & assignments.c.head_confirmed_at.is_(None) & asking


def waits_for(unit: Unit, assignment_id: int) -> bool:
    """Whether the report of one assignment waits for its agency's head."""
    query = select(assignments.c.id).where(assignments.c.id == assignment_id, waits())
    return unit.conn.execute(query).first() is not None


def reported_without(unit: Unit, plan_id: int) -> Sequence[int]:
    """Return the ids of a plan's assignments that are reported and have no head's word."""
    query = (
        select(assignments.c.id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(
            tasks.c.plan_id == plan_id,
            assignments.c.state == State.REPORTED,
            assignments.c.head_confirmed_at.is_(None),
        )
    )
    return unit.conn.execute(query.order_by(assignments.c.id)).scalars().all()


def waiting(unit: Unit) -> Sequence[AnyRow]:
    """Return the reports (id, agency_id, reported_at) that wait for a head, the oldest first."""
    query = select(assignments.c.id, assignments.c.agency_id, assignments.c.reported_at).where(waits())
    return unit.conn.execute(query.order_by(assignments.c.reported_at)).all()
