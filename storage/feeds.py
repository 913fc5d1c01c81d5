"""Secret links to calendars of due dates. Only digests are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import agencies, feeds
from storage.types import AnyRow


def add(unit: Unit, token_hash: str, person_id: int, agency_id: int | None, now: datetime) -> int:
    """Write a link to a person's own dates, or to those of one agency, and return its id."""
    row = {"token_hash": token_hash, "person_id": person_id, "agency_id": agency_id, "created_at": now}
    return int(unit.conn.execute(insert(feeds).values(row).returning(feeds.c.id)).scalar_one())


def by_token(unit: Unit, token_hash: str) -> AnyRow | None:
    """Return (id, person_id, agency_id) of a link that was not revoked."""
    query = select(feeds.c.id, feeds.c.person_id, feeds.c.agency_id).where(
        feeds.c.token_hash == token_hash, feeds.c.revoked_at.is_(None)
    )
    return unit.conn.execute(query).first()


def of_person(unit: Unit, person_id: int) -> Sequence[AnyRow]:
    """Return (id, agency_id, agency, created_at) of a person's links that were not revoked, the oldest first."""
    query = (
        select(feeds.c.id, feeds.c.agency_id, agencies.c.name.label("agency"), feeds.c.created_at)
        .outerjoin(agencies, agencies.c.id == feeds.c.agency_id)
        .where(feeds.c.person_id == person_id, feeds.c.revoked_at.is_(None))
        .order_by(feeds.c.id)
    )
    return unit.conn.execute(query).all()


def revoke(unit: Unit, feed_id: int, person_id: int, now: datetime) -> bool:
    """Let a person's link open nothing any more; False where there is no such link, or no longer."""
    row = update(feeds).where(feeds.c.id == feed_id, feeds.c.person_id == person_id, feeds.c.revoked_at.is_(None))
    return unit.conn.execute(row.values(revoked_at=now)).rowcount == 1
