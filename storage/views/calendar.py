"""The work calendar as people ask for it: a year's exceptions with their documents, and what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from domain.workdays import CalendarDay, OfficeHours, WorkCalendar
from storage import calendars
from storage.database import Unit
from storage.schema import calendar_changes, calendar_versions
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the calendar in force. `confirmed` tells whether its days rest on an official notice."""

    year: int
    calendar: WorkCalendar
    days: tuple[CalendarDay, ...]
    confirmed: bool
    hours: OfficeHours
    hours_source: str
    since: datetime | None
    source: str
    """When the version in force was written, and the document of its change."""


def of_year(unit: Unit, year: int) -> CalendarYear:
    """Return a year of the calendar in force."""
    calendar = calendars.in_force(unit)
    hours, hours_source = calendars.hours(unit)
    version = version_row(unit, calendar.version)
    return CalendarYear(
        year,
        calendar,
        tuple(one for one in calendar.days if one.day.year == year),
        calendars.is_confirmed(unit, year),
        hours,
        hours_source,
        version.created_at if version else None,
        version.source if version else "",
    )


def coming(calendar: WorkCalendar, day: date) -> list[CalendarDay]:
    """Return the exceptions from a day on, in order."""
    return [one for one in calendar.days if one.day >= day]


def is_confirmed(unit: Unit, year: int) -> bool:
    """Whether a year's days rest on an official notice."""
    return calendars.is_confirmed(unit, year)


def version_row(unit: Unit, version: int) -> AnyRow | None:
    """Return (created_at, source) of a version of the calendar."""
    query = select(calendar_versions.c.created_at, calendar_versions.c.source)
    return unit.conn.execute(query.where(calendar_versions.c.id == version)).first()


@dataclass(frozen=True, slots=True)
class PastChange:
    """One act that changed the calendar: its document, its days with what stood before and after, what it did."""

    at: datetime
    source: str
    days: tuple[AnyRow, ...]
    reminders: int
    dues: int


def past_changes(unit: Unit, limit: int) -> list[PastChange]:
    """Return the latest acts that changed the calendar, newest first; its first filling is none of them."""
    first = select(func.min(calendar_versions.c.id)).scalar_subquery()
    query = select(calendar_versions).where(calendar_versions.c.id > first).order_by(calendar_versions.c.id.desc())
    versions = unit.conn.execute(query.limit(limit)).all()
    return [_past(version, _days_of(unit, version.id)) for version in versions]


def _days_of(unit: Unit, version: int) -> Sequence[AnyRow]:
    query = select(calendar_changes).where(calendar_changes.c.version_id == version).order_by(calendar_changes.c.day)
    return unit.conn.execute(query).all()


def _past(version: AnyRow, days: Sequence[AnyRow]) -> PastChange:
    effect = days[0].effect if days else {"reminders": 0, "dues": 0}
    return PastChange(version.created_at, version.source, tuple(days), effect["reminders"], effect["dues"])
