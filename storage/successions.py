"""Mergers: which agency took over from which, and what changes hands with it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, insert, or_, select, update

from domain.assignments import State
from domain.notices import Kind
from domain.notices import State as NoticeState
from domain.people import Membership
from domain.requests import State as RequestState
from storage import planned as planned_rows
from storage.database import Unit
from storage.handover import UNTOUCHED
from storage.schema import (
    agencies,
    assignments,
    case_handlings,
    cases,
    comments,
    evidence_assignments,
    invites,
    ladder_overrides,
    matters,
    memberships,
    notices,
    outbox,
    planned,
    plans,
    requests,
    substitutes,
    successions,
    task_agencies,
    tasks,
)
from storage.types import AnyRow

_OPEN_MATTER = select(matters.c.id).where(matters.c.closed_at.is_(None))


def add(unit: Unit, old: int, new: int, on: date, basis: str, person_id: int | None, now: datetime) -> int:
    """Write that an agency took over from another and return the id; `keep` adds what changed hands."""
    return int(
        unit.conn.execute(
            insert(successions)
            .values(from_id=old, to_id=new, effective_on=on, basis=basis, taken_over={}, person_id=person_id, at=now)
            .returning(successions.c.id)
        ).scalar_one()
    )


def keep(unit: Unit, succession_id: int, taken_over: dict[str, Any]) -> None:
    """Keep what changed hands: ids and counts."""
    unit.conn.execute(update(successions).where(successions.c.id == succession_id).values(taken_over=taken_over))


def get(unit: Unit, succession_id: int) -> AnyRow | None:
    """Return a succession with the names of both agencies."""
    old, new = agencies.alias("old"), agencies.alias("new")
    query = (
        select(successions, old.c.name.label("old"), new.c.name.label("new"))
        .join(old, old.c.id == successions.c.from_id)
        .join(new, new.c.id == successions.c.to_id)
        .where(successions.c.id == succession_id)
    )
    return unit.conn.execute(query).first()


def of_agency(unit: Unit, agency_id: int) -> AnyRow | None:
    """Return the succession by which an agency ended, None where it was not taken over."""
    return unit.conn.execute(select(successions).where(successions.c.from_id == agency_id)).first()


def heirs(unit: Unit) -> dict[int, int]:
    """Return, by the id of each agency that was taken over, the id of the one that stands for it now."""
    rows = unit.conn.execute(select(successions.c.from_id, successions.c.to_id).order_by(successions.c.id))
    found: dict[int, int] = {}
    for old, new in rows:
        found = {one: new if heir == old else heir for one, heir in found.items()} | {old: new}
    return found


def codes(unit: Unit) -> set[str]:
    """Return the codes of the agencies that were taken over."""
    query = select(agencies.c.code).join(successions, successions.c.from_id == agencies.c.id)
    return set(unit.conn.execute(query).scalars())


def end_agency(unit: Unit, old: AnyRow, new: AnyRow, last_day: date) -> None:
    """Let an agency end: its last day, its successor; what it was to others its successor is now."""
    unit.memory.clear()
    unit.conn.execute(
        update(agencies)
        .where(agencies.c.id == old.id)
        .values(valid_to=last_day, successor_code=new.code, coordinating=False, version=agencies.c.version + 1)
    )
    if old.coordinating:
        unit.conn.execute(update(agencies).where(agencies.c.id == new.id).values(coordinating=True))
    unit.conn.execute(
        update(agencies)
        .where(agencies.c.parent_code == old.code, agencies.c.id != new.id)
        .values(parent_code=new.code, version=agencies.c.version + 1)
    )


def open_assignments(unit: Unit, agency_id: int) -> Sequence[AnyRow]:
    """Return an agency's assignments that are not final, with the version of their matters."""
    final = [state.value for state in State if state.is_final]
    query = (
        select(assignments, matters.c.version)
        .join(matters, matters.c.id == assignments.c.id)
        .where(assignments.c.agency_id == agency_id, assignments.c.state.not_in(final))
        .order_by(assignments.c.id)
    )
    return unit.conn.execute(query).all()


