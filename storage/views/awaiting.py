"""What waits for the coordinating office: reports, requests, obstacles, open questions of plans, people."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, select

from domain.assignments import State
from domain.awaiting import Item, Kind, ordered
from domain.duties import KINDS_WITHOUT_DATE
from domain.notices import Kind as NoticeKind
from domain.people import Membership
from storage import urges
from storage.database import Unit
from storage.schema import (
    agencies,
    assignments,
    comments,
    matters,
    memberships,
    people,
    plan_versions,
    planned,
    plans,
    task_agencies,
    task_versions,
    tasks,
)
from storage.types import AnyRow
from storage.views import directions, extensions, previews, worklists
from storage.views.cases import register
from storage.views.work import Work


def of_office(unit: Unit, today: date) -> list[Item]:
    """Return everything that waits for the office, the longest wait first."""
    others = (*_of_people(unit), *_of_plans(unit, today), *_letters(unit), *_of_citizens(unit, today))
    return ordered((*_said_by_agencies(unit, today), *others))


def _said_by_agencies(unit: Unit, today: date) -> Iterator[Item]:
    waiting = worklists.in_state(unit, [State.REPORTED, State.OBSTACLE, State.NOT_OURS], today)
    said = _last_said(unit, [one.id for one in waiting if one.state is not State.REPORTED])
    for one in waiting:
        kind = _OF_STATE[one.state]
        since = one.reported_at if one.state is State.REPORTED else said.get((one.id, one.state.value))
        yield _about(kind, one, since or one.issued_at)
    for word in directions.open_anywhere(unit):
        if word.state.waits_for_office:
            since = word.answered_at or word.at
            yield Item(Kind.DIRECTION, since, 1, word.id, word.code, word.agency, word.text)
    for row in extensions.pending(unit):
        if row.proposed_at is not None:
            continue  # the next word is a leader's
        yield Item(Kind.EXTENSION, row.asked_at, 1, row.id, row.code, row.agency, row.content)


_OF_STATE = {State.REPORTED: Kind.REPORT, State.OBSTACLE: Kind.OBSTACLE, State.NOT_OURS: Kind.NOT_OURS}


def _about(kind: Kind, one: Work, since: datetime) -> Item:
    return Item(kind, since, 1, one.id, one.code, one.agency, one.content)


def _last_said(unit: Unit, ids: Collection[int]) -> dict[tuple[int, str], datetime]:
    """Return when an agency last said what is in the way, or that a task is not its own, by matter and kind."""
    query = (
        select(comments.c.matter_id, comments.c.kind, comments.c.at)
        .where(comments.c.matter_id.in_(ids), comments.c.kind.in_([State.OBSTACLE.value, State.NOT_OURS.value]))
        .order_by(comments.c.id)
    )
    return {(row.matter_id, row.kind): row.at for row in unit.conn.execute(query)}


def _of_people(unit: Unit) -> Iterator[Item]:
    query = (
        select(memberships.c.id, memberships.c.created_at, people.c.name, agencies.c.name.label("agency"))
        .join(people, people.c.id == memberships.c.person_id)
        .join(agencies, agencies.c.id == memberships.c.agency_id)
        .where(memberships.c.state == Membership.PENDING)
    )
    for row in unit.conn.execute(query):
        yield Item(Kind.SEAT, row.created_at, 1, row.id, "", row.agency, row.name)
    unheard = (
        select(planned.c.agency_id, planned.c.role, func.min(planned.c.at).label("since"))
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(planned.c.state == "unreached", matters.c.closed_at.is_(None), planned.c.kind != NoticeKind.COORDINATES)
        .group_by(planned.c.agency_id, planned.c.role)
    )
    yield from _together(Kind.UNREACHED, [row.since for row in unit.conn.execute(unheard)])


def _of_plans(unit: Unit, today: date) -> Iterator[Item]:
    undated: dict[int, datetime] = {}
    for one in worklists.undated(unit, KINDS_WITHOUT_DATE, today):
        undated[one.task_id] = min(one.issued_at, undated.get(one.task_id, one.issued_at))
    yield from _together(Kind.UNDATED, list(undated.values()))
    yield from _together(Kind.UNKNOWN, [row.issued_at for row in without_agency(unit)])
    held: dict[int, datetime] = {}
    for row in previews.held(unit):
        held[row.matter_id] = min(row.at, held.get(row.matter_id, row.at))
    yield from _together(Kind.HELD, list(held.values()))


def _letters(unit: Unit) -> Iterator[Item]:
    yield from _together(Kind.LETTER, [row.at for row in urges.unnumbered(unit)])


def _of_citizens(unit: Unit, today: date) -> Iterator[Item]:
    """Yield what waits in the register, each list as one: it is decided there."""
    for shelf, found in register.waiting(unit, today).items():
        yield Item(Kind(shelf.value), found.since, found.count)


def _together(kind: Kind, since: Sequence[datetime]) -> Iterator[Item]:
    if since:
        yield Item(kind, min(since), len(since))


def without_agency(unit: Unit) -> Sequence[AnyRow]:
    """Return the tasks of issued plans that no agency leads (task_id, plan_id, plan, content, lead, issued_at)."""
    newest = (
        select(func.max(plan_versions.c.id))
        .where(plan_versions.c.plan_id == plans.c.id)
        .correlate(plans)
        .scalar_subquery()
    )
    led = select(task_agencies.c.id).where(task_agencies.c.task_id == tasks.c.id, task_agencies.c.part == "lead")
    given = select(assignments.c.id).where(assignments.c.task_id == tasks.c.id)
    query = (
        select(
            tasks.c.id.label("task_id"),
            plans.c.id.label("plan_id"),
            plans.c.number.label("plan"),
            plans.c.issued_at,
            task_versions.c.content,
            task_versions.c.lead,
        )
        .join(plans, plans.c.id == tasks.c.plan_id)
        .join(task_versions, (task_versions.c.task_id == tasks.c.id) & (task_versions.c.plan_version_id == newest))
        .where(plans.c.issued_at.is_not(None), plans.c.closed_at.is_(None), ~exists(led), ~exists(given))
        .order_by(tasks.c.id)
    )
    return unit.conn.execute(query).all()
