"""Requests for a later date: who asked, until when and why, and how the office answered."""

from datetime import date, datetime

from sqlalchemy import insert, select, update

from domain.extensions import State
from storage.database import Unit
from storage.schema import extensions
from storage.types import AnyRow


def add(unit: Unit, assignment_id: int, person_id: int, until: date, reason: str, document: str, now: datetime) -> int:
    """Write a request that waits for an answer and return its id."""
    return int(
        unit.conn.execute(
            insert(extensions)
            .values(
                assignment_id=assignment_id,
                asked_by=person_id,
                asked_at=now,
                asked_until=until,
                reason=reason,
                document=document,
                state=State.PENDING.value,
            )
            .returning(extensions.c.id)
        ).scalar_one()
    )


def pending_of(unit: Unit, assignment_id: int) -> AnyRow | None:
    """Return the request of an assignment that waits for an answer."""
    query = select(extensions).where(
        extensions.c.assignment_id == assignment_id, extensions.c.state == State.PENDING.value
    )
    return unit.conn.execute(query).first()


def propose(unit: Unit, extension_id: int, until: date | None, note: str, person_id: int, now: datetime) -> bool:
    """Keep what the office puts before a leader (None for a no); False where it was answered or put there before."""
    proposed = unit.conn.execute(
        update(extensions)
        .where(
            extensions.c.id == extension_id,
            extensions.c.state == State.PENDING.value,
            extensions.c.proposed_at.is_(None),
        )
        .values(proposed_until=until, proposed_note=note, proposed_by=person_id, proposed_at=now)
    )
    return proposed.rowcount == 1


def decide(
    unit: Unit,
    extension_id: int,
    state: State,
    now: datetime,
    *,
    person_id: int | None = None,
    granted_until: date | None = None,
    agreed_by: str = "",
    agreed_on: date | None = None,
    basis: str = "",
) -> bool:
    """Give a request that waits its answer; False where it had one already."""
    decided = unit.conn.execute(
        update(extensions)
        .where(extensions.c.id == extension_id, extensions.c.state == State.PENDING.value)
        .values(
            state=state.value,
            decided_by=person_id,
            decided_at=now,
            granted_until=granted_until,
            agreed_by=agreed_by,
            agreed_on=agreed_on,
            basis=basis,
        )
    )
    return decided.rowcount == 1
