"""What a change of the work calendar touches, read and written in bulk: open dates, and the moments laid out."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import bindparam, case, delete, func, insert, null, select, update

from domain.cases.kinds import Kind as CaseKind
from storage import planned as planned_rows
from storage.database import Unit
from storage.schema import assignments, cases, due_versions, matters, planned, requests
from storage.types import AnyRow

T = TypeVar("T")

_CHUNK = 500
"""Ids in one statement: what every database takes."""

CONDUCT = CaseKind.CONDUCT

_AHEAD = (planned_rows.WAITING, planned_rows.HELD, planned_rows.SKIPPED)
UNSAID = (*_AHEAD, planned_rows.UNREACHED)
"""States of a moment that may still be said."""


def open_dates(unit: Unit) -> Sequence[AnyRow]:
    """Return every open matter that has a date, with what its date and its ladder rest on.

    `decided_at` is when the date in force was decided. `code` is that of the assignment (a request's: of the one it is
    about) or of the case.
    """
    lead = assignments.alias("lead")
    query = (
        select(
            matters.c.id,
            matters.c.kind,
            matters.c.due_on,
            matters.c.due_version,
            matters.c.ladder_id,
            matters.c.opened_at,
            due_versions.c.at.label("decided_at"),
            due_versions.c.explanation,
            func.coalesce(assignments.c.code, cases.c.code, lead.c.code, "").label("code"),
            func.coalesce(assignments.c.agency_id, requests.c.agency_id, cases.c.agency_id).label("agency_id"),
            assignments.c.starts_on,
            assignments.c.state,
            (cases.c.kind == CONDUCT).label("conduct"),
            cases.c.handler_id,
        )
        .outerjoin(
            due_versions,
            (due_versions.c.matter_id == matters.c.id) & (due_versions.c.number == matters.c.due_version),
        )
        .outerjoin(assignments, assignments.c.id == matters.c.id)
        .outerjoin(requests, requests.c.id == matters.c.id)
        .outerjoin(lead, lead.c.id == requests.c.assignment_id)
        .outerjoin(cases, cases.c.id == matters.c.id)
        .where(matters.c.closed_at.is_(None), matters.c.due_on.is_not(None))
        .order_by(matters.c.id)
    )
    return unit.conn.execute(query).all()


def moments_between(unit: Unit, first: datetime, last: datetime) -> Sequence[AnyRow]:
    """Return the moments (id, matter_id, rung, kind, at, state) that open matters wait for from `first` to `last`."""
    query = (
        select(planned.c.id, planned.c.matter_id, planned.c.rung, planned.c.kind, planned.c.at, planned.c.state)
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(
            planned.c.state.in_(_AHEAD),
            planned.c.at.between(first, last),
            planned.c.due_version == matters.c.due_version,
            matters.c.closed_at.is_(None),
        )
        .order_by(planned.c.id)
    )
    return unit.conn.execute(query).all()


def unsaid_of(unit: Unit, matter_ids: Iterable[int]) -> dict[int, list[AnyRow]]:
    """Return the moments (rung, at, state, agency_id, role, kind) of the dates in force that may still be said."""
    query = (
        select(planned)
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(planned.c.due_version == matters.c.due_version)
        .order_by(planned.c.id)
    )
    found: dict[int, list[AnyRow]] = defaultdict(list)
    for ids in _chunks(matter_ids):
        for row in unit.conn.execute(query.where(planned.c.matter_id.in_(ids))):
            if row.state in UNSAID:  # asked here: most rows wait, an index on the state would lead astray
                found[row.matter_id].append(row)
    return found


def rungs_of(unit: Unit, matter_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return the rungs that were laid out for the dates in force, whatever became of them."""
    query = (
        select(planned.c.matter_id, planned.c.rung)
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(planned.c.due_version == matters.c.due_version)
    )
    found: dict[int, set[str]] = defaultdict(set)
    for ids in _chunks(matter_ids):
        for row in unit.conn.execute(query.where(planned.c.matter_id.in_(ids))):
            found[row.matter_id].add(row.rung)
    return found


def shift(unit: Unit, moved: Mapping[int, datetime]) -> None:
    """Move planned moments (by id) to another time; what was shown ahead of time, and is not held, is shown again."""
    shown = case((planned.c.state == planned_rows.HELD, planned.c.previewed_at), else_=null())
    by_time: dict[datetime, list[int]] = defaultdict(list)
    for planned_id, at in moved.items():
        by_time[at].append(planned_id)
    for at, all_ids in by_time.items():
        for ids in _chunks(all_ids):
            unit.conn.execute(update(planned).where(planned.c.id.in_(ids)).values(at=at, previewed_at=shown))


def drop(unit: Unit, planned_ids: Iterable[int]) -> None:
    """Take planned moments away that the ladder has no longer."""
    for ids in _chunks(planned_ids):
        unit.conn.execute(delete(planned).where(planned.c.id.in_(ids)))


def cancel(unit: Unit, planned_ids: Iterable[int]) -> None:
    """Let planned moments not be said: their date has moved."""
    for ids in _chunks(planned_ids):
        gone = {"state": planned_rows.CANCELLED, "reason": "calendar"}
        unit.conn.execute(update(planned).where(planned.c.id.in_(ids)).values(gone))


def move_dates(unit: Unit, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give matters their recounted dates, as rows of `due_versions`."""
    if not rows:
        return
    unit.conn.execute(
        update(matters)
        .where(matters.c.id == bindparam("matter"))
        .values(due_on=bindparam("to"), due_version=bindparam("numbered")),
        [{"matter": row["matter_id"], "to": row["due_on"], "numbered": row["number"]} for row in rows],
    )
    unit.conn.execute(insert(due_versions), list(rows))


def stamp(unit: Unit, calendar_version: int) -> None:
    """Note under which version of the calendar every open date now stands."""
    unit.conn.execute(
        update(matters)
        .where(matters.c.closed_at.is_(None), matters.c.due_on.is_not(None))
        .values(calendar_version=calendar_version)
    )


def _chunks(ids: Iterable[T]) -> Iterator[list[T]]:
    every = iter(ids)
    while part := list(islice(every, _CHUNK)):
        yield part
