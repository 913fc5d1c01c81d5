"""Matters and their due dates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage import planned
from storage.database import Unit
from storage.schema import due_versions, matters


def add(unit: Unit, rows: list[dict[str, Any]]) -> list[int]:
    """Write matters and return their ids in the order of the rows."""
    if not rows:
        return []
    result = unit.conn.execute(insert(matters).returning(matters.c.id, sort_by_parameter_order=True), rows)
    return list(result.scalars())


def add_due(unit: Unit, rows: list[dict[str, Any]]) -> None:
    """Write due dates with their reason."""
    if rows:
        unit.conn.execute(insert(due_versions), rows)


def move_due(
    unit: Unit,
    matter_id: int,
    due_on: date | None,
    reason: str,
    calendar_version: int,
    now: datetime,
    *,
    explanation: dict[str, Any],
    basis: str | None = None,
    decided_by: int | None = None,
) -> int:
    """Give a matter another due date and return its number; what was planned for the old one is not said.

    `explanation` is what `domain.explanations` makes, `basis` the document, `decided_by` the person.
    """
    number = unit.conn.execute(
        update(matters)
        .where(matters.c.id == matter_id)
        .values(due_on=due_on, due_version=matters.c.due_version + 1, calendar_version=calendar_version)
        .returning(matters.c.due_version)
    ).scalar_one()
    due = {
        "matter_id": matter_id,
        "number": number,
        "due_on": due_on,
        "reason": reason,
        "decided_by": decided_by,
        "calendar_version": calendar_version,
        "explanation": explanation,
        "basis": basis,
        "at": now,
    }
    add_due(unit, [due])
    planned.cancel(unit, matter_id)
    return int(number)


def explanation(unit: Unit, matter_id: int) -> dict[str, Any]:
    """Return what is kept with the due date in force, {} where nothing is."""
    query = (
        select(due_versions.c.explanation)
        .where(due_versions.c.matter_id == matter_id)
        .order_by(due_versions.c.number.desc())
        .limit(1)
    )
    return dict(unit.conn.execute(query).scalar() or {})


def close(unit: Unit, matter_id: int, now: datetime) -> None:
    """Close a matter: what was planned for it is not said any more."""
    unit.conn.execute(update(matters).where(matters.c.id == matter_id).values(closed_at=now))
    planned.cancel(unit, matter_id)


def reopen(unit: Unit, matter_id: int) -> None:
    """Open a closed matter again; what is to be said of it is laid out by whoever gives it a date."""
    unit.conn.execute(update(matters).where(matters.c.id == matter_id).values(closed_at=None))


def set_ladder(unit: Unit, matter_id: int, ladder_id: int) -> None:
    """Let a matter climb by another ladder from its next date on."""
    unit.conn.execute(update(matters).where(matters.c.id == matter_id).values(ladder_id=ladder_id))
