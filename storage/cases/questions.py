"""What a citizen is asked about a case, and answers."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import case_questions
from storage.types import AnyRow

SUPPLEMENT, CLARIFY = "supplement", "clarify"
"""Kinds of question: what is missing for taking the case up; what its agency wants to know."""


def ask(
    unit: Unit, case_id: int, kind: str, text: str, person_id: int | None, until: date | None, now: datetime
) -> int:
    """Write a question to the citizen and return its id."""
    row = {"case_id": case_id, "kind": kind, "text": text, "asked_by": person_id, "asked_at": now, "until": until}
    return int(unit.conn.execute(insert(case_questions).values(row).returning(case_questions.c.id)).scalar_one())


def waiting(unit: Unit, case_id: int) -> AnyRow | None:
    """Return the question that waits for the citizen's answer, None where there is none."""
    query = select(case_questions).where(case_questions.c.case_id == case_id, case_questions.c.answered_at.is_(None))
    return unit.conn.execute(query.order_by(case_questions.c.id.desc()).limit(1)).first()


def of(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return every question of a case with its answer, oldest first."""
    query = select(case_questions).where(case_questions.c.case_id == case_id).order_by(case_questions.c.id)
    return unit.conn.execute(query).all()


def answer(unit: Unit, question_id: int, text: str | None, now: datetime) -> None:
    """Write the citizen's answer; None closes a question that nobody waits for any more."""
    values = {"answer": text, "answered_at": now}
    unit.conn.execute(update(case_questions).where(case_questions.c.id == question_id).values(values))


def remindable(unit: Unit, on: date, times: int) -> Sequence[AnyRow]:
    """Return open questions with an end on or after a day, reminded fewer than so many times."""
    query = select(case_questions).where(
        case_questions.c.answered_at.is_(None), case_questions.c.until >= on, case_questions.c.reminded < times
    )
    return unit.conn.execute(query.order_by(case_questions.c.id)).all()


def reminded(unit: Unit, question_id: int, times: int) -> None:
    """Note how many times the citizen was reminded of a question."""
    unit.conn.execute(update(case_questions).where(case_questions.c.id == question_id).values(reminded=times))
