"""Leaders' words that go by the office: written, moved on, read."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from domain.directions import Kind, State
from storage.database import Unit
from storage.schema import directions
from storage.types import AnyRow


def add(unit: Unit, kind: Kind, leader_id: int, matter_id: int | None, agency_id: int, text: str, now: datetime) -> int:
    """Write a leader's word and return its id."""
    return int(
        unit.conn.execute(
            insert(directions)
            .values(
                kind=kind.value,
                leader_id=leader_id,
                matter_id=matter_id,
                agency_id=agency_id,
                text=text,
                state=State.ASKED.value,
                at=now,
                version=1,
            )
            .returning(directions.c.id)
        ).scalar_one()
    )


def get(unit: Unit, direction_id: int) -> AnyRow | None:
    """Return one row."""
    return unit.conn.execute(select(directions).where(directions.c.id == direction_id)).first()


def change(unit: Unit, row: AnyRow, state: State, **values: Any) -> bool:
    """Move a row on; False where another was faster."""
    moved = unit.conn.execute(
        update(directions)
        .where(directions.c.id == row.id, directions.c.version == row.version)
        .values(state=state.value, version=row.version + 1, **values)
    )
    return moved.rowcount == 1
