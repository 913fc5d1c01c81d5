"""Alarms: what went wrong, since when, and who was told by which path."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from storage.database import Unit
from storage.schema import alarms
from storage.types import AnyRow

TOLD = "told"
"""The key of an alarm's data under which each path keeps when it last took the alarm."""


def latest(unit: Unit, name: str) -> AnyRow | None:
    """Return the newest alarm of a name, open or not."""
    return unit.conn.execute(select(alarms).where(alarms.c.name == name).order_by(alarms.c.id.desc()).limit(1)).first()


def open_ones(unit: Unit) -> Sequence[AnyRow]:
    """Return the alarms that stand."""
    return unit.conn.execute(select(alarms).where(alarms.c.cleared_at.is_(None)).order_by(alarms.c.id)).all()


def by_ids(unit: Unit, alarm_ids: Iterable[int]) -> Sequence[AnyRow]:
    """Return alarms by their ids, in order."""
    return unit.conn.execute(select(alarms).where(alarms.c.id.in_(list(alarm_ids))).order_by(alarms.c.id)).all()


def add(unit: Unit, name: str, data: Mapping[str, Any], now: datetime) -> int:
    """Write a new alarm and return its id."""
    values = {"name": name, "data": dict(data), "raised_at": now, "seen_at": now}
    return int(unit.conn.execute(insert(alarms).values(values).returning(alarms.c.id)).scalar_one())


def see(unit: Unit, alarm_id: int, data: Mapping[str, Any], now: datetime) -> None:
    """Note that an alarm still stands, or stands again, and how."""
    seen = update(alarms).where(alarms.c.id == alarm_id)
    unit.conn.execute(seen.values(data=dict(data), seen_at=now, cleared_at=None))


def clear(unit: Unit, alarm_ids: Iterable[int], now: datetime) -> None:
    """Note that it is well again."""
    unit.conn.execute(update(alarms).where(alarms.c.id.in_(list(alarm_ids))).values(cleared_at=now))


def told(unit: Unit, alarm_id: int, paths: Mapping[str, datetime], now: datetime) -> None:
    """Note by which paths an alarm was taken, and when."""
    row = unit.conn.execute(select(alarms.c.data).where(alarms.c.id == alarm_id).with_for_update()).scalar_one()
    kept = {**row.get(TOLD, {}), **{path: at.isoformat() for path, at in paths.items()}}
    unit.conn.execute(update(alarms).where(alarms.c.id == alarm_id).values(data={**row, TOLD: kept}, sent_at=now))
