"""Notices: what is to be said to whom, on which occasion, and in which message it went."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.notices import Kind, State
from storage.database import Unit
from storage.schema import endpoints, notices, outbox
from storage.types import AnyRow


def add(
    unit: Unit,
    person_id: int,
    occasion: str,
    kind: Kind,
    now: datetime,
    *,
    role: str,
    matter_id: int | None = None,
    agency_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> bool:
    """Write one notice; False where this occasion was noticed already."""
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    row = {
        "matter_id": matter_id,
        "occasion": occasion,
        "person_id": person_id,
        "agency_id": agency_id,
        "role": role,
        "kind": kind.value,
        "state": State.WAITING.value,
        "urgent": kind.urgent,
        "data": data,
        "not_before": now,
        "created_at": now,
    }
    fresh = dialect.insert(notices).values(row).on_conflict_do_nothing().returning(notices.c.id)
    return unit.conn.execute(fresh).first() is not None


def waiting(unit: Unit, day: date, *, urgent_only: bool) -> Sequence[AnyRow]:
    """Return waiting notices of people who can be reached and may hear them on this day.

    Ordered by person, then by the moment for which they were planned. Only urgent ones with `urgent_only`, and
    for a person who already had the day's message; one that held urgent notices alone was not it.
    """
    of_the_day = notices.alias("of_the_day")
    heard_today = exists(
        select(outbox.c.id)
        .join(of_the_day, (of_the_day.c.outbox_id == outbox.c.id) & ~of_the_day.c.urgent)
        .where(
            outbox.c.person_id == notices.c.person_id,
            outbox.c.business_day == day,
            outbox.c.state.not_in(("cancelled", "failed")),
        )
    )
    reachable = exists(
        select(endpoints.c.id).where(endpoints.c.person_id == notices.c.person_id, endpoints.c.state == "open")
    )
    may_hear = notices.c.urgent | ~heard_today
    query = (
        select(
            notices.c.id,
            notices.c.person_id,
            notices.c.matter_id,
            notices.c.kind,
            notices.c.urgent,
            notices.c.not_before,
        )
        .where(notices.c.state == State.WAITING, reachable, notices.c.urgent if urgent_only else may_hear)
        .order_by(notices.c.person_id, notices.c.not_before, notices.c.id)
    )
    return unit.conn.execute(query).all()


def waiting_of_ladder(unit: Unit, person_id: int, agency_id: int) -> Sequence[int]:
    """Return the ids of the waiting notices by which rungs speak to a person about an agency's matters."""
    query = select(notices.c.id).where(
        notices.c.person_id == person_id,
        notices.c.agency_id == agency_id,
        notices.c.state == State.WAITING,
        notices.c.occasion.startswith("rung:"),
    )
    return unit.conn.execute(query.order_by(notices.c.id)).scalars().all()


def attach(unit: Unit, notice_ids: Iterable[int], outbox_id: int) -> None:
    """Make notices part of a message."""
    _set(unit, notice_ids, state=State.MERGED.value, outbox_id=outbox_id)


def release(unit: Unit, outbox_id: int) -> None:
    """Let the notices of a message that could not reach its person wait for another chat of theirs."""
    unit.conn.execute(
        update(notices)
        .where(notices.c.outbox_id == outbox_id, notices.c.state == State.MERGED)
        .values(state=State.WAITING.value, outbox_id=None)
    )


def supersede(unit: Unit, notice_ids: Iterable[int]) -> None:
    """Leave out what a later rung says better."""
    _set(unit, notice_ids, state=State.SUPERSEDED.value, reason="a later rung of the same matter is said")


def keep_data(unit: Unit, notice_ids: Iterable[int], data: dict[str, Any]) -> None:
    """Keep with notices what their text was about when it was composed."""
    _set(unit, notice_ids, data=data)


def drop(unit: Unit, notice_ids: Iterable[int], reason: str) -> None:
    """Leave out what is no longer true."""
    _set(unit, notice_ids, state=State.DROPPED.value, reason=reason)


def _set(unit: Unit, notice_ids: Iterable[int], **values: Any) -> None:
    ids = list(notice_ids)
    if ids:
        unit.conn.execute(update(notices).where(notices.c.id.in_(ids)).values(**values))


def of_message(unit: Unit, outbox_id: int) -> Sequence[AnyRow]:
    """Return the notices of a message, in order."""
    query = select(notices).where(notices.c.outbox_id == outbox_id).order_by(notices.c.not_before, notices.c.id)
    return unit.conn.execute(query).all()
