"""The public versions of cases: prepared by one person, released by another, withdrawn with a reason."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from domain.cases.publication import State
from storage.database import Unit
from storage.schema import case_publications
from storage.types import AnyRow


def add(unit: Unit, case_id: int, prepared_by: int, now: datetime, **values: Any) -> int:
    """Write a version that waits for a second person, and return its id."""
    row = {
        "case_id": case_id,
        "state": State.PREPARED.value,
        "prepared_by": prepared_by,
        "prepared_at": now,
        **values,
    }
    return int(unit.conn.execute(insert(case_publications).values(row).returning(case_publications.c.id)).scalar_one())


def get(unit: Unit, publication_id: int) -> AnyRow | None:
    """Return one version."""
    return unit.conn.execute(select(case_publications).where(case_publications.c.id == publication_id)).first()


def newest(unit: Unit, case_id: int, states: Collection[State]) -> AnyRow | None:
    """Return a case's newest version in one of these states."""
    query = select(case_publications).where(
        case_publications.c.case_id == case_id, case_publications.c.state.in_([one.value for one in states])
    )
    return unit.conn.execute(query.order_by(case_publications.c.id.desc()).limit(1)).first()


def move(unit: Unit, publication_id: int, before: State, after: State, **values: Any) -> bool:
    """Move a version where it still stands as it stood."""
    moved = unit.conn.execute(
        update(case_publications)
        .where(case_publications.c.id == publication_id, case_publications.c.state == before.value)
        .values(state=after.value, **values)
    )
    return moved.rowcount == 1
