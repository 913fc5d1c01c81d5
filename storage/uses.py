"""What of a provider's quota was used: one row a message, by chat and kind; and which files lie here as copies."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select, tuple_, update

from domain.people import Membership
from domain.windows import Standing
from storage import inbox
from storage.database import Unit
from storage.schema import channel_state, channel_uses, endpoints, memberships, people

COPY = "copy:"
"""How the keys begin under which the copies of people's files are known."""


def note(unit: Unit, channel: str, chat: str, kind: str, now: datetime) -> None:
    """Write one use."""
    unit.conn.execute(insert(channel_uses).values(channel=channel, chat=chat, kind=kind, at=now))


def heard(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Write that the person behind a chat did something there."""
    unit.conn.execute(update(endpoints).where(endpoints.c.id == endpoint_id).values(heard_at=now))


def standing(unit: Unit, channel: str, chat: str, kinds: tuple[str, ...]) -> Standing:
    """Return how we stand with a chat, counting these kinds of use since the person last acted.

    The phone is told of people who hold a seat; never a citizen's.
    """
    seated = exists().where(memberships.c.person_id == people.c.id, memberships.c.state == Membership.ACTIVE)
    theirs = and_(people.c.id == endpoints.c.person_id, seated.correlate(people))
    query = (
        select(endpoints.c.heard_at, people.c.phone)
        .select_from(endpoints.outerjoin(people, theirs))
        .where(endpoints.c.channel == channel, endpoints.c.chat == chat)
    )
    row = unit.conn.execute(query).first()
    if row is None or row.heard_at is None:
        return Standing(None, 0, unit.vault.unseal(row.phone) if row is not None else "")
    since = _counted(
        unit,
        channel_uses.c.channel == channel,
        channel_uses.c.chat == chat,
        channel_uses.c.kind.in_(kinds),
        channel_uses.c.at >= row.heard_at,
    )
    return Standing(row.heard_at, since, unit.vault.unseal(row.phone))


def _counted(unit: Unit, *where: ColumnElement[bool]) -> int:
    return unit.conn.execute(select(func.count(channel_uses.c.id)).where(*where)).scalar_one()


def counts(unit: Unit, since: datetime) -> dict[tuple[str, str], int]:
    """Return how much was used from a moment on, by channel and kind."""
    query = (
        select(channel_uses.c.channel, channel_uses.c.kind, func.count().label("used"))
        .where(channel_uses.c.at >= since)
        .group_by(channel_uses.c.channel, channel_uses.c.kind)
    )
    return {(row.channel, row.kind): row.used for row in unit.conn.execute(query)}


def forget(unit: Unit, before: datetime) -> None:
    """Remove uses that no figure counts any more."""
    unit.conn.execute(delete(channel_uses).where(channel_uses.c.at < before))


_PARTED = " "
"""Stands in a copy's value between the day it was made, which comes first, and the digest."""


def note_copy(unit: Unit, channel: str, key: str, digest: str, day: date) -> None:
    """Keep the digest of a file's copy, and the day."""
    inbox.remember(unit, channel, COPY + key, f"{day.isoformat()}{_PARTED}{digest}")


def copy_of(unit: Unit, channel: str, key: str) -> str:
    """Return the digest of a file's copy, "" where there is none."""
    return (inbox.remembered(unit, channel, COPY + key) or "").rpartition(_PARTED)[2]


def forget_copies(unit: Unit, before: date, most: int) -> int:
    """Remove what is known of copies made before a day, at most so many; return how many."""
    where = channel_state.c.key.startswith(COPY, autoescape=True), channel_state.c.value < before.isoformat()
    columns = channel_state.c.channel, channel_state.c.key
    old = select(*columns).where(*where).order_by(channel_state.c.value).limit(most)
    gone = delete(channel_state).where(tuple_(*columns).in_(old)).returning(channel_state.c.key)
    return len(unit.conn.execute(gone).all())
