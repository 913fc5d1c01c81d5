"""What was to be said to somebody who holds a seat no longer, or not for now: passed on, or kept for who comes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, func, insert, literal, or_, select, update

from domain.notices import Kind, State
from domain.people import Role
from storage import planned as planned_rows
from storage.database import Unit
from storage.schema import matters, notices, outbox, planned

UNTOUCHED = and_(outbox.c.state == "waiting", outbox.c.unknowns == 0, outbox.c.business_day.is_not(None))
"""A message of notices whose text no provider has seen: it is composed when it is claimed."""


_PERSONAL = (Kind.SEATED.value, Kind.SUBSTITUTE.value)
"""What is said to the person and not to the seat: nobody else hears it instead."""


def unsaid(unit: Unit, person_id: int, agency_id: int, role: Role) -> Sequence[int]:
    """Return the ids of the notices to a person in a seat that wait, or lie in a message that nobody sent yet.

    What the office is told names no agency: it belongs to the seat by its role.
    """
    query = (
        select(notices.c.id)
        .outerjoin(outbox, outbox.c.id == notices.c.outbox_id)
        .where(
            notices.c.person_id == person_id,
            notices.c.role == role.value,
            notices.c.kind.not_in(_PERSONAL),
            or_(notices.c.agency_id == agency_id, notices.c.agency_id.is_(None)),
            or_(notices.c.state == State.WAITING, and_(notices.c.state == State.MERGED, UNTOUCHED)),
        )
        .order_by(notices.c.id)
    )
    return unit.conn.execute(query).scalars().all()


def pass_on(unit: Unit, notice_ids: Collection[int], to: int, now: datetime) -> None:
    """Let another person hear these notices too; what that person heard of already is left out."""
    theirs = notices.alias("theirs")
    known = (
        select(theirs.c.id)
        .where(
            theirs.c.person_id == to,
            theirs.c.occasion == notices.c.occasion,
            func.coalesce(theirs.c.matter_id, 0) == func.coalesce(notices.c.matter_id, 0),
        )
        .exists()
    )
    copied = ("matter_id", "occasion", "agency_id", "role", "kind", "urgent", "data", "not_before")
    copy = select(
        *(notices.c[name] for name in copied),
        literal(to),
        literal(State.WAITING.value),
        literal(now, type_=notices.c.created_at.type),
    ).where(notices.c.id.in_(notice_ids), ~known)
    unit.conn.execute(insert(notices).from_select([*copied, "person_id", "state", "created_at"], copy))


def forget(unit: Unit, notice_ids: Collection[int]) -> None:
    """Take back what somebody else hears for now: it was never said, and may be said to the same person another day."""
    unit.conn.execute(delete(notices).where(notices.c.id.in_(notice_ids)))


def forget_lost(unit: Unit, person_id: int, agency_id: int, role: Role) -> None:
    """Let somebody who is back in a seat hear what was taken back when it ended."""
    unit.conn.execute(
        delete(notices).where(
            notices.c.person_id == person_id,
            notices.c.agency_id == agency_id,
            notices.c.role == role.value,
            notices.c.state == State.DROPPED,
            notices.c.reason == planned_rows.LEFT,
        )
    )


def take_back(unit: Unit, notice_ids: Collection[int]) -> None:
    """Drop notices to somebody who lost the seat, out of a message that was not sent yet too."""
    unit.conn.execute(
        update(notices)
        .where(notices.c.id.in_(notice_ids))
        .values(state=State.DROPPED.value, reason=planned_rows.LEFT, outbox_id=None)
    )


def nobody_hears(unit: Unit, agency_id: int, role: Role, now: datetime) -> int:
    """Note that an audience has nobody left: the last word about each open matter waits for who joins; return how many.

    The matters stand in the list of those who cannot be reached, and whoever joins hears of all of them at once.
    """
    newest = func.row_number().over(
        partition_by=planned.c.matter_id, order_by=(planned.c.at.desc(), planned.c.id.desc())
    )
    words = (
        select(planned.c.id, newest.label("place"))
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(
            planned.c.agency_id == agency_id,
            planned.c.role == role.value,
            planned.c.state.in_((planned_rows.SAID, planned_rows.UNREACHED)),
            planned.c.at <= now,
            planned.c.due_version == matters.c.due_version,
            matters.c.closed_at.is_(None),
        )
        .subquery()
    )
    ids = unit.conn.execute(select(words.c.id).where(words.c.place == 1)).scalars().all()
    unit.conn.execute(
        update(planned).where(planned.c.id.in_(ids)).values(state=planned_rows.UNREACHED, reason="nobody of them left")
    )
    return len(ids)
