"""Imported tables of other systems: the set in force for a series and a period, and its rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from storage.database import Unit
from storage.schema import agencies, figure_rows, figure_sets
from storage.types import AnyRow


def in_force(unit: Unit, series: str, period: str) -> AnyRow | None:
    """Return the set that holds for a series and a period."""
    query = select(figure_sets).where(
        figure_sets.c.series == series, figure_sets.c.period == period, figure_sets.c.superseded_at.is_(None)
    )
    return unit.conn.execute(query.order_by(figure_sets.c.id.desc()).limit(1)).first()


def get(unit: Unit, set_id: int) -> AnyRow | None:
    """Return one set."""
    return unit.conn.execute(select(figure_sets).where(figure_sets.c.id == set_id)).first()


def supersede(unit: Unit, series: str, period: str, now: datetime) -> None:
    """Let the sets of a series and a period hold no longer; they stay where they are."""
    unit.conn.execute(
        update(figure_sets)
        .where(figure_sets.c.series == series, figure_sets.c.period == period, figure_sets.c.superseded_at.is_(None))
        .values(superseded_at=now)
    )


def add(
    unit: Unit,
    series: str,
    period: str,
    file_name: str,
    digest: str,
    rows: Sequence[dict[str, Any]],
    now: datetime,
    *,
    person_id: int | None,
) -> int:
    """Write a set with its rows (agency_id, label, values) in their order; return its id."""
    values = {
        "series": series,
        "period": period,
        "file_name": file_name,
        "digest": digest,
        "person_id": person_id,
        "at": now,
    }
    set_id = int(unit.conn.execute(insert(figure_sets).values(values).returning(figure_sets.c.id)).scalar_one())
    if rows:
        unit.conn.execute(
            insert(figure_rows), [{**row, "set_id": set_id, "position": at} for at, row in enumerate(rows, 1)]
        )
    return set_id


def rows_of(unit: Unit, set_id: int) -> Sequence[AnyRow]:
    """Return the rows of a set (agency_id, agency, label, values) in their order."""
    query = (
        select(
            figure_rows.c.agency_id,
            agencies.c.name.label("agency"),
            figure_rows.c.label,
            figure_rows.c["values"].label("figures"),
        )
        .outerjoin(agencies, agencies.c.id == figure_rows.c.agency_id)
        .where(figure_rows.c.set_id == set_id)
        .order_by(figure_rows.c.position)
    )
    return unit.conn.execute(query).all()


def listed(unit: Unit) -> Sequence[AnyRow]:
    """Return the sets in force with their number of rows, the newest first."""
    query = (
        select(
            figure_sets.c.id,
            figure_sets.c.series,
            figure_sets.c.period,
            figure_sets.c.file_name,
            figure_sets.c.at,
            func.count(figure_rows.c.id).label("rows"),
        )
        .outerjoin(figure_rows, figure_rows.c.set_id == figure_sets.c.id)
        .where(figure_sets.c.superseded_at.is_(None))
        .group_by(figure_sets.c.id)
        .order_by(figure_sets.c.id.desc())
    )
    return unit.conn.execute(query).all()
