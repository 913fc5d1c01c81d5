"""Counts of what went out, for the demo and the terminal."""

from collections import Counter

from sqlalchemy import func, select

from storage.database import Unit
from storage.schema import assignments as assignment_rows
from storage.schema import endpoints, outbox


def sent_by_chat(unit: Unit, channel: str) -> Counter[str]:
    """Return how many messages were sent to each chat of a channel."""
    query = (
        select(endpoints.c.chat, func.count())
        .join(outbox, outbox.c.endpoint_id == endpoints.c.id)
        .where(endpoints.c.channel == channel, outbox.c.state == "sent")
        .group_by(endpoints.c.chat)
    )
    return Counter({row[0]: row[1] for row in unit.conn.execute(query)})


def assignments(unit: Unit) -> int:
    """Return how many assignments there are."""
    return unit.conn.execute(select(func.count()).select_from(assignment_rows)).scalar_one()
