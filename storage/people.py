"""People, their memberships and the chats by which they are reached."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update

from domain.accounts import rank
from domain.people import Membership, Role, Seat, Viewer
from domain.words import fold
from storage import substitutes
from storage.database import Unit
from storage.schema import agencies, endpoints, invites, memberships, people
from storage.types import AnyRow

OPEN = "open"
DEAD = "dead"


def add_person(unit: Unit, name: str, position: str, phone: str, now: datetime) -> int:
    """Write a person and return the id; the phone number is sealed."""
    return int(
        unit.conn.execute(
            insert(people)
            .values(
                name=name,
                name_folded=fold(name),
                position=position,
                phone=unit.vault.seal(phone),
                created_at=now,
            )
            .returning(people.c.id)
        ).scalar_one()
    )


def person_in(unit: Unit, name: str, agency_id: int) -> int | None:
    """Return the person of that name who was invited to, or belongs to, the agency."""
    invited = (
        select(people.c.id)
        .join(invites, invites.c.person_id == people.c.id)
        .where(people.c.name_folded == fold(name), invites.c.agency_id == agency_id)
    )
    member = (
        select(people.c.id)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(people.c.name_folded == fold(name), memberships.c.agency_id == agency_id)
    )
    return unit.conn.execute(invited.union(member).limit(1)).scalar()


def seat(unit: Unit, person_id: int, agency_id: int, role: Role, state: Membership, now: datetime) -> int:
    """Give a person a seat and return the membership's id; one that ended or waits takes the new state."""
    at = (
        memberships.c.person_id == person_id,
        memberships.c.agency_id == agency_id,
        memberships.c.role == role.value,
    )
    found = unit.conn.execute(select(memberships.c.id, memberships.c.state).where(*at)).first()
    if found is None:
        return int(
            unit.conn.execute(
                insert(memberships)
                .values(person_id=person_id, agency_id=agency_id, role=role.value, state=state.value, created_at=now)
                .returning(memberships.c.id)
            ).scalar_one()
        )
    if found.state != Membership.ACTIVE:
        set_membership(unit, found.id, state, now)
    return int(found.id)


def set_membership(unit: Unit, membership_id: int, state: Membership, now: datetime) -> None:
    """Move a membership to a state."""
    ended = now if state is Membership.ENDED else None
    unit.conn.execute(
        update(memberships).where(memberships.c.id == membership_id).values(state=state.value, ended_at=ended)
    )


def membership(unit: Unit, membership_id: int) -> AnyRow | None:
    """Return (id, person_id, agency_id, role, state, person, agency) of a membership."""
    query = (
        select(
            memberships.c.id,
            memberships.c.person_id,
            memberships.c.agency_id,
            memberships.c.role,
            memberships.c.state,
            people.c.name.label("person"),
            agencies.c.name.label("agency"),
        )
        .join(people, people.c.id == memberships.c.person_id)
        .join(agencies, agencies.c.id == memberships.c.agency_id)
        .where(memberships.c.id == membership_id)
    )
    return unit.conn.execute(query).first()


def has_active(unit: Unit, role: Role) -> bool:
    """Whether anybody holds that role."""
    query = select(memberships.c.id).where(memberships.c.role == role.value, memberships.c.state == Membership.ACTIVE)
    return unit.conn.execute(query.limit(1)).first() is not None


def holders(unit: Unit, role: Role) -> list[int]:
    """Return the ids of the people who actively hold the role and have an open chat, in order of joining."""
    return list(dict.fromkeys(unit.conn.execute(_HOLDERS, {"role": role.value}).scalars()))


_HOLDERS = (
    select(memberships.c.person_id)
    .where(
        memberships.c.role == bindparam("role"),
        memberships.c.state == Membership.ACTIVE,
        memberships.c.person_id.in_(select(endpoints.c.person_id).where(endpoints.c.state == OPEN)),
    )
    .order_by(memberships.c.id)
)


def active(unit: Unit, role: Role) -> list[int]:
    """Return the ids of the people who actively hold the role, reachable now or not, in order of joining."""
    query = (
        select(memberships.c.person_id)
        .where(memberships.c.role == role.value, memberships.c.state == Membership.ACTIVE)
        .order_by(memberships.c.id)
    )
    return list(dict.fromkeys(unit.conn.execute(query).scalars()))


_SEATS = select(memberships.c.person_id, memberships.c.agency_id, memberships.c.role).where(
    memberships.c.person_id.in_(bindparam("people", expanding=True)), memberships.c.state == Membership.ACTIVE
)


def seats_held(unit: Unit, person_ids: Collection[int]) -> dict[int, set[tuple[int, str]]]:
    """Return the own active seats as (agency id, role) by person, without those held for somebody who is away."""
    found: dict[int, set[tuple[int, str]]] = {}
    for row in unit.conn.execute(_SEATS, {"people": list(person_ids)}):
        found.setdefault(row.person_id, set()).add((row.agency_id, row.role))
    return found


def viewer(unit: Unit, person_id: int, on: date) -> Viewer:
    """Return the person with the seats held on a day, those held instead of somebody who is away included."""
    name = unit.conn.execute(_NAME, {"person": person_id}).scalar_one()
    rows = unit.conn.execute(_OWN_SEATS, {"person": person_id})
    own = [Seat(row.agency_id, row.name, Role(row.role), rank=row.rank) for row in rows]
    instead = [
        Seat(row.agency_id, row.agency, Role(row.role), row.instead_of, row.until_on, row.rank)
        for row in substitutes.seats_of(unit, person_id, on)
    ]
    return Viewer(person_id, name, (*own, *instead))


