"""Planned moments: the ladder as it was laid out, and their turning into notices when they come."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Update,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.assignments import State as AssignmentState
from domain.cases.ladders import WITHIN_HOURS
from domain.cases.lifecycle import State as CaseState
from domain.ladder import Kind as RungKind
from domain.local import today
from domain.notices import State as NoticeState
from domain.people import Membership, Role
from storage import substitutes
from storage.database import Unit
from storage.people import OPEN
from storage.schema import assignments, cases, endpoints, matters, memberships, notices, outbox, planned, sightings
from storage.types import AnySelect

WAITING = "waiting"
HELD = "held"  # a coordinator, or the office's setting, keeps it back
SAID = "said"
UNREACHED = "unreached"
SKIPPED = "skipped"
CANCELLED = "cancelled"

CLIMBS = RungKind.CASE_ESCALATION.value

ABOVE = (Role.HEAD, Role.LEADER)
"""Whom nothing reaches unasked before a coordinator could see it, and only where an officer was reached."""

LET_GO = "a coordinator let it go"
"""The reason of what leaves whenever it was shown."""
ASKED_FOR = "waits for a coordinator's word"
"""The reason of what is held by the office's setting, not by a person."""
LEFT = "the person holds the seat no longer"
"""The reason of a notice whose audience is asked again."""


def add(unit: Unit, rows: list[dict[str, Any]]) -> None:
    """Lay out planned moments."""
    if rows:
        unit.conn.execute(insert(planned), rows)


def _move(unit: Unit, matter_id: int, old: Iterable[str], new: str) -> None:
    unit.conn.execute(
        update(planned).where(planned.c.matter_id == matter_id, planned.c.state.in_(old)).values(state=new)
    )


def cancel(unit: Unit, matter_id: int) -> None:
    """Let nothing more be said of what is planned for a matter."""
    _move(unit, matter_id, (WAITING, HELD, UNREACHED, SKIPPED), CANCELLED)


def suspend(unit: Unit, matter_id: int) -> None:
    """Let what is planned for a matter rest until `resume`."""
    _move(unit, matter_id, (WAITING, HELD, UNREACHED), SKIPPED)


def resume(unit: Unit, matter_id: int, now: datetime) -> None:
    """Lay out again what rested and still lies ahead; what goes above the officers is shown anew."""
    unit.conn.execute(
        update(planned)
        .where(planned.c.matter_id == matter_id, planned.c.state == SKIPPED, planned.c.at > now)
        .values(state=WAITING, reason=None, previewed_at=None)
    )


def address(unit: Unit, matter_id: int, person_id: int, role: Role) -> None:
    """Let what is said to a matter's doer be said to one person, in the role held there; not what climbs."""
    waits = (
        planned.c.matter_id == matter_id,
        planned.c.direct,
        planned.c.kind != CLIMBS,
        planned.c.state.in_((WAITING, HELD, UNREACHED)),
    )
    values = {"person_id": person_id, "role": role.value, "state": WAITING}
    unit.conn.execute(update(planned).where(*waits).values(values))


def cancel_rungs(unit: Unit, matter_id: int, rungs: Collection[str]) -> None:
    """Let some rungs of a matter not be said any more."""
    waits = (planned.c.matter_id == matter_id, planned.c.rung.in_(rungs))
    open_ones = planned.c.state.in_((WAITING, HELD, UNREACHED, SKIPPED))
    unit.conn.execute(update(planned).where(*waits, open_ones).values(state=CANCELLED))


def await_again(unit: Unit, agency_id: int, role: Role) -> int:
    """Make the unreached moments of an audience wait again (somebody can hear them now); return how many."""
    open_matters = select(matters.c.id).where(matters.c.closed_at.is_(None))
    theirs = [planned.c.state == UNREACHED, planned.c.role == role.value, planned.c.matter_id.in_(open_matters)]
    if role is not Role.LEADER:  # leaders hear as such, wherever they sit
        theirs.append(planned.c.agency_id == agency_id)
    return unit.conn.execute(update(planned).where(*theirs).values(state=WAITING, reason=None)).rowcount


