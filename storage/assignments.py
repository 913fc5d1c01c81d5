"""Assignments, what was said about them, and the evidence that completes them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update

from storage import successions
from storage.database import Unit
from storage.schema import assignments, comments, evidence, evidence_assignments, files, matters, task_agencies
from storage.types import AnyRow


def add(unit: Unit, rows: list[dict[str, Any]]) -> None:
    """Write assignments whose matters exist."""
    if rows:
        unit.conn.execute(insert(assignments), rows)


def get(unit: Unit, assignment_id: int) -> AnyRow | None:
    """Return the assignment's row with its due date and the version of its matter."""
    query = (
        select(assignments, matters.c.due_on, matters.c.ladder_id, matters.c.version)
        .join(matters, matters.c.id == assignments.c.id)
        .where(assignments.c.id == assignment_id)
    )
    return unit.conn.execute(query).first()


def task_of(unit: Unit, code: str) -> int | None:
    """Return the id of the task behind an assignment's code."""
    return unit.conn.execute(select(assignments.c.task_id).where(assignments.c.code == code)).scalar()


def change(unit: Unit, assignment_id: int, version: int, **values: Any) -> bool:
    """Change an assignment where nobody did since `version` of its matter was read."""
    moved = unit.conn.execute(
        update(matters).where(matters.c.id == assignment_id, matters.c.version == version).values(version=version + 1)
    )
    if moved.rowcount != 1:
        return False
    unit.conn.execute(update(assignments).where(assignments.c.id == assignment_id).values(**values))
    return True


def of_task(unit: Unit, task_id: int) -> Sequence[AnyRow]:
    """Return a task's assignments with their due date, ladder and the version of their matter."""
    query = (
        select(assignments, matters.c.due_on, matters.c.ladder_id, matters.c.version)
        .join(matters, matters.c.id == assignments.c.id)
        .where(assignments.c.task_id == task_id)
        .order_by(assignments.c.id)
    )
    return unit.conn.execute(query).all()


def move_lead(unit: Unit, task_id: int, old: int, new: int) -> None:
    """Let another agency lead a task, so that its coming periods are that one's."""
    lead = (task_agencies.c.task_id == task_id, task_agencies.c.part == "lead")
    has = select(task_agencies.c.id).where(*lead, task_agencies.c.agency_id == new)
    known = unit.conn.execute(has).first() is not None
    was = (*lead, task_agencies.c.agency_id == old)
    unit.conn.execute(
        delete(task_agencies).where(*was) if known else update(task_agencies).where(*was).values(agency_id=new)
    )


def existing_periods(unit: Unit, task_id: int) -> set[tuple[int, int, str]]:
    """Return the (agency id, part, period) for which the task has an assignment.

    What an agency did before it was taken over counts for its successor.
    """
    query = select(assignments.c.agency_id, assignments.c.part, assignments.c.period)
    known = {tuple(row) for row in unit.conn.execute(query.where(assignments.c.task_id == task_id))}
    heirs = successions.heirs(unit)
    return known | {(heirs.get(agency_id, agency_id), part, period) for agency_id, part, period in known}


def comment(
    unit: Unit,
    matter_id: int,
    kind: str,
    text: str,
    person_id: int | None,
    now: datetime,
    percent: int | None = None,
) -> int:
    """Write what a person said about a matter."""
    return int(
        unit.conn.execute(
            insert(comments)
            .values(matter_id=matter_id, kind=kind, text=text, person_id=person_id, at=now, percent=percent)
            .returning(comments.c.id)
        ).scalar_one()
    )


def comment_of(unit: Unit, comment_id: int) -> AnyRow | None:
    """Return (kind, text) of what was said."""
    return unit.conn.execute(select(comments.c.kind, comments.c.text).where(comments.c.id == comment_id)).first()


def add_evidence(
    unit: Unit,
    assignment_ids: Iterable[int],
    *,
    kind: str,
    number: str | None,
    on: date | None,
    text: str,
    file_id: int | None,
    person_id: int,
    now: datetime,
) -> int:
    """Write one piece of evidence for one or several assignments."""
    evidence_id = unit.conn.execute(
        insert(evidence)
        .values(kind=kind, number=number, date=on, text=text, file_id=file_id, person_id=person_id, at=now)
        .returning(evidence.c.id)
    ).scalar_one()
    unit.conn.execute(
        insert(evidence_assignments),
        [{"evidence_id": evidence_id, "assignment_id": one} for one in dict.fromkeys(assignment_ids)],
    )
    return int(evidence_id)


def add_file(
    unit: Unit, channel: str, reference: str, name: str, media_type: str, size: int | None, now: datetime
) -> int:
    """Remember a file by the reference under which its channel gives it out."""
    return int(
        unit.conn.execute(
            insert(files)
            .values(name=name, media_type=media_type, size=size, channel=channel, reference=reference, created_at=now)
            .returning(files.c.id)
        ).scalar_one()
    )


def forget_handler(unit: Unit, agency_id: int, person_id: int) -> None:
    """Leave the agency's assignments without a handler where this person was it."""
    unit.conn.execute(
        update(assignments)
        .where(assignments.c.agency_id == agency_id, assignments.c.handler_id == person_id)
        .values(handler_id=None)
    )


def set_aside_period(unit: Unit, row: AnyRow) -> None:
    """Give an assignment a period of its own, where its agency is to have another of the same name."""
    period = f"{row.period[:_PERIOD]} ({row.code})".strip()
    unit.conn.execute(update(assignments).where(assignments.c.id == row.id).values(period=period))


_PERIOD = 16
"""So much of a period's name stays before the code that tells it apart."""
