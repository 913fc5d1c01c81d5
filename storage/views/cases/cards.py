"""One case: as officials see it, as its sender sees it, and why its date is what it is."""

from collections.abc import Sequence

from sqlalchemy import select

from domain.people import Viewer
from storage.cases import answers, attachments, events, proposals, questions, rows
from storage.database import Unit
from storage.schema import cases, due_versions, people
from storage.types import AnyRow
from storage.views.cases import lists, reach


def by_code(unit: Unit, code: str) -> AnyRow | None:
    """Return one case by its code, as lists show it."""
    return unit.conn.execute(lists.query().where(cases.c.code == code)).first()


def by_id(unit: Unit, case_id: int) -> AnyRow | None:
    """Return one case by its id, as lists show it."""
    return unit.conn.execute(lists.query().where(cases.c.id == case_id)).first()


def whole(unit: Unit, viewer: Viewer | None, case_id: int) -> AnyRow | None:
    """Return everything of a case's row that somebody may see (with due_on and version), None for others' cases."""
    allowed = select(cases.c.id).where(cases.c.id == case_id, *(() if viewer is None else (reach.within(viewer),)))
    return rows.get(unit, case_id) if unit.conn.execute(allowed).first() else None


def whole_by_code(unit: Unit, viewer: Viewer | None, code: str) -> AnyRow | None:
    """Return the same by the case's code."""
    row = rows.by_code(unit, code)
    return None if row is None else whole(unit, viewer, row.id)


def of_sender(unit: Unit, endpoint_id: int) -> Sequence[AnyRow]:
    """Return the cases that one chat has sent, the newest first, at most 50."""
    query = lists.query().where(cases.c.endpoint_id == endpoint_id).order_by(cases.c.id.desc()).limit(50)
    return unit.conn.execute(query).all()


def seen_by(unit: Unit, code: str, endpoint_id: int | None, secret: str) -> AnyRow | None:
    """Return a case's whole row for the chat that sent it, or for who has the secret part of its code; else None."""
    row = rows.by_code(unit, code)
    if row is None:
        return None
    theirs = endpoint_id is not None and row.endpoint_id == endpoint_id
    return row if theirs or row.secret_hash == unit.vault.digest(secret.strip().lower()) else None


def explanation(unit: Unit, case_id: int) -> str:
    """Return why the case is due on its day, as counted when the date was decided."""
    query = (
        select(due_versions.c.explanation)
        .where(due_versions.c.matter_id == case_id)
        .order_by(due_versions.c.number.desc())
        .limit(1)
    )
    found = unit.conn.execute(query).scalar()
    return str(found["said"]) if found else ""


def due_history(unit: Unit, case_id: int) -> Sequence[AnyRow]:
    """Return every date that the case had (number, due_on, reason, explanation, basis, at), the first one first."""
    query = select(due_versions).where(due_versions.c.matter_id == case_id).order_by(due_versions.c.number)
    return unit.conn.execute(query).all()


def names_of(unit: Unit, person_ids: Sequence[int]) -> dict[int, str]:
    """Return the names of people by id."""
    query = select(people.c.id, people.c.name).where(people.c.id.in_(set(person_ids)))
    return {row.id: row.name for row in unit.conn.execute(query)}


history = events.of
questions_of = questions.of
open_question = questions.waiting
answers_of = answers.of
files_of = attachments.of
pending_proposal = proposals.pending
followers = rows.followers
