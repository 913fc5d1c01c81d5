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


def last_line(unit: Unit, channel: str, chat: str) -> str:
    """Return the first line of the last text sent to a chat, "" where none was."""
    query = (
        select(outbox.c.text_sent)
        .join(endpoints, endpoints.c.id == outbox.c.endpoint_id)
        .where(endpoints.c.channel == channel, endpoints.c.chat == chat, outbox.c.state == "sent")
        .where(outbox.c.text_sent != "")
        .order_by(outbox.c.id.desc())
        .limit(1)
    )
    return str(unit.conn.execute(query).scalar() or "").split("\n", 1)[0]
