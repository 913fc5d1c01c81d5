"""The office passes an obstacle on: to an agency that can help, by a day, or to one of its own people for a word."""

from datetime import date, datetime

from actions import requests
from domain.assignments import State
from domain.errors import ActRefused, NotFound
from domain.notices import Kind
from domain.people import Role, Viewer
from storage import agencies, assignments, audit, notices, people
from storage import requests as request_rows
from storage.database import Unit
from storage.types import AnyRow
from storage.views import details

LONGEST = 500
"""Characters of the office's own sentence."""


def to_agency(
    unit: Unit, viewer: Viewer, assignment_id: int, agency_id: int, sentence: str, due_on: date, now: datetime
) -> int:
    """Ask another agency to help with what is in the way, by a day; return the request's id.

    It is reminded and answers as in any request; the obstacle waits for the office's word all the same. Raises
    NotFound for whoever does not coordinate, ActRefused where nothing is in the way any more, or it was asked before.
    """
    row = _obstructed(unit, viewer, assignment_id)
    other = agencies.get(unit, agency_id)
    if other is None or agency_id == row.agency_id:
        raise ActRefused("Xin chọn một cơ quan khác trong danh mục.")
    if any(one.agency_id == agency_id for one in request_rows.open_of(unit, row.id)):
        raise ActRefused(f"{other.name} còn một đề nghị chưa trả lời về {row.code}. Xin chờ trả lời.")
    content = f"Văn phòng chuyển vướng mắc: {obstacle(unit, row.id)}. Ý kiến của Văn phòng: {sentence}"
    made = requests.put(unit, viewer, row, agency_id, content, due_on, now)
    audit.record(unit, "forward", "request", made, now, person_id=viewer.person_id, assignment=row.id)
    return made


def to_person(unit: Unit, viewer: Viewer, assignment_id: int, person_id: int, sentence: str, now: datetime) -> None:
    """Put an obstacle before somebody else of the office, with a sentence; that person can answer it.

    Raises NotFound for whoever does not coordinate, ActRefused where nothing is in the way any more, and for a person
    who does not work for the office.
    """
    row = _obstructed(unit, viewer, assignment_id)
    if person_id == viewer.person_id or person_id not in people.active(unit, Role.COORDINATOR):
        raise ActRefused("Xin chọn một đồng chí khác của Văn phòng.")
    said = f"{viewer.name} chuyển đồng chí {people.name_of(unit, person_id)}: {sentence}"
    comment = assignments.comment(unit, row.id, Kind.FORWARDED.value, said, viewer.person_id, now)
    notices.add(
        unit,
        person_id,
        f"event:forwarded:{comment}",
        Kind.FORWARDED,
        now,
        role=Role.COORDINATOR,
        matter_id=row.id,
        data={"comment": comment},
    )
    audit.record(unit, "forward", "comment", comment, now, person_id=viewer.person_id, assignment=row.id)


def _obstructed(unit: Unit, viewer: Viewer, assignment_id: int) -> AnyRow:
    row = assignments.get(unit, assignment_id)
    if row is None or not viewer.coordinates:
        raise NotFound()
    if row.state != State.OBSTACLE:
        raise ActRefused(f"{row.code} không còn vướng mắc chờ trả lời, hiện {State(row.state).label}.")
    return row


def obstacle(unit: Unit, assignment_id: int) -> str:
    """Return what the agency last said is in the way, without a point at its end."""
    said = details.history(unit, assignment_id)
    return next((one.text for one in reversed(said) if one.kind == State.OBSTACLE), "").rstrip(". ")
