"""What happened to a case, in order."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

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


def newest(unit: Unit, case_ids: Collection[int], act: str) -> dict[int, AnyRow]:
    """Return the last event of one kind of each of these cases that has one, by the case's id."""
    last = (
        select(func.max(case_events.c.id))
        .where(case_events.c.case_id.in_(case_ids), case_events.c.act == act)
        .group_by(case_events.c.case_id)
    )
    rows = unit.conn.execute(select(case_events).where(case_events.c.id.in_(last))).all()
    return {row.case_id: row for row in rows}


def of_sender_since(unit: Unit, case_id: int, acts: Collection[str], since: datetime) -> int:
    """Return how often, since a moment, something of these kinds happened to a case that no official did."""
    query = select(func.count()).where(
        case_events.c.case_id == case_id,
        case_events.c.act.in_(acts),
        case_events.c.person_id.is_(None),
        case_events.c.at >= since,
    )
    return int(unit.conn.execute(query).scalar_one())
