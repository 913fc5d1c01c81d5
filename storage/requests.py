"""Coordinating agencies: who has heard of a plan, what lead agencies ask of them, what is given."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from domain.notices import Kind
from domain.notices import State as NoticeState
from domain.people import Role
from domain.requests import State
from storage.database import Unit
from storage.schema import agencies, assignments, matters, memberships, notices, planned, requests, task_agencies, tasks
from storage.types import AnyRow


def add(unit: Unit, matter_id: int, assignment_id: int, agency_id: int, content: str, **values: Any) -> None:
    """Write an open request whose matter exists."""
    unit.conn.execute(
        insert(requests).values(
            id=matter_id,
            assignment_id=assignment_id,
            agency_id=agency_id,
            content=content,
            state=State.OPEN.value,
            **values,
        )
    )


def get(unit: Unit, request_id: int) -> AnyRow | None:
    """Return a request with its due date, both agencies and the assignment's code."""
    asked = agencies.alias("asked")
    lead = agencies.alias("lead")
    query = (
        select(
            requests,
            matters.c.due_on,
            assignments.c.code,
            assignments.c.agency_id.label("lead_id"),
            asked.c.name.label("agency"),
            lead.c.name.label("lead"),
        )
        .join(matters, matters.c.id == requests.c.id)
        .join(assignments, assignments.c.id == requests.c.assignment_id)
        .join(asked, asked.c.id == requests.c.agency_id)
        .join(lead, lead.c.id == assignments.c.agency_id)
        .where(requests.c.id == request_id)
    )
    return unit.conn.execute(query).first()


def open_of(unit: Unit, assignment_id: int) -> Sequence[AnyRow]:
    """Return (id, agency_id) of an assignment's requests that wait for an answer."""
    query = select(requests.c.id, requests.c.agency_id).where(
        requests.c.assignment_id == assignment_id, requests.c.state == State.OPEN.value
    )
    return unit.conn.execute(query.order_by(requests.c.id)).all()


def close(
    unit: Unit,
    request_id: int,
    state: State,
    now: datetime,
    *,
    person_id: int | None,
    answer: str = "",
    file_id: int | None = None,
) -> bool:
    """End an open request; False where it had ended already."""
    ended = unit.conn.execute(
        update(requests)
        .where(requests.c.id == request_id, requests.c.state == State.OPEN.value)
        .values(state=state.value, answer=answer, file_id=file_id, answered_by=person_id, answered_at=now)
    )
    return ended.rowcount == 1


def of_office(unit: Unit, request_id: int) -> bool:
    """Whether somebody of the coordinating office asked."""
    query = (
        select(requests.c.id)
        .join(memberships, memberships.c.person_id == requests.c.asked_by)
        .where(requests.c.id == request_id, memberships.c.role == Role.COORDINATOR)
    )
    return unit.conn.execute(query.limit(1)).first() is not None


def coordinates(unit: Unit, task_id: int, agency_id: int) -> bool:
    """Whether an agency contributes to a task."""
    query = select(task_agencies.c.id).where(
        task_agencies.c.task_id == task_id,
        task_agencies.c.agency_id == agency_id,
        task_agencies.c.part == "coordinating",
    )
    return unit.conn.execute(query).first() is not None


def was_told(unit: Unit, request_id: int) -> bool:
    """Whether a message about the request was made for anybody."""
    query = select(notices.c.id).where(
        notices.c.matter_id == request_id, notices.c.state == NoticeState.MERGED, notices.c.kind == Kind.REQUESTED
    )
    return unit.conn.execute(query.limit(1)).first() is not None


def told_coordinators(unit: Unit, plan_id: int) -> set[int]:
    """Return the agencies for which a plan's summary for coordinating agencies was laid out."""
    query = (
        select(planned.c.agency_id)
        .join(tasks, tasks.c.id == planned.c.matter_id)
        .where(tasks.c.plan_id == plan_id, planned.c.kind == Kind.COORDINATES)
    )
    return set(unit.conn.execute(query).scalars())
