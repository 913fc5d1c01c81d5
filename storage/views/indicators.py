"""Indicators with their values: of a task, of an agency, of a year or a period, and what misses its figure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from domain.assignments import State
from domain.indicators import Goal, Measured, Verdict, contradiction, latest
from domain.periods import Period
from storage import indicators as rows
from storage import successions
from storage.database import Unit
from storage.schema import agencies, assignments, people
from storage.types import AnyRow
from storage.views.indicator_rows import MISSED_TARGET, WHOLE, Given, MissedTask, Owed, Standing

__all__ = [
    "MISSED_TARGET",
    "Given",
    "MissedTask",
    "Owed",
    "Standing",
    "contradictions",
    "history",
    "missed",
    "missed_ids",
    "names",
    "of_task",
    "one",
    "owed_by",
    "suggested",
    "table",
    "value_at",
    "years",
]

DONE = (State.REPORTED.value, State.CONFIRMED.value)
"""States of an assignment that its agency is done with."""


def table(unit: Unit, at: int | Period, *, plan_id: int | None = None) -> list[Standing]:
    """Return the indicators of a year, each agency with the latest value, or of a period, with that period's values."""
    period = None if isinstance(at, int) else at
    year = at if isinstance(at, int) else at.year
    return _standings(unit, rows.standing(unit, year=year, plan_id=plan_id), period)


def of_task(unit: Unit, task_id: int, agency_id: int | None = None) -> list[Standing]:
    """Return the indicators that stand in a task's words with their latest values, of one agency where it is named."""
    found = _standings(unit, rows.standing(unit, task_ids=[task_id]), None)
    return (
        found if agency_id is None else [one for one in found if agency_id in {each.agency_id for each in one.agencies}]
    )


def one(unit: Unit, indicator_id: int, period: Period | None = None) -> Standing | None:
    """Return one indicator that is in force."""
    row = rows.get(unit, indicator_id)
    if row is None or row.ended_at is not None or row.state != rows.IN_FORCE:
        return None
    found = [each for each in rows.standing(unit, year=row.year) if each.id == indicator_id]
    return next(iter(_standings(unit, found, period)), None)


def owed_by(unit: Unit, agency_ids: Collection[int], year: int) -> list[Standing]:
    """Return the indicators of a year of which one of these agencies owes values."""
    return [each for each in table(unit, year) if any(owed.agency_id in agency_ids for owed in each.agencies)]


def suggested(unit: Unit) -> list[Standing]:
    """Return the figures found in tasks' words that a coordinator has not decided on."""
    return _standings(unit, rows.standing(unit, state=rows.SUGGESTED), None)


def years(unit: Unit) -> list[int]:
    """Return the years that have indicators in force, the newest first."""
    return sorted({row.year for row in rows.standing(unit)}, reverse=True)


def missed(unit: Unit, *, agency_ids: Collection[int] | None = None, plan_id: int | None = None) -> list[MissedTask]:
    """Return done assignments ("hoàn thành, chưa đạt chỉ tiêu") whose agency's latest figure misses, by code."""
    standing = [row for row in rows.standing(unit, plan_id=plan_id) if row.task_id is not None]
    short = {
        (found.task_id, owed.agency_id): (found, owed)
        for found in reversed(_standings(unit, standing, None))
        for owed in found.agencies
        if owed.verdict is Verdict.MISSED
    }
    if not short:
        return []
    query = (
        select(assignments.c.id, assignments.c.code, assignments.c.task_id, assignments.c.agency_id)
        .where(assignments.c.task_id.in_({task_id for task_id, _ in short}), assignments.c.state.in_(DONE))
        .order_by(assignments.c.id)
    )
    return [
        MissedTask(row.id, row.code, found.title, row.agency_id, owed.agency, found, owed)
        for row in unit.conn.execute(query)
        if (agency_ids is None or row.agency_id in agency_ids) and (row.task_id, row.agency_id) in short
        for found, owed in [short[row.task_id, row.agency_id]]
    ]


