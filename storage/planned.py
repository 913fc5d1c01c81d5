"""Planned moments: the ladder as it was laid out, and their turning into notices when they come."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Update, exists, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from domain.assignments import State as AssignmentState
from domain.people import Membership, Role
from storage.database import Unit
from storage.people import OPEN
from storage.schema import (
    assignments,
    endpoints,
    matters,
    memberships,
    notices,
    outbox,
    planned,
)

WAITING = "waiting"
SAID = "said"
UNREACHED = "unreached"
SKIPPED = "skipped"
CANCELLED = "cancelled"


def add(unit: Unit, rows: list[dict[str, Any]]) -> None:
    """Lay out planned moments."""
    if rows:
        unit.conn.execute(insert(planned), rows)


def change(unit: Unit, matter_id: int, old: Iterable[str], new: str) -> None:
    """Move the planned moments of a matter that stand in one of some states to another."""
    unit.conn.execute(
        update(planned).where(planned.c.matter_id == matter_id, planned.c.state.in_(old)).values(state=new)
    )


def suspend(unit: Unit, matter_id: int) -> None:
    """Hold what is planned for a matter until `resume`."""
    change(unit, matter_id, (WAITING, UNREACHED), SKIPPED)


def resume(unit: Unit, matter_id: int, now: datetime) -> None:
    """Lay out again what was held and still lies ahead."""
    unit.conn.execute(
        update(planned)
        .where(planned.c.matter_id == matter_id, planned.c.state == SKIPPED, planned.c.at > now)
        .values(state=WAITING)
    )


def await_again(unit: Unit, agency_id: int, role: Role) -> int:
    """Make the unreached moments of an audience wait again (somebody can hear them now); return how many."""
    open_matters = select(matters.c.id).where(matters.c.closed_at.is_(None))
    return unit.conn.execute(
        update(planned)
        .where(
            planned.c.state == UNREACHED,
            planned.c.agency_id == agency_id,
            planned.c.role == role.value,
            planned.c.matter_id.in_(open_matters),
        )
        .values(state=WAITING)
    ).rowcount


def promote(unit: Unit, now: datetime) -> int:
    """Turn what is due by now into notices, one a person, and return how many are new.

    One INSERT … SELECT: the unique occasion makes a second sweep, or a second process, harmless.
    A climbing rung is passed over where no word of the matter ever reached an officer, or while the agency's own
    word waits for an answer.
    """
    unit.conn.execute(_skip_climbing(now))
    audience = (
        select(
            planned.c.matter_id,
            literal("rung:").concat(planned.c.rung).concat(":due").concat(planned.c.due_version),
            memberships.c.person_id,
            planned.c.agency_id,
            planned.c.role,
            planned.c.kind,
            literal("waiting"),
            literal(False),
            planned.c.at,
            literal(now, type_=notices.c.created_at.type),
        )
        .join(matters, matters.c.id == planned.c.matter_id)
        .join(
            memberships,
            (memberships.c.agency_id == planned.c.agency_id) & (memberships.c.role == planned.c.role),
        )
        .where(
            planned.c.state == WAITING,
            planned.c.at <= now,
            matters.c.closed_at.is_(None),
            matters.c.due_version == planned.c.due_version,
            memberships.c.state == Membership.ACTIVE,
            exists(
                select(endpoints.c.id).where(
                    endpoints.c.person_id == memberships.c.person_id, endpoints.c.state == OPEN
                )
            ),
        )
    )
    columns = (
        "matter_id", "occasion", "person_id", "agency_id", "role", "kind", "state", "urgent", "not_before",
        "created_at",
    )  # fmt: skip
    dialect = postgresql if unit.conn.dialect.name == "postgresql" else sqlite
    fresh = dialect.insert(notices).from_select(columns, audience).on_conflict_do_nothing().returning(notices.c.id)
    said = unit.conn.execute(fresh).all()  # rowcount tells nothing of an insert by psycopg
    _mark_promoted(unit, now)
    return len(said)


def _skip_climbing(now: datetime) -> Update:
    officer_heard = exists(
        select(notices.c.id)
        .join(outbox, outbox.c.id == notices.c.outbox_id)
        .where(
            notices.c.matter_id == planned.c.matter_id,
            notices.c.role == Role.OFFICER,
            outbox.c.state.in_(("sent", "unknown")),
        )
    )
    resting = exists(
        select(assignments.c.id).where(
            assignments.c.id == planned.c.matter_id,
            assignments.c.state.in_([state for state in AssignmentState if state.suspends_climbing]),
        )
    )
    return (
        update(planned)
        .where(
            planned.c.state == WAITING,
            planned.c.at <= now,
            ((planned.c.role == Role.HEAD) & ~officer_heard) | ((planned.c.role != Role.OFFICER) & resting),
        )
        .values(state=SKIPPED)
    )


def _mark_promoted(unit: Unit, now: datetime) -> None:
    heard = exists(
        select(notices.c.id).where(
            notices.c.matter_id == planned.c.matter_id,
            notices.c.agency_id == planned.c.agency_id,
            notices.c.role == planned.c.role,
            notices.c.occasion == literal("rung:").concat(planned.c.rung).concat(":due").concat(planned.c.due_version),
        )
    )
    due = (planned.c.state == WAITING, planned.c.at <= now)
    unit.conn.execute(update(planned).where(*due, heard).values(state=SAID))
    unit.conn.execute(update(planned).where(*due).values(state=UNREACHED))
