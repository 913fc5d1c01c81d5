"""Ranks of the seats in the coordinating office, and whether its highest can be asked."""

from sqlalchemy import bindparam, exists, select, update

from domain.people import HEAD_OF_OFFICE, Membership, Role
from storage.database import Unit
from storage.people import OPEN
from storage.schema import endpoints, memberships


def put(unit: Unit, person_id: int, rank: int) -> int:
    """Write the rank of a person's seats in the office, waiting ones too; return how many seats changed."""
    changed = unit.conn.execute(
        update(memberships)
        .where(
            memberships.c.person_id == person_id,
            memberships.c.role == Role.COORDINATOR,
            memberships.c.state != Membership.ENDED,
            memberships.c.rank != rank,
        )
        .values(rank=rank)
    )
    return changed.rowcount


def of(unit: Unit, person_id: int) -> int | None:
    """Return the highest rank of a person's own seats in the office, waiting ones too; None without such a seat."""
    found = unit.conn.execute(_SEATS, {"person": person_id}).scalars().all()
    return max(found, default=None)


def by_person(unit: Unit) -> dict[int, int]:
    """Return the rank of everybody who actively works for the coordinating office, in order of joining."""
    found: dict[int, int] = {}
    for row in unit.conn.execute(_ACTIVE):
        found[row.person_id] = max(row.rank, found.get(row.person_id, 0))
    return found


def head_reachable(unit: Unit) -> bool:
    """Whether somebody of the highest rank is active and has an open chat."""
    return unit.conn.execute(_HEAD).first() is not None


_SEATS = select(memberships.c.rank).where(
    memberships.c.person_id == bindparam("person"),
    memberships.c.role == Role.COORDINATOR,
    memberships.c.state != Membership.ENDED,
)
_ACTIVE = (
    select(memberships.c.person_id, memberships.c.rank)
    .where(memberships.c.role == Role.COORDINATOR, memberships.c.state == Membership.ACTIVE)
    .order_by(memberships.c.id)
)
_HEAD = (
    select(memberships.c.id)
    .where(
        memberships.c.role == Role.COORDINATOR,
        memberships.c.state == Membership.ACTIVE,
        memberships.c.rank >= HEAD_OF_OFFICE,
        exists(
            select(endpoints.c.id).where(endpoints.c.person_id == memberships.c.person_id, endpoints.c.state == OPEN)
        ),
    )
    .limit(1)
)
