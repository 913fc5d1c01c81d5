"""Plans, their versions, tasks and doubts."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Text, cast, delete, func, insert, select, update

from domain.assignments import State
from storage.database import Unit
from storage.schema import (
    assignments,
    attached_plans,
    doubts,
    matters,
    plan_versions,
    plans,
    task_agencies,
    task_versions,
    tasks,
)
from storage.types import AnyRow

DRAFT = "draft"
ISSUED = "issued"
CLOSED = "closed"


def add(unit: Unit, facts: dict[str, Any], now: datetime) -> int:
    """Write a draft plan and return its id."""
    return int(
        unit.conn.execute(insert(plans).values(state=DRAFT, created_at=now, **facts).returning(plans.c.id)).scalar_one()
    )


def add_version(
    unit: Unit, plan_id: int, number: int, file_name: str, digest: str, draft: dict[str, Any], now: datetime
) -> int:
    """Write one reading of a plan's document and return its id."""
    return int(
        unit.conn.execute(
            insert(plan_versions)
            .values(plan_id=plan_id, number=number, file_name=file_name, digest=digest, draft=draft, imported_at=now)
            .returning(plan_versions.c.id)
        ).scalar_one()
    )


def add_tasks(unit: Unit, rows: list[dict[str, Any]], versions: list[dict[str, Any]]) -> None:
    """Write new tasks (their matters exist) and the wording of every task of this version."""
    if rows:
        unit.conn.execute(insert(tasks), rows)
    if versions:
        unit.conn.execute(insert(task_versions), versions)


def add_task_agencies(unit: Unit, rows: Iterable[dict[str, Any]]) -> None:
    """Write which agency stands in which part (lead, coordinating, following) of a task; each pair once."""
    kept = {(row["task_id"], row["agency_id"], row["part"]): row for row in rows}
    if kept:
        unit.conn.execute(insert(task_agencies), list(kept.values()))


def keep_first_lead(unit: Unit, task_id: int) -> None:
    """Leave the lead to the agency that stands first; the other leads become coordinating ones."""
    part = (task_agencies.c.task_id == task_id, task_agencies.c.part == "lead")
    rows = unit.conn.execute(select(task_agencies).where(*part).order_by(task_agencies.c.id)).all()
    unit.conn.execute(delete(task_agencies).where(*part, task_agencies.c.id.in_([row.id for row in rows[1:]])))
    known = select(task_agencies.c.agency_id).where(
        task_agencies.c.task_id == task_id, task_agencies.c.part == "coordinating"
    )
    standing = set(unit.conn.execute(known).scalars())
    add_task_agencies(
        unit,
        (
            {"task_id": task_id, "agency_id": row.agency_id, "part": "coordinating"}
            for row in rows[1:]
            if row.agency_id not in standing
        ),
    )


def add_doubts(unit: Unit, rows: list[dict[str, Any]]) -> None:
    """Write doubts."""
    if rows:
        unit.conn.execute(insert(doubts), rows)


def forget_reading(unit: Unit, plan_id: int) -> bool:
    """Drop a draft's reading with its tasks, where no person has settled anything of it; False where one has."""
    version_ids = select(plan_versions.c.id).where(plan_versions.c.plan_id == plan_id)
    settled = select(doubts.c.id).where(doubts.c.plan_version_id.in_(version_ids), doubts.c.settled_at.is_not(None))
    if unit.conn.execute(settled.limit(1)).first() is not None:
        return False
    task_ids = list(unit.conn.execute(select(tasks.c.id).where(tasks.c.plan_id == plan_id)).scalars())
    unit.conn.execute(delete(doubts).where(doubts.c.plan_version_id.in_(version_ids)))
    unit.conn.execute(delete(task_agencies).where(task_agencies.c.task_id.in_(task_ids)))
    unit.conn.execute(delete(task_versions).where(task_versions.c.task_id.in_(task_ids)))
    unit.conn.execute(delete(tasks).where(tasks.c.plan_id == plan_id))
    unit.conn.execute(delete(matters).where(matters.c.id.in_(task_ids)))
    unit.conn.execute(delete(plan_versions).where(plan_versions.c.plan_id == plan_id))
    return True


def drop_doubts(unit: Unit, doubt_ids: Iterable[int]) -> None:
    """Take back questions that do not stand any more."""
    unit.conn.execute(delete(doubts).where(doubts.c.id.in_(list(doubt_ids))))


