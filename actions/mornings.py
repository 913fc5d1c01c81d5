"""The line about what waits and what is due: part of the one message that a person gets on a working day.

It makes no message of its own, save for the coordinators on the first working day of a week: who hears nothing else
would otherwise never hear that something still waits.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from domain import mornings as rules
from domain.digests import begins_week
from domain.local import today
from domain.notices import Kind
from domain.people import Role
from domain.workdays import WorkCalendar
from storage import notices, people
from storage.database import Unit
from storage.views import mornings as views


def announce(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Give the coordinators their line on the first working day of a week; return how many are new."""
    if not begins_week(today(now), calendar):
        return 0
    return sum(_add(unit, one, now) for one in _without(unit, people.holders(unit, Role.COORDINATOR), now))


def join(unit: Unit, about: Mapping[int, int], now: datetime) -> int:
    """Let the line join the message that people are about to get today; return how many are new.

    `about` tells of how many tasks each person's message speaks: where the line would count no more than these, or
    nothing else than the last time, it is left out.
    """
    if not about or not views.wanted(unit):
        return 0
    return sum(_add(unit, one, now, more_than=about[one]) for one in _without(unit, sorted(about), now))


def _without(unit: Unit, person_ids: Collection[int], now: datetime) -> list[int]:
    return notices.without(unit, f"morning:{today(now).isoformat()}", person_ids)


def _add(unit: Unit, person_id: int, now: datetime, *, more_than: int | None = None) -> bool:
    day = today(now)
    told = views.of_person(unit, person_id, day)
    if not told:
        return False
    if more_than is not None:
        same = rules.mark(told) == views.since(unit, person_id, day).fingerprint
        if same or sum(one.total for one in told) <= more_than:
            return False
    office = person_id in people.active(unit, Role.COORDINATOR)
    role = Role.COORDINATOR if office else _role(unit, person_id)
    return notices.add(unit, person_id, f"morning:{day.isoformat()}", Kind.MORNING, now, role=role)


def _role(unit: Unit, person_id: int) -> str:
    """Return the role that a person of an agency is told in."""
    return next((role for _, role in people.seats_held(unit, [person_id]).get(person_id, ())), Role.OFFICER)
