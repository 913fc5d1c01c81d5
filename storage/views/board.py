"""The board of a plan: who has which task, and how it stands, in a fixed number of statements however large it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from domain.assignments import State, is_late
from domain.board import Cell, Mark, cell, mark
from domain.errors import NotFound
from domain.rows import row_name
from storage.database import Unit
from storage.schema import agencies, assignments, matters, plans, task_versions, tasks
from storage.types import AnyRow
from storage.views import standing
from storage.views.reach import Reach

PAGE = 40
"""Agencies on one page."""

LEVELS: Mapping[str, str] = {
    "province_department": "Sở, ban, ngành cấp tỉnh",
    "central_agency": "Cơ quan ngành dọc, Trung ương đóng tại tỉnh",
    "press": "Báo, đài",
    "mass_organisation": "Mặt trận, đoàn thể, hội",
    "district_committee": "UBND cấp huyện",
    "commune_committee": "UBND cấp xã",
    "other": "Cơ quan khác",
}
"""The levels of agencies in the order of the board, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Column:
    """One task; `section` is its outermost heading."""

    task_id: int
    name: str
    """"II.4", or its place in the plan where it has no number."""
    section: str
    content: str


@dataclass(frozen=True, slots=True)
class Line:
    """One agency with its cells by task."""

    agency_id: int
    agency: str
    level: str
    cells: Mapping[int, Cell]

    @property
    def late(self) -> int:
        """How many of its tasks are late."""
        return sum(one.mark is Mark.LATE for one in self.cells.values())

    @property
    def done(self) -> int:
        """How many of its tasks are confirmed."""
        return sum(one.mark is Mark.DONE for one in self.cells.values())


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is shown of a board: "" and False narrow nothing; pages begin at 1."""

    level: str = ""
    section: str = ""
    late_only: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Board:
    """A part of a plan's board."""

    plan: AnyRow
    columns: Sequence[Column]
    lines: Sequence[Line]
    """Of this page, by level."""
    total: int
    """Agencies on all pages."""
    page: int
    pages: int
    sections: Sequence[str]
    """Every section of the plan."""
    levels: Sequence[str]
    """Every level that has a task."""
    marks: Mapping[Mark, int]
    """How many cells of all pages bear each mark."""

    @property
    def spans(self) -> list[tuple[str, int]]:
        """The columns' sections, each with the number of its columns."""
        return _runs(one.section for one in self.columns)

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The lines of this page by level, in Vietnamese."""
        found: dict[str, list[Line]] = {}
        for one in self.lines:
            found.setdefault(LEVELS.get(one.level, LEVELS["other"]), []).append(one)
        return list(found.items())


def _runs(names: Iterable[str]) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    for name in names:
        if found and found[-1][0] == name:
            found[-1] = (name, found[-1][1] + 1)
        else:
            found.append((name, 1))
    return found


def of_plan(unit: Unit, plan_id: int, today: date, shown: Narrowed, reach: Reach) -> Board:
    """Return the part of a plan's board that is asked for, as far as somebody sees.

    Raises NotFound where there is no such plan.
    """
    plan = unit.conn.execute(select(plans).where(plans.c.id == plan_id)).first()
    if plan is None:
        raise NotFound("kế hoạch này")
    columns = _columns(unit, plan_id)
    every = _lines(unit, plan_id, today, reach)
    wanted = {one.task_id for one in columns if shown.section in ("", one.section)}
    lines = [_narrow(one, wanted, shown) for one in every if shown.level in ("", one.level)]
    lines = [one for one in lines if one.cells]
    used = {task for one in lines for task in one.cells} if shown.late_only else wanted
    marks: dict[Mark, int] = defaultdict(int)
    for one in (each for line in lines for each in line.cells.values()):
        marks[one.mark] += 1
    pages = max(1, -(-len(lines) // PAGE))
    page = min(max(shown.page, 1), pages)
    return Board(
        plan=plan,
        columns=[one for one in columns if one.task_id in used],
        lines=lines[(page - 1) * PAGE : page * PAGE],
        total=len(lines),
        page=page,
        pages=pages,
        sections=list(dict.fromkeys(one.section for one in columns)),
        levels=[one for one in LEVELS if any(line.level == one for line in every)],
        marks=marks,
    )


def _narrow(line: Line, tasks_wanted: set[int], shown: Narrowed) -> Line:
    cells = {
        task: one
        for task, one in line.cells.items()
        if task in tasks_wanted and (not shown.late_only or one.mark is Mark.LATE)
    }
    return Line(line.agency_id, line.agency, line.level, cells)


def _columns(unit: Unit, plan_id: int) -> list[Column]:
    newest = (
        select(func.max(task_versions.c.id))
        .where(task_versions.c.task_id == tasks.c.id)
        .correlate(tasks)
        .scalar_subquery()
    )
    query = (
        select(tasks.c.id, tasks.c.position, task_versions.c.number, task_versions.c.section, task_versions.c.content)
        .join(task_versions, task_versions.c.id == newest)
        .where(tasks.c.plan_id == plan_id)
        .order_by(tasks.c.position)
    )
    return [
        Column(
            row.id,
            row_name(row.section, row.number) or str(row.position),
            row.section[0] if row.section else "Nhiệm vụ",
            row.content,
        )
        for row in unit.conn.execute(query)
    ]


def _lines(unit: Unit, plan_id: int, today: date, reach: Reach) -> list[Line]:
    """Return every agency of a plan with its cells, by level and then in the order of the directory."""
    query = (
        select(
            assignments.c.id,
            assignments.c.code,
            assignments.c.task_id,
            assignments.c.agency_id,
            assignments.c.state,
            assignments.c.issued_at,
            matters.c.due_on,
            agencies.c.name,
            agencies.c.level,
        )
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .join(matters, matters.c.id == assignments.c.id)
        .join(agencies, agencies.c.id == assignments.c.agency_id)
        .where(tasks.c.plan_id == plan_id, assignments.c.state != State.CANCELLED.value)
        .order_by(agencies.c.id)
    )
    found = [
        _Dated(row.id, State(row.state), row.due_on, row.issued_at, is_late(row.due_on, State(row.state), today), row)
        for row in unit.conn.execute(query)
        if reach.has(row.id, row.agency_id)
    ]
    stands = standing.of(unit, [one for one in found if one.is_late], today)
    cells: dict[int, dict[int, list[tuple[Mark, str, int]]]] = defaultdict(lambda: defaultdict(list))
    named: dict[int, AnyRow] = {}
    for one in found:
        said = mark(one.state, stands.get(one.id))
        if said is not None:
            late_days = (today - one.due_on).days if said is Mark.LATE and one.due_on else 0
            cells[one.row.agency_id][one.row.task_id].append((said, one.row.code, late_days))
            named[one.row.agency_id] = one.row
    order = {level: at for at, level in enumerate(LEVELS)}
    lines = [
        Line(agency, named[agency].name, named[agency].level, {task: cell(each) for task, each in of.items()})
        for agency, of in cells.items()
    ]
    return sorted(lines, key=lambda one: (order.get(one.level, len(order)), one.agency_id))


@dataclass(frozen=True, slots=True)
class _Dated:
    """One assignment as far as its lateness and its cell need it."""

    id: int
    state: State
    due_on: date | None
    issued_at: datetime
    is_late: bool
    row: AnyRow
