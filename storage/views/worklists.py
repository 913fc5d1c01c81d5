"""Lists of assignments across agencies: what is late, in a state, without a date, led by others."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select

from domain.assignments import State
from storage.database import Unit
from storage.schema import assignments, matters, task_agencies
from storage.views.work import FINAL, WORKS, Work, order, read


def late(unit: Unit, today: date, *, agency_id: int | None = None) -> list[Work]:
    """Return what is late anywhere, or of one agency, the longest first."""
    return owed_by(unit, today - timedelta(days=1), today, agency_id=agency_id)


def owed_by(unit: Unit, end: date, today: date, *, agency_id: int | None = None) -> list[Work]:
    """Return what agencies, or one, still owe of all that is due on or before `end`, the longest late first."""
    done = [state.value for state in State if state.is_done_by_agency]
    query = WORKS.where(matters.c.due_on <= end, assignments.c.state.not_in(done))
    if agency_id is not None:
        query = query.where(assignments.c.agency_id == agency_id)
    return sorted((read(row, today) for row in unit.conn.execute(query)), key=order)


def counted(unit: Unit) -> Counter[State]:
    """Return how many assignments stand in each state."""
    query = select(assignments.c.state, func.count()).group_by(assignments.c.state)
    return Counter({State(row[0]): row[1] for row in unit.conn.execute(query)})


def in_state(unit: Unit, states: Iterable[State], today: date) -> list[Work]:
    """Return assignments in these states, the oldest first, without reports that wait for their agency's head."""
    query = WORKS.where(assignments.c.state.in_([state.value for state in states])).order_by(assignments.c.reported_at)
    found = (read(row, today) for row in unit.conn.execute(query))
    return [one for one in found if not one.waits_for_head]


def without_date(kinds: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of open assignments without a due date whose deadline is of one of these kinds."""
    return (
        matters.c.due_on.is_(None),
        assignments.c.state.not_in(FINAL),
        assignments.c.deadline["kind"].as_string().in_(kinds),
    )


def undated(unit: Unit, kinds: Collection[str], today: date, *, agency_id: int | None = None) -> list[Work]:
    """Return open assignments without a due date of these kinds, of one agency where given."""
    query = WORKS.where(*without_date(kinds)).order_by(assignments.c.id)
    if agency_id is not None:
        query = query.where(assignments.c.agency_id == agency_id)
    return [read(row, today) for row in unit.conn.execute(query)]


def coordinated(unit: Unit, agency_ids: Collection[int], today: date) -> list[Work]:
    """Return what others lead and still have open of the tasks to which these agencies contribute, by date."""
    contributes = select(task_agencies.c.task_id).where(
        task_agencies.c.agency_id.in_(agency_ids), task_agencies.c.part == "coordinating"
    )
    query = WORKS.where(
        assignments.c.task_id.in_(contributes),
        assignments.c.agency_id.not_in(agency_ids),
        assignments.c.state.not_in(FINAL),
    )
    return sorted((read(row, today) for row in unit.conn.execute(query)), key=order)