def missed_ids(unit: Unit) -> frozenset[int]:
    """Return the ids of done assignments whose figure misses its target."""
    return frozenset(each.assignment_id for each in missed(unit))


def history(unit: Unit, indicator_id: int, agency_id: int | None) -> list[tuple[Given, bool]]:
    """Return every value of an agency at an indicator, newest first, and whether it still stands."""
    names = {row.id: row.name for row in unit.conn.execute(select(people.c.id, people.c.name))}
    return [
        (_given(row, names.get(row.person_id, "")), row.superseded_at is None)
        for row in reversed(rows.values_of(unit, [indicator_id], superseded=True))
        if row.agency_id == agency_id
    ]


def value_at(unit: Unit, indicator_id: int, agency_id: int | None, period: Period) -> Measured | None:
    """Return the value that stands for an agency in a period."""
    given = _values(unit, [indicator_id]).get((indicator_id, agency_id), {}).get(period.code)
    return given.measured if given else None


def names(unit: Unit, agency_ids: Sequence[int]) -> list[str]:
    """Return the names of agencies, in the order of their ids as given."""
    found = {row.id: row.name for row in unit.conn.execute(select(agencies.c.id, agencies.c.name))}
    return [found[one] for one in agency_ids if one in found]


def contradictions(found: Sequence[Standing]) -> list[tuple[Standing, str]]:
    """Return what contradicts between a figure and its parts ("trong đó"), agency by agency and period by period."""
    by_id = {each.id: each for each in found}
    wrong: list[tuple[Standing, str]] = []
    for child in found:
        parent = by_id.get(child.parent_id or 0)
        if parent is None:
            continue
        above = {owed.agency_id: owed.given for owed in parent.agencies if owed.given}
        for owed in child.agencies:
            given, over = owed.given, above.get(owed.agency_id)
            if given is None or over is None or given.period != over.period:
                continue
            if said := contradiction(over.measured, given.measured):
                wrong.append((child, f"{owed.agency}, {given.period.label}: {said}"))
    return wrong


def _standings(unit: Unit, found: Iterable[AnyRow], period: Period | None) -> list[Standing]:
    found = list(found)
    values = _values(unit, [row.id for row in found])
    named = {row.id: row for row in unit.conn.execute(select(agencies.c.id, agencies.c.code, agencies.c.name))}
    heirs = successions.heirs(unit)
    return [_standing(row, values, named, rows.holders(heirs, row.agencies), period) for row in found]


_Values = dict[tuple[int, int | None], dict[str, Given]]


def _values(unit: Unit, ids: Collection[int]) -> _Values:
    """Return by indicator and agency the values that stand, by period."""
    found: _Values = {}
    for row in rows.values_of(unit, ids):
        found.setdefault((row.indicator_id, row.agency_id), {})[row.period] = _given(row)
    return found


def _given(row: AnyRow, person: str = "") -> Given:
    measured = Measured(_decimal(row.value), _decimal(row.part), _decimal(row.whole))
    return Given(Period.read(row.period), measured, row.source, row.at, person)


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _standing(
    row: AnyRow, values: _Values, named: Mapping[int, AnyRow], owing: list[int], period: Period | None
) -> Standing:
    goal = Goal(row.operator, Decimal(row.target), row.unit, row.content)

    def owed(agency_id: int | None) -> Owed:
        known = values.get((row.id, agency_id), {})
        at = period.code if period else latest(list(known)) if known else ""
        given = known.get(at)
        before = known.get(given.period.before.code) if given else None
        agency = named.get(agency_id or 0)
        return Owed(agency_id, agency.name if agency else WHOLE, agency.code if agency else "", given, before, goal)

    return Standing(
        id=row.id,
        year=row.year,
        number=row.number or "",
        content=row.content,
        scope=dict(row.scope),
        goal=goal,
        parent_id=row.parent_id,
        plan_id=row.plan_id,
        plan_number=row.plan_number or "",
        task_id=row.task_id,
        agencies=tuple(owed(agency_id) for agency_id in owing),
        whole=owed(None) if (row.id, None) in values or not owing else None,
    )
