"""What is unfinished of a plan when its year ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select

from domain.assignments import State
from domain.closing import Group, ends_with_the_year, group_of
from storage.database import Unit
from storage.schema import assignments, plans, tasks
from storage.types import AnyRow
from storage.views.work import Work, by_ids


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One assignment that is not final, and how it stands."""

    work: Work
    group: Group

    @property
    def ends_with_the_year(self) -> bool:
        """Whether it ends with the plan unless somebody carries it on."""
        return self.group is Group.UNDATED and ends_with_the_year(self.work.deadline["kind"], self.work.due_on)


def unfinished(unit: Unit, plan_id: int, today: date) -> list[Unfinished]:
    """Return what is not final of a plan: overdue first, then ahead, reported, undated; each by date and code."""
    final = [state.value for state in State if state.is_final]
    query = (
        select(assignments.c.id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(tasks.c.plan_id == plan_id, assignments.c.state.not_in(final))
    )
    works = by_ids(unit, unit.conn.execute(query).scalars().all(), today).values()
    found = [Unfinished(one, group_of(one.state, one.due_on, today)) for one in works]
    return sorted(found, key=lambda one: (_ORDER[one.group], one.work.due_on or date.max, one.work.id))


_ORDER = {group: at for at, group in enumerate(Group)}


def by_group(found: Sequence[Unfinished]) -> list[tuple[str, list[Work]]]:
    """Return the works of each group by its label, in the order of `unfinished`."""
    return [(group.label, [one.work for one in these]) for group, these in groupby(found, lambda one: one.group)]


def plan(unit: Unit, plan_id: int) -> AnyRow | None:
    """Return a plan's row."""
    return unit.conn.execute(select(plans).where(plans.c.id == plan_id)).first()
