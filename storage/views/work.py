"""What an agency has to do: the questions behind /viec, task pages, lists and notices."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, case, cast, exists, func, select

from domain.assignments import Standing, State, standing
from domain.local import today as today_of
from domain.people import Membership, Role
from domain.rows import row_name
from storage.database import Unit
from storage.schema import (
    agencies,
    assignments,
    attached_plans,
    comments,
    evidence,
    evidence_assignments,
    files,
    matters,
    memberships,
    notices,
    planned,
    plans,
    task_agencies,
    task_versions,
    tasks,
)
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
    """"Kế hoạch", "Quyết định"…, as the document calls itself."""
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

_WORKS: AnySelect = (
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
        assignments.c.part,
        assignments.c.deadline,
        matters.c.due_on,
        matters.c.due_version,
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
    )
    .join(matters, matters.c.id == assignments.c.id)
    .join(agencies, agencies.c.id == assignments.c.agency_id)
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .join(task_versions, task_versions.c.id == _NEWEST)
    .join(plans, plans.c.id == tasks.c.plan_id)
)


@lru_cache(maxsize=4096)
def _row_name(section: str, number: str | None) -> str:
    """Return the row's name; many assignments are of one row."""
    return row_name(json.loads(section), number)


def _work(row: AnyRow, today: date) -> Work:
    state = State(row.state)
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
        plan_kind=row.plan_kind or "Văn bản",
        plan_number=row.plan_number or "",
        plan_date=row.plan_date,
        appendix=row.appendix,
        row=_row_name(row.section, row.row),
        task_id=row.task_id,
        issued_at=row.issued_at,
        reported_at=row.reported_at,
        completed_on=row.completed_on,
        standing=standing(row.due_on, state, today),
    )


def _order(work: Work) -> tuple[int, date, int]:
    """Overdue first, the longest first; then by date; then what has no date; what is done last."""
    if work.state.is_done_by_agency:
        return 3, work.due_on or date.max, work.id
    if work.due_on is None:
        return 2, date.max, work.id
    return 0 if work.is_late else 1, work.due_on, work.id


_FINAL = [state.value for state in State if state.is_final]


def of_agencies(unit: Unit, agency_ids: Collection[int], today: date) -> list[Work]:
    """Return what these agencies still have open (reported included), overdue first, then by date, then undated."""
    query = _WORKS.where(assignments.c.agency_id.in_(agency_ids), assignments.c.state.not_in(_FINAL))
    return sorted((_work(row, today) for row in unit.conn.execute(query)), key=_order)


def everything(unit: Unit, today: date, *, agency: str | None = None, late_only: bool = False) -> list[Work]:
    """Return all assignments, of one agency by its code where given, in order of their codes."""
    query = _WORKS.order_by(assignments.c.id)
    if agency is not None:
        query = query.where(agencies.c.code == agency)
    found = [_work(row, today) for row in unit.conn.execute(query)]
    return [work for work in found if work.is_late] if late_only else found


def late(unit: Unit, today: date) -> list[Work]:
    """Return what is late anywhere, the longest first."""
    return owed_by(unit, today - timedelta(days=1), today)


def owed_by(unit: Unit, end: date, today: date) -> list[Work]:
    """Return what agencies still owe of all that is due on or before `end`, the longest late first."""
    done = [state.value for state in State if state.is_done_by_agency]
    query = _WORKS.where(matters.c.due_on <= end, assignments.c.state.not_in(done))
    return sorted((_work(row, today) for row in unit.conn.execute(query)), key=_order)


def counted(unit: Unit) -> Counter[State]:
    """Return how many assignments stand in each state."""
    query = select(assignments.c.state, func.count()).group_by(assignments.c.state)
    return Counter({State(row[0]): row[1] for row in unit.conn.execute(query)})


def by_ids(unit: Unit, ids: Iterable[int], today: date) -> dict[int, Work]:
    """Return assignments by id; ids that are no assignments are left out."""
    wanted, found = list(ids), dict[int, Work]()
    for at in range(0, len(wanted), _AT_ONCE):
        rows = unit.conn.execute(_BY_IDS, {"ids": wanted[at : at + _AT_ONCE]})
        found |= {row.id: _work(row, today) for row in rows}
    return found


_AT_ONCE = 10_000
"""So many ids in one statement: databases bound the number of parameters."""


_BY_IDS = _WORKS.where(assignments.c.id.in_(bindparam("ids", expanding=True)))


def by_code(unit: Unit, code: str, today: date) -> Work | None:
    """Return the assignment of that code (NV-0123)."""
    row = unit.conn.execute(_WORKS.where(assignments.c.code == code)).first()
    return None if row is None else _work(row, today)


def of_task(unit: Unit, task_id: int, today: date) -> list[Work]:
    """Return the assignments of a task, every agency and period of it, in order of their codes."""
    query = _WORKS.where(assignments.c.task_id == task_id).order_by(assignments.c.id)
    return [_work(row, today) for row in unit.conn.execute(query)]


def in_state(unit: Unit, states: Iterable[State], today: date) -> list[Work]:
    """Return assignments in these states, the oldest first."""
    query = _WORKS.where(assignments.c.state.in_([state.value for state in states])).order_by(assignments.c.reported_at)
    return [_work(row, today) for row in unit.conn.execute(query)]


