"""What a progress report is counted from: assignments with their dates as they stood on a day, in few statements."""

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from domain.assignments import State
from domain.closing import ENDED
from domain.local import VIETNAM, short_day, today
from domain.periods import Period
from domain.reports.counting import Ending, Entry
from domain.reports.progress import Facts, Progress, made
from domain.reports.rows import About, AgencyAbout, Extension, TaskAbout
from storage import calendars
from storage.database import Unit
from storage.schema import (
    agencies,
    assignments,
    comments,
    due_versions,
    extensions,
    matters,
    plans,
    task_versions,
    tasks,
)
from storage.types import AnyRow, AnySelect
from storage.views.standing import OFFICIAL

_AGREED = "extended"
"""The reason of a date to which the office agreed."""


def of_period(unit: Unit, period: Period, day: date, *, plan_id: int | None = None) -> Progress:
    """Return the progress report of a period as things stood at the end of a day, of one plan where it is named."""
    until = datetime.combine(day + timedelta(days=1), time(), VIETNAM)
    where = _where(period, plan_id, until)
    dates = _dates(unit, where, until)
    endings = _endings(unit, where)
    entries, products = [], {}
    for row in unit.conn.execute(_ENTRIES.where(*where)):
        entries.append(_entry(row, dates.get(row.id), endings.get(row.id, ("", ""))[0]))
        products[row.id] = (row.code, row.product)
    about = _about(unit, where, until, products, {one: text for one, (_, text) in endings.items()})
    facts = Facts(entries, about, _agencies(unit), _tasks(unit, plan_id), _cited(unit, plan_id))
    return made(facts, period, day, calendars.in_force(unit))


