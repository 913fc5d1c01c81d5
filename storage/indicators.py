"""Indicators and the values given for them: a correction supersedes what stood, and the history stays."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import indicator_values, indicators, plans, task_agencies, tasks
from storage.types import AnyRow

IN_FORCE = "in_force"
SUGGESTED = "suggested"
DECLINED = "declined"


def add(unit: Unit, values: dict[str, Any]) -> int:
    """Write an indicator and return its id."""
    return int(unit.conn.execute(insert(indicators).values(**values).returning(indicators.c.id)).scalar_one())


def get(unit: Unit, indicator_id: int) -> AnyRow | None:
    """Return an indicator's row."""
    return unit.conn.execute(select(indicators).where(indicators.c.id == indicator_id)).first()


def of_plan(unit: Unit, plan_id: int) -> Sequence[AnyRow]:
    """Return the indicators that a plan set and that have not ended, in their order."""
    query = select(indicators).where(indicators.c.plan_id == plan_id, indicators.c.ended_at.is_(None))
    return unit.conn.execute(query.order_by(indicators.c.id)).all()


def standing(
    unit: Unit,
    *,
    year: int | None = None,
    task_ids: Collection[int] | None = None,
    state: str = IN_FORCE,
    plan_id: int | None = None,
) -> Sequence[AnyRow]:
    """Return indicators that have not ended, in their order, each with its plan's number."""
    query = (
        select(indicators, plans.c.number.label("plan_number"))
        .outerjoin(plans, plans.c.id == indicators.c.plan_id)
        .where(indicators.c.ended_at.is_(None), indicators.c.state == state)
    )
    if year is not None:
        query = query.where(indicators.c.year == year)
    if plan_id is not None:
        query = query.where(indicators.c.plan_id == plan_id)
    if task_ids is not None:
        query = query.where(indicators.c.task_id.in_(list(task_ids)))
    return unit.conn.execute(query.order_by(indicators.c.year, indicators.c.id)).all()


def change(unit: Unit, indicator_id: int, **values: Any) -> None:
    """Change an indicator."""
    unit.conn.execute(update(indicators).where(indicators.c.id == indicator_id).values(**values))


def end(unit: Unit, indicator_ids: Iterable[int], now: datetime) -> None:
    """End indicators; their values stay."""
    unit.conn.execute(update(indicators).where(indicators.c.id.in_(list(indicator_ids))).values(ended_at=now))


def values_of(unit: Unit, indicator_ids: Collection[int], *, superseded: bool = False) -> Sequence[AnyRow]:
    """Return the values of indicators, oldest first; with `superseded` also those that were corrected since."""
    query = select(indicator_values).where(indicator_values.c.indicator_id.in_(list(indicator_ids)))
    if not superseded:
        query = query.where(indicator_values.c.superseded_at.is_(None))
    return unit.conn.execute(query.order_by(indicator_values.c.id)).all()


def put(unit: Unit, indicator_id: int, agency_id: int | None, period: str, now: datetime, **values: Any) -> int:
    """Write a value in the place of the one that stood for that agency and period; return its id."""
    place = (
        indicator_values.c.indicator_id == indicator_id,
        indicator_values.c.agency_id == agency_id if agency_id else indicator_values.c.agency_id.is_(None),
        indicator_values.c.period == period,
        indicator_values.c.superseded_at.is_(None),
    )
    unit.conn.execute(update(indicator_values).where(*place).values(superseded_at=now))
    row = {"indicator_id": indicator_id, "agency_id": agency_id, "period": period, "at": now, **values}
    return int(unit.conn.execute(insert(indicator_values).values(**row).returning(indicator_values.c.id)).scalar_one())


def leads_of(unit: Unit, task_ids: Collection[int]) -> dict[int, list[int]]:
    """Return who leads each task, by the task's id."""
    query = (
        select(task_agencies.c.task_id, task_agencies.c.agency_id)
        .where(task_agencies.c.task_id.in_(list(task_ids)), task_agencies.c.part == "lead")
        .order_by(task_agencies.c.id)
    )
    found: dict[int, list[int]] = {}
    for row in unit.conn.execute(query):
        found.setdefault(row.task_id, []).append(row.agency_id)
    return found


def all_leads(unit: Unit, plan_id: int) -> list[int]:
    """Return every agency that leads a task of a plan, each once, in the order of the plan."""
    query = (
        select(task_agencies.c.agency_id)
        .join(tasks, tasks.c.id == task_agencies.c.task_id)
        .where(tasks.c.plan_id == plan_id, task_agencies.c.part == "lead")
        .order_by(task_agencies.c.id)
    )
    return list(dict.fromkeys(unit.conn.execute(query).scalars()))


def holders(heirs: Mapping[int, int], agency_ids: Iterable[int]) -> list[int]:
    """Return the agencies that stand for these today, each once: themselves, or who took them over."""
    return list(dict.fromkeys(heirs.get(one, one) for one in agency_ids))
