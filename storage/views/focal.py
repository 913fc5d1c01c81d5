"""Who the focal officers and heads of all agencies are, and by what they can be reached; never a phone number."""

from datetime import datetime

from sqlalchemy import or_, select

from domain.focal import Focal, FocalList
from domain.local import today
from domain.people import Membership, Role
from domain.proofs import CHANNEL_LABELS
from storage.database import Unit
from storage.people import OPEN
from storage.schema import agencies, endpoints, memberships, people

ROLES = (Role.OFFICER, Role.HEAD)


def at(unit: Unit, now: datetime) -> FocalList:
    """Return who is officer or head in the agencies that stand today."""
    day = today(now)
    stands = (
        or_(agencies.c.valid_from.is_(None), agencies.c.valid_from <= day),
        or_(agencies.c.valid_to.is_(None), agencies.c.valid_to >= day),
    )
    places = unit.conn.execute(select(agencies.c.id, agencies.c.name).where(*stands).order_by(agencies.c.id)).all()
    seats = unit.conn.execute(
        select(memberships.c.agency_id, memberships.c.role, people.c.id, people.c.name, people.c.position)
        .join(people, people.c.id == memberships.c.person_id)
        .where(memberships.c.state == Membership.ACTIVE, memberships.c.role.in_([one.value for one in ROLES]))
        .order_by(memberships.c.agency_id, memberships.c.role.desc(), memberships.c.id)
    ).all()
    chats = _chats(unit)
    held: dict[int, list[Focal]] = {}
    for row in seats:
        place = next((one.name for one in places if one.id == row.agency_id), None)
        if place is not None:
            channels, active = chats.get(row.id, ((), None))
            one = Focal(place, row.name, row.position, Role(row.role), channels, today(active) if active else None)
            held.setdefault(row.agency_id, []).append(one)
    return FocalList(
        day,
        now,
        tuple(one.name for one in places if all(seat.role is not Role.OFFICER for seat in held.get(one.id, ()))),
        tuple(one for place in places for one in held.get(place.id, ())),
    )


def _chats(unit: Unit) -> dict[int, tuple[tuple[str, ...], datetime | None]]:
    query = select(endpoints.c.person_id, endpoints.c.channel, endpoints.c.state, endpoints.c.heard_at).where(
        endpoints.c.person_id.is_not(None)
    )
    found: dict[int, tuple[tuple[str, ...], datetime | None]] = {}
    for row in unit.conn.execute(query.order_by(endpoints.c.position, endpoints.c.id)):
        channels, active = found.get(row.person_id, ((), None))
        named = (CHANNEL_LABELS.get(row.channel, row.channel),) if row.state == OPEN else ()
        heard = [one for one in (active, row.heard_at) if one is not None]
        found[row.person_id] = (tuple(dict.fromkeys((*channels, *named))), max(heard, default=None))
    return found
