"""What a person changes in a draft plan: who leads a task, its deadline, a doubt opened again."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, insert, select, update

from domain.words import fold
from storage.database import Unit
from storage.schema import agency_aliases, doubts, task_agencies, task_versions, tasks
from storage.types import AnyRow

LEAD = "lead"


def task(unit: Unit, version_id: int, task_id: int) -> AnyRow | None:
    """Return one task of a reading with its wording and its position in the plan."""
    query = (
        select(task_versions, tasks.c.position)
        .join(tasks, tasks.c.id == task_versions.c.task_id)
        .where(task_versions.c.plan_version_id == version_id, task_versions.c.task_id == task_id)
    )
    return unit.conn.execute(query).first()


def leads(unit: Unit, task_id: int) -> list[int]:
    """Return the ids of the agencies that lead a task."""
    query = select(task_agencies.c.agency_id).where(task_agencies.c.task_id == task_id, task_agencies.c.part == LEAD)
    return list(unit.conn.execute(query.order_by(task_agencies.c.id)).scalars())


def add_leads(unit: Unit, task_id: int, agency_ids: Iterable[int]) -> None:
    """Let these agencies lead a task too; who leads it already stays."""
    known = set(leads(unit, task_id))
    rows = [
        {"task_id": task_id, "agency_id": one, "part": LEAD} for one in dict.fromkeys(agency_ids) if one not in known
    ]
    if rows:
        unit.conn.execute(insert(task_agencies), rows)


def drop_leads(unit: Unit, task_id: int, agency_ids: Collection[int]) -> None:
    """Let these agencies lead a task no more."""
    drop_part(unit, task_id, LEAD, agency_ids)


def drop_part(unit: Unit, task_id: int, part: str, agency_ids: Collection[int]) -> None:
    """Take these agencies out of one part (lead, coordinating, following) of a task."""
    unit.conn.execute(
        delete(task_agencies).where(
            task_agencies.c.task_id == task_id,
            task_agencies.c.part == part,
            task_agencies.c.agency_id.in_(list(agency_ids)),
        )
    )


def drop_alias(unit: Unit, agency_ids: Collection[int], alias: str) -> None:
    """Forget another name of these agencies."""
    unit.conn.execute(
        delete(agency_aliases).where(
            agency_aliases.c.agency_id.in_(list(agency_ids)), agency_aliases.c.folded == fold(alias)
        )
    )


def open_again(unit: Unit, doubt_id: int) -> None:
    """Take back the answer to a doubt."""
    unit.conn.execute(
        update(doubts).where(doubts.c.id == doubt_id).values(value=None, settled_at=None, settled_by=None)
    )


def open_doubts(unit: Unit, version_id: int, task_id: int, fields: Collection[str]) -> list[int]:
    """Return the ids of the open doubts about these fields of a task."""
    query = select(doubts.c.id).where(
        doubts.c.plan_version_id == version_id,
        doubts.c.task_id == task_id,
        doubts.c.field.in_(list(fields)),
        doubts.c.settled_at.is_(None),
    )
    return list(unit.conn.execute(query).scalars())


def as_read(unit: Unit, draft: dict[str, Any], version_id: int, task_id: int) -> dict[str, Any]:
    """Return what the reader made of a task, from the reading in the plan format."""
    query = (
        select(task_versions.c.task_id)
        .where(task_versions.c.plan_version_id == version_id)
        .order_by(task_versions.c.id)
    )
    at = list(unit.conn.execute(query).scalars()).index(task_id)
    return dict(draft["tasks"][at])
