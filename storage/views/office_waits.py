"""What waits for the coordinating office's word, and since when: each wait with the occasion that names it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import func, select

from domain.assignments import State
from domain.extensions import State as ExtensionState
from domain.local import VIETNAM
from domain.people import Membership
from storage import heads
from storage.database import Unit
from storage.schema import assignments, comments, extensions, memberships


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits; `event` names it among the occasions, `matter_id` is None where it is no task."""

    matter_id: int | None
    since: datetime
    event: str
    data: dict[str, Any]


def since(unit: Unit, before: date) -> list[Wait]:
    """Return what has waited since before the beginning of a day, the oldest first."""
    moment = datetime.combine(before, time.min, VIETNAM)
    found = [*_reports(unit), *_objections(unit), *_extensions(unit), *_seats(unit)]
    return sorted((one for one in found if one.since < moment), key=lambda one: (one.since, one.event))


def _of_work(assignment_id: int, state: State, at: datetime, event: str) -> Wait:
    data = {"state": state.value, "since": at.isoformat()}
    return Wait(assignment_id, at, event, data)


def _reports(unit: Unit) -> list[Wait]:
    """Return the reports that wait; where the agency's head had to agree, since the head did."""
    query = select(assignments.c.id, assignments.c.reported_at, assignments.c.head_confirmed_at).where(
        assignments.c.state == State.REPORTED, assignments.c.reported_at.is_not(None), ~heads.waits()
    )
    rows = unit.conn.execute(query)
    return [
        _of_work(
            row.id,
            State.REPORTED,
            row.head_confirmed_at or row.reported_at,
            f"reported:{row.reported_at:%Y%m%d%H%M%S}",
        )
        for row in rows
    ]


def _objections(unit: Unit) -> list[Wait]:
    last = (
        select(comments.c.matter_id, func.max(comments.c.id).label("id"))
        .where(comments.c.kind.in_((State.OBSTACLE.value, State.NOT_OURS.value)))
        .group_by(comments.c.matter_id)
        .subquery()
    )
    query = (
        select(assignments.c.id, assignments.c.state, comments.c.at, comments.c.id.label("comment"))
        .join(last, last.c.matter_id == assignments.c.id)
        .join(comments, comments.c.id == last.c.id)
        .where(assignments.c.state.in_((State.OBSTACLE.value, State.NOT_OURS.value)))
    )
    rows = unit.conn.execute(query)
    return [_of_work(row.id, State(row.state), row.at, f"said:{row.comment}") for row in rows]


def _extensions(unit: Unit) -> list[Wait]:
    """Return the requests for a later date that the office has not answered and not put before a leader."""
    query = (
        select(extensions.c.id, extensions.c.assignment_id, extensions.c.asked_at)
        .join(assignments, assignments.c.id == extensions.c.assignment_id)
        .where(
            extensions.c.state == ExtensionState.PENDING,
            extensions.c.proposed_at.is_(None),
            assignments.c.state == State.EXTENSION_REQUESTED,
        )
    )
    rows = unit.conn.execute(query)
    return [_of_work(row.assignment_id, State.EXTENSION_REQUESTED, row.asked_at, f"extension:{row.id}") for row in rows]


def _seats(unit: Unit) -> list[Wait]:
    query = select(memberships.c.id, memberships.c.created_at).where(memberships.c.state == Membership.PENDING)
    return [Wait(None, row.created_at, f"seat:{row.id}", {"membership": row.id}) for row in unit.conn.execute(query)]
