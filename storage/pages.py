"""The way to the office's web pages: links that work once, sessions that end. Only digests are kept."""

from datetime import datetime

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import page_links, page_sessions
from storage.types import AnyRow


def add_link(
    unit: Unit,
    token_hash: str,
    person_id: int,
    now: datetime,
    until: datetime,
    *,
    plan_id: int | None = None,
    assignment_id: int | None = None,
    path: str | None = None,
) -> None:
    """Write a fresh link to a plan's page, to an assignment's, to the one at `path`, or to the work calendar's."""
    row = {
        "token_hash": token_hash,
        "person_id": person_id,
        "plan_id": plan_id,
        "assignment_id": assignment_id,
        "path": path,
        "created_at": now,
        "expires_at": until,
    }
    unit.conn.execute(insert(page_links).values(row))


def use_link(unit: Unit, token_hash: str, now: datetime) -> AnyRow | None:
    """Take a link that still works and return (person_id, plan_id, assignment_id, path); None for every other."""
    return unit.conn.execute(
        update(page_links)
        .where(page_links.c.token_hash == token_hash, page_links.c.used_at.is_(None), page_links.c.expires_at > now)
        .values(used_at=now)
        .returning(page_links.c.person_id, page_links.c.plan_id, page_links.c.assignment_id, page_links.c.path)
    ).first()


def add_session(unit: Unit, token_hash: str, person_id: int, now: datetime, until: datetime) -> None:
    """Write a fresh session."""
    unit.conn.execute(
        insert(page_sessions).values(token_hash=token_hash, person_id=person_id, created_at=now, expires_at=until)
    )


def session_person(unit: Unit, token_hash: str, now: datetime) -> int | None:
    """Return whose session it is, None where there is none or it is over."""
    query = select(page_sessions.c.person_id).where(
        page_sessions.c.token_hash == token_hash,
        page_sessions.c.ended_at.is_(None),
        page_sessions.c.expires_at > now,
    )
    return unit.conn.execute(query).scalar()


def end_session(unit: Unit, token_hash: str, now: datetime) -> None:
    """End a session."""
    unit.conn.execute(update(page_sessions).where(page_sessions.c.token_hash == token_hash).values(ended_at=now))


def end_all(unit: Unit, person_id: int, now: datetime) -> None:
    """End every session of a person and every link that was not used."""
    unit.conn.execute(
        update(page_sessions)
        .where(page_sessions.c.person_id == person_id, page_sessions.c.ended_at.is_(None))
        .values(ended_at=now)
    )
    unit.conn.execute(
        update(page_links)
        .where(page_links.c.person_id == person_id, page_links.c.used_at.is_(None))
        .values(used_at=now)
    )