def by_place(unit: Unit, agency_id: int, task_ids: Collection[int]) -> dict[tuple[int, int, str], AnyRow]:
    """Return an agency's assignments of these tasks by (task, part, period)."""
    query = select(assignments).where(assignments.c.agency_id == agency_id, assignments.c.task_id.in_(task_ids))
    return {(row.task_id, row.part, row.period): row for row in unit.conn.execute(query)}


def move_assignments(unit: Unit, ids: Collection[int], agency_id: int) -> None:
    """Give assignments to another agency; who worked on them there is not known yet."""
    unit.conn.execute(update(assignments).where(assignments.c.id.in_(ids)).values(agency_id=agency_id, handler_id=None))


def share_evidence(unit: Unit, old: int, new: int) -> None:
    """Let what was shown for one assignment be seen with another too."""
    known = select(evidence_assignments.c.evidence_id).where(evidence_assignments.c.assignment_id == new)
    shown = select(evidence_assignments.c.evidence_id).where(
        evidence_assignments.c.assignment_id == old, evidence_assignments.c.evidence_id.not_in(known)
    )
    rows = [{"evidence_id": one, "assignment_id": new} for one in unit.conn.execute(shown).scalars()]
    if rows:
        unit.conn.execute(insert(evidence_assignments), rows)


def rehang_requests(unit: Unit, old: int, new: int) -> None:
    """Let what is asked of others for one assignment be asked for another."""
    unit.conn.execute(
        update(requests)
        .where(requests.c.assignment_id == old, requests.c.state == RequestState.OPEN.value)
        .values(assignment_id=new)
    )


def comment(unit: Unit, matter_ids: Collection[int], kind: str, text: str, now: datetime) -> None:
    """Write the same words in the history of many matters."""
    rows = [{"matter_id": one, "kind": kind, "text": text, "at": now} for one in matter_ids]
    if rows:
        unit.conn.execute(insert(comments), rows)


def move_cases(unit: Unit, old: int, new: int) -> Sequence[int]:
    """Give an agency's open cases to another and return their ids."""
    open_ones = and_(cases.c.agency_id == old, cases.c.id.in_(_OPEN_MATTER))
    _move(unit, case_handlings, and_(case_handlings.c.agency_id == old, case_handlings.c.ended_on.is_(None)), new)
    return _move(unit, cases, open_ones, new)


def move_requests(unit: Unit, old: int, new: int) -> Sequence[int]:
    """Let what is asked of an agency be asked of another, and return the requests' ids."""
    return _move(unit, requests, and_(requests.c.agency_id == old, requests.c.state == RequestState.OPEN.value), new)


def _move(unit: Unit, table: Table, where: ColumnElement[bool], new: int) -> Sequence[int]:
    moved = update(table).where(where).values(agency_id=new).returning(table.c.id)
    return sorted(unit.conn.execute(moved).scalars())


def asked_of_itself(unit: Unit, agency_id: int) -> Sequence[int]:
    """Return the open requests by which an agency would ask itself."""
    query = (
        select(requests.c.id)
        .join(assignments, assignments.c.id == requests.c.assignment_id)
        .where(
            requests.c.agency_id == agency_id,
            assignments.c.agency_id == agency_id,
            requests.c.state == RequestState.OPEN.value,
        )
    )
    return unit.conn.execute(query.order_by(requests.c.id)).scalars().all()


def move_planned(unit: Unit, old: int, new: int) -> int:
    """Let what is planned for an agency about open matters be planned for another; return how much of it is ahead."""
    there = planned.alias("there")
    twice = exists(
        select(there.c.id).where(
            there.c.matter_id == planned.c.matter_id,
            there.c.rung == planned.c.rung,
            there.c.due_version == planned.c.due_version,
            there.c.role == planned.c.role,
            there.c.agency_id == new,
        )
    )
    theirs = and_(planned.c.agency_id == old, planned.c.matter_id.in_(_OPEN_MATTER))
    unit.conn.execute(
        update(planned)
        .where(theirs, twice, planned.c.state != planned_rows.SAID)
        .values(state=planned_rows.CANCELLED, reason="the successor hears of it already")
    )
    moved = unit.conn.execute(update(planned).where(theirs, ~twice).values(agency_id=new).returning(planned.c.state))
    return sum(state == planned_rows.WAITING for state in moved.scalars())


