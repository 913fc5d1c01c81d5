"""What the sender of a case is told: promised by chat, or to be told by phone or letter."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.schema import case_tellings, cases
from storage.types import AnyRow

PROMISED, BY_HAND, TOLD = "promised", "by_hand", "told"
"""States of a telling: a message of the outbox tells it; somebody must, by phone or letter; somebody did."""


def add(
    unit: Unit, case_id: int, occasion: str, kind: str, data: dict[str, Any], now: datetime, *, by_hand: bool
) -> bool:
    """Write what a sender is to be told on an occasion; False where that was written before."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    state = BY_HAND if by_hand else PROMISED
    row = {"case_id": case_id, "occasion": occasion, "kind": kind, "state": state, "data": data, "at": now}
    fresh = dialect.insert(case_tellings).values(row).on_conflict_do_nothing().returning(case_tellings.c.id)
    return unit.conn.execute(fresh).first() is not None


def of_occasion(unit: Unit, case_id: int, occasion: str) -> AnyRow | None:
    """Return what a sender is told on an occasion."""
    query = select(case_tellings).where(case_tellings.c.case_id == case_id, case_tellings.c.occasion == occasion)
    return unit.conn.execute(query).first()


def get(unit: Unit, telling_id: int) -> AnyRow | None:
    """Return one telling."""
    return unit.conn.execute(select(case_tellings).where(case_tellings.c.id == telling_id)).first()


def to_hands(unit: Unit, case_id: int, occasion: str) -> bool:
    """Let what no chat took be told by phone or letter; False where it is already."""
    waits = (
        case_tellings.c.case_id == case_id,
        case_tellings.c.occasion == occasion,
        case_tellings.c.state == PROMISED,
    )
    return unit.conn.execute(update(case_tellings).where(*waits).values(state=BY_HAND)).rowcount == 1


def told(unit: Unit, telling_id: int, person_id: int, note: str, now: datetime) -> bool:
    """Write that the citizen was told; False where that is written already."""
    waits = (case_tellings.c.id == telling_id, case_tellings.c.state == BY_HAND)
    values = {"state": TOLD, "told_by": person_id, "told_at": now, "note": note}
    return unit.conn.execute(update(case_tellings).where(*waits).values(values)).rowcount == 1


def of_case_by_hand(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return what the sender of one case is still to be told by hand, oldest first."""
    which = (case_tellings.c.case_id == case_id, case_tellings.c.state == BY_HAND)
    return unit.conn.execute(select(case_tellings).where(*which).order_by(case_tellings.c.id)).all()


def waiting(unit: Unit, limit: int = 100) -> Sequence[AnyRow]:
    """Return what is still to be told by hand (with the case's code), oldest first."""
    query = (
        select(case_tellings, cases.c.code)
        .join(cases, cases.c.id == case_tellings.c.case_id)
        .where(case_tellings.c.state == BY_HAND)
        .order_by(case_tellings.c.id)
        .limit(limit)
    )
    return unit.conn.execute(query).all()
