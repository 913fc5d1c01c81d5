"""What the office's pages ask about cases besides lists and cards: a leader's agencies, counts, who would be told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import case, func, select

from domain.cases.lifecycle import OPEN, State
from domain.following import About
from domain.people import Viewer
from storage.cases import rows
from storage.database import Unit
from storage.schema import agencies, case_tellings, cases, matters, notices, people
from storage.types import AnyRow
from storage.views import portfolios
from storage.views.cases import cards, lists
from storage.views.cases.lists import Wanted

MOST_COUNTED = 10_000
"""What has ended is counted so far and no further."""


def portfolio(unit: Unit, viewer: Viewer) -> frozenset[int] | None:
    """Return the agencies of which a leader sees cases, None for somebody who sees those of all."""
    if viewer.coordinates or not viewer.leads:
        return None
    followed = portfolios.of_leader(unit, viewer.person_id)
    if not followed:
        return None
    found = unit.conn.execute(select(agencies.c.id, agencies.c.level)).all()
    theirs = {one.id for one in found if any(each.covers(About(one.id, one.level)) for each in followed)}
    return frozenset(theirs) | viewer.own_agencies


def seen(unit: Unit, viewer: Viewer, code: str) -> AnyRow | None:
    """Return a case's whole row, by its code or its number, where somebody may open its page; else None."""
    row = rows.get(unit, int(code)) if code.isdigit() else rows.by_code(unit, code)
    if row is None or cards.whole(unit, viewer, row.id) is None:
        return None
    theirs = portfolio(unit, viewer)
    return row if theirs is None or row.agency_id in theirs else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many open cases stand in a state, and of them how many are past their date or due soon."""

    state: State
    count: int
    late: int
    soon: int


def standing(unit: Unit, viewer: Viewer, wanted: Wanted, day: date, soon: date) -> list[Standing]:
    """Return the open cases of a list by state; `soon` is the last day that counts as soon."""
    opened = replace(wanted, states=OPEN, late_on=None, due=None, spam=False)
    late = case((matters.c.due_on < day, 1), else_=0)
    near = case((matters.c.due_on.between(day, soon), 1), else_=0)
    query = (
        select(cases.c.state, func.count().label("n"), func.sum(late).label("late"), func.sum(near).label("soon"))
        .join(matters, matters.c.id == cases.c.id)
        .where(*lists.conditions(unit, viewer, opened))
        .group_by(cases.c.state)
    )
    return [Standing(State(row.state), row.n, int(row.late), int(row.soon)) for row in unit.conn.execute(query)]


def ended(unit: Unit, viewer: Viewer, wanted: Wanted, groups: Sequence[Collection[State]]) -> list[int]:
    """Return how many cases of a list stand in each group of states; `MOST_COUNTED` + 1 for more than that."""
    counts = []
    for states in groups:
        asked = replace(wanted, states=states, late_on=None, due=None, spam=False)
        some = select(cases.c.id).join(matters, matters.c.id == cases.c.id)
        some = some.where(*lists.conditions(unit, viewer, asked)).limit(MOST_COUNTED + 1)
        counts.append(select(func.count()).select_from(some.subquery()).scalar_subquery())
    return [int(one) for one in unit.conn.execute(select(*counts)).one()]


def agency_names(unit: Unit, agency_ids: Collection[int | None]) -> dict[int | None, str]:
    """Return the names of agencies by id."""
    query = select(agencies.c.id, agencies.c.name).where(agencies.c.id.in_({one for one in agency_ids if one}))
    return {row.id: row.name for row in unit.conn.execute(query)}


_LATEST = 2000


def fields(unit: Unit) -> list[str]:
    """Return the fields under which the latest cases were classified."""
    latest = select(cases.c.field).order_by(cases.c.id.desc()).limit(_LATEST).subquery()
    return sorted(unit.conn.execute(select(latest.c.field).where(latest.c.field != "").distinct()).scalars())


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the notices and the tellings have come at one moment of a unit."""

    notice: int
    telling: int


def mark(unit: Unit) -> Mark:
    """Return how far the notices and the tellings have come."""
    query = select(
        select(func.max(notices.c.id)).scalar_subquery(), select(func.max(case_tellings.c.id)).scalar_subquery()
    )
    notice, telling = unit.conn.execute(query).one()
    return Mark(notice or 0, telling or 0)


def heard_since(unit: Unit, case_id: int, since: Mark) -> list[str]:
    """Return who is told of a case by notices later than the mark, by name with the agency, in order."""
    query = (
        select(people.c.name, agencies.c.name.label("agency"))
        .select_from(notices)
        .join(people, people.c.id == notices.c.person_id)
        .outerjoin(agencies, agencies.c.id == notices.c.agency_id)
        .where(notices.c.id > since.notice, notices.c.matter_id == case_id)
        .order_by(notices.c.id)
    )
    found = (f"{row.name} ({row.agency})" if row.agency else row.name for row in unit.conn.execute(query))
    return list(dict.fromkeys(found))


def told_since(unit: Unit, since: Mark) -> Sequence[AnyRow]:
    """Return what senders are to be told later than the mark (case_tellings)."""
    query = select(case_tellings).where(case_tellings.c.id > since.telling).order_by(case_tellings.c.id)
    return unit.conn.execute(query).all()
