"""What is due when: counts by day of a span, and the assignments of one day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from domain.assignments import State, is_late
from storage.database import Unit
from storage.schema import assignments, matters
from storage.views.reach import Reach
from storage.views.work import WORKS, Work, order, read


@dataclass(slots=True)
class DueDay:
    """How many assignments are due on a day, and how they stand."""

    total: int = 0
    done: int = 0
    """Reported or confirmed."""
    late: int = 0


def by_day(unit: Unit, first: date, last: date, today: date, reach: Reach) -> Mapping[date, DueDay]:
    """Return what is due from the first to the last day, as far as somebody sees."""
    query = (
        select(assignments.c.id, assignments.c.agency_id, matters.c.due_on, assignments.c.state)
        .join(assignments, assignments.c.id == matters.c.id)
        .where(matters.c.due_on.between(first, last), assignments.c.state != State.CANCELLED.value)
    )
    found: dict[date, DueDay] = {}
    for row in unit.conn.execute(query):
        if reach.has(row.id, row.agency_id):
            state, one = State(row.state), found.setdefault(row.due_on, DueDay())
            one.total += 1
            one.done += state.is_done_by_agency
            one.late += is_late(row.due_on, state, today)
    return found


def on_day(unit: Unit, day: date, today: date, reach: Reach) -> list[Work]:
    """Return the assignments that are due on a day, what is late first, as far as somebody sees."""
    query = WORKS.where(matters.c.due_on == day, assignments.c.state != State.CANCELLED.value)
    return sorted(reach.of(read(row, today) for row in unit.conn.execute(query)), key=order)