def _where(period: Period, plan_id: int | None, until: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions of what can count in the period, the one before or the one behind it, or is left over."""
    near = matters.c.due_on.between(min(period.before.start, period.start), period.after.end)
    unsettled = or_(matters.c.closed_at.is_(None), matters.c.closed_at >= until)
    left = and_(matters.c.due_on < period.start, unsettled)
    kept: list[ColumnElement[bool]] = [or_(near, left, matters.c.due_on.is_(None), matters.c.due_version > 1)]
    return kept if plan_id is None else [*kept, tasks.c.plan_id == plan_id]


_ENTRIES: AnySelect = (
    select(
        assignments.c.id,
        assignments.c.code,
        assignments.c.task_id,
        assignments.c.agency_id,
        assignments.c.state,
        assignments.c.product,
        assignments.c.issued_at,
        assignments.c.reported_at,
        assignments.c.confirmed_at,
        assignments.c.completed_on,
        matters.c.due_on,
        matters.c.closed_at,
        plans.c.date.label("plan_date"),
        plans.c.issued_at.label("plan_issued_at"),
    )
    .join(matters, matters.c.id == assignments.c.id)
    .join(tasks, tasks.c.id == assignments.c.task_id)
    .join(plans, plans.c.id == tasks.c.plan_id)
    .order_by(assignments.c.id)
)


def _entry(row: AnyRow, dates: tuple[date | None, date | None, bool] | None, said: str) -> Entry:
    due_on, original_on, extended = dates or (row.due_on, row.due_on, False)
    state = State(row.state)
    clicked = row.reported_at or row.confirmed_at or (row.issued_at if state is State.CONFIRMED else None)
    ended = state is State.CANCELLED
    return Entry(
        row.code,
        row.task_id,
        row.agency_id,
        state,
        _begun_on(row),
        due_on,
        original_on,
        row.completed_on,
        today(clicked) if clicked else None,
        today(row.closed_at or row.issued_at) if ended else None,
        _ending(said, due_on) if ended else None,
        extended,
    )


def _begun_on(row: AnyRow) -> date:
    """Return from when on it counts: what was given later than its plan (to another agency, anew) from that day."""
    issued_on = today(row.issued_at)
    later = row.plan_issued_at is not None and issued_on > today(row.plan_issued_at)
    return issued_on if later else min(issued_on, row.plan_date or issued_on)


def _ending(kind: str, due_on: date | None) -> Ending:
    if kind == _MOVED:
        return Ending.MOVED
    return Ending.WITH_THE_YEAR if kind == ENDED and due_on is None else Ending.CANCELLED


_MOVED = "moved"


def _dates(
    unit: Unit, where: Iterable[ColumnElement[bool]], until: datetime
) -> dict[int, tuple[date | None, date | None, bool]]:
    """Return (date in force, the plan's own date, whether it was extended), of those whose date ever moved."""
    query = (
        select(due_versions.c.matter_id, due_versions.c.number, due_versions.c.due_on, due_versions.c.reason)
        .join(matters, matters.c.id == due_versions.c.matter_id)
        .join(assignments, assignments.c.id == matters.c.id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(*where, matters.c.due_version > 1, or_(due_versions.c.number == 1, due_versions.c.at < until))
        .order_by(due_versions.c.matter_id, due_versions.c.number)
    )
    found: dict[int, tuple[date | None, date | None, bool]] = {}
    for row in unit.conn.execute(query):
        was, original, extended = found.get(row.matter_id, (None, None, False))
        derived = row.reason in OFFICIAL or (row.reason == "calendar" and was == original)
        found[row.matter_id] = (row.due_on, row.due_on if derived else original, extended or row.reason == _AGREED)
    return found


def _endings(unit: Unit, where: Iterable[ColumnElement[bool]]) -> dict[int, tuple[str, str]]:
    """Return the kind of ending and the reason of what was cancelled, as it was said."""
    query = (
        select(comments.c.matter_id, comments.c.kind, comments.c.text)
        .join(assignments, assignments.c.id == comments.c.matter_id)
        .join(matters, matters.c.id == assignments.c.id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(*where, assignments.c.state == State.CANCELLED.value)
        .where(comments.c.kind.in_([ENDED, "cancelled", "reassigned", "succeeded"]))
        .order_by(comments.c.id)
    )
    found: dict[int, tuple[str, str]] = {}
    for row in unit.conn.execute(query):
        moved = (row.kind, row.text[:_WORD]) in _ELSEWHERE
        if moved or row.kind in {ENDED, "cancelled"}:
            found[row.matter_id] = (_MOVED if moved else row.kind, row.text)
    return found


_WORD = 4
_ELSEWHERE = {("reassigned", "giao"), ("succeeded", "nhập")}
"""How the words begin by which an assignment went to another agency, or became part of another one."""


def _about(
    unit: Unit,
    where: Iterable[ColumnElement[bool]],
    until: datetime,
    products: dict[int, tuple[str, str]],
    ended: dict[int, str],
) -> dict[str, About]:
    """Return what is told of each assignment, by its code."""
    conditions = list(where)
    said = _said(unit, conditions, until)
    agreed, asked = _extensions(unit, conditions, until)
    return {
        code: About(
            product,
            said.get((one, "obstacle"), ""),
            said.get((one, "obstacle")) or asked.get(one) or said.get((one, "progress"), ""),
            ended.get(one, ""),
            agreed.get(one),
        )
        for one, (code, product) in products.items()
    }


def _said(unit: Unit, where: Iterable[ColumnElement[bool]], until: datetime) -> dict[tuple[int, str], str]:
    query = (
        select(comments.c.matter_id, comments.c.kind, comments.c.text)
        .join(assignments, assignments.c.id == comments.c.matter_id)
        .join(matters, matters.c.id == assignments.c.id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(*where, comments.c.kind.in_(["obstacle", "progress"]), comments.c.at < until)
        .order_by(comments.c.id)
    )
    return {(row.matter_id, row.kind): row.text for row in unit.conn.execute(query)}


def _extensions(
    unit: Unit, where: Iterable[ColumnElement[bool]], until: datetime
) -> tuple[dict[int, Extension], dict[int, str]]:
    """Return the last later date that was agreed to, and the reason of the last request, by assignment."""
    query = (
        select(extensions)
        .join(assignments, assignments.c.id == extensions.c.assignment_id)
        .join(matters, matters.c.id == assignments.c.id)
        .join(tasks, tasks.c.id == assignments.c.task_id)
        .where(*where, extensions.c.asked_at < until)
        .order_by(extensions.c.id)
    )
    agreed, asked = dict[int, Extension](), dict[int, str]()
    for row in unit.conn.execute(query):
        asked[row.assignment_id] = row.reason
        if row.granted_until is not None and row.decided_at < until:
            agreed[row.assignment_id] = Extension(row.granted_until, row.reason, row.basis or "")
    return agreed, asked


def _agencies(unit: Unit) -> list[AgencyAbout]:
    query = select(agencies.c.id, agencies.c.code, agencies.c.name, agencies.c.level, agencies.c.relation)
    return [AgencyAbout(*row) for row in unit.conn.execute(query.order_by(agencies.c.id))]


_NEWEST = select(func.max(task_versions.c.id).label("id")).group_by(task_versions.c.task_id).subquery("newest_wordings")


def _tasks(unit: Unit, plan_id: int | None) -> list[TaskAbout]:
    """Return the tasks by their newest wording, in the order of the plans' rows."""
    query: AnySelect = (
        select(
            tasks.c.id,
            cast(task_versions.c.section, Text).label("section"),
            cast(task_versions.c.coordinating, Text).label("coordinating"),
            task_versions.c.appendix,
            task_versions.c.content,
            plans.c.kind,
            plans.c.number,
            plans.c.date,
            plans.c.oral,
        )
        .join(_NEWEST, _NEWEST.c.id == task_versions.c.id)
        .join(tasks, tasks.c.id == task_versions.c.task_id)
        .join(plans, plans.c.id == tasks.c.plan_id)
        .order_by(plans.c.id, tasks.c.position)
    )
    rows = unit.conn.execute(query if plan_id is None else query.where(tasks.c.plan_id == plan_id))
    return [
        TaskAbout(row.id, cited(row), _section(row), row.content, tuple(json.loads(row.coordinating))) for row in rows
    ]


def _section(row: AnyRow) -> tuple[str, ...]:
    section: list[Any] = json.loads(row.section)
    return tuple(section) or ((row.appendix,) if row.appendix else ())


def cited(plan: AnyRow) -> str:
    """Return how a plan is cited: "Kế hoạch số 24/KH-UBND ngày 29/01/2026"; what was given orally says so."""
    if plan.oral and not plan.number:
        return "Nhiệm vụ giao miệng"
    number = f" số {plan.number}" if plan.number else ""
    return f"{plan.kind or 'Văn bản'}{number}{f' ngày {short_day(plan.date)}' if plan.date else ''}"


def _cited(unit: Unit, plan_id: int | None) -> str:
    if plan_id is None:
        return ""
    query = select(plans.c.kind, plans.c.number, plans.c.date, plans.c.oral).where(plans.c.id == plan_id)
    return cited(unit.conn.execute(query).one())
