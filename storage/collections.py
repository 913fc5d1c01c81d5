"""Forms that units fill in: what is asked of whom, and what each has sent."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import exists, func, insert, literal, select, update

from storage.database import Unit
from storage.schema import agencies, collection_units, collections, contributions, notices
from storage.types import AnyRow

PERIODIC = "periodic"
TASK = "task"


@dataclass(frozen=True, slots=True)
class Given:
    """What one unit sent for one section."""

    agency_id: int
    agency: str
    section: str
    text: str
    rows: tuple[dict[str, Any], ...]
    at: datetime
    version: int


def add(
    unit: Unit,
    kind: str,
    period: str,
    title: str,
    outline: dict[str, Any],
    due_on: date,
    now: datetime,
    *,
    person_id: int | None,
    task_id: int | None = None,
) -> int:
    """Write an open form and return its id."""
    values = {
        "kind": kind,
        "period": period,
        "title": title,
        "outline": outline,
        "due_on": due_on,
        "person_id": person_id,
        "task_id": task_id,
        "opened_at": now,
    }
    return int(unit.conn.execute(insert(collections).values(values).returning(collections.c.id)).scalar_one())


def ask(unit: Unit, collection_id: int, agency_ids: Iterable[int], now: datetime) -> None:
    """Write which units are asked."""
    rows = [{"collection_id": collection_id, "agency_id": one, "asked_at": now} for one in agency_ids]
    if rows:
        unit.conn.execute(insert(collection_units), rows)


def get(unit: Unit, collection_id: int) -> AnyRow | None:
    """Return a form's row."""
    return unit.conn.execute(select(collections).where(collections.c.id == collection_id)).first()


def listed(unit: Unit, *, open_only: bool = False) -> Sequence[AnyRow]:
    """Return the forms, the newest first, each with how many units were asked and have sent."""
    query = (
        select(
            collections.c.id,
            collections.c.kind,
            collections.c.period,
            collections.c.title,
            collections.c.due_on,
            collections.c.closed_at,
            func.count(collection_units.c.id).label("asked"),
            func.count(collection_units.c.sent_at).label("sent"),
        )
        .outerjoin(collection_units, collection_units.c.collection_id == collections.c.id)
        .group_by(collections.c.id)
        .order_by(collections.c.id.desc())
    )
    return unit.conn.execute(query.where(collections.c.closed_at.is_(None)) if open_only else query).all()


def open_like(unit: Unit, kind: str, period: str, task_id: int | None) -> int | None:
    """Return the id of an open form of that kind, period and task."""
    query = select(collections.c.id).where(
        collections.c.kind == kind,
        collections.c.period == period,
        collections.c.closed_at.is_(None),
        collections.c.task_id.is_(None) if task_id is None else collections.c.task_id == task_id,
    )
    return unit.conn.execute(query.limit(1)).scalar()


def newest(unit: Unit, kind: str, period: str) -> AnyRow | None:
    """Return the newest form of a kind for a period."""
    query = select(collections).where(collections.c.kind == kind, collections.c.period == period)
    return unit.conn.execute(query.order_by(collections.c.id.desc()).limit(1)).first()


def units(unit: Unit, collection_id: int) -> Sequence[AnyRow]:
    """Return who was asked (agency_id, agency, code, sent_at), in the order of the directory."""
    query = (
        select(
            collection_units.c.agency_id,
            agencies.c.name.label("agency"),
            agencies.c.code,
            collection_units.c.sent_at,
        )
        .join(agencies, agencies.c.id == collection_units.c.agency_id)
        .where(collection_units.c.collection_id == collection_id)
        .order_by(agencies.c.id)
    )
    return unit.conn.execute(query).all()


