"""How a due date is reckoned: named by a document or a person, or derived from the work calendar and moving with it.

What a date rests on is kept with it, so that a changed calendar can do the same sum again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Named:
    """The day itself, whatever day it is: a document or a person named it."""

    on: date


@dataclass(frozen=True, slots=True)
class LastWorking:
    """The last working day on or before the last day of a period that names no day of its own."""

    of: date


@dataclass(frozen=True, slots=True)
class After:
    """So many working days after a day that is not counted itself."""

    start: date
    count: int


@dataclass(frozen=True, slots=True)
class Held:
    """Another date, later by the working days after `since` up to `until`, while the office held the report.

    With `waited` it was the sender of a case whose answer was waited for.
    """

    of: "Reckoning"
    since: date
    until: date
    waited: bool = False


Reckoning = Named | LastWorking | After | Held


def due(reckoning: Reckoning, calendar: WorkCalendar) -> date:
    """Return the last day still on time under a calendar."""
    match reckoning:
        case Named(on):
            return on
        case LastWorking(of):
            return calendar.on_or_before(of)
        case After(start, count):
            return calendar.add(start, count)
        case Held(of, since, until):
            return calendar.add(due(of, calendar), calendar.between(since, until))


def moved(reckoning: Reckoning, old: date, calendar: WorkCalendar, today: date) -> date:
    """Return the date under a changed calendar.

    A date is never taken back behind `today`: nobody is made late by an entry in a calendar.
    """
    new = due(reckoning, calendar)
    return old if new < old and new < today else new


def to_json(reckoning: Reckoning) -> dict[str, Any]:
    """Return the form that is kept with a due date."""
    match reckoning:
        case Named(on):
            return {"how": "named", "on": on.isoformat()}
        case LastWorking(of):
            return {"how": "last_working", "of": of.isoformat()}
        case After(start, count):
            return {"how": "after", "start": start.isoformat(), "count": count}
        case Held(of, since, until, waited):
            days = {"since": since.isoformat(), "until": until.isoformat()}
            return {"how": "held", "of": to_json(of), **days, **({"waited": True} if waited else {})}


def from_json(data: Mapping[str, Any]) -> Reckoning:
    """Return the reckoning that `to_json` wrote. Raises ValueError or KeyError for anything else."""
    match data["how"]:
        case "named":
            return Named(date.fromisoformat(data["on"]))
        case "last_working":
            return LastWorking(date.fromisoformat(data["of"]))
        case "after":
            return After(date.fromisoformat(data["start"]), int(data["count"]))
        case "held":
            since, until = (date.fromisoformat(data[name]) for name in ("since", "until"))
            return Held(from_json(data["of"]), since, until, bool(data.get("waited")))
        case other:
            raise ValueError(f"unknown way of reckoning: {other!r}")
