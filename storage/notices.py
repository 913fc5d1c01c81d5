"""Notices: what is to be said to whom, on which occasion, and in which message it went."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.delivery import State as Delivery
from domain.notices import Kind, State
from domain.people import Role
from storage.database import Unit
from storage.schema import assignments, endpoints, notices, outbox
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


def without(unit: Unit, occasion: str, person_ids: Collection[int]) -> list[int]:
    """Return those of the people to whom this occasion, which is of no matter, was not noticed yet."""
    asked = {"occasion": occasion, "people": list(person_ids)}
    noticed = set(unit.conn.execute(_NOTICED, asked).scalars())
    return [one for one in person_ids if one not in noticed]


_NOTICED = select(notices.c.person_id).where(
    notices.c.matter_id.is_(None),
    notices.c.occasion == bindparam("occasion"),
    notices.c.person_id.in_(bindparam("people", expanding=True)),
)


def waiting(unit: Unit, day: date, *, urgent_only: bool) -> Sequence[AnyRow]:
    """Return waiting notices of people who can be reached and may hear them on this day.

    Ordered by person, then by the moment for which they were planned. Only urgent ones with `urgent_only`, and
    for a person who already had the day's message; one that held urgent notices alone was not it.
    """
    if urgent_only:
        return unit.conn.execute(_WAITING.where(notices.c.urgent)).all()
    return unit.conn.execute(_MAY_BE_HEARD, {"day": day}).all()


_OF_THE_DAY = notices.alias("of_the_day")
_HEARD_TODAY = exists(
    select(outbox.c.id)
    .join(_OF_THE_DAY, (_OF_THE_DAY.c.outbox_id == outbox.c.id) & ~_OF_THE_DAY.c.urgent)
    .where(
        outbox.c.person_id == notices.c.person_id,
        outbox.c.business_day == bindparam("day"),
        outbox.c.state.not_in(("cancelled", "failed")),
    )
)
_WAITING = (
    select(
        notices.c.id,
        notices.c.person_id,
        notices.c.matter_id,
        notices.c.kind,
        notices.c.urgent,
        notices.c.not_before,
    )
    .where(
        notices.c.state == State.WAITING,
        exists(select(endpoints.c.id).where(endpoints.c.person_id == notices.c.person_id, endpoints.c.state == "open")),
    )
    .order_by(notices.c.person_id, notices.c.not_before, notices.c.id)
)
_MAY_BE_HEARD = _WAITING.where(notices.c.urgent | ~_HEARD_TODAY)


_CLIMBS = (
    Kind.ESCALATION,
    Kind.CASE_ESCALATION,
    Kind.CASE_OVERDUE,
    Kind.CASE_REMINDER,
    Kind.CASE_UNACKNOWLEDGED,
)


def climbed_to_office(unit: Unit, now: datetime) -> Sequence[AnyRow]:
    """Return the waiting notices (id, matter_id, person_id) by which rungs came to the office at this moment."""
    query = select(notices.c.id, notices.c.matter_id, notices.c.person_id).where(
        notices.c.role == Role.COORDINATOR,
        notices.c.kind.in_(_CLIMBS),
        notices.c.state == State.WAITING,
        notices.c.created_at == now,
        notices.c.occasion.startswith("rung:"),
    )
    return unit.conn.execute(query.order_by(notices.c.id)).all()


def told(unit: Unit, matter_ids: Collection[int], begins: str) -> set[tuple[int, str, int]]:
    """Return what was said of these matters on occasions that begin so, as (matter, occasion, person)."""
    wanted = sorted(matter_ids)
    found: set[tuple[int, str, int]] = set()
    for at in range(0, len(wanted), _AT_ONCE):
        query = select(notices.c.matter_id, notices.c.occasion, notices.c.person_id).where(
            notices.c.matter_id.in_(wanted[at : at + _AT_ONCE]), notices.c.occasion.startswith(begins)
        )
        found |= {(row.matter_id, row.occasion, row.person_id) for row in unit.conn.execute(query)}
    return found


def left(unit: Unit, kind: Kind, occasions: Collection[str]) -> Sequence[AnyRow]:
    """Return to whom a kind of notice left, or may have, on occasions that begin so: person_id, role, agency_id."""
    begins = or_(*(notices.c.occasion.startswith(one, autoescape=True) for one in occasions))
    query = (
        select(notices.c.person_id, notices.c.role, notices.c.agency_id)
        .join(outbox, outbox.c.id == notices.c.outbox_id)
        .where(notices.c.kind == kind.value, begins, outbox.c.state.in_(_LEFT))
        .distinct()
        .order_by(notices.c.person_id)
    )
    return unit.conn.execute(query).all()


_LEFT = (Delivery.SENDING.value, Delivery.SENT.value, Delivery.UNKNOWN.value)


def waiting_of_ladder(unit: Unit, person_id: int, agency_id: int) -> Sequence[int]:
    """Return the ids of the waiting notices by which rungs speak to a person about an agency's own tasks."""
    query = select(notices.c.id).where(
        notices.c.person_id == person_id,
        notices.c.agency_id == agency_id,
        notices.c.state == State.WAITING,
        notices.c.occasion.startswith("rung:"),
        notices.c.matter_id.in_(select(assignments.c.id).where(assignments.c.agency_id == agency_id)),
    )
    return unit.conn.execute(query.order_by(notices.c.id)).scalars().all()


