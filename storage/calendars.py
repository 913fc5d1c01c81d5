"""The work calendar: its days, and the versions by which sums with them are kept."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select

from domain.workdays import CalendarDay, DayKind, WorkCalendar
from storage.database import Unit
from storage.schema import calendar_days, calendar_versions


def in_force(unit: Unit) -> WorkCalendar:
    """Return the work calendar in force."""
    version = unit.conn.execute(
        select(calendar_versions.c.id).order_by(calendar_versions.c.id.desc()).limit(1)
    ).scalar()
    rows = unit.conn.execute(
        select(calendar_days.c.day, calendar_days.c.kind, calendar_days.c.source).order_by(calendar_days.c.day)
    )
    days = tuple(CalendarDay(row.day, DayKind(row.kind), row.source) for row in rows)
    return WorkCalendar(days, version or 0)


def add(unit: Unit, days: Iterable[CalendarDay], source: str, now: datetime) -> int:
    """Write days as a new version of the calendar, replacing what stood for them; return the version."""
    version = unit.conn.execute(
        insert(calendar_versions).values(created_at=now, source=source).returning(calendar_versions.c.id)
    ).scalar_one()
    rows = [{"day": one.day, "kind": one.kind.value, "source": one.source, "version_id": version} for one in days]
    if rows:
        unit.conn.execute(delete(calendar_days).where(calendar_days.c.day.in_([row["day"] for row in rows])))
        unit.conn.execute(insert(calendar_days), rows)
    return int(version)
