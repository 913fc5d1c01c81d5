"""How the whole work stands: by agency, by task, by date; one count for chat, pages and papers."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select

from domain.assignments import Standing, State
from domain.assignments import standing as standing_on
from domain.lateness import Lateness
from domain.overview import Column, Tally, column, tally
from domain.urging import rank
from storage.database import Unit
from storage.schema import agencies, assignments, matters
from storage.views import standing, work, worklists
from storage.views.work import WORKS, Work, read

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Picture:
    """Every assignment that was not cancelled, whose delay each is, and the count of all."""

    works: tuple[Work, ...]
    stands: Mapping[int, Lateness | None]
    total: Tally


@dataclass(frozen=True, slots=True)
class Row:
    """A group of assignments with its count: one agency's, one task's, those of one day."""

    works: tuple[Work, ...]
    tally: Tally

    @property
    def first(self) -> Work:
        """The assignment that stands for the group."""
        return self.works[0]


def picture(unit: Unit, today: date, *, agency_id: int | None = None, owed: bool = False) -> Picture:
    """Return how everything stands, or what one agency has, or with `owed` what agencies still owe."""
    left_out = [one.value for one in State if one is State.CANCELLED or (owed and one.is_done_by_agency)]
    query = WORKS.where(assignments.c.state.not_in(left_out)).order_by(assignments.c.id)
    if agency_id is not None:
        query = query.where(assignments.c.agency_id == agency_id)
    works = tuple(read(row, today) for row in unit.conn.execute(query))
    stands = standing.of(unit, works, today)
    return Picture(works, stands, tally(works, stands))


@dataclass(frozen=True, slots=True)
class _Alike:
    """Assignments in one state with one date, which are counted alike."""

    id: int
    state: State
    due_on: date | None
    standing: Standing


def total(unit: Unit, today: date) -> Tally:
    """Return the count of everything; only what is past its date is read one by one."""
    query = select(assignments.c.state, matters.c.due_on, func.count().label("n")).join(
        matters, matters.c.id == assignments.c.id
    )
    counts = Counter[Column]()
    for row in unit.conn.execute(query.group_by(assignments.c.state, matters.c.due_on)):
        state = State(row.state)
        where = column(_Alike(0, state, row.due_on, standing_on(row.due_on, state, today)))
        if where is not None:
            counts[where] += row.n
    late = worklists.late(unit, today)
    past = tally(late, standing.of(unit, late, today))
    return Tally(counts.total(), {one: counts[one] for one in Column}, past.apart, past.longest_days)


def _grouped(seen: Picture, key: Callable[[Work], K], among: Sequence[Work] | None = None) -> dict[K, Row]:
    found: dict[K, list[Work]] = {}
    for one in seen.works if among is None else among:
        found.setdefault(key(one), []).append(one)
    return {group: Row(tuple(works), tally(works, seen.stands)) for group, works in found.items()}


def _worst(row: Row) -> tuple[int, int, int, str]:
    return -row.tally.past, -row.tally.longest_days, -row.tally.soon, row.first.agency


def by_agency(seen: Picture) -> list[Row]:
    """Return one row an agency, the worst first."""
    return sorted(_grouped(seen, lambda one: one.agency_id).values(), key=_worst)


def by_task(seen: Picture) -> list[Row]:
    """Return one row a task and period, the worst first, then by date."""
    rows = _grouped(seen, lambda one: (one.task_id, one.period)).values()
    return sorted(rows, key=lambda row: (*_worst(row)[:2], row.first.due_on or date.max, row.first.id))


def by_day(seen: Picture) -> list[tuple[date, Row]]:
    """Return what agencies still owe by its last day on time, the earliest first."""
    owed = [one for one in seen.works if one.due_on is not None and not one.state.is_done_by_agency]
    return sorted(_grouped(seen, lambda one: one.due_on or date.max, owed).items())


def task_of(unit: Unit, assignment_id: int, today: date) -> Row | None:
    """Return all agencies' assignments of the same task and period, None where there is no such assignment."""
    one = work.by_ids(unit, [assignment_id], today).get(assignment_id)
    if one is None:
        return None
    alike = work.of_task(unit, one.task_id, today)
    works = [each for each in alike if each.period == one.period and each.state is not State.CANCELLED]
    if not works:
        return None
    return Row(tuple(ranked(unit, works)), tally(works, standing.of(unit, works, today)))


def in_column(row: Row, wanted: str) -> list[Work]:
    """Return those of a group that are confirmed ("sent"), reported ("waits") or still owed ("unsent")."""
    return [one for one in row.works if _PLACES.get(column(one) or Column.UNDATED, "unsent") == wanted]


_PLACES = {Column.CONFIRMED: "sent", Column.REPORTED: "waits"}


def ranked(unit: Unit, works: Sequence[Work]) -> list[Work]:
    """Return assignments in the office's order of agencies: by level, then by name; of one agency the latest first."""
    levels = {row.id: row.level or "" for row in unit.conn.execute(select(agencies.c.id, agencies.c.level))}
    return sorted(works, key=lambda one: (rank(levels.get(one.agency_id, ""), one.agency), work.order(one)))
