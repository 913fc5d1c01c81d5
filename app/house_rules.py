"""What an office has of its own that decides when and how it reminds: read there, carried into a rehearsal."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from actions import calendar as calendar_actions
from domain.calendar_changes import Change
from domain.ladder import Ladder
from domain.workdays import OfficeHours, WorkCalendar
from storage import calendars, ladders, offices
from storage.database import Unit
from storage.ladders import Place

SOURCE = "lịch của văn phòng"


@dataclass(frozen=True, slots=True)
class HouseRules:
    """The office's work calendar and hours, and the ladder of the plan (the office's where the plan has none).

    What is None is as the program brings it.
    """

    calendar: WorkCalendar | None = None
    hours: OfficeHours | None = None
    ladder: Ladder | None = None


def of_office(unit: Unit, plan_id: int | None) -> HouseRules:
    """Return the rules of an office, for one of its plans where that is given."""
    return HouseRules(calendars.in_force(unit), calendars.hours(unit)[0], _ladder(unit, plan_id))


def _ladder(unit: Unit, plan_id: int | None) -> Ladder | None:
    own = offices.setting(unit, ladders.OFFICE_DEFAULT)
    rows = ladders.overrides(unit, plan_id) if plan_id is not None else ()
    of_plan = [row.ladder_id for row in rows if row.task_id is None and row.agency_id is None]
    chosen = of_plan[0] if of_plan else own
    return None if chosen is None else ladders.get(unit, int(chosen))


def carry_over(unit: Unit, rules: HouseRules, now: datetime) -> None:
    """Let an office that was just begun live by these rules."""
    if rules.calendar is not None:
        changes = tuple(_differences(calendars.in_force(unit), rules.calendar))
        if changes:
            calendar_actions.fill(unit, changes, SOURCE, now)
    if rules.hours is not None:
        calendar_actions.set_hours(unit, rules.hours, SOURCE, now, None)
    if rules.ladder is not None:
        ladders.choose(unit, Place(), ladders.keep(unit, rules.ladder, now), None, now)


def _differences(fresh: WorkCalendar, own: WorkCalendar) -> Iterator[Change]:
    """Yield what differs in the years that the office's own calendar knows."""
    days = sorted({one.day for one in (*fresh.days, *own.days) if one.day.year in own.years})
    for day in days:
        before, after = fresh.entry(day), own.entry(day)
        if before != after:
            yield Change(day, before, after)