def without_date(kinds: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of open assignments without a due date whose deadline is of one of these kinds."""
    return (
        matters.c.due_on.is_(None),
        assignments.c.state.not_in(_FINAL),
        assignments.c.deadline["kind"].as_string().in_(kinds),
    )


def undated(unit: Unit, kinds: Collection[str], today: date, *, agency_id: int | None = None) -> list[Work]:
    """Return open assignments without a due date of these kinds, of one agency where given."""
    query = _WORKS.where(*without_date(kinds)).order_by(assignments.c.id)
    if agency_id is not None:
        query = query.where(assignments.c.agency_id == agency_id)
    return [_work(row, today) for row in unit.conn.execute(query)]


def coordinated(unit: Unit, agency_ids: Collection[int], today: date) -> list[Work]:
    """Return what others lead and still have open of the tasks to which these agencies contribute, by date."""
    contributes = select(task_agencies.c.task_id).where(
        task_agencies.c.agency_id.in_(agency_ids), task_agencies.c.part == "coordinating"
    )
    query = _WORKS.where(
        assignments.c.task_id.in_(contributes),
        assignments.c.agency_id.not_in(agency_ids),
        assignments.c.state.not_in(_FINAL),
    )
    return sorted((_work(row, today) for row in unit.conn.execute(query)), key=_order)


def agency_name(unit: Unit, agency_id: int) -> str:
    """Return an agency's name."""
    return str(unit.conn.execute(select(agencies.c.name).where(agencies.c.id == agency_id)).scalar_one())


def head_hears(unit: Unit, ids: Collection[int]) -> date | None:
    """Return the first day on which a head of agency will be told of one of these assignments.

    None for never: nothing is planned any more, or no head has joined.
    """
    joined = exists(
        select(memberships.c.id).where(
            memberships.c.agency_id == planned.c.agency_id,
            memberships.c.role == Role.HEAD,
            memberships.c.state == Membership.ACTIVE,
        )
    )
    query = select(func.min(planned.c.at)).where(
        planned.c.matter_id.in_(ids), planned.c.role == Role.HEAD, planned.c.state == "waiting", joined
    )
    at = unit.conn.execute(query).scalar()
    return None if at is None else today_of(at)


def told_in(unit: Unit, outbox_id: int) -> set[int]:
    """Return the ids of the assignments and other matters of which one message told."""
    query = select(notices.c.matter_id).where(notices.c.outbox_id == outbox_id, notices.c.matter_id.is_not(None))
    return set(unit.conn.execute(query).scalars())


def said_as(unit: Unit, task_id: int) -> tuple[list[str], list[str]]:
    """Return the lead and coordinating agencies of a task in the plan's own words."""
    query = (
        select(task_versions.c.lead, task_versions.c.coordinating)
        .where(task_versions.c.task_id == task_id)
        .order_by(task_versions.c.id.desc())
        .limit(1)
    )
    row = unit.conn.execute(query).one()
    return list(row.lead), list(row.coordinating)


def history(unit: Unit, assignment_id: int) -> Sequence[AnyRow]:
    """Return what was said about an assignment (kind, text, percent, at), oldest first."""
    query = (
        select(comments.c.kind, comments.c.text, comments.c.percent, comments.c.at)
        .where(comments.c.matter_id == assignment_id)
        .order_by(comments.c.id)
    )
    return unit.conn.execute(query).all()


def evidence_of(unit: Unit, assignment_id: int) -> Sequence[AnyRow]:
    """Return the evidence of an assignment (kind, number, date, text, file), newest first."""
    query = (
        select(
            evidence.c.kind,
            evidence.c.number,
            evidence.c.date,
            evidence.c.text,
            files.c.name.label("file"),
            files.c.id.label("file_id"),
        )
        .join(evidence_assignments, evidence_assignments.c.evidence_id == evidence.c.id)
        .outerjoin(files, files.c.id == evidence.c.file_id)
        .where(evidence_assignments.c.assignment_id == assignment_id)
        .order_by(evidence.c.id.desc())
    )
    return unit.conn.execute(query).all()


def group_progress(unit: Unit, one: Work) -> tuple[int, int]:
    """Return (how many agencies have reported or are confirmed, how many have the task) in the same period."""
    done = [State.REPORTED.value, State.CONFIRMED.value]
    finished_one = case((assignments.c.state.in_(done), 1), else_=0)
    query = select(func.count(), func.sum(finished_one)).where(
        assignments.c.task_id == one.task_id,
        assignments.c.period == one.period,
        assignments.c.state != State.CANCELLED.value,
    )
    total, finished = unit.conn.execute(query).one()
    return int(finished or 0), int(total)


def attached(unit: Unit, task_id: int) -> Sequence[AnyRow]:
    """Return the plans (number, date, kind, tasks) that hang under a task."""
    query = (
        select(plans.c.id, plans.c.kind, plans.c.number, plans.c.date, func.count(tasks.c.id).label("tasks"))
        .join(attached_plans, attached_plans.c.plan_id == plans.c.id)
        .outerjoin(tasks, tasks.c.plan_id == plans.c.id)
        .where(attached_plans.c.task_id == task_id)
        .group_by(plans.c.id, plans.c.kind, plans.c.number, plans.c.date)
        .order_by(plans.c.id)
    )
    return unit.conn.execute(query).all()