_NAME = select(people.c.name).where(people.c.id == bindparam("person"))
_OWN_SEATS = (
    select(memberships.c.agency_id, agencies.c.name, memberships.c.role, memberships.c.rank)
    .join(agencies, agencies.c.id == memberships.c.agency_id)
    .where(memberships.c.person_id == bindparam("person"), memberships.c.state == Membership.ACTIVE)
    .order_by(memberships.c.id)
)


def endpoint(unit: Unit, channel: str, chat: str, now: datetime) -> AnyRow:
    """Return the chat's row (id, person_id, state), made on first contact."""
    address = {"of_channel": channel, "of_chat": chat}
    found = unit.conn.execute(_ENDPOINT, address).first()
    if found is None:
        unit.conn.execute(insert(endpoints).values(channel=channel, chat=chat, state=OPEN, created_at=now))
        found = unit.conn.execute(_ENDPOINT, address).one()
    return found


_ENDPOINT = select(endpoints.c.id, endpoints.c.person_id, endpoints.c.state, endpoints.c.heard_at).where(
    endpoints.c.channel == bindparam("of_channel"), endpoints.c.chat == bindparam("of_chat")
)


def bind_endpoint(unit: Unit, endpoint_id: int, person_id: int | None) -> None:
    """Say whose chat it is."""
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(person_id=person_id))


def mark_endpoint(unit: Unit, endpoint_id: int, *, dead: bool, reason: str, now: datetime) -> bool:
    """Open or close a chat for messages; return whether that changed anything."""
    state = DEAD if dead else OPEN
    changed = unit.conn.execute(
        update(endpoints)
        .where(endpoints.c.id == endpoint_id, endpoints.c.state != state)
        .values(state=state, reason=reason, died_at=now if dead else None)
    )
    return changed.rowcount == 1


def is_open(unit: Unit, endpoint_id: int) -> bool:
    """Whether a chat can be written to, as far as is known."""
    query = select(endpoints.c.id).where(endpoints.c.id == endpoint_id, endpoints.c.state == OPEN)
    return unit.conn.execute(query).first() is not None


def open_endpoints(unit: Unit, person_id: int) -> Sequence[AnyRow]:
    """Return the person's open chats (id, channel, chat) in the order in which the person hears."""
    return _in_order(unit, [person_id]).get(person_id, ())


def first_chats(unit: Unit, person_ids: Collection[int]) -> dict[int, int]:
    """Return the open chat by which each person hears first, by person."""
    return {person: int(chats[0].id) for person, chats in _in_order(unit, person_ids).items()}


def _in_order(unit: Unit, person_ids: Collection[int]) -> dict[int, list[AnyRow]]:
    found: dict[int, list[AnyRow]] = {}
    for row in unit.conn.execute(_OPEN_CHATS, {"people": list(person_ids)}) if person_ids else ():
        found.setdefault(row.person_id, []).append(row)
    for chats in found.values():
        chats.sort(key=lambda row: rank(row.position, row.channel, row.id))
    return found


_OPEN_CHATS = select(
    endpoints.c.id, endpoints.c.person_id, endpoints.c.channel, endpoints.c.chat, endpoints.c.position
).where(endpoints.c.person_id.in_(bindparam("people", expanding=True)), endpoints.c.state == OPEN)


def owner(unit: Unit, endpoint_id: int) -> int | None:
    """Return the person behind a chat."""
    return unit.conn.execute(_OWNER, {"endpoint": endpoint_id}).scalar()


_OWNER = select(endpoints.c.person_id).where(endpoints.c.id == bindparam("endpoint"))


def members(unit: Unit, agency_id: int, role: Role, on: date) -> list[int]:
    """Return the ids of the people who hear for that role of the agency on a day.

    Instead of a member who is away stands the substitute; one step, never two.
    """
    query = (
        select(memberships.c.person_id)
        .where(
            memberships.c.agency_id == agency_id,
            memberships.c.role == role.value,
            memberships.c.state == Membership.ACTIVE,
        )
        .order_by(memberships.c.id)
    )
    instead = substitutes.hearing_instead(unit, agency_id, role, on)
    return list(dict.fromkeys(instead.get(one, one) for one in unit.conn.execute(query).scalars()))


def of_agency(unit: Unit, agency_id: int) -> Sequence[AnyRow]:
    """Return who belongs to an agency (id, person_id, name, position, role), in order of joining."""
    query = (
        select(memberships.c.id, memberships.c.person_id, people.c.name, people.c.position, memberships.c.role)
        .join(people, people.c.id == memberships.c.person_id)
        .where(memberships.c.agency_id == agency_id, memberships.c.state == Membership.ACTIVE)
        .order_by(memberships.c.id)
    )
    return unit.conn.execute(query).all()


def seats(unit: Unit, person_id: int) -> Sequence[AnyRow]:
    """Return a person's memberships that have not ended (id, agency_id, agency_code, agency, role, state)."""
    query = (
        select(
            memberships.c.id,
            memberships.c.agency_id,
            agencies.c.code.label("agency_code"),
            agencies.c.name.label("agency"),
            memberships.c.role,
            memberships.c.state,
        )
        .join(agencies, agencies.c.id == memberships.c.agency_id)
        .where(memberships.c.person_id == person_id, memberships.c.state != Membership.ENDED)
        .order_by(memberships.c.id)
    )
    return unit.conn.execute(query).all()


def introduced(unit: Unit, person_id: int) -> AnyRow:
    """Return how a person is addressed in writing (name, position)."""
    return unit.conn.execute(select(people.c.name, people.c.position).where(people.c.id == person_id)).one()


def name_of(unit: Unit, person_id: int) -> str | None:
    """Return a person's name, None where there is no such person."""
    return unit.conn.execute(select(people.c.name).where(people.c.id == person_id)).scalar()