def move_notices(unit: Unit, old: int, new: int) -> None:
    """Let what was not said yet about an agency be said about its successor; the quarter's question is asked anew."""
    unsaid = or_(
        notices.c.state == NoticeState.WAITING,
        and_(notices.c.state == NoticeState.MERGED, notices.c.outbox_id.in_(select(outbox.c.id).where(UNTOUCHED))),
    )
    theirs = and_(notices.c.agency_id == old, unsaid)
    unit.conn.execute(
        update(notices)
        .where(theirs, notices.c.kind == Kind.CHECK_IN.value)
        .values(state=NoticeState.DROPPED.value, reason="the agency was taken over", outbox_id=None)
    )
    unit.conn.execute(update(notices).where(theirs).values(agency_id=new))


def move_tasks(unit: Unit, old: int, new: int) -> Sequence[int]:
    """Let an agency stand for another in the tasks of plans that are not closed; return the tasks' ids.

    Where it stands in a task already it keeps its place once, the highest of lead, coordinating, following.
    """
    running = select(tasks.c.id).join(plans, plans.c.id == tasks.c.plan_id).where(plans.c.closed_at.is_(None))
    rows = unit.conn.execute(
        select(task_agencies)
        .where(task_agencies.c.agency_id.in_((old, new)), task_agencies.c.task_id.in_(running))
        .order_by(task_agencies.c.id)
    ).all()
    touched = {row.task_id for row in rows if row.agency_id == old}
    kept: dict[int, AnyRow] = {}
    for row in rows:
        before = kept.get(row.task_id)
        if row.task_id in touched and (before is None or _PLACES[row.part] < _PLACES[before.part]):
            kept[row.task_id] = row
    double = [row.id for row in rows if row.task_id in touched and row.id != kept[row.task_id].id]
    unit.conn.execute(delete(task_agencies).where(task_agencies.c.id.in_(double)))
    unit.conn.execute(
        update(task_agencies).where(task_agencies.c.id.in_([row.id for row in kept.values()])).values(agency_id=new)
    )
    return sorted(touched)


_PLACES = {"lead": 0, "coordinating": 1, "following": 2}


def move_ladders(unit: Unit, old: int, new: int) -> None:
    """Let the ladders laid down for an agency hold for its successor, unless that has its own."""
    there = ladder_overrides.alias("there")
    own = exists(
        select(there.c.id).where(
            there.c.plan_id == ladder_overrides.c.plan_id,
            or_(
                there.c.task_id == ladder_overrides.c.task_id,
                and_(there.c.task_id.is_(None), ladder_overrides.c.task_id.is_(None)),
            ),
            there.c.agency_id == new,
        )
    )
    unit.conn.execute(update(ladder_overrides).where(ladder_overrides.c.agency_id == old, ~own).values(agency_id=new))


def members_of(unit: Unit, agency_id: int) -> Sequence[AnyRow]:
    """Return an agency's memberships that have not ended."""
    query = select(memberships).where(memberships.c.agency_id == agency_id, memberships.c.state != Membership.ENDED)
    return unit.conn.execute(query.order_by(memberships.c.id)).all()


def move_invites(unit: Unit, old: int, new: int, now: datetime) -> int:
    """Let codes that nobody used yet open the successor's door; return how many."""
    usable = and_(
        invites.c.agency_id == old,
        invites.c.used_at.is_(None),
        invites.c.revoked_at.is_(None),
        invites.c.expires_at > now,
    )
    return len(_move(unit, invites, usable, new))


def move_substitutes(unit: Unit, old: int, new: int) -> None:
    """Let who stands in go on standing in at the successor."""
    unit.conn.execute(
        update(substitutes)
        .where(substitutes.c.agency_id == old, substitutes.c.ended_at.is_(None))
        .values(agency_id=new)
    )
