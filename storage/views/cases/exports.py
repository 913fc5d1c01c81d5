"""Cases as another register is told of them: everything but who reports, the newest answer with each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from domain.people import Viewer
from storage.cases.answers import APPROVED
from storage.database import Unit
from storage.schema import agencies, case_answers, case_events, cases, matters
from storage.types import AnyRow
from storage.views.cases.lists import Wanted, conditions

_COLUMNS = (
    *(cases.c.id, cases.c.code, cases.c.external_code, cases.c.citizen_id, cases.c.kind, cases.c.state, cases.c.source),
    *(cases.c.content, cases.c.about, cases.c.field, cases.c.received_on, cases.c.incoming_number),
    *(cases.c.incoming_on, cases.c.passed_on, cases.c.forward_number, cases.c.outside, cases.c.answered_on),
    *(cases.c.answer_due_on, cases.c.posted_on, cases.c.posted_url, cases.c.anonymised_at),
    matters.c.due_on,
    agencies.c.name.label("agency"),
)
_STEPS_WITHIN = ("import", "identity_read", "handler", "urge")
"""Events that change nothing of what another register is told."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A case's row with its newest answer (text, number), None where it has none."""

    case: AnyRow
    answer: AnyRow | None


def found(unit: Unit, viewer: Viewer | None, wanted: Wanted, changed_since: datetime | None, most: int) -> list[AnyRow]:
    """Return the rows of a list, oldest first, at most so many and one; `changed_since`: only what moved since then."""
    query = (
        select(*_COLUMNS)
        .select_from(cases)
        .join(matters, matters.c.id == cases.c.id)
        .outerjoin(agencies, agencies.c.id == cases.c.agency_id)
        .where(*conditions(unit, viewer, wanted))
    )
    if changed_since is not None:
        moved = select(case_events.c.case_id).where(
            case_events.c.at >= changed_since, case_events.c.act.not_in(_STEPS_WITHIN)
        )
        query = query.where(cases.c.id.in_(moved))
    return list(unit.conn.execute(query.order_by(cases.c.id).limit(most + 1)))


def with_answers(unit: Unit, rows: Sequence[AnyRow]) -> list[Told]:
    """Return rows with the newest answer that was approved."""
    answers: dict[int, AnyRow] = {}
    for at in range(0, len(rows), _AT_ONCE):
        ids = [one.id for one in rows[at : at + _AT_ONCE] if one.answered_on is not None]
        newest = (
            select(func.max(case_answers.c.id))
            .where(case_answers.c.case_id.in_(ids), case_answers.c.state == APPROVED)
            .group_by(case_answers.c.case_id)
        )
        query = select(case_answers.c.case_id, case_answers.c.text, case_answers.c.number)
        answers |= {row.case_id: row for row in unit.conn.execute(query.where(case_answers.c.id.in_(newest)))}
    return [Told(one, answers.get(one.id)) for one in rows]
