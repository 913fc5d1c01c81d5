"""Frozen reports: written once, read for ever, never changed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select

from domain.snapshots import Snapshot, digest_of
from storage import offices
from storage.database import Unit
from storage.schema import people, snapshots
from storage.types import AnyRow


def add(
    unit: Unit, kind: str, period: str, cut_off: date, data: Any, now: datetime, *, person_id: int | None = None
) -> Snapshot:
    """Freeze data as the next number of that kind and period."""
    number = offices.next_number(unit, f"snapshot:{kind}:{period}")
    values = {
        "kind": kind,
        "period": period,
        "number": number,
        "cut_off": cut_off,
        "data": data,
        "digest": digest_of(data),
        "person_id": person_id,
        "at": now,
    }
    row = unit.conn.execute(insert(snapshots).values(values).returning(snapshots)).one()
    return read(row)


def newest(unit: Unit, kind: str, period: str) -> Snapshot | None:
    """Return the last freezing of that kind and period."""
    query = select(snapshots).where(snapshots.c.kind == kind, snapshots.c.period == period)
    row = unit.conn.execute(query.order_by(snapshots.c.number.desc()).limit(1)).first()
    return None if row is None else read(row)


def by_id(unit: Unit, snapshot_id: int) -> Snapshot | None:
    """Return one freezing."""
    row = unit.conn.execute(select(snapshots).where(snapshots.c.id == snapshot_id)).first()
    return None if row is None else read(row)


def listed(unit: Unit, kind: str) -> Sequence[Snapshot]:
    """Return every freezing of a kind, the newest first."""
    query = select(snapshots).where(snapshots.c.kind == kind).order_by(snapshots.c.id.desc())
    return [read(row) for row in unit.conn.execute(query)]


def kept(unit: Unit, kind: str, most: int) -> Sequence[AnyRow]:
    """Return the latest freezings of a kind without what they hold (id, period, number, cut_off, at, person)."""
    named = (snapshots.c.id, snapshots.c.period, snapshots.c.number, snapshots.c.cut_off, snapshots.c.at)
    query = select(*named, people.c.name.label("person")).outerjoin(people, people.c.id == snapshots.c.person_id)
    return unit.conn.execute(query.where(snapshots.c.kind == kind).order_by(snapshots.c.id.desc()).limit(most)).all()


def read(row: AnyRow) -> Snapshot:
    """Return a row of the table as its value."""
    return Snapshot(row.id, row.kind, row.period, row.number, row.cut_off, row.data, row.digest, row.at, row.person_id)
