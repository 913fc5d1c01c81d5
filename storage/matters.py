"""Matters and their due dates."""

from collections.abc import Iterable
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


def move_due(unit: Unit, matter_id: int, due_on: date | None, reason: str, calendar_version: int, now: datetime) -> int:
    """Give a matter another due date and return its number; what was planned for the old one is not said."""
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
        "calendar_version": calendar_version,
        "explanation": {"said": reason},
        "at": now,
    }
    add_due(unit, [due])
    planned.change(unit, matter_id, (planned.WAITING, planned.UNREACHED, planned.SKIPPED), planned.CANCELLED)
    return int(number)


def due_versions_of(unit: Unit, matter_ids: Iterable[int]) -> dict[int, int]:
    """Return the number of the due date in force, by matter."""
    query = select(matters.c.id, matters.c.due_version).where(matters.c.id.in_(list(matter_ids)))
    return {row.id: row.due_version for row in unit.conn.execute(query)}


def close(unit: Unit, matter_id: int, now: datetime) -> None:
    """Close a matter: what was planned for it is not said any more."""
    unit.conn.execute(update(matters).where(matters.c.id == matter_id).values(closed_at=now))
    planned.change(unit, matter_id, (planned.WAITING, planned.UNREACHED), planned.CANCELLED)
