"""How assignments stand to their dates: whose delay it is, and which date the plan itself had given."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import select

from domain import extensions as extension_rules
from domain import requests as request_rules
from domain.assignments import State
from domain.lateness import Circumstances, Lateness, held_up, lateness, names_one
from domain.local import today as today_of
from storage import calendars
from storage.database import Unit
from storage.schema import (
    agencies,
    agency_aliases,
    assignments,
    comments,
    due_versions,
    extensions,
    matters,
    requests,
    task_agencies,
)
from storage.views.work import Work

OFFICIAL = ("issued", "dated", "amended")
"""Reasons of the dates that the plan, or the office for lack of one, has given."""


class Dated(Protocol):
    """What of an assignment its lateness rests on."""

    @property
    def id(self) -> int:
        """The assignment's id."""

    @property
    def state(self) -> State:
        """Where it stands."""

    @property
    def due_on(self) -> date | None:
        """The last day on time."""

    @property
    def issued_at(self) -> datetime:
        """When it was given out."""

    @property
    def is_late(self) -> bool:
        """Whether the agency still owes it after its last day."""


def of(unit: Unit, works: Collection[Dated], today: date) -> dict[int, Lateness | None]:
    """Return the lateness of each assignment by id, None where the agency owes nothing any more."""
    late = [work for work in works if work.is_late]
    if not late:
        return {work.id: None if work.state.is_done_by_agency else Lateness.ON_TIME for work in works}
    calendar = calendars.in_force(unit)
    asked = _asked_on(unit)
    held = _held_up(unit, today) | _naming_others(unit, [work.id for work in late if work.state is State.OBSTACLE])
    return {
        work.id: lateness(
            work.due_on,
            work.state,
            today,
            Circumstances(today_of(work.issued_at), asked.get(work.id), work.id in held),
            calendar,
        )
        for work in works
    }


def _asked_on(unit: Unit) -> dict[int, date]:
    """Return, by assignment, when the extension that waits for an answer was asked for."""
    query = select(extensions.c.assignment_id, extensions.c.asked_at).where(
        extensions.c.state == extension_rules.State.PENDING.value
    )
    return {row.assignment_id: today_of(row.asked_at) for row in unit.conn.execute(query)}


def _held_up(unit: Unit, today: date) -> set[int]:
    """Return the assignments held up by a request that another agency has not answered by its date."""
    wanted = matters.alias("wanted")
    query = (
        select(requests.c.assignment_id, requests.c.asked_at, wanted.c.due_on.label("wanted_by"), matters.c.due_on)
        .join(wanted, wanted.c.id == requests.c.id)
        .join(matters, matters.c.id == requests.c.assignment_id)
        .where(requests.c.state == request_rules.State.OPEN.value, matters.c.due_on.is_not(None))
    )
    return {
        row.assignment_id
        for row in unit.conn.execute(query)
        if held_up(today_of(row.asked_at), row.wanted_by, row.due_on, today)
    }


def _naming_others(unit: Unit, obstructed: Sequence[int]) -> set[int]:
    """Return the assignments whose last obstacle names one of the task's coordinating agencies."""
    found: set[int] = set()
    for at in range(0, len(obstructed), _AT_ONCE):
        ids = obstructed[at : at + _AT_ONCE]
        names = _names_of_coordinating(unit, ids)
        found |= {one for one, text in _last_obstacles(unit, ids).items() if names_one(text, names.get(one, ()))}
    return found


_AT_ONCE = 500
"""So many ids stand in one question."""


def _last_obstacles(unit: Unit, ids: Sequence[int]) -> dict[int, str]:
    """Return what was last said to be in the way, by assignment."""
    query = (
        select(comments.c.matter_id, comments.c.text)
        .where(comments.c.matter_id.in_(ids), comments.c.kind == "obstacle")
        .order_by(comments.c.id)
    )
    return {row.matter_id: row.text for row in unit.conn.execute(query)}


def _names_of_coordinating(unit: Unit, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return, by assignment, the names of the agencies that contribute to its task."""
    by_name = (
        select(agencies.c.id, agencies.c.name)
        .union_all(
            select(agency_aliases.c.agency_id, agency_aliases.c.alias),
            select(agencies.c.id, agencies.c.code),
        )
        .subquery("by_name")
    )
    query = (
        select(assignments.c.id, by_name.c.name)
        .join(task_agencies, task_agencies.c.task_id == assignments.c.task_id)
        .join(by_name, by_name.c.id == task_agencies.c.agency_id)
        .where(
            assignments.c.id.in_(ids),
            task_agencies.c.part == "coordinating",
            task_agencies.c.agency_id != assignments.c.agency_id,
        )
    )
    found: dict[int, list[str]] = {}
    for row in unit.conn.execute(query):
        found.setdefault(row.id, []).append(row.name)
    return found


def original_dates(unit: Unit, works: Iterable[Work]) -> dict[int, date]:
    """Return the plan's own date of those assignments that have another one by now."""
    due = {work.id: work.due_on for work in works}
    query = (
        select(due_versions.c.matter_id, due_versions.c.due_on)
        .where(due_versions.c.matter_id.in_(list(due)), due_versions.c.reason.in_(OFFICIAL))
        .order_by(due_versions.c.number)
    )
    official = {row.matter_id: row.due_on for row in unit.conn.execute(query)}
    return {one: day for one, day in official.items() if day is not None and day != due[one]}
