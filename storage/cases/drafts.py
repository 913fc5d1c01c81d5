"""Feedback that a citizen has begun and not sent: one a chat, sealed, kept for a day."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select

from storage.database import Unit
from storage.schema import case_drafts


def save(unit: Unit, endpoint_id: int, step: str, data: dict[str, Any], now: datetime) -> None:
    """Keep what was answered so far in a chat, in the place of what was kept before."""
    drop(unit, endpoint_id)
    row = {"endpoint_id": endpoint_id, "step": step, "sealed": unit.vault.seal_json(data), "saved_at": now}
    unit.conn.execute(insert(case_drafts).values(row))


def get(unit: Unit, endpoint_id: int, since: datetime) -> tuple[str, dict[str, Any], datetime] | None:
    """Return (step, answers, when it was kept) of a chat's draft kept after a moment, None where there is none."""
    query = select(case_drafts).where(case_drafts.c.endpoint_id == endpoint_id, case_drafts.c.saved_at > since)
    row = unit.conn.execute(query).first()
    return (row.step, unit.vault.unseal_json(row.sealed), row.saved_at) if row else None


def drop(unit: Unit, endpoint_id: int) -> None:
    """Erase a chat's draft."""
    unit.conn.execute(delete(case_drafts).where(case_drafts.c.endpoint_id == endpoint_id))


def drop_before(unit: Unit, before: datetime) -> int:
    """Erase every draft kept at or before a moment; return how many."""
    return unit.conn.execute(delete(case_drafts).where(case_drafts.c.saved_at <= before)).rowcount
