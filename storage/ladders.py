"""Ladders: kept as they were when matters were issued under them."""

import hashlib
import json
from datetime import datetime

from sqlalchemy import insert, select

from domain.ladder import Ladder
from storage.database import Unit
from storage.schema import ladders


def keep(unit: Unit, ladder: Ladder, now: datetime) -> int:
    """Keep a ladder as it is now and return its id; the same rungs are kept once."""
    rungs = ladder.to_json()
    digest = hashlib.sha256(json.dumps([ladder.name, rungs], sort_keys=True).encode()).hexdigest()
    found = unit.conn.execute(select(ladders.c.id).where(ladders.c.digest == digest)).scalar()
    if found is None:
        found = unit.conn.execute(
            insert(ladders).values(name=ladder.name, digest=digest, rungs=rungs, created_at=now).returning(ladders.c.id)
        ).scalar_one()
    return int(found)


def get(unit: Unit, ladder_id: int) -> Ladder:
    """Return a kept ladder."""
    row = unit.conn.execute(select(ladders.c.name, ladders.c.rungs).where(ladders.c.id == ladder_id)).one()
    return Ladder.from_json(row.name, row.rungs)