def waiting_for(unit: Unit, agency_ids: Collection[int], *, with_sent: bool = True) -> Sequence[AnyRow]:
    """Return the open forms that these agencies were asked to fill in (…, agency_id, agency, sent_at)."""
    query = (
        select(
            collections.c.id,
            collections.c.kind,
            collections.c.period,
            collections.c.title,
            collections.c.due_on,
            collection_units.c.agency_id,
            agencies.c.name.label("agency"),
            collection_units.c.sent_at,
        )
        .join(collection_units, collection_units.c.collection_id == collections.c.id)
        .join(agencies, agencies.c.id == collection_units.c.agency_id)
        .where(collections.c.closed_at.is_(None), collection_units.c.agency_id.in_(list(agency_ids)))
        .order_by(collections.c.due_on, collections.c.id, agencies.c.id)
    )
    return unit.conn.execute(query if with_sent else query.where(collection_units.c.sent_at.is_(None))).all()


def put(
    unit: Unit,
    collection_id: int,
    agency_id: int,
    section: str,
    text: str,
    rows: Sequence[dict[str, Any]],
    now: datetime,
    *,
    person_id: int | None,
) -> int:
    """Write what a unit sends for a section, in the place of what it sent before; return its version."""
    of_unit = (
        contributions.c.collection_id == collection_id,
        contributions.c.agency_id == agency_id,
        contributions.c.section == section,
    )
    values = {"text": text, "rows": list(rows), "person_id": person_id, "at": now}
    changed = unit.conn.execute(
        update(contributions)
        .where(*of_unit)
        .values(version=contributions.c.version + 1, **values)
        .returning(contributions.c.version)
    ).scalar()
    if changed is not None:
        return int(changed)
    fresh = {"collection_id": collection_id, "agency_id": agency_id, "section": section, **values}
    unit.conn.execute(insert(contributions).values(fresh))
    return 1


def mark_sent(unit: Unit, collection_id: int, agency_id: int, now: datetime, *, person_id: int | None) -> bool:
    """Note that a unit of an open form has sent; False where the form was closed or the unit was not asked."""
    still_open = exists(
        select(collections.c.id).where(collections.c.id == collection_id, collections.c.closed_at.is_(None))
    )
    changed = unit.conn.execute(
        update(collection_units)
        .where(collection_units.c.collection_id == collection_id, collection_units.c.agency_id == agency_id, still_open)
        .values(sent_at=now, sent_by=person_id)
    )
    return changed.rowcount == 1


def given(unit: Unit, collection_id: int, agency_id: int | None = None) -> list[Given]:
    """Return what was sent, of one unit where given, in the order of the directory."""
    query = (
        select(contributions, agencies.c.name.label("agency"))
        .join(agencies, agencies.c.id == contributions.c.agency_id)
        .where(contributions.c.collection_id == collection_id)
        .order_by(agencies.c.id, contributions.c.id)
    )
    if agency_id is not None:
        query = query.where(contributions.c.agency_id == agency_id)
    return [
        Given(row.agency_id, row.agency, row.section, row.text, tuple(row.rows), row.at, row.version)
        for row in unit.conn.execute(query)
    ]


def close(unit: Unit, collection_id: int, version: int, now: datetime) -> bool:
    """Close an open form as it was seen; False where somebody else changed it first."""
    changed = unit.conn.execute(
        update(collections)
        .where(collections.c.id == collection_id, collections.c.version == version, collections.c.closed_at.is_(None))
        .values(closed_at=now, version=collections.c.version + 1)
    )
    return changed.rowcount == 1


def untold(unit: Unit, collection_id: int, occasion: str) -> list[int]:
    """Return the units that have not sent and of which nobody was told on this occasion.

    `occasion` is what notices are kept under, up to the unit's id.
    """
    told = exists(
        select(notices.c.id).where(
            notices.c.matter_id.is_(None),
            notices.c.occasion == literal(occasion).concat(collection_units.c.agency_id),
        )
    )
    query = select(collection_units.c.agency_id).where(
        collection_units.c.collection_id == collection_id, collection_units.c.sent_at.is_(None), ~told
    )
    return list(unit.conn.execute(query.order_by(collection_units.c.agency_id)).scalars())


def due_between(unit: Unit, first: date, last: date) -> Sequence[AnyRow]:
    """Return the open forms (id, due_on) whose last day lies in these days."""
    query = select(collections.c.id, collections.c.due_on).where(
        collections.c.closed_at.is_(None), collections.c.due_on.between(first, last)
    )
    return unit.conn.execute(query.order_by(collections.c.id)).all()
