"""The answers to a case: drafted, approved, rated."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import case_answers
from storage.types import AnyRow

DRAFTED, APPROVED, RETURNED = "drafted", "approved", "returned"
"""States of an answer."""


def draft(unit: Unit, case_id: int, now: datetime, **values: Any) -> int:
    """Write the draft of an answer and return its id."""
    row = {"case_id": case_id, "state": DRAFTED, "drafted_at": now, **values}
    return int(unit.conn.execute(insert(case_answers).values(row).returning(case_answers.c.id)).scalar_one())


def get(unit: Unit, answer_id: int) -> AnyRow | None:
    """Return one answer."""
    return unit.conn.execute(select(case_answers).where(case_answers.c.id == answer_id)).first()


def of(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return the answers of a case, drafts and returned ones too, oldest first."""
    query = select(case_answers).where(case_answers.c.case_id == case_id).order_by(case_answers.c.id)
    return unit.conn.execute(query).all()


def change(unit: Unit, answer_id: int, **values: Any) -> None:
    """Change an answer."""
    unit.conn.execute(update(case_answers).where(case_answers.c.id == answer_id).values(**values))
