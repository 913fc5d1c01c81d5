"""Lists of cases that were taken over from other registers: which file, by whom, what it came to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage.database import Unit
from storage.schema import case_imports
from storage.types import AnyRow


def add(unit: Unit, name: str, digest: str, counts: dict[str, Any], person_id: int | None, now: datetime) -> int:
    """Write that a list was taken over and return its id; without a person it was the operator."""
    row = {"name": name, "digest": digest, "counts": counts, "person_id": person_id, "at": now}
    return int(unit.conn.execute(insert(case_imports).values(row).returning(case_imports.c.id)).scalar_one())


def is_known(unit: Unit, digest: str) -> bool:
    """Whether the very same file was taken over before."""
    query = select(case_imports.c.id).where(case_imports.c.digest == digest).limit(1)
    return unit.conn.execute(query).first() is not None


def listed(unit: Unit, limit: int = 20) -> Sequence[AnyRow]:
    """Return the lists taken over, the newest first."""
    return unit.conn.execute(select(case_imports).order_by(case_imports.c.id.desc()).limit(limit)).all()