def ask_again(unit: Unit, matter_id: int, agency_id: int, role: str, occasion: str) -> None:
    """Let the moment behind a notice that found nobody any more look for its audience once more."""
    unit.conn.execute(
        update(planned)
        .where(
            planned.c.matter_id == matter_id,
            planned.c.agency_id == agency_id,
            planned.c.role == role,
            planned.c.state == SAID,
            _occasion() == occasion,
        )
        .values(state=WAITING)
    )


def unshown(unit: Unit, until: datetime) -> Sequence[int]:
    """Return the ids of what goes above the officers by a moment, as things stand, and no coordinator has seen."""
    came = _came(unit, until)
    if came is None:
        return []
    query = (
        select(planned.c.id)
        .join(matters, matters.c.id == planned.c.matter_id)
        .where(
            *came,
            planned.c.role.in_(ABOVE),
            planned.c.previewed_at.is_(None),
            ~planned.c.direct,
            matters.c.closed_at.is_(None),
            matters.c.due_version == planned.c.due_version,
            _officer_heard(),
            ~_resting(),
        )
        .order_by(planned.c.at, planned.c.id)
    )
    return unit.conn.execute(query).scalars().all()


def show(unit: Unit, ids: Collection[int], now: datetime, *, hold: bool) -> None:
    """Note that moments were shown to the coordinators; with `hold` they wait for a coordinator's word."""
    values: dict[str, Any] = {"previewed_at": now}
    if hold:
        values |= {"state": HELD, "reason": ASKED_FOR}
    unit.conn.execute(update(planned).where(planned.c.id.in_(ids), planned.c.state == WAITING).values(values))


def decide(unit: Unit, ids: Collection[int], state: str, reason: str) -> None:
    """Hold, let go or drop moments that a coordinator was shown."""
    unit.conn.execute(
        update(planned)
        .where(planned.c.id.in_(ids), planned.c.state.in_((WAITING, HELD)))
        .values(state=state, reason=reason)
    )


def promote(unit: Unit, now: datetime, shown_by: datetime | None = None) -> int:
    """Turn what is due by now into notices, one a person, and return how many are new.

    One INSERT … SELECT: the unique occasion makes a second sweep, or a second process, harmless. With `shown_by`
    nothing goes above the officers that was not shown to a coordinator by that moment, or let go by one.
    A climbing rung is passed over where no word of the matter ever reached an officer, or while the agency's own
    word waits for an answer.
    """
    came = _came(unit, now)
    if came is None:
        return 0
    unit.conn.execute(_skip_climbing(came))
    due = (*came, *_may_leave(shown_by))
    audience = union_all(
        _audience(now, due).where(planned.c.role != Role.LEADER, memberships.c.agency_id == planned.c.agency_id),
        _audience(now, due).where(planned.c.role == Role.LEADER),
    )
    columns = (
        "matter_id", "occasion", "person_id", "agency_id", "role", "kind", "state", "urgent", "not_before",
        "created_at",
    )  # fmt: skip
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(notices).from_select(columns, audience).on_conflict_do_nothing()
    said = unit.conn.execute(fresh, execution_options={"preserve_rowcount": True}).rowcount
    _mark_promoted(unit, due)
    return said


_FIRST = select(func.min(planned.c.at)).where(planned.c.state == WAITING)
"""Most sweeps find nothing due: that must cost next to nothing."""


def _came(unit: Unit, until: datetime) -> tuple[ColumnElement[bool], ...] | None:
    """Return the conditions of what waits and has come by a moment, None where nothing has.

    The first moment is named as well: PostgreSQL, which believes that half of the year's moments wait before now,
    would otherwise read them all.
    """
    first = unit.conn.execute(_FIRST).scalar()
    return None if first is None or first > until else (planned.c.state == WAITING, planned.c.at.between(first, until))


def _may_leave(shown_by: datetime | None) -> tuple[ColumnElement[bool], ...]:
    if shown_by is None:
        return ()
    return (
        or_(
            planned.c.role.not_in(ABOVE),
            planned.c.direct,
            planned.c.previewed_at <= shown_by,
            planned.c.reason == LET_GO,
        ),
    )