def get(unit: Unit, plan_id: int) -> AnyRow | None:
    """Return the plan's row."""
    return unit.conn.execute(select(plans).where(plans.c.id == plan_id)).first()


def by_digest(unit: Unit, digest: str) -> AnyRow | None:
    """Return (id, state) of the plan that was read from a file of that digest."""
    query = (
        select(plans.c.id, plans.c.state)
        .join(plan_versions, plan_versions.c.plan_id == plans.c.id)
        .where(plan_versions.c.digest == digest)
        .order_by(plans.c.id.desc())
    )
    return unit.conn.execute(query).first()


def issued_with(unit: Unit, number: str, on: date, other_than: int) -> int | None:
    """Return the id of another plan with the same number and date that was issued, closed since or not.

    A single task that cites the document is not the document.
    """
    query = select(plans.c.id).where(
        plans.c.number == number,
        plans.c.date == on,
        plans.c.state != DRAFT,
        plans.c.id != other_than,
        ~plans.c.oral,
    )
    return unit.conn.execute(query).scalar()


def issued(unit: Unit) -> Sequence[AnyRow]:
    """Return the plans in force (id, year)."""
    query = select(plans.c.id, plans.c.year).where(plans.c.state == ISSUED).order_by(plans.c.id)
    return unit.conn.execute(query).all()


def done_by_mouth(unit: Unit) -> Sequence[AnyRow]:
    """Return the plans in force that were given directly and of which nothing is open any more (id, version)."""
    here = (
        select(assignments.c.id).join(tasks, tasks.c.id == assignments.c.task_id).where(tasks.c.plan_id == plans.c.id)
    )
    open_here = here.where(assignments.c.state.not_in([one.value for one in State if one.is_final]))
    query = select(plans.c.id, plans.c.version).where(plans.c.state == ISSUED, plans.c.oral)
    return unit.conn.execute(query.where(here.exists(), ~open_here.exists()).order_by(plans.c.id)).all()


def change(unit: Unit, plan_id: int, version: int, **values: Any) -> bool:
    """Change a plan where nobody did since `version` was read; False where somebody did."""
    changed = unit.conn.execute(
        update(plans).where(plans.c.id == plan_id, plans.c.version == version).values(version=version + 1, **values)
    )
    return changed.rowcount == 1


def latest_version(unit: Unit, plan_id: int) -> int | None:
    """Return the id of the newest reading of the plan."""
    query = (
        select(plan_versions.c.id)
        .where(plan_versions.c.plan_id == plan_id)
        .order_by(plan_versions.c.number.desc())
        .limit(1)
    )
    return unit.conn.execute(query).scalar()


def next_version_number(unit: Unit, plan_id: int) -> int:
    """Return the number of the plan's next reading."""
    query = select(func.max(plan_versions.c.number)).where(plan_versions.c.plan_id == plan_id)
    return int(unit.conn.execute(query).scalar() or 0) + 1


def last_position(unit: Unit, plan_id: int) -> int:
    """Return the highest position among the plan's tasks, of any reading."""
    return int(unit.conn.execute(select(func.max(tasks.c.position)).where(tasks.c.plan_id == plan_id)).scalar() or 0)


def forget_agencies(unit: Unit, task_ids: Iterable[int]) -> None:
    """Drop who stands in which part of these tasks, to be written anew."""
    unit.conn.execute(delete(task_agencies).where(task_agencies.c.task_id.in_(list(task_ids))))


def plan_of_task(unit: Unit, task_id: int) -> int:
    """Return the id of the plan a task stands in."""
    return int(unit.conn.execute(select(tasks.c.plan_id).where(tasks.c.id == task_id)).scalar_one())


def attach(unit: Unit, plan_id: int, task_id: int, now: datetime) -> bool:
    """Hang a plan under a task; False where it hangs somewhere already."""
    known = select(attached_plans.c.task_id).where(attached_plans.c.plan_id == plan_id)
    if unit.conn.execute(known).first() is not None:
        return False
    unit.conn.execute(insert(attached_plans).values(plan_id=plan_id, task_id=task_id, at=now))
    return True


def draft_of(unit: Unit, plan_id: int) -> dict[str, Any]:
    """Return the newest reading of the plan in the plan format."""
    query = (
        select(plan_versions.c.draft)
        .where(plan_versions.c.plan_id == plan_id)
        .order_by(plan_versions.c.number.desc())
        .limit(1)
    )
    return dict(unit.conn.execute(query).scalar_one())


