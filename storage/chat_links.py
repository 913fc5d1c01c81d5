"""Short links of chats and mails; of a link's token only the digest is kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, or_, select, update

from storage.database import Unit
from storage.people import OPEN
from storage.schema import chat_links, endpoints
from storage.types import AnyRow


def add(
    unit: Unit,
    token_hash: str,
    purpose: str,
    endpoint_id: int,
    now: datetime,
    until: datetime,
    *,
    matter_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> int:
    """Write a fresh link of a chat and of whoever is behind that chat now; return its id."""
    owner = select(endpoints.c.person_id).where(endpoints.c.id == endpoint_id).scalar_subquery()
    row = {
        "token_hash": token_hash,
        "purpose": purpose,
        "endpoint_id": endpoint_id,
        "person_id": owner,
        "matter_id": matter_id,
        "data": data,
        "created_at": now,
        "expires_at": until,
    }
    return int(unit.conn.execute(insert(chat_links).values(row).returning(chat_links.c.id)).scalar_one())


def find(unit: Unit, token_hash: str, now: datetime) -> AnyRow | None:
    """Return a link that still works, with its chat (channel, chat).

    None for one that is unknown, used or expired, and where the chat is closed or somebody else's by now.
    """
    query = (
        select(chat_links, endpoints.c.channel, endpoints.c.chat)
        .join(endpoints, endpoints.c.id == chat_links.c.endpoint_id)
        .where(
            chat_links.c.token_hash == token_hash,
            chat_links.c.used_at.is_(None),
            chat_links.c.expires_at > now,
            endpoints.c.state == OPEN,
            or_(
                endpoints.c.person_id == chat_links.c.person_id,
                endpoints.c.person_id.is_(None) & chat_links.c.person_id.is_(None),
            ),
        )
    )
    return unit.conn.execute(query).first()


def use(unit: Unit, link_id: int, now: datetime) -> bool:
    """Take a link that works once; False where another was faster."""
    taken = update(chat_links).where(chat_links.c.id == link_id, chat_links.c.used_at.is_(None)).values(used_at=now)
    return unit.conn.execute(taken).rowcount == 1


def end_unused(unit: Unit, endpoint_id: int, purpose: str, now: datetime) -> None:
    """End what a chat has of one purpose and nobody has used."""
    of_chat = update(chat_links).where(chat_links.c.endpoint_id == endpoint_id, chat_links.c.purpose == purpose)
    unit.conn.execute(of_chat.where(chat_links.c.used_at.is_(None)).values(used_at=now))


def forget(unit: Unit, before: datetime, most: int) -> int:
    """Remove the oldest links that expired before a moment, at most so many; return how many."""
    old = select(chat_links.c.id).where(chat_links.c.expires_at < before).order_by(chat_links.c.id).limit(most)
    return len(unit.conn.execute(delete(chat_links).where(chat_links.c.id.in_(old)).returning(chat_links.c.id)).all())