def _audience(now: datetime, due: tuple[ColumnElement[bool], ...]) -> AnySelect:
    """Return a notice for each member of the role who can be reached; a reachable substitute stands for a member."""
    instead = substitutes.in_force(today(now))
    person = func.coalesce(instead.c.substitute_id, memberships.c.person_id)
    return (
        select(
            planned.c.matter_id,
            _occasion(),
            person,
            planned.c.agency_id,
            planned.c.role,
            planned.c.kind,
            literal(NoticeState.WAITING.value),
            planned.c.rung.in_(WITHIN_HOURS),
            planned.c.at,
            literal(now, type_=notices.c.created_at.type),
        )
        .join(matters, matters.c.id == planned.c.matter_id)
        .join(memberships, memberships.c.role == planned.c.role)
        .outerjoin(
            instead,
            (instead.c.person_id == memberships.c.person_id)
            & (instead.c.agency_id == memberships.c.agency_id)
            & (instead.c.role == memberships.c.role)
            & _reachable(instead.c.substitute_id),
        )
        .where(
            *due,
            matters.c.closed_at.is_(None),
            matters.c.due_version == planned.c.due_version,
            memberships.c.state == Membership.ACTIVE,
            or_(planned.c.person_id.is_(None), planned.c.person_id == memberships.c.person_id),
            _reachable(person),
        )
    )


def _reachable(person: ColumnElement[int]) -> ColumnElement[bool]:
    return exists(select(endpoints.c.id).where(endpoints.c.person_id == person, endpoints.c.state == OPEN))


def _occasion() -> ColumnElement[str]:
    return literal("rung:").concat(planned.c.rung).concat(":due").concat(planned.c.due_version)


def _officer_heard() -> ColumnElement[bool]:
    """Say that a message reached an officer, or that somebody of the agency saw the matter or acted on it."""
    told = exists(
        select(notices.c.id)
        .join(outbox, outbox.c.id == notices.c.outbox_id)
        .where(notices.c.matter_id == planned.c.matter_id, notices.c.role == Role.OFFICER, outbox.c.state == "sent")
    )
    of_agency = (memberships.c.person_id == sightings.c.person_id) & (
        memberships.c.agency_id == assignments.c.agency_id
    )
    seen = exists(
        select(sightings.c.id)
        .join(assignments, assignments.c.id == sightings.c.matter_id)
        .join(memberships, of_agency)
        .where(sightings.c.matter_id == planned.c.matter_id)
    )
    answered = exists(
        select(assignments.c.id).where(
            assignments.c.id == planned.c.matter_id, assignments.c.state != AssignmentState.ASSIGNED
        )
    )
    taken_on = exists(select(cases.c.id).where(cases.c.id == planned.c.matter_id, cases.c.acknowledged_at.is_not(None)))
    return or_(told, seen, answered, taken_on)


def _resting() -> ColumnElement[bool]:
    """Say that the matter's own state forbids climbing."""
    assignment = exists(
        select(assignments.c.id).where(
            assignments.c.id == planned.c.matter_id,
            assignments.c.state.in_([state for state in AssignmentState if state.suspends_climbing]),
        )
    )
    case = exists(
        select(cases.c.id).where(
            cases.c.id == planned.c.matter_id,
            cases.c.state.in_([state for state in CaseState if state.suspends_climbing]),
        )
    )
    return or_(assignment, case)


def _skip_climbing(came: tuple[ColumnElement[bool], ...]) -> Update:
    return (
        update(planned)
        .where(
            *came,
            (planned.c.role.in_(ABOVE) & ~planned.c.direct & ~_officer_heard())
            | ((planned.c.role != Role.OFFICER) & _resting()),
        )
        .values(state=SKIPPED)
    )


def _mark_promoted(unit: Unit, due: tuple[ColumnElement[bool], ...]) -> None:
    """Tell what somebody hears from what found nobody; a notice of who has left since counts for nothing."""
    heard = exists(
        select(notices.c.id).where(
            notices.c.matter_id == planned.c.matter_id,
            notices.c.occasion == _occasion(),
            notices.c.agency_id == planned.c.agency_id,
            notices.c.role == planned.c.role,
            or_(notices.c.state != NoticeState.DROPPED, notices.c.reason != LEFT),
        )
    )
    unit.conn.execute(update(planned).where(*due, heard).values(state=SAID))
    unit.conn.execute(update(planned).where(*due).values(state=UNREACHED))
