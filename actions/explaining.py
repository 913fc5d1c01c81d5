"""The explanation that is kept with a date when it is decided anew."""

from datetime import date
from typing import Any

from domain.deadlines import from_json, say
from domain.explanations import Grounds, given_back, grounds_in, kept, of_decision
from domain.local import long_day
from domain.reckoning import Named
from domain.workdays import WorkCalendar
from storage import matters
from storage.database import Unit
from storage.types import AnyRow


def grounds_of(unit: Unit, row: AnyRow) -> Grounds:
    """Return what the date in force of an assignment (or its having none) rests on."""
    found = grounds_in(matters.explanation(unit, row.id))
    if found is not None:
        return found
    return Grounds("", f"Hiểu là {say(from_json(row.deadline))}.", Named(row.due_on) if row.due_on else None)


def decided(unit: Unit, row: AnyRow, due_on: date, how: str, basis: str, calendar: WorkCalendar) -> dict[str, Any]:
    """Explain a date that a person decided: `how` says what was decided ("Văn phòng đặt hạn")."""
    told = f"{how}: {long_day(due_on)}{f' ({basis})' if basis else ''}."
    return kept(of_decision(grounds_of(unit, row).words, told, due_on), due_on, calendar)


def held_back(
    unit: Unit, row: AnyRow, due_on: date, since: date, until: date, known_on: date, calendar: WorkCalendar
) -> dict[str, Any]:
    """Explain a date moved by the working days that the office held a report or a request.

    `known_on` is the day from which the agency has known what it owes.
    """
    grounds = given_back(grounds_of(unit, row), since, until)
    return kept(grounds, due_on, calendar, known_on=known_on.isoformat())