def attach(unit: Unit, notice_ids: Iterable[int], outbox_id: int) -> None:
    """Make notices part of a message."""
    _set(unit, notice_ids, state=State.MERGED.value, outbox_id=outbox_id)


def attach_each(unit: Unit, by_message: Mapping[int, Iterable[int]]) -> None:
    """Make notices part of messages, given by the messages' ids."""
    rows = [{"notice": notice, "message": message} for message, those in by_message.items() for notice in those]
    if rows:
        unit.conn.execute(_ATTACH, rows)


_ATTACH = (
    update(notices)
    .where(notices.c.id == bindparam("notice"))
    .values(state=State.MERGED.value, outbox_id=bindparam("message"))
)


def release(unit: Unit, outbox_ids: Sequence[int]) -> None:
    """Let the notices of messages that did not reach their person wait for another message."""
    freed = {"state": State.WAITING.value, "outbox_id": None}
    for at in range(0, len(outbox_ids), _AT_ONCE):
        of_these = notices.c.outbox_id.in_(outbox_ids[at : at + _AT_ONCE])
        unit.conn.execute(update(notices).where(of_these, notices.c.state == State.MERGED).values(freed))


_AT_ONCE = 500
"""So many ids in one statement: databases bound the number of parameters."""


def explain(unit: Unit, outbox_id: int, reason: str) -> None:
    """Say of the notices of a message why nobody heard them; they stay with it."""
    unit.conn.execute(update(notices).where(notices.c.outbox_id == outbox_id).values(reason=reason))


def supersede(unit: Unit, notice_ids: Iterable[int]) -> None:
    """Leave out what a later rung says better."""
    _set(unit, notice_ids, state=State.SUPERSEDED.value, reason="a later rung of the same matter is said")


def keep_data(unit: Unit, notice_ids: Iterable[int], data: dict[str, Any]) -> None:
    """Keep with notices what their text was about when it was composed."""
    _set(unit, notice_ids, data=data)


def hasten(unit: Unit, matter_ids: Collection[int]) -> None:
    """Let what waits to be said of matters leave also on a day that had a message already."""
    waits = (notices.c.matter_id.in_(matter_ids), notices.c.state == State.WAITING)
    unit.conn.execute(update(notices).where(*waits).values(urgent=True))


def drop(unit: Unit, notice_ids: Iterable[int], reason: str) -> None:
    """Leave out what is no longer true."""
    _set(unit, notice_ids, state=State.DROPPED.value, reason=reason)


def _set(unit: Unit, notice_ids: Iterable[int], **values: Any) -> None:
    ids = list(notice_ids)
    if ids:
        unit.conn.execute(update(notices).where(notices.c.id.in_(ids)).values(**values))


def of_messages(unit: Unit, outbox_ids: Iterable[int]) -> dict[int, list[AnyRow]]:
    """Return the notices of messages, in order, by the messages' ids."""
    found: dict[int, list[AnyRow]] = {}
    for row in unit.conn.execute(_OF_MESSAGES, {"messages": list(outbox_ids)}):
        found.setdefault(row.outbox_id, []).append(row)
    return found


_OF_MESSAGES = (
    select(notices)
    .where(notices.c.outbox_id.in_(bindparam("messages", expanding=True)))
    .order_by(notices.c.not_before, notices.c.id)
)
