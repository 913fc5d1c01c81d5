"""A person's accounts and how they want to hear: order, hours, short messages, codes that join another account."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, insert, select, update

from domain.accounts import Account, rank
from domain.hearing import ALWAYS, Hearing
from storage.database import Unit
from storage.people import OPEN
from storage.schema import account_codes, endpoints, invites, people
from storage.types import AnyRow


def of_person(unit: Unit, person_id: int) -> list[Account]:
    """Return a person's accounts, open and closed, in the order in which they hear."""
    rows = unit.conn.execute(select(endpoints).where(endpoints.c.person_id == person_id)).all()
    joined = joined_at(unit, person_id)
    return [
        Account(row.id, row.channel, row.state == OPEN, row.brief, joined.get(row.id, row.created_at), row.heard_at)
        for row in sorted(rows, key=lambda row: rank(row.position, row.channel, row.id))
    ]


def joined_at(unit: Unit, person_id: int) -> dict[int, datetime]:
    """Return when accounts were joined by a code of the person's own, by chat."""
    query = select(account_codes.c.endpoint_id, func.max(account_codes.c.used_at).label("at"))
    used = query.where(account_codes.c.person_id == person_id, account_codes.c.used_at.is_not(None))
    return {row.endpoint_id: row.at for row in unit.conn.execute(used.group_by(account_codes.c.endpoint_id))}


def put_first(unit: Unit, person_id: int, endpoint_id: int) -> None:
    """Let a person hear by this account first; the order of the others stays."""
    own = endpoints.c.person_id == person_id
    first = unit.conn.execute(select(func.min(endpoints.c.position)).where(own)).scalar() or 0
    unit.conn.execute(update(endpoints).where(own, endpoints.c.id == endpoint_id).values(position=first - 1))


def set_brief(unit: Unit, endpoint_id: int, *, brief: bool) -> None:
    """Say whether messages that nobody asked for are short there."""
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(brief=brief))


def heard(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Note that its person wrote from a chat."""
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(heard_at=now))


def release(unit: Unit, endpoint_id: int) -> None:
    """Let a chat be nobody's, with none of what its person had set there."""
    bare = {"person_id": None, "position": 0, "brief": False}
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(bare))


def set_hearing(unit: Unit, person_id: int, hearing: Hearing) -> None:
    """Keep the hours in which a person wants to hear."""
    hours = {"quiet_until": hearing.opens, "quiet_from": hearing.closes}
    unit.conn.execute(update(people).where(people.c.id == person_id).values(hours))


def hearing_of(unit: Unit, person_id: int) -> Hearing:
    """Return the hours in which a person wants to hear."""
    return hearings(unit, [person_id]).get(person_id, ALWAYS)


def hearings(unit: Unit, person_ids: Collection[int]) -> dict[int, Hearing]:
    """Return the hours of those of the people who have set any, by person."""
    query = select(people.c.id, people.c.quiet_until, people.c.quiet_from).where(
        people.c.quiet_until.is_not(None) | people.c.quiet_from.is_not(None)
    )
    if len(person_ids) == 1:
        query = query.where(people.c.id.in_(person_ids))
    wanted = set(person_ids)
    rows = unit.conn.execute(query) if wanted else ()
    return {row.id: Hearing(row.quiet_until, row.quiet_from) for row in rows if row.id in wanted}


_OF_PERSONS = account_codes.c.agency_id.is_(None)
"""Codes that join an account to a person; those of an agency are for its group."""


def add_code(unit: Unit, code_hash: str, person_id: int, now: datetime, life: timedelta) -> int:
    """Write a code that joins another account (only its hash is kept) and return its id."""
    fresh = {"code_hash": code_hash, "person_id": person_id, "created_at": now, "expires_at": now + life}
    return int(unit.conn.execute(insert(account_codes).values(fresh).returning(account_codes.c.id)).scalar_one())


def end_codes(unit: Unit, person_id: int, now: datetime) -> None:
    """Make a person's unused codes worthless."""
    unit.conn.execute(
        update(account_codes)
        .where(account_codes.c.person_id == person_id, _OF_PERSONS, *_usable(now))
        .values(expires_at=now)
    )


def codes_since(unit: Unit, person_id: int, since: datetime) -> int:
    """Return how many codes a person was given since a moment."""
    query = select(func.count()).where(
        account_codes.c.person_id == person_id, _OF_PERSONS, account_codes.c.created_at > since
    )
    return int(unit.conn.execute(query).scalar_one())


def _usable(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return account_codes.c.used_at.is_(None), account_codes.c.expires_at > now


def usable_code(unit: Unit, code_hash: str, now: datetime) -> AnyRow | None:
    """Return (id, person_id) of a code that still works."""
    query = select(account_codes.c.id, account_codes.c.person_id).where(
        account_codes.c.code_hash == code_hash, account_codes.c.person_id.is_not(None), _OF_PERSONS, *_usable(now)
    )
    return unit.conn.execute(query).first()


def is_code(unit: Unit, code_hash: str) -> bool:
    """Whether a code was ever given out, for a seat or for an account; whether it still works is another question."""
    given = exists().where(invites.c.code_hash == code_hash) | exists().where(account_codes.c.code_hash == code_hash)
    return bool(unit.conn.execute(select(given)).scalar_one())


def use_code(unit: Unit, code_id: int, endpoint_id: int, now: datetime) -> bool:
    """Take a code for a chat; False where another was faster."""
    taken = update(account_codes).where(account_codes.c.id == code_id, *_usable(now))
    return unit.conn.execute(taken.values(used_at=now, endpoint_id=endpoint_id)).rowcount == 1


def newest_joined(unit: Unit, person_id: int, but: int) -> AnyRow | None:
    """Return (id, channel) of the account joined last by a code of this person and still theirs, save one chat."""
    query = (
        select(endpoints.c.id, endpoints.c.channel)
        .join(account_codes, account_codes.c.endpoint_id == endpoints.c.id)
        .where(account_codes.c.person_id == person_id, endpoints.c.person_id == person_id, endpoints.c.id != but)
        .order_by(account_codes.c.used_at.desc(), account_codes.c.id.desc())
        .limit(1)
    )
    return unit.conn.execute(query).first()


def forget_codes(unit: Unit, before: datetime, most: int) -> int:
    """Remove the oldest codes that expired before a moment, at most so many; return how many.

    One by which an account was joined stays while the account is that person's: it tells since when.
    """
    tells = exists().where(
        endpoints.c.id == account_codes.c.endpoint_id, endpoints.c.person_id == account_codes.c.person_id
    )
    old = select(account_codes.c.id).where(account_codes.c.expires_at < before, ~tells)
    gone = delete(account_codes).where(account_codes.c.id.in_(old.order_by(account_codes.c.id).limit(most)))
    return len(unit.conn.execute(gone.returning(account_codes.c.id)).all())
