"""Requests for a later date as lists and messages show them."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from domain.assignments import State as AssignmentState
from domain.extensions import State
from domain.following import Follow
from domain.people import Role
from storage import follows, office_settings
from storage import people as people_rows
from storage.database import Unit
from storage.schema import agencies, assignments, extensions, matters, people, task_versions
from storage.types import AnyRow, AnySelect

_PROPOSER = people.alias("proposer")


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
            _PROPOSER.c.name.label("proposer"),
            wording.label("content"),
        )
        .join(assignments, assignments.c.id == extensions.c.assignment_id)
        .join(matters, matters.c.id == assignments.c.id)
        .join(agencies, agencies.c.id == assignments.c.agency_id)
        .outerjoin(people, people.c.id == extensions.c.decided_by)
        .outerjoin(_PROPOSER, _PROPOSER.c.id == extensions.c.proposed_by)
        .order_by(extensions.c.id)
    )


def pending(unit: Unit) -> Sequence[AnyRow]:
    """Return the requests that wait for an answer, the oldest first: code, agency, content, due_on, asked_until…"""
    query = _query().where(
        extensions.c.state == State.PENDING.value,
        assignments.c.state == AssignmentState.EXTENSION_REQUESTED.value,
    )
    return unit.conn.execute(query).all()


def for_leader(unit: Unit, person_id: int) -> list[AnyRow]:
    """Return the requests that the office has put before this leader and that wait for the leader's word.

    What lies in nobody's portfolio waits for every leader.
    """
    rows = [row for row in pending(unit) if row.proposed_at is not None]
    looked_after = follows.everything(unit, Role.LEADER) if rows else []
    leading = set(people_rows.active(unit, Role.LEADER)) if rows else set()
    return [row for row in rows if _waits_for(unit, row, person_id, looked_after, leading)]


def _waits_for(
    unit: Unit, row: AnyRow, person_id: int, looked_after: Sequence[Follow], leading: Collection[int]
) -> bool:
    about = follows.about(unit, row.assignment_id)
    theirs = {one.person_id for one in looked_after if one.person_id in leading and one.covers(about)}
    return person_id in (theirs or leading)


def leader_decides(unit: Unit) -> bool:
    """Whether a leader decides about later dates: the office wants it so, and a leader can be reached."""
    return office_settings.text(unit, "extension_decider") == "leader" and bool(people_rows.holders(unit, Role.LEADER))


def by_ids(unit: Unit, ids: Collection[int]) -> dict[int, AnyRow]:
    """Return requests by id, answered or not."""
    return {row.id: row for row in unit.conn.execute(_query().where(extensions.c.id.in_(ids)))}


def pending_of(unit: Unit, assignment_id: int) -> AnyRow | None:
    """Return the request of one assignment that waits for an answer."""
    query = _query().where(extensions.c.assignment_id == assignment_id, extensions.c.state == State.PENDING.value)
    return unit.conn.execute(query).first()
