"""What a leader looks after: which assignments lie in the portfolio, and whose digest a person may read."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Text, cast, func, select

from domain.following import About, Follow
from domain.people import Role, Viewer
from storage import follows, people
from storage.database import Unit
from storage.schema import agencies, assignments, digest_readers, task_versions, tasks
from storage.schema import people as people_rows
from storage.types import AnySelect

_WORDING = task_versions.alias("wording")
_NEWEST = (
    select(func.max(_WORDING.c.id))
    .where(_WORDING.c.task_id == assignments.c.task_id)
    .correlate(assignments)
    .scalar_subquery()
)
_PLACES: AnySelect = (
    select(
        assignments.c.id,
        assignments.c.agency_id,
        agencies.c.level,
        tasks.c.plan_id,
        cast(task_versions.c.section, Text).label("section"),
    )
    .join(agencies, agencies.c.id == assignments.c.agency_id)
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .join(task_versions, task_versions.c.id == _NEWEST)
)


def of_leader(unit: Unit, person_id: int, role: Role = Role.LEADER) -> list[Follow]:
    """Return a leader's portfolio, or what an official of the office follows; empty for one who looks after all."""
    return [one for one in follows.everything(unit, role) if one.person_id == person_id]


def within(unit: Unit, person_id: int, role: Role = Role.LEADER) -> frozenset[int] | None:
    """Return the assignments in a leader's portfolio, None for one who looks after everything."""
    looked_after = of_leader(unit, person_id, role)
    if not looked_after:
        return None
    found: set[int] = set()
    looked_at: dict[tuple[int, int, str], bool] = {}  # many assignments share their agency's place in a plan
    for row in unit.conn.execute(_PLACES):
        place = (row.agency_id, row.plan_id, row.section)
        if place not in looked_at:
            about = About(row.agency_id, row.level, row.plan_id, tuple(json.loads(row.section)))
            looked_at[place] = any(one.covers(about) for one in looked_after)
        if looked_at[place]:
            found.add(row.id)
    return frozenset(found)


def covers(unit: Unit, person_id: int, assignment_id: int) -> bool:
    """Whether an assignment lies in a leader's portfolio."""
    looked_after = of_leader(unit, person_id)
    about = follows.about(unit, assignment_id) if looked_after else None
    return about is None or any(one.covers(about) for one in looked_after)


@dataclass(frozen=True, slots=True)
class Reader:
    """One who reads a leader's digest, by the row's id."""

    id: int
    leader_id: int
    leader: str
    leader_position: str
    reader_id: int
    reader: str


_LEADER, _READER = people_rows.alias("leader"), people_rows.alias("reader")
_READERS: AnySelect = (
    select(
        digest_readers.c.id,
        digest_readers.c.leader_id,
        _LEADER.c.name.label("leader"),
        _LEADER.c.position.label("leader_position"),
        digest_readers.c.reader_id,
        _READER.c.name.label("reader"),
    )
    .join(_LEADER, _LEADER.c.id == digest_readers.c.leader_id)
    .join(_READER, _READER.c.id == digest_readers.c.reader_id)
    .where(digest_readers.c.ended_at.is_(None))
    .order_by(digest_readers.c.id)
)


def readers(unit: Unit, *, leader_id: int | None = None, reader_id: int | None = None) -> list[Reader]:
    """Return who reads whose digest, of one leader or by one reader where given; people who left are left out."""
    query = _READERS
    if leader_id is not None:
        query = query.where(digest_readers.c.leader_id == leader_id)
    if reader_id is not None:
        query = query.where(digest_readers.c.reader_id == reader_id)
    leading = set(people.active(unit, Role.LEADER))
    rows = [row for row in unit.conn.execute(query) if row.leader_id in leading]
    belonging = people.seats_held(unit, {row.reader_id for row in rows}) if rows else {}
    return [
        Reader(row.id, row.leader_id, row.leader, row.leader_position or "", row.reader_id, row.reader)
        for row in rows
        if belonging.get(row.reader_id)
    ]


def seen_for(unit: Unit, viewer: Viewer, leader_id: int) -> bool:
    """Whether this person may look at a leader's digest: the leader's own, or as a reader, at this moment."""
    if viewer.leads and viewer.person_id == leader_id:
        return True
    return bool(readers(unit, leader_id=leader_id, reader_id=viewer.person_id))


def leaders_seen(unit: Unit, viewer: Viewer) -> list[int]:
    """Return the leaders whose digest this person may look at, the own one first."""
    own = [viewer.person_id] if viewer.leads else []
    return [*own, *(one.leader_id for one in readers(unit, reader_id=viewer.person_id))]


def may_look(unit: Unit, viewer: Viewer, assignment_id: int) -> bool:
    """Whether an assignment lies in what a leader looks after who is, or whose digest is read by, this person."""
    return any(covers(unit, one, assignment_id) for one in leaders_seen(unit, viewer))


def leaders(unit: Unit, on: date) -> list[Viewer]:
    """Return everybody who holds a leader's seat."""
    return [people.viewer(unit, one, on) for one in people.active(unit, Role.LEADER)]
