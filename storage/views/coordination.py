"""Requests between a lead agency and those that contribute: open ones, one in full, who may be asked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from domain.assignments import State as AssignmentState
from domain.requests import State
from storage.database import Unit
from storage.schema import agencies, assignments, files, matters, requests, task_agencies, task_versions
from storage.types import AnyRow, AnySelect

_DONE = [state.value for state in AssignmentState if state.is_done_by_agency]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as lists and messages show it; `late_days` are calendar days past its date, 0 when not late."""

    id: int
    assignment_id: int
    code: str
    task: str
    lead_id: int
    lead: str
    agency_id: int
    agency: str
    content: str
    state: State
    asked_at: datetime
    due_on: date
    answer: str
    file: str
    late_days: int

    @property
    def is_open(self) -> bool:
        """Whether the answer is still waited for."""
        return self.state is State.OPEN


def _query() -> AnySelect:
    asked = agencies.alias("asked")
    lead = agencies.alias("lead")
    wording = (
        select(task_versions.c.content)
        .where(task_versions.c.task_id == assignments.c.task_id)
        .order_by(task_versions.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            requests.c.id,
            requests.c.assignment_id,
            requests.c.agency_id,
            requests.c.content,
            requests.c.state,
            requests.c.asked_at,
            requests.c.answer,
            files.c.name.label("file"),
            matters.c.due_on,
            assignments.c.code,
            assignments.c.agency_id.label("lead_id"),
            lead.c.name.label("lead"),
            asked.c.name.label("agency"),
            wording.label("task"),
        )
        .join(matters, matters.c.id == requests.c.id)
        .join(assignments, assignments.c.id == requests.c.assignment_id)
        .join(asked, asked.c.id == requests.c.agency_id)
        .join(lead, lead.c.id == assignments.c.agency_id)
        .outerjoin(files, files.c.id == requests.c.file_id)
        .order_by(matters.c.due_on, requests.c.id)
    )


def _asked(row: AnyRow, today: date) -> Asked:
    state = State(row.state)
    return Asked(
        id=row.id,
        assignment_id=row.assignment_id,
        code=row.code,
        task=row.task,
        lead_id=row.lead_id,
        lead=row.lead,
        agency_id=row.agency_id,
        agency=row.agency,
        content=row.content,
        state=state,
        asked_at=row.asked_at,
        due_on=row.due_on,
        answer=row.answer or "",
        file=row.file or "",
        late_days=max((today - row.due_on).days, 0) if state is State.OPEN else 0,
    )


def _all(unit: Unit, query: AnySelect, today: date) -> list[Asked]:
    return [_asked(row, today) for row in unit.conn.execute(query)]


def _open() -> AnySelect:
    """What is asked for work that is itself still to be done."""
    return _query().where(requests.c.state == State.OPEN.value, assignments.c.state.not_in(_DONE))


def by_ids(unit: Unit, ids: Collection[int], today: date) -> dict[int, Asked]:
    """Return requests by id, open or not."""
    return {one.id: one for one in _all(unit, _query().where(requests.c.id.in_(ids)), today)}


def open_to(unit: Unit, agency_ids: Collection[int], today: date) -> list[Asked]:
    """Return what these agencies are asked for and have not given, the most pressing first."""
    return _all(unit, _open().where(requests.c.agency_id.in_(agency_ids)), today)


def of_assignment(unit: Unit, assignment_id: int, today: date) -> list[Asked]:
    """Return everything that was asked for one assignment, open or not."""
    return _all(unit, _query().where(requests.c.assignment_id == assignment_id), today)


def open_anywhere(unit: Unit, today: date) -> list[Asked]:
    """Return everything that is asked and not given, the most pressing first."""
    return _all(unit, _open(), today)


def partners(unit: Unit, task_id: int, but: int) -> Sequence[AnyRow]:
    """Return (id, code, name) of the agencies that contribute to a task, without the one that asks."""
    query = (
        select(agencies.c.id, agencies.c.code, agencies.c.name)
        .join(task_agencies, task_agencies.c.agency_id == agencies.c.id)
        .where(task_agencies.c.task_id == task_id, task_agencies.c.part == "coordinating", agencies.c.id != but)
        .order_by(task_agencies.c.id)
    )
    return unit.conn.execute(query).all()
