"""Who belongs to which agency, who can be reached, who stands in for whom; never a phone number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select

from domain.accounts import LAST_BY_ITSELF
from domain.agencies import Directory
from domain.people import Membership, Role
from domain.words import fold
from storage import agencies as agency_rows
from storage import substitutes
from storage.database import Unit
from storage.people import OPEN
from storage.schema import agencies, endpoints, matters, memberships, people, planned
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class Member:
    """One seat as lists show it; `membership` is its id."""

    membership: int
    person_id: int
    name: str
    position: str
    agency_id: int
    agency_code: str
    agency: str
    role: Role
    waits: bool
    """Whether a coordinator must still agree."""
    reachable: bool
    substitute: str
    """Who stands in today, "" for nobody."""
    until: date | None
    by_mail: bool = False
    """Whether only a mail address is left to reach them by."""


def listed(unit: Unit, on: date, agency_id: int | None = None) -> list[Member]:
    """Return every seat that has not ended, of one agency where its id is given, by agency and then by joining."""
    stands_in = people.alias("stands_in")
    away = substitutes.in_force(on)
    reached = select(endpoints.c.id).where(endpoints.c.person_id == memberships.c.person_id, endpoints.c.state == OPEN)
    reachable, by_chat = exists(reached), exists(reached.where(endpoints.c.channel != LAST_BY_ITSELF))
    query = (
        select(
            memberships,
            people.c.name,
            people.c.position,
            agencies.c.code.label("agency_code"),
            agencies.c.name.label("agency"),
            reachable.label("reachable"),
            by_chat.label("by_chat"),
            stands_in.c.name.label("substitute"),
            away.c.until_on,
        )
        .join(people, people.c.id == memberships.c.person_id)
        .join(agencies, agencies.c.id == memberships.c.agency_id)
        .outerjoin(
            away,
            (away.c.person_id == memberships.c.person_id)
            & (away.c.agency_id == memberships.c.agency_id)
            & (away.c.role == memberships.c.role),
        )
        .outerjoin(stands_in, stands_in.c.id == away.c.substitute_id)
        .where(memberships.c.state != Membership.ENDED)
        .order_by(agencies.c.id, memberships.c.id)
    )
    if agency_id is not None:
        query = query.where(memberships.c.agency_id == agency_id)
    return [_member(row) for row in unit.conn.execute(query)]


def _member(row: AnyRow) -> Member:
    return Member(
        membership=row.id,
        person_id=row.person_id,
        name=row.name,
        position=row.position,
        agency_id=row.agency_id,
        agency_code=row.agency_code,
        agency=row.agency,
        role=Role(row.role),
        waits=row.state == Membership.PENDING,
        reachable=bool(row.reachable),
        substitute=row.substitute or "",
        until=row.until_on,
        by_mail=bool(row.reachable and not row.by_chat),
    )


def colleagues(unit: Unit, agency_id: int, but: int, on: date, name: str = "") -> list[Member]:
    """Return who could stand in for a person: others of the agency who can be reached, each once.

    `name` leaves those in whose name the words occur, with or without marks.
    """
    found: dict[int, Member] = {}
    for one in listed(unit, on, agency_id):
        if one.person_id != but and one.reachable and not one.waits and fold(name) in fold(one.name):
            found.setdefault(one.person_id, one)
    return list(found.values())


def member(unit: Unit, membership_id: int, on: date) -> Member | None:
    """Return one seat that has not ended."""
    return next((one for one in listed(unit, on) if one.membership == membership_id), None)


def agency_named(unit: Unit, text: str, on: date) -> Sequence[AnyRow]:
    """Return the agencies (id, code, name) that the words mean: by code or name, else all whose name holds them."""
    directory: Directory = agency_rows.directory(unit)
    code = next((one.code for one in directory if fold(one.code) == fold(text)), None)
    found = directory.find(text, on)
    if code is None and found is not None:
        code = found.code
    query = select(agencies.c.id, agencies.c.code, agencies.c.name).order_by(agencies.c.id)
    if code is not None:
        return unit.conn.execute(query.where(agencies.c.code == code)).all()
    return unit.conn.execute(query.where(agencies.c.name_folded.contains(fold(text), autoescape=True))).all()


def agency(unit: Unit, agency_id: int) -> AnyRow | None:
    """Return (id, code, name) of an agency."""
    query = select(agencies.c.id, agencies.c.code, agencies.c.name).where(agencies.c.id == agency_id)
    return unit.conn.execute(query).first()


def waits_for_consent(unit: Unit, person_id: int) -> bool:
    """Whether a coordinator must still agree to a seat of this person."""
    query = select(memberships.c.id).where(
        memberships.c.person_id == person_id, memberships.c.state == Membership.PENDING
    )
    return unit.conn.execute(query.limit(1)).first() is not None


def substitutions(unit: Unit, person_id: int, on: date) -> Sequence[AnyRow]:
    """Return the substitutions in which the person is away or stands in, with the names of both."""
    return substitutes.of_person(unit, person_id, on)


def substitution(unit: Unit, substitution_id: int) -> AnyRow | None:
    """Return one substitution, with the names of both and of the agency."""
    return substitutes.get(unit, substitution_id)


def unheard(unit: Unit, agency_id: int, role: str) -> AnyRow | None:
    """Return (agency, agency_code, matters) of an audience nobody of whom hears, None where somebody joined since."""
    query = (
        select(
            agencies.c.name.label("agency"),
            agencies.c.code.label("agency_code"),
            func.count(func.distinct(planned.c.matter_id)).label("matters"),
        )
        .join(agencies, agencies.c.id == planned.c.agency_id)
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(
            planned.c.state == "unreached",
            planned.c.agency_id == agency_id,
            planned.c.role == role,
            matters.c.closed_at.is_(None),
        )
        .group_by(agencies.c.name, agencies.c.code)
    )
    return unit.conn.execute(query).first()


def officers_of(unit: Unit, agency_id: int, on: date) -> list[str]:
    """Return the names of an agency's focal officers with their titles, "Trần Mẫu Bình (Phó Chánh Văn phòng)"."""
    return [
        f"{one.name} ({one.position})" if one.position else one.name
        for one in listed(unit, on, agency_id)
        if one.role is Role.OFFICER and not one.waits
    ]
