"""What providers say became of messages after they took them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from storage.database import Unit
from storage.schema import endpoints, outbox, receipts


def note(
    unit: Unit, channel: str, chats: Collection[str], provider_ids: Collection[str], kind: str, now: datetime
) -> int:
    """Write that messages of these chats, named as their provider names them, came so far; return how many were new."""
    addresses = select(endpoints.c.id).where(endpoints.c.channel == channel, endpoints.c.chat.in_(chats))
    rows = unit.conn.execute(
        select(outbox.c.id).where(outbox.c.endpoint_id.in_(addresses), outbox.c.provider_id.in_(provider_ids))
    )
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    noted = 0
    for row in rows.all():
        fresh = dialect.insert(receipts).values(outbox_id=row.id, kind=kind, at=now)
        noted += unit.conn.execute(fresh.on_conflict_do_nothing().returning(receipts.c.id)).first() is not None
    return noted


def of_messages(unit: Unit, outbox_ids: Collection[int]) -> dict[int, dict[str, datetime]]:
    """Return when each message reached each point of its way, by message and kind of receipt."""
    found: dict[int, dict[str, datetime]] = {}
    rows = unit.conn.execute(select(receipts).where(receipts.c.outbox_id.in_(outbox_ids))) if outbox_ids else ()
    for row in rows:
        found.setdefault(row.outbox_id, {})[row.kind] = row.at
    return found
