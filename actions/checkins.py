"""Asking, once a quarter, about work without a date, and keeping what was answered."""

from collections.abc import Sequence
from datetime import datetime, time

from domain.checkins import KINDS, Answer, asked_on, quarter
from domain.errors import NotFound
from domain.local import VIETNAM, today
from domain.notices import Kind
from domain.people import Role, Viewer
from domain.workdays import WorkCalendar
from storage import assignments, audit, notices, people
from storage.database import Unit
from storage.views import asking, worklists
from storage.views.work import Work


def announce(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Write the quarter's question, from its day on, for every agency that has such work; return how many are new.

    Work given out on that day or later is asked about next quarter.
    """
    day = today(now)
    asked = asked_on(day, calendar)
    if day < asked:
        return 0
    occasion, before = f"checkin:{quarter(day)}:", datetime.combine(asked, time(0), VIETNAM)
    return sum(
        notices.add(
            unit,
            person_id,
            f"{occasion}{agency_id}",
            Kind.CHECK_IN,
            now,
            role=Role.OFFICER,
            agency_id=agency_id,
        )
        for agency_id in asking.unasked(unit, KINDS, before, occasion)
        for person_id in people.members(unit, agency_id, Role.OFFICER, day)
    )


def asked_of(unit: Unit, viewer: Viewer, agency_id: int, now: datetime) -> list[Work]:
    """Return what one of the viewer's agencies is asked about. Raises NotFound for another's."""
    if agency_id not in viewer.own_agencies:
        raise NotFound()
    return worklists.undated(unit, KINDS, today(now), agency_id=agency_id)


def answer(unit: Unit, viewer: Viewer, works: Sequence[Work], said: Answer, text: str, now: datetime) -> None:
    """Keep one answer with each of the works; nothing is closed by it. Raises NotFound for another agency's."""
    for one in works:
        if one.agency_id not in viewer.own_agencies:
            raise NotFound()
        assignments.comment(unit, one.id, "check_in", text or said.label, viewer.person_id, now)
        audit.record(unit, "check_in", "assignment", one.id, now, person_id=viewer.person_id, answer=said.value)
