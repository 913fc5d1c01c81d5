"""The office's own rows: settings, counters, the work calendar, the ladders."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.ladder import Ladder
from domain.workdays import CalendarDay, DayKind, WorkCalendar
from storage.database import Unit
from storage.schema import calendar_days, calendar_versions, counters, ladders, settings


def setting(unit: Unit, key: str) -> Any:
    """Return a setting's value, None where it was never set."""
    return unit.conn.execute(select(settings.c.value).where(settings.c.key == key)).scalar()


def set_setting(unit: Unit, key: str, value: Any, now: datetime) -> None:
    """Set or replace a setting."""
    unit.conn.execute(delete(settings).where(settings.c.key == key))
    unit.conn.execute(insert(settings).values(key=key, value=value, updated_at=now))


def next_number(unit: Unit, name: str, count: int = 1) -> int:
    """Take `count` numbers from a counter and return the first; counting starts at 1.

    The row is locked until the unit commits, so no number is given twice.
    """
    taken = unit.conn.execute(
        update(counters)
        .where(counters.c.name == name)
        .values(value=counters.c.value + count)
        .returning(counters.c.value)
    ).scalar()
    if taken is None:
        try:
            with unit.conn.begin_nested():
                unit.conn.execute(insert(counters).values(name=name, value=count))
        except IntegrityError:  # another process made the counter first
            return next_number(unit, name, count)
        return 1
    return int(taken) - count + 1


def calendar(unit: Unit) -> WorkCalendar:
    """Return the work calendar in force."""
    version = unit.conn.execute(
        select(calendar_versions.c.id).order_by(calendar_versions.c.id.desc()).limit(1)
    ).scalar()
    rows = unit.conn.execute(
        select(calendar_days.c.day, calendar_days.c.kind, calendar_days.c.source).order_by(calendar_days.c.day)
    )
    days = tuple(CalendarDay(row.day, DayKind(row.kind), row.source) for row in rows)
    return WorkCalendar(days, version or 0)


def add_calendar(unit: Unit, days: Iterable[CalendarDay], source: str, now: datetime) -> int:
    """Write days as a new version of the calendar, replacing what stood for them; return the version."""
    version = unit.conn.execute(
        insert(calendar_versions).values(created_at=now, source=source).returning(calendar_versions.c.id)
    ).scalar_one()
    rows = [{"day": one.day, "kind": one.kind.value, "source": one.source, "version_id": version} for one in days]
    if rows:
        unit.conn.execute(delete(calendar_days).where(calendar_days.c.day.in_([row["day"] for row in rows])))
        unit.conn.execute(insert(calendar_days), rows)
    return int(version)


def keep_ladder(unit: Unit, ladder: Ladder, now: datetime) -> int:
    """Keep a ladder as it is now and return its id; the same rungs are kept once."""
    rungs = ladder.to_json()
    digest = hashlib.sha256(json.dumps([ladder.name, rungs], sort_keys=True).encode()).hexdigest()
    found = unit.conn.execute(select(ladders.c.id).where(ladders.c.digest == digest)).scalar()
    if found is None:
        found = unit.conn.execute(
            insert(ladders).values(name=ladder.name, digest=digest, rungs=rungs, created_at=now).returning(ladders.c.id)
        ).scalar_one()
    return int(found)


def ladder(unit: Unit, ladder_id: int) -> Ladder:
    """Return a kept ladder."""
    row = unit.conn.execute(select(ladders.c.name, ladders.c.rungs).where(ladders.c.id == ladder_id)).one()
    return Ladder.from_json(row.name, row.rungs)