def keep_draft(unit: Unit, version_id: int, draft: dict[str, Any]) -> None:
    """Keep a reading as it stands after a person added to it."""
    unit.conn.execute(update(plan_versions).where(plan_versions.c.id == version_id).values(draft=draft))


def task_in(unit: Unit, version_id: int, content: str) -> int:
    """Return the id of the task of that wording in a reading, the last where there are several."""
    query = select(func.max(task_versions.c.task_id)).where(
        task_versions.c.plan_version_id == version_id, task_versions.c.content == content
    )
    return int(unit.conn.execute(query).scalar_one())


def forget_task(unit: Unit, version_id: int, task_id: int) -> None:
    """Drop a task that was added to a draft, with its doubts."""
    unit.conn.execute(delete(doubts).where(doubts.c.task_id == task_id, doubts.c.plan_version_id == version_id))
    unit.conn.execute(delete(task_agencies).where(task_agencies.c.task_id == task_id))
    unit.conn.execute(delete(task_versions).where(task_versions.c.task_id == task_id))
    unit.conn.execute(delete(tasks).where(tasks.c.id == task_id))
    unit.conn.execute(delete(matters).where(matters.c.id == task_id))


def wording(unit: Unit, version_id: int, *, mentioning: str = "") -> Sequence[AnyRow]:
    """Return the tasks of one reading in order, each with its wording.

    With `mentioning` only those whose deadline, or a further one, holds that text in its JSON form.
    """
    query = (
        select(task_versions, tasks.c.position)
        .join(tasks, tasks.c.id == task_versions.c.task_id)
        .where(task_versions.c.plan_version_id == version_id)
        .order_by(task_versions.c.id)
    )
    if mentioning:
        deadlines = cast(task_versions.c.deadline, Text).concat(cast(task_versions.c.also, Text))
        query = query.where(deadlines.contains(mentioning, autoescape=True))
    return unit.conn.execute(query).all()


def set_deadline(unit: Unit, version_id: int, task_id: int, raw: str, deadline: dict[str, Any]) -> None:
    """Write the deadline that a person settled."""
    unit.conn.execute(
        update(task_versions)
        .where(task_versions.c.plan_version_id == version_id, task_versions.c.task_id == task_id)
        .values(deadline_raw=raw, deadline=deadline)
    )


def agencies_of(unit: Unit, plan_id: int, part: str, task_ids: Collection[int] | None = None) -> dict[int, list[int]]:
    """Return the agency ids in that part, by task id; of some tasks only where those are given."""
    query = (
        select(task_agencies.c.task_id, task_agencies.c.agency_id)
        .join(tasks, tasks.c.id == task_agencies.c.task_id)
        .where(tasks.c.plan_id == plan_id, task_agencies.c.part == part)
        .order_by(task_agencies.c.id)
    )
    if task_ids is not None:
        query = query.where(task_agencies.c.task_id.in_(task_ids))
    found: dict[int, list[int]] = {}
    for row in unit.conn.execute(query):
        found.setdefault(row.task_id, []).append(row.agency_id)
    return found


def doubts_of(unit: Unit, version_id: int, *, open_only: bool = False) -> Sequence[AnyRow]:
    """Return the doubts of one reading, with the number of their task's row."""
    query = (
        select(doubts, task_versions.c.number.label("row_number"), task_versions.c.source)
        .outerjoin(
            task_versions,
            (task_versions.c.task_id == doubts.c.task_id)
            & (task_versions.c.plan_version_id == doubts.c.plan_version_id),
        )
        .where(doubts.c.plan_version_id == version_id)
        .order_by(doubts.c.id)
    )
    if open_only:
        query = query.where(doubts.c.settled_at.is_(None))
    return unit.conn.execute(query).all()


def doubt(unit: Unit, version_id: int, doubt_id: int) -> AnyRow | None:
    """Return one doubt of a reading."""
    query = select(doubts).where(doubts.c.id == doubt_id, doubts.c.plan_version_id == version_id)
    return unit.conn.execute(query).first()


def settle(unit: Unit, doubt_ids: Iterable[int], value: Any, now: datetime, person_id: int | None = None) -> int:
    """Settle open doubts with a value and return how many were open."""
    settled = unit.conn.execute(
        update(doubts)
        .where(doubts.c.id.in_(list(doubt_ids)), doubts.c.settled_at.is_(None))
        .values(value=value, settled_at=now, settled_by=person_id)
    )
    return settled.rowcount
