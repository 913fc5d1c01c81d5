"""The work calendar: its days, the versions by which sums with them are kept, and what each change did."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from domain.calendar_changes import Change
from domain.workdays import CalendarDay, DayKind, OfficeHours, Span, WorkCalendar
from storage import offices
from storage.database import Unit
from storage.schema import calendar_changes, calendar_days, calendar_versions

ANNOUNCED = "calendar_announced"
"""The setting that holds the last year whose official notice came with the program."""
CONFIRMED = "calendar_confirmed"
"""The setting that holds the years which the office confirmed, each with its document."""
HOURS = "office_hours"
CULTURE_DAY = "culture_day_off"
"""The setting that holds how the switch for 24/11 was last turned."""


def in_force(unit: Unit) -> WorkCalendar:
    """Return the work calendar in force; its days are read anew only where its version is not known yet."""
    if _CALENDAR not in unit.memory:
        version = unit.conn.execute(_VERSION).scalar() or 0
        known = unit.shared.get(_CALENDAR)
        if known is None or known.version != version:
            known = _read(unit, version)
            if unit.only_reads:
                unit.shared[_CALENDAR] = known
        unit.memory[_CALENDAR] = known
    found: WorkCalendar = unit.memory[_CALENDAR]
    return found


_CALENDAR = "calendar"
_VERSION = select(func.max(calendar_versions.c.id))


def _read(unit: Unit, version: int) -> WorkCalendar:
    rows = unit.conn.execute(
        select(calendar_days.c.day, calendar_days.c.kind, calendar_days.c.source).order_by(calendar_days.c.day)
    )
    return WorkCalendar(tuple(CalendarDay(row.day, DayKind(row.kind), row.source) for row in rows), version)


def lock(unit: Unit) -> None:
    """Let nobody else change the calendar until this unit is committed."""
    offices.next_number(unit, "calendar")


def write(unit: Unit, changes: Iterable[Change], source: str, now: datetime) -> int:
    """Write changes as a new version of the calendar and return it."""
    unit.memory.pop(_CALENDAR, None)
    changed = list(changes)
    version = unit.conn.execute(
        insert(calendar_versions).values(created_at=now, source=source).returning(calendar_versions.c.id)
    ).scalar_one()
    rows = [
        {"day": one.day, "kind": one.kind.value, "source": one.source, "version_id": version}
        for one in (change.after for change in changed)
        if one is not None
    ]
    if changed:
        unit.conn.execute(delete(calendar_days).where(calendar_days.c.day.in_([one.day for one in changed])))
    if rows:
        unit.conn.execute(insert(calendar_days), rows)
    return int(version)


def log(unit: Unit, version: int, changes: Iterable[Change], effect: dict[str, Any]) -> None:
    """Keep, day by day, what a version changed and what it did to what was open."""
    rows = [
        {
            "version_id": version,
            "day": one.day,
            "before": _entry(one.before),
            "after": _entry(one.after),
            "effect": effect,
        }
        for one in changes
    ]
    if rows:
        unit.conn.execute(insert(calendar_changes), rows)


def _entry(one: CalendarDay | None) -> dict[str, str] | None:
    return None if one is None else {"kind": one.kind.value, "source": one.source}


def is_confirmed(unit: Unit, year: int) -> bool:
    """Whether a year's days rest on an official notice: one that came with the program, or the office's own word."""
    return year <= int(offices.setting(unit, ANNOUNCED) or 0) or str(year) in confirmed(unit)


def confirmed(unit: Unit) -> dict[str, dict[str, str]]:
    """Return the years that the office confirmed, each with document and moment."""
    return dict(offices.setting(unit, CONFIRMED) or {})


def confirm(unit: Unit, year: int, source: str, now: datetime) -> None:
    """Note that a year's days rest on an official notice."""
    kept = {**confirmed(unit), str(year): {"source": source, "at": now.isoformat()}}
    offices.set_setting(unit, CONFIRMED, kept, now)


def hours(unit: Unit) -> tuple[OfficeHours, str]:
    """Return the office hours in force and the document they rest on, "" for the program's own."""
    kept = offices.setting(unit, HOURS)
    if kept is None:
        return OfficeHours(), ""
    spans = [Span(*(datetime.strptime(one, "%H:%M").time() for one in pair)) for pair in kept["spans"]]  # noqa: DTZ007
    return OfficeHours(*spans), kept["source"]


def set_hours(unit: Unit, new: OfficeHours, source: str, now: datetime) -> None:
    """Keep the office hours."""
    spans = [[f"{one.opens:%H:%M}", f"{one.closes:%H:%M}"] for one in (new.morning, new.afternoon)]
    offices.set_setting(unit, HOURS, {"spans": spans, "source": source}, now)
