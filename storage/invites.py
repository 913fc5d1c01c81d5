"""Invites to a seat, each good once, and the wrong codes that were tried."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, insert, select, update

from domain.people import Role
from storage.database import Unit
from storage.schema import agencies, invites, join_attempts, people
from storage.types import AnyRow


def add(
    unit: Unit, code_hash: str, person_id: int | None, agency_id: int, role: Role, now: datetime, life: timedelta
) -> int:
    """Write a one-time invite (only its hash is kept) and return its id."""
    return int(
        unit.conn.execute(
            insert(invites)
            .values(
                code_hash=code_hash,
                person_id=person_id,
                agency_id=agency_id,
                role=role.value,
                created_at=now,
                expires_at=now + life,
            )
            .returning(invites.c.id)
        ).scalar_one()
    )


def revoke(unit: Unit, person_id: int, agency_id: int, role: Role, now: datetime) -> None:
    """Make the unused invites of one person for one seat worthless."""
    unit.conn.execute(
        update(invites)
        .where(
            invites.c.person_id == person_id,
            invites.c.agency_id == agency_id,
            invites.c.role == role.value,
            invites.c.used_at.is_(None),
            invites.c.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def _still_works(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (invites.c.used_at.is_(None), invites.c.revoked_at.is_(None), invites.c.expires_at > now)


def usable(unit: Unit, code_hash: str, now: datetime) -> AnyRow | None:
    """Return (id, person_id, agency_id, role, agency, person) of an invite that still works."""
    query = (
        select(
            invites.c.id,
            invites.c.person_id,
            invites.c.agency_id,
            invites.c.role,
            agencies.c.name.label("agency"),
            people.c.name.label("person"),
            people.c.position,
        )
        .join(agencies, agencies.c.id == invites.c.agency_id)
        .outerjoin(people, people.c.id == invites.c.person_id)
        .where(invites.c.code_hash == code_hash, *_still_works(now))
    )
    return unit.conn.execute(query).first()


def use(unit: Unit, invite_id: int, now: datetime) -> bool:
    """Take the invite; False where another was faster."""
    taken = unit.conn.execute(update(invites).where(invites.c.id == invite_id, *_still_works(now)).values(used_at=now))
    return taken.rowcount == 1


def note_attempt(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Remember one wrong code."""
    unit.conn.execute(insert(join_attempts).values(endpoint_id=endpoint_id, at=now))


def attempts_since(unit: Unit, endpoint_id: int, since: datetime) -> int:
    """Return how many wrong codes a chat gave since that moment."""
    query = select(func.count()).where(join_attempts.c.endpoint_id == endpoint_id, join_attempts.c.at > since)
    return unit.conn.execute(query).scalar_one()
