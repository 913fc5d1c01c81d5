"""Twice a year: each agency is asked who its focal officers are, once more after a week, and answers once."""

from datetime import datetime

from actions import following
from domain.errors import ActRefused, NotFound
from domain.local import local, today
from domain.notices import Kind
from domain.people import Role, Viewer
from domain.reconfirming import SAME, asks_again, known_before, round_on
from domain.workdays import WorkCalendar
from storage import audiences, audit, notices, office_settings, offices, reconfirmations
from storage.database import Unit
from storage.types import AnyRow


def announce(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Ask each agency of the running round that was not asked yet, and once more who has not answered.

    An agency whose officers all joined within the month is not asked. Returns how many notices are new.
    """
    day = today(now)
    name = round_on(day, office_settings.text(unit, "reconfirm_months"), calendar)
    if name is None or not offices.first_look(unit, "reconfirmed_on", day, now):
        return 0
    fresh = reconfirmations.unasked(unit, name, known_before(day), day)
    told = sum(_ask(unit, reconfirmations.ask(unit, one, name, now), one, "", now) for one in fresh)
    for row in reconfirmations.of_round(unit, name):
        if row.answered_at is None and asks_again(row.asked_at, day, calendar):
            told += _ask(unit, row.id, row.agency_id, ":again", now)
    return told


def _ask(unit: Unit, reconfirmation_id: int, agency_id: int, again: str, now: datetime) -> int:
    """Ask the agency's heads who can be reached, its officers where there is none."""
    for role in (Role.HEAD, Role.OFFICER):
        (place,) = audiences.of_agencies(unit, [agency_id], [role], today(now))
        if place.reached:
            return sum(
                notices.add(
                    unit,
                    one,
                    f"reconfirm:{reconfirmation_id}{again}",
                    Kind.RECONFIRM,
                    now,
                    role=role,
                    agency_id=agency_id,
                    data={"reconfirmation": reconfirmation_id},
                )
                for one in place.reached
            )
    return 0


def same(unit: Unit, viewer: Viewer, reconfirmation_id: int, now: datetime) -> AnyRow:
    """Keep that the agency's focal officers are still these; return the answered question."""
    return _answer(unit, viewer, reconfirmation_id, SAME, now)


def changed(unit: Unit, viewer: Viewer, reconfirmation_id: int, text: str, now: datetime) -> AnyRow:
    """Keep what has changed, in the agency's words, and tell who follows it; return the answered question."""
    row = _answer(unit, viewer, reconfirmation_id, text, now)
    for person_id in following.audience_of_agency(unit, row.agency_id, today(now)):
        occasion, data = f"reconfirm:{row.id}:changed", {"reconfirmation": row.id}
        notices.add(unit, person_id, occasion, Kind.RECONFIRM, now, role=Role.COORDINATOR, data=data)
    return row


def asked(unit: Unit, viewer: Viewer, reconfirmation_id: int) -> AnyRow:
    """Return a question that the viewer may answer. Raises NotFound for a stranger, ActRefused once answered."""
    row = reconfirmations.get(unit, reconfirmation_id)
    if row is None or row.agency_id not in viewer.own_agencies:
        raise NotFound("câu hỏi này")
    if row.answered_at is not None:
        when = f"{local(row.answered_at):%H:%M ngày %d/%m/%Y}"
        raise ActRefused(
            f"Đồng chí {row.person} đã trả lời cho {row.agency} lúc {when}: {row.answer}. "
            "Nếu còn thay đổi, xin báo Văn phòng."
        )
    return row


def _answer(unit: Unit, viewer: Viewer, reconfirmation_id: int, text: str, now: datetime) -> AnyRow:
    asked(unit, viewer, reconfirmation_id)
    if not reconfirmations.answer(unit, reconfirmation_id, text, viewer.person_id, now):
        asked(unit, viewer, reconfirmation_id)
    audit.record(unit, "reconfirm", "reconfirmation", reconfirmation_id, now, person_id=viewer.person_id)
    row = reconfirmations.get(unit, reconfirmation_id)
    if row is None:
        raise NotFound("câu hỏi này")
    return row
