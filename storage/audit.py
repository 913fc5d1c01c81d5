"""The audit trail: who did what to which row, committed with the act itself.

Only ids and field names stand here; a personal value appears as a salted digest.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from storage.database import Unit
from storage.schema import audit, people
from storage.types import AnyRow

SYSTEM = "system"
OPERATOR = "operator"
PERSON = "person"
CITIZEN = "citizen"


def record(
    unit: Unit,
    act: str,
    subject: str,
    subject_id: int,
    now: datetime,
    *,
    person_id: int | None = None,
    actor: str | None = None,
    **fields: Any,
) -> None:
    """Write one line. Without `actor` it is the person where one is named, else the system."""
    unit.conn.execute(
        insert(audit).values(
            at=now,
            actor=actor or (SYSTEM if person_id is None else PERSON),
            person_id=person_id,
            act=act,
            subject=subject,
            subject_id=subject_id,
            fields=fields,
        )
    )


def record_each(
    unit: Unit,
    act: str,
    subjects: Iterable[tuple[str, int]],
    now: datetime,
    *,
    person_id: int | None = None,
    actor: str | None = None,
    **fields: Any,
) -> None:
    """Write one line for each of many subjects (kind, id) that one act touched."""
    who = {"actor": actor or (SYSTEM if person_id is None else PERSON), "person_id": person_id}
    rows = [
        {"at": now, "act": act, "subject": kind, "subject_id": one, "fields": fields, **who} for kind, one in subjects
    ]
    if rows:
        unit.conn.execute(insert(audit), rows)


def last_act(unit: Unit, subject: str, subject_id: int) -> AnyRow | None:
    """Return the last line about a row (at, person_id, person), None where there is none; `person` is the name."""
    query = (
        select(audit.c.at, audit.c.person_id, people.c.name.label("person"))
        .outerjoin(people, people.c.id == audit.c.person_id)
        .where(audit.c.subject == subject, audit.c.subject_id == subject_id)
        .order_by(audit.c.id.desc())
        .limit(1)
    )
    return unit.conn.execute(query).first()
