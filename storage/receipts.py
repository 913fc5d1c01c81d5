"""What providers say became of messages after they took them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.schema import outbox, receipts


def note(unit: Unit, endpoint_id: int, provider_ids: Collection[str], kind: str, now: datetime) -> int:
    """Write that messages of a chat, named as their provider names them, came so far; return how many were new."""
    rows = unit.conn.execute(
        select(outbox.c.id).where(outbox.c.endpoint_id == endpoint_id, outbox.c.provider_id.in_(provider_ids))
    )
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    noted = 0
    for row in rows.all():
        fresh = dialect.insert(receipts).values(outbox_id=row.id, kind=kind, at=now)
        noted += unit.conn.execute(fresh.on_conflict_do_nothing().returning(receipts.c.id)).first() is not None
    return noted
