"""Who hears for agencies, and who of them can be reached now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from domain.people import Membership, Role
from storage import substitutes
from storage.database import Unit
from storage.people import OPEN
from storage.schema import agencies, endpoints, memberships


@dataclass(frozen=True, slots=True)
class Place:
    """One agency with the people who hear for it; `reached` are those of them who have an open chat."""

    id: int
    code: str
    name: str
    people: tuple[int, ...]
    reached: tuple[int, ...]


def of_agencies(unit: Unit, agency_ids: Collection[int], roles: Sequence[Role], on: date) -> list[Place]:
    """Return these agencies in the order of the directory, each with whoever holds one of the roles there on a day.

    Instead of a member who is away stands the substitute; one step, never two.
    """
    query = select(agencies.c.id, agencies.c.code, agencies.c.name).where(agencies.c.id.in_(agency_ids))
    seats = _seats(unit, agency_ids, roles, on)
    heard = _reached(unit, {one for people in seats.values() for one in people})
    return [
        Place(row.id, row.code, row.name, people, tuple(one for one in people if one in heard))
        for row in unit.conn.execute(query.order_by(agencies.c.id))
        for people in [tuple(dict.fromkeys(seats.get(row.id, ())))]
    ]


def _seats(unit: Unit, agency_ids: Collection[int], roles: Sequence[Role], on: date) -> Mapping[int, list[int]]:
    held = (
        select(memberships.c.agency_id, memberships.c.person_id, memberships.c.role)
        .where(
            memberships.c.agency_id.in_(agency_ids),
            memberships.c.role.in_([one.value for one in roles]),
            memberships.c.state == Membership.ACTIVE,
        )
        .order_by(memberships.c.id)
    )
    away = substitutes.in_force(on)
    instead = {
        (row.agency_id, row.role, row.person_id): row.substitute_id
        for row in unit.conn.execute(
            select(away.c.agency_id, away.c.role, away.c.person_id, away.c.substitute_id).where(
                away.c.agency_id.in_(agency_ids)
            )
        )
    }
    found: dict[int, list[int]] = {}
    for row in unit.conn.execute(held):
        person = instead.get((row.agency_id, row.role, row.person_id), row.person_id)
        found.setdefault(row.agency_id, []).append(int(person))
    return found


def _reached(unit: Unit, person_ids: Collection[int]) -> set[int]:
    query = select(endpoints.c.person_id).where(endpoints.c.person_id.in_(person_ids), endpoints.c.state == OPEN)
    return set(unit.conn.execute(query).scalars()) if person_ids else set()
