"""What waits for a second person's word about a case."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import case_proposals
from storage.types import AnyRow

PENDING, AGREED, DISAGREED, GONE = "pending", "agreed", "disagreed", "gone"
"""States of a proposal; gone: the case went on otherwise."""


def add(unit: Unit, case_id: int, act: str, data: dict[str, Any], person_id: int, now: datetime) -> int:
    """Write what waits for a second person's word and return its id; an earlier one of the same act is gone."""
    drop(unit, case_id, act)
    row = {"case_id": case_id, "act": act, "state": PENDING, "data": data, "proposed_by": person_id, "proposed_at": now}
    return int(unit.conn.execute(insert(case_proposals).values(row).returning(case_proposals.c.id)).scalar_one())


def get(unit: Unit, proposal_id: int) -> AnyRow | None:
    """Return a proposal."""
    return unit.conn.execute(select(case_proposals).where(case_proposals.c.id == proposal_id)).first()


def pending(unit: Unit, case_id: int) -> AnyRow | None:
    """Return what waits for a second person's word about a case, None where nothing does."""
    query = select(case_proposals).where(case_proposals.c.case_id == case_id, case_proposals.c.state == PENDING)
    return unit.conn.execute(query.order_by(case_proposals.c.id.desc()).limit(1)).first()


def decide(unit: Unit, proposal_id: int, state: str, person_id: int | None, note: str, now: datetime) -> bool:
    """Write the second person's word where it still waits; False where somebody was faster."""
    waits = (case_proposals.c.id == proposal_id, case_proposals.c.state == PENDING)
    values = {"state": state, "decided_by": person_id, "decided_at": now, "note": note}
    return unit.conn.execute(update(case_proposals).where(*waits).values(values)).rowcount == 1


def drop(unit: Unit, case_id: int, act: str | None = None) -> None:
    """Let what waits for a second person wait no more: the case went on."""
    which = [case_proposals.c.case_id == case_id, case_proposals.c.state == PENDING]
    if act is not None:
        which.append(case_proposals.c.act == act)
    unit.conn.execute(update(case_proposals).where(*which).values(state=GONE))
