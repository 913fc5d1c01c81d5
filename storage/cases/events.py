"""What happened to a case, in order."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage.database import Unit
from storage.schema import case_events
from storage.types import AnyRow


def add(
    unit: Unit,
    case_id: int,
    act: str,
    state: str,
    now: datetime,
    *,
    person_id: int | None = None,
    agency_id: int | None = None,
    text: str = "",
    data: dict[str, Any] | None = None,
) -> int:
    """Write what happened and return its id, which names the occasion."""
    row = {
        "case_id": case_id,
        "act": act,
        "state": state,
        "person_id": person_id,
        "agency_id": agency_id,
        "text": text,
        "data": data,
        "at": now,
    }
    return int(unit.conn.execute(insert(case_events).values(row).returning(case_events.c.id)).scalar_one())


def of(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return what happened to a case, oldest first."""
    query = select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.id)
    return unit.conn.execute(query).all()
