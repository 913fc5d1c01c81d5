"""Why a date is what it is: what it rests on, every date before it, and when each word about it will come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from domain.explanations import REASONS, Why, grounds_in, why
from domain.people import Role
from storage import calendars, planned
from storage.database import Unit
from storage.schema import agencies, assignments, cases, due_versions, matters, people
from storage.schema import planned as planned_table
from storage.types import AnyRow
from storage.views import calendar as calendar_views


@dataclass(frozen=True, slots=True)
class Decision:
    """One date that a matter was given: the one before it, why, by which document, by whom."""

    number: int
    at: datetime
    old: date | None
    new: date | None
    reason: str
    document: str
    person: str
    said: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """One planned word that is still to come; `held` where a coordinator keeps it back or the matter rests."""

    at: datetime
    kind: str
    rung: str
    role: Role
    agency: str
    held: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """The date of one matter, explained by the calendar in force."""

    code: str
    due_on: date | None
    why: Why
    words: str
    article: str
    calendar_version: int
    calendar_source: str
    calendar_since: datetime | None
    decisions: tuple[Decision, ...]
    ahead: tuple[Ahead, ...]


def by_code(unit: Unit, code: str) -> Explained | None:
    """Return the explanation of an assignment (NV-0123) or of a case (PAKN-…), None for an unknown code."""
    found = [
        one
        for table in (assignments, cases)
        for one in unit.conn.execute(select(table.c.id).where(table.c.code == code)).scalars()
    ]
    return of_matter(unit, found[0], code) if found else None


def of_matter(unit: Unit, matter_id: int, code: str) -> Explained:
    """Return the explanation of a matter's date."""
    calendar = calendars.in_force(unit)
    matter = unit.conn.execute(select(matters).where(matters.c.id == matter_id)).one()
    rows = _dates(unit, matter_id)
    kept = dict(rows[-1].explanation) if rows else {}
    grounds = grounds_in(kept)
    told = why(grounds, matter.due_on, calendar) if grounds else Why((kept.get("said", ""),), None)
    version = calendar_views.version_row(unit, calendar.version)
    return Explained(
        code,
        matter.due_on,
        told,
        grounds.words if grounds else "",
        grounds.article if grounds else "",
        calendar.version,
        version.source if version else "",
        version.created_at if version else None,
        tuple(_decision(row, rows[at - 1].due_on if at else None) for at, row in enumerate(rows)),
        tuple(_ahead(unit, matter)),
    )


def _dates(unit: Unit, matter_id: int) -> Sequence[AnyRow]:
    query = (
        select(due_versions, people.c.name.label("person"))
        .outerjoin(people, people.c.id == due_versions.c.decided_by)
        .where(due_versions.c.matter_id == matter_id)
        .order_by(due_versions.c.number)
    )
    return unit.conn.execute(query).all()


def _decision(row: AnyRow, old: date | None) -> Decision:
    return Decision(
        row.number,
        row.at,
        old,
        row.due_on,
        REASONS.get(row.reason, row.reason),
        row.basis or "",
        row.person or "",
        row.explanation.get("said", ""),
    )


def _ahead(unit: Unit, matter: AnyRow) -> list[Ahead]:
    query = (
        select(planned_table, agencies.c.name.label("agency"))
        .join(agencies, agencies.c.id == planned_table.c.agency_id)
        .where(
            planned_table.c.matter_id == matter.id,
            planned_table.c.due_version == matter.due_version,
            planned_table.c.state.in_((planned.WAITING, planned.HELD)),
        )
        .order_by(planned_table.c.at, planned_table.c.id)
    )
    return [
        Ahead(row.at, row.kind, row.rung, Role(row.role), row.agency, row.state == planned.HELD)
        for row in unit.conn.execute(query)
    ]
