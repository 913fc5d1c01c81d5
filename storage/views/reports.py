"""Reports that wait for the coordinating office's yes."""

from datetime import date

from sqlalchemy import exists, select

from domain.assignments import State
from storage import heads
from storage.database import Unit
from storage.schema import assignments, evidence, evidence_assignments
from storage.views.work import Work, by_ids


def documented(unit: Unit, today: date) -> list[Work]:
    """Return the reports that wait whose result, given with this very report, has a number and a date."""
    document = exists(
        select(evidence.c.id)
        .join(evidence_assignments, evidence_assignments.c.evidence_id == evidence.c.id)
        .where(
            evidence_assignments.c.assignment_id == assignments.c.id,
            evidence.c.number.is_not(None),
            evidence.c.date.is_not(None),
            evidence.c.at >= assignments.c.reported_at,
        )
    )
    query = select(assignments.c.id).where(assignments.c.state == State.REPORTED.value, document, ~heads.waits())
    return list(by_ids(unit, unit.conn.execute(query.order_by(assignments.c.reported_at)).scalars(), today).values())
