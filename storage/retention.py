"""What of citizens' data has been kept long enough."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select

from domain.cases.lifecycle import State
from storage.database import Unit
from storage.schema import case_files, cases, citizens, identity_reads

_ENDED = tuple(state.value for state in (State.ARCHIVED, State.PUBLISHED))


def people_of_ended(unit: Unit, before: datetime, most: int) -> Sequence[int]:
    """Return the people whose cases all ended before a moment and who are known still, the oldest first."""
    query = (
        select(cases.c.citizen_id)
        .join(citizens, citizens.c.id == cases.c.citizen_id)
        .where(cases.c.state.in_(_ENDED), cases.c.ended_at < before, citizens.c.erased_at.is_(None))
        .order_by(cases.c.ended_at, cases.c.id)
        .limit(most)
    )
    return unit.conn.execute(query).scalars().all()


def cases_with_files(unit: Unit, before: datetime, origins: Sequence[str], most: int) -> Sequence[int]:
    """Return the cases that ended before a moment and still hold the sender's files, the oldest first."""
    held = exists(select(case_files.c.id).where(case_files.c.case_id == cases.c.id, case_files.c.origin.in_(origins)))
    query = select(cases.c.id).where(cases.c.state.in_(_ENDED), cases.c.ended_at < before, held)
    return unit.conn.execute(query.order_by(cases.c.ended_at, cases.c.id).limit(most)).scalars().all()


def forget_reads(unit: Unit, before: datetime, most: int) -> int:
    """Forget who read who citizens are, before a moment; return how many lines went."""
    old = select(identity_reads.c.id).where(identity_reads.c.at < before).order_by(identity_reads.c.id).limit(most)
    return unit.conn.execute(delete(identity_reads).where(identity_reads.c.id.in_(old))).rowcount
