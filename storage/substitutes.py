"""Substitutes: who stands in for whom, in which agency and role, from which day to which.

Nothing has to be switched on or off: whether a substitution is in force follows from its days, and from both people
still belonging to the agency.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Subquery, and_, bindparam, exists, insert, or_, select, update

from domain.people import Membership, Role
from storage.database import Unit
from storage.schema import agencies, endpoints, memberships, people, substitutes
from storage.types import AnyRow, AnySelect

_OPEN_CHAT = "open"


@lru_cache(maxsize=8)
def in_force(on: date) -> Subquery:
    """Return the substitutions in force on a day (id, person_id, substitute_id, agency_id, role, until_on, rank)."""
    away, there = memberships.alias("away"), memberships.alias("there")
    query = (
        select(
            substitutes.c.id,
            substitutes.c.person_id,
            substitutes.c.substitute_id,
            substitutes.c.agency_id,
            substitutes.c.role,
            substitutes.c.until_on,
            away.c.rank,
        )
        .join(
            away,
            and_(
                away.c.person_id == substitutes.c.person_id,
                away.c.agency_id == substitutes.c.agency_id,
                away.c.role == substitutes.c.role,
                away.c.state == Membership.ACTIVE,
            ),
        )
        .where(
            *_stands(on),
            exists(
                select(there.c.id).where(
                    there.c.person_id == substitutes.c.substitute_id,
                    there.c.agency_id == substitutes.c.agency_id,
                    there.c.state == Membership.ACTIVE,
                )
            ),
        )
    )
    return query.subquery("in_force")


def _stands(on: date) -> tuple[ColumnElement[bool], ...]:
    return (substitutes.c.ended_at.is_(None), substitutes.c.from_on <= on, substitutes.c.until_on >= on)


def hearing_instead(unit: Unit, agency_id: int, role: Role, on: date) -> dict[int, int]:
    """Return who hears instead of whom (away → substitute) on a day; a substitute out of reach hears nothing."""
    found = in_force(on)
    reachable = exists(
        select(endpoints.c.id).where(endpoints.c.person_id == found.c.substitute_id, endpoints.c.state == _OPEN_CHAT)
    )
    query = (
        select(found.c.person_id, found.c.substitute_id)
        .where(found.c.agency_id == agency_id, found.c.role == role.value, reachable)
        .order_by(found.c.id)
    )
    return {row.person_id: row.substitute_id for row in unit.conn.execute(query)}


def seats_of(unit: Unit, person_id: int, on: date) -> Sequence[AnyRow]:
    """Return a person's seats instead of others (agency_id, agency, role, instead_of, until_on, rank)."""
    return unit.conn.execute(_seats_on(on), {"person": person_id}).all()


@lru_cache(maxsize=8)
def _seats_on(on: date) -> AnySelect:
    found = in_force(on)
    return (
        select(
            found.c.agency_id,
            agencies.c.name.label("agency"),
            found.c.role,
            people.c.name.label("instead_of"),
            found.c.until_on,
            found.c.rank,
        )
        .join(agencies, agencies.c.id == found.c.agency_id)
        .join(people, people.c.id == found.c.person_id)
        .where(found.c.substitute_id == bindparam("person"))
        .order_by(found.c.id)
    )


def add(
    unit: Unit,
    person_id: int,
    substitute_id: int,
    agency_id: int,
    role: Role,
    from_on: date,
    until: date,
    now: datetime,
) -> int:
    """Write that one person stands in for another, both days included, and return the id."""
    return int(
        unit.conn.execute(
            insert(substitutes)
            .values(
                person_id=person_id,
                substitute_id=substitute_id,
                agency_id=agency_id,
                role=role.value,
                from_on=from_on,
                until_on=until,
                created_at=now,
            )
            .returning(substitutes.c.id)
        ).scalar_one()
    )


def end(unit: Unit, substitution_ids: Collection[int], now: datetime) -> None:
    """End substitutions before their last day."""
    unit.conn.execute(
        update(substitutes)
        .where(substitutes.c.id.in_(substitution_ids), substitutes.c.ended_at.is_(None))
        .values(ended_at=now)
    )


def _named() -> AnySelect:
    away, instead = people.alias("away"), people.alias("instead")
    return (
        select(
            substitutes,
            away.c.name.label("person"),
            instead.c.name.label("substitute"),
            agencies.c.name.label("agency"),
        )
        .join(away, away.c.id == substitutes.c.person_id)
        .join(instead, instead.c.id == substitutes.c.substitute_id)
        .join(agencies, agencies.c.id == substitutes.c.agency_id)
    )


def get(unit: Unit, substitution_id: int) -> AnyRow | None:
    """Return one substitution with the names of both people and of the agency."""
    return unit.conn.execute(_named().where(substitutes.c.id == substitution_id)).first()


def of_person(unit: Unit, person_id: int, on: date) -> Sequence[AnyRow]:
    """Return the substitutions of a day in which the person is away or stands in, as `get` gives them."""
    mine = or_(substitutes.c.person_id == person_id, substitutes.c.substitute_id == person_id)
    return unit.conn.execute(_named().where(mine, *_stands(on)).order_by(substitutes.c.id)).all()


def of_agency(unit: Unit, agency_id: int, on: date) -> Sequence[AnyRow]:
    """Return an agency's substitutions of a day, as `get` gives them."""
    query = _named().where(substitutes.c.agency_id == agency_id, *_stands(on)).order_by(substitutes.c.id)
    return unit.conn.execute(query).all()
