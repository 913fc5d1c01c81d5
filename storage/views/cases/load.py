"""How the register stands now: what is open and overdue by agency, what waits for the office. Counted, never listed."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from domain.case_figures.load import LONG_DAYS, AgencyLoad, Load
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.mornings import Counted, Morning
from domain.workdays import WorkCalendar
from storage.database import Unit
from storage.schema import agencies, case_handlings, cases, matters
from storage.types import AnySelect

_WAITING = (
    ((State.WAITING_RECEPTION, State.CLASSIFYING), "triage", "phản ánh chờ tiếp nhận, phân loại"),
    ((State.RETURN_ASKED,), "returned", "phản ánh cơ quan đề nghị chuyển lại"),
    ((State.REOPENED,), "reopened", "phản ánh lại chờ quyết định"),
)
_AGENCY = func.coalesce(agencies.c.name, "")


def load(unit: Unit, day: date, calendar: WorkCalendar, office: str) -> Load:
    """Return how the register stands on a morning; `office` is the name under which what is not passed on stands."""
    conduct = cases.c.kind == Kind.CONDUCT.value
    late, long = matters.c.due_on < day, matters.c.due_on <= calendar.subtract(day, LONG_DAYS)
    query = _open(
        _AGENCY.label("agency"),
        conduct.label("conduct"),
        func.count().label("open"),
        _many(late).label("late"),
        _many(long).label("long"),
        func.min(matters.c.due_on).label("first"),
    ).group_by(_AGENCY, conduct)
    rows = unit.conn.execute(query).all()
    lines = [
        AgencyLoad(row.agency or office, row.open, int(row.late), int(row.long), (day - row.first).days)
        for row in rows
        if row.late and not row.conduct
    ]
    own = [row for row in rows if row.conduct]
    return Load(
        _new(unit, calendar.subtract(day, 1)),
        sum(row.open for row in rows),
        sum(int(row.late) for row in rows),
        sum(row.open for row in own),
        sum(int(row.late) for row in own),
        tuple(sorted(lines, key=lambda one: (-one.late, -one.longest_days, one.agency))),
    )


def waiting(unit: Unit, day: date) -> Morning:
    """Return what of the register waits for the coordinating office, and what is overdue, as a line of its morning."""
    states = [_many(cases.c.state.in_([one.value for one in each])).label(name) for each, name, _ in _WAITING]
    row = unit.conn.execute(_open(*states, _many(matters.c.due_on < day).label("late"))).one()
    counts = [Counted(f"cases_{name}", label, int(getattr(row, name))) for _, name, label in _WAITING]
    return Morning("phản ánh, kiến nghị", (*counts, Counted("cases_late", "phản ánh quá hạn", int(row.late))))


def _open(*columns: ColumnElement[Any]) -> AnySelect:
    """Return a question over what is open: by the index of handlings, whatever the register holds."""
    return (
        select(*columns)
        .select_from(case_handlings)
        .join(cases, cases.c.id == case_handlings.c.case_id)
        .join(matters, matters.c.id == case_handlings.c.case_id)
        .outerjoin(agencies, agencies.c.id == cases.c.agency_id)
        .where(case_handlings.c.ended_on.is_(None), cases.c.spam_at.is_(None))
    )


def _many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((which, 1), else_=0)), 0)


def _new(unit: Unit, since: date) -> int:
    query = select(func.count()).select_from(cases).where(cases.c.received_on >= since, cases.c.spam_at.is_(None))
    return int(unit.conn.execute(query).scalar_one())


def any_case(unit: Unit) -> bool:
    """Whether the register holds anything."""
    return unit.conn.execute(select(cases.c.id).limit(1)).first() is not None
