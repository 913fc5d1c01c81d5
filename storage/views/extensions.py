"""Requests for a later date as lists and messages show them."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from domain.assignments import State as AssignmentState
from domain.extensions import State
from storage.database import Unit
from storage.schema import agencies, assignments, extensions, matters, people, task_versions
from storage.types import AnyRow, AnySelect


def _query() -> AnySelect:
    wording = (
        select(task_versions.c.content)
        .where(task_versions.c.task_id == assignments.c.task_id)
        .order_by(task_versions.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            extensions,
            assignments.c.code,
            assignments.c.agency_id,
            agencies.c.name.label("agency"),
            matters.c.due_on,
            people.c.name.label("decider"),
            wording.label("content"),
        )
        .join(assignments, assignments.c.id == extensions.c.assignment_id)
        .join(matters, matters.c.id == assignments.c.id)
        .join(agencies, agencies.c.id == assignments.c.agency_id)
        .outerjoin(people, people.c.id == extensions.c.decided_by)
        .order_by(extensions.c.id)
    )


def pending(unit: Unit) -> Sequence[AnyRow]:
    """Return the requests that wait for an answer, the oldest first: code, agency, content, due_on, asked_until…"""
    query = _query().where(
        extensions.c.state == State.PENDING.value,
        assignments.c.state == AssignmentState.EXTENSION_REQUESTED.value,
    )
    return unit.conn.execute(query).all()


def by_ids(unit: Unit, ids: Collection[int]) -> dict[int, AnyRow]:
    """Return requests by id, answered or not."""
    return {row.id: row for row in unit.conn.execute(_query().where(extensions.c.id.in_(ids)))}


def pending_of(unit: Unit, assignment_id: int) -> AnyRow | None:
    """Return the request of one assignment that waits for an answer."""
    query = _query().where(extensions.c.assignment_id == assignment_id, extensions.c.state == State.PENDING.value)
    return unit.conn.execute(query).first()
