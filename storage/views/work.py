"""An assignment as lists, cards and messages show it, and how it is found by its agency, its code, its task."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, cast, func, select

from domain.assignments import Standing, State, standing
from domain.rows import given_by_mouth, row_name
from storage.database import Unit
from storage.schema import agencies, assignments, matters, plans, task_versions, tasks
from storage.types import AnyRow, AnySelect


@dataclass(frozen=True, slots=True)
class Work:
    """One assignment as lists and messages show it."""

    id: int
    code: str
    content: str
    agency_id: int
    agency: str
    agency_code: str
    relation: str
    state: State
    due_on: date | None
    due_version: int
    """The number of the due date in force: it grows when the date moves."""
    starts_on: date | None
    deadline_raw: str
    deadline: dict[str, Any]
    product: str
    period: str
    plan_id: int
    plan_kind: str
    """"Kế hoạch", "Quyết định"…, as the document calls itself; "Giao miệng ngày … (… giao)" where there is none."""
    plan_number: str
    plan_date: date | None
    appendix: str | None
    row: str
    """The row as people name it, "II.4"; "" where it has no number."""
    task_id: int
    issued_at: datetime
    reported_at: datetime | None
    completed_on: date | None
    standing: Standing
    version: int = 0
    """The version of its matter: an act of anybody makes it grow."""
    waits_for_head: bool = False
    """Whether its report waits for the head of the agency, and the office is not asked yet."""

    @property
    def is_late(self) -> bool:
        """Whether the agency still owes it after its last day."""
        return self.standing.late_days > 0


_WORDING = task_versions.alias("wording")
_NEWEST = (
    select(func.max(_WORDING.c.id))
    .where(_WORDING.c.task_id == assignments.c.task_id)
    .correlate(assignments)
    .scalar_subquery()
)

WORKS: AnySelect = (
    select(
        assignments.c.id,
        assignments.c.code,
        assignments.c.agency_id,
        assignments.c.state,
        assignments.c.starts_on,
        assignments.c.product,
        assignments.c.period,
        assignments.c.task_id,
        assignments.c.issued_at,
        assignments.c.reported_at,
        assignments.c.completed_on,
        assignments.c.head_confirmed_at,
        plans.c.head_confirms,
        assignments.c.part,
        assignments.c.deadline,
        matters.c.due_on,
        matters.c.due_version,
        matters.c.version,
        agencies.c.name.label("agency"),
        agencies.c.code.label("agency_code"),
        agencies.c.relation,
        task_versions.c.content,
        task_versions.c.deadline_raw,
        cast(task_versions.c.also, Text).label("also"),
        task_versions.c.appendix,
        cast(task_versions.c.section, Text).label("section"),
        task_versions.c.number.label("row"),
        plans.c.id.label("plan_id"),
        plans.c.kind.label("plan_kind"),
        plans.c.number.label("plan_number"),
        plans.c.date.label("plan_date"),
        plans.c.oral.label("plan_oral"),
        plans.c.signer.label("plan_signer"),
    )
    .join(matters, matters.c.id == assignments.c.id)
    .join(agencies, agencies.c.id == assignments.c.agency_id)
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .join(task_versions, task_versions.c.id == _NEWEST)
    .join(plans, plans.c.id == tasks.c.plan_id)
)
"""Every assignment with its newest wording; to be narrowed, and each row given to `read`."""


@lru_cache(maxsize=4096)
def _row_name(section: str, number: str | None) -> str:
    """Return the row's name; many assignments are of one row."""
    return row_name(json.loads(section), number)


def read(row: AnyRow, today: date) -> Work:
    """Return a row of the query as it stands on a day."""
    state = State(row.state)
    by_mouth = given_by_mouth(row.plan_date, row.plan_signer) if row.plan_oral and not row.plan_number else ""
    raw = row.deadline_raw if row.part == 0 else json.loads(row.also)[row.part - 1]["deadline_raw"]
    return Work(
        id=row.id,
        code=row.code,
        content=row.content,
        agency_id=row.agency_id,
        agency=row.agency,
        agency_code=row.agency_code,
        relation=row.relation,
        state=state,
        due_on=row.due_on,
        due_version=row.due_version,
        starts_on=row.starts_on,
        deadline_raw=raw,
        deadline=row.deadline,
        product=row.product,
        period=row.period,
        plan_id=row.plan_id,
        plan_kind=by_mouth or row.plan_kind or "Văn bản",
        plan_number=row.plan_number or "",
        plan_date=None if by_mouth else row.plan_date,
        appendix=row.appendix,
        row=_row_name(row.section, row.row),
        task_id=row.task_id,
        issued_at=row.issued_at,
        reported_at=row.reported_at,
        completed_on=row.completed_on,
        standing=standing(row.due_on, state, today),
        version=row.version,
        waits_for_head=bool(row.head_confirms) and state is State.REPORTED and row.head_confirmed_at is None,
    )


def order(work: Work) -> tuple[int, date, int]:
    """Overdue first, the longest first; then by date; then what has no date; what is done last."""
    if work.state.is_done_by_agency:
        return 3, work.due_on or date.max, work.id
    if work.due_on is None:
        return 2, date.max, work.id
    return 0 if work.is_late else 1, work.due_on, work.id


FINAL = [state.value for state in State if state.is_final]
"""The states in which nothing is open any more."""


def of_agencies(unit: Unit, agency_ids: Collection[int], today: date, *, finished: bool = False) -> list[Work]:
    """Return what these agencies still have open (reported included), overdue first, then by date, then undated.

    With `finished` also what was confirmed, behind the others.
    """
    left_out = [State.CANCELLED.value] if finished else FINAL
    query = WORKS.where(assignments.c.agency_id.in_(agency_ids), assignments.c.state.not_in(left_out))
    return sorted((read(row, today) for row in unit.conn.execute(query)), key=order)


def everything(unit: Unit, today: date, *, agency: str | None = None, late_only: bool = False) -> list[Work]:
    """Return all assignments, of one agency by its code where given, in order of their codes."""
    query = WORKS.order_by(assignments.c.id)
    if agency is not None:
        query = query.where(agencies.c.code == agency)
    found = [read(row, today) for row in unit.conn.execute(query)]
    return [work for work in found if work.is_late] if late_only else found


def by_ids(unit: Unit, ids: Iterable[int], today: date) -> dict[int, Work]:
    """Return assignments by id; ids that are no assignments are left out."""
    wanted, found = list(ids), dict[int, Work]()
    for at in range(0, len(wanted), _AT_ONCE):
        rows = unit.conn.execute(_BY_IDS, {"ids": wanted[at : at + _AT_ONCE]})
        found |= {row.id: read(row, today) for row in rows}
    return found


_AT_ONCE = 10_000
"""So many ids in one statement: databases bound the number of parameters."""


_BY_IDS = WORKS.where(assignments.c.id.in_(bindparam("ids", expanding=True)))


def by_code(unit: Unit, code: str, today: date) -> Work | None:
    """Return the assignment of that code (NV-0123)."""
    row = unit.conn.execute(WORKS.where(assignments.c.code == code)).first()
    return None if row is None else read(row, today)


def of_task(unit: Unit, task_id: int, today: date) -> list[Work]:
    """Return the assignments of a task, every agency and period of it, in order of their codes."""
    query = WORKS.where(assignments.c.task_id == task_id).order_by(assignments.c.id)
    return [read(row, today) for row in unit.conn.execute(query)]
