"""What a lead agency asks of a coordinating one: told and reminded there only, answered, or taken back."""

from datetime import date, datetime

from actions import moves
from domain.assignments import State as AssignmentState
from domain.errors import ActRefused, NotFound
from domain.explanations import kept, of_decision
from domain.ladder import Dates, lay_out
from domain.local import local, long_day, today
from domain.notices import Kind
from domain.people import Viewer
from domain.requests import LADDER, State
from storage import assignments, audit, calendars, ladders, matters, planned, requests
from storage.database import Unit
from storage.types import AnyRow


def ask(
    unit: Unit, viewer: Viewer, assignment_id: int, agency_id: int, content: str, due_on: date, now: datetime
) -> int:
    """Ask a coordinating agency for something by a last day; return the request's id.

    Raises NotFound for a stranger's assignment, ActRefused where the agency does not coordinate the task, where
    it still owes an answer, and where the assignment is done.
    """
    row = moves.own(unit, viewer, assignment_id)
    if AssignmentState(row.state).is_done_by_agency:
        raise ActRefused(f"{row.code} đã {AssignmentState(row.state).label}, không gửi đề nghị cung cấp được nữa.")
    if not requests.coordinates(unit, row.task_id, agency_id) or agency_id == row.agency_id:
        raise ActRefused("Chỉ gửi đề nghị tới cơ quan phối hợp mà kế hoạch ghi ở nhiệm vụ này.")
    if any(one.agency_id == agency_id for one in requests.open_of(unit, row.id)):
        raise ActRefused("Cơ quan này còn một đề nghị chưa trả lời. Xin chờ trả lời, hoặc rút đề nghị cũ trước.")
    return put(unit, viewer, row, agency_id, content, due_on, now)


def put(unit: Unit, viewer: Viewer, row: AnyRow, agency_id: int, content: str, due_on: date, now: datetime) -> int:
    """Write a request about an assignment to another agency, with its own ladder; return the request's id.

    Who may ask whom is for the caller. Raises ActRefused for a day that has passed.
    """
    if due_on < today(now):
        raise ActRefused(f"Ngày {long_day(due_on)} đã qua. Xin gõ một ngày từ hôm nay trở đi.")
    request_id = _open(unit, due_on, now)
    requests.add(unit, request_id, row.id, agency_id, content, asked_by=viewer.person_id, asked_at=now)
    _lay_out(unit, request_id, agency_id, due_on, now)
    asked = requests.get(unit, request_id)
    said = f"{asked.agency if asked else ''}, chậm nhất {long_day(due_on)}: {content}"
    assignments.comment(unit, row.id, "request", said, viewer.person_id, now)
    audit.record(unit, "ask", "request", request_id, now, person_id=viewer.person_id, agency=agency_id)
    return request_id


def _open(unit: Unit, due_on: date, now: datetime) -> int:
    calendar = calendars.in_force(unit)
    matter = {
        "kind": "request",
        "due_on": due_on,
        "due_version": 1,
        "calendar_version": calendar.version,
        "ladder_id": ladders.keep(unit, LADDER, now),
        "opened_at": now,
    }
    request_id = matters.add(unit, [matter])[0]
    grounds = of_decision("", f"Cơ quan chủ trì đề nghị trước hết {long_day(due_on)}.", due_on)
    due = {
        "matter_id": request_id,
        "number": 1,
        "due_on": due_on,
        "reason": "requested",
        "calendar_version": calendar.version,
        "explanation": kept(grounds, due_on, calendar),
        "at": now,
    }
    matters.add_due(unit, [due])
    return request_id


def _lay_out(unit: Unit, request_id: int, agency_id: int, due_on: date, now: datetime) -> None:
    steps = lay_out(LADDER, Dates(local(now), None, due_on), calendars.in_force(unit))
    planned.add(
        unit,
        [
            {
                "matter_id": request_id,
                "rung": step.rung.name,
                "due_version": 1,
                "at": step.at,
                "agency_id": agency_id,
                "role": step.rung.role.value,
                "kind": step.rung.kind.value,
                "state": planned.WAITING,
            }
            for step in steps
        ],
    )


def provide(unit: Unit, viewer: Viewer, request_id: int, text: str, file_id: int | None, now: datetime) -> None:
    """Answer what was asked, in words, with a file or both; the lead agency's officers are told.

    Raises NotFound for another agency's, ActRefused where it was answered or taken back before.
    """
    row = requests.get(unit, request_id)
    if row is None or row.agency_id not in viewer.own_agencies:
        raise NotFound("đề nghị này")
    _end(unit, viewer, row, State.PROVIDED, now, text, file_id)
    said = f"{row.agency}: {text or 'gửi tệp'}"
    assignments.comment(unit, row.assignment_id, "provided", said, viewer.person_id, now)
    data = {"request": row.id}
    moves.tell_agency(unit, row.lead_id, row.assignment_id, f"event:provided:{row.id}", Kind.PROVIDED, now, data)
    if requests.of_office(unit, row.id):
        moves.tell_office(unit, row.assignment_id, f"event:provided:{row.id}", Kind.PROVIDED, now, data)


def withdraw(unit: Unit, viewer: Viewer, request_id: int, now: datetime) -> None:
    """Take a request back; who was told of it is told that nothing need be sent any more.

    Raises NotFound for another agency's, ActRefused where it was answered or taken back before.
    """
    row = requests.get(unit, request_id)
    if row is None or row.lead_id not in viewer.own_agencies:
        raise NotFound("đề nghị này")
    _take_back(unit, viewer, row, now)


def withdraw_all(unit: Unit, viewer: Viewer | None, assignment_id: int, now: datetime) -> None:
    """Take back what is still asked for an assignment that needs nothing any more."""
    for one in requests.open_of(unit, assignment_id):
        row = requests.get(unit, one.id)
        if row is not None:
            _take_back(unit, viewer, row, now)


def _take_back(unit: Unit, viewer: Viewer | None, row: AnyRow, now: datetime) -> None:
    _end(unit, viewer, row, State.WITHDRAWN, now)
    if requests.was_told(unit, row.id):
        data = {"request": row.id}
        moves.tell_agency(unit, row.agency_id, row.id, f"event:not_needed:{row.id}", Kind.NOT_NEEDED, now, data)


def _end(
    unit: Unit,
    viewer: Viewer | None,
    row: AnyRow,
    state: State,
    now: datetime,
    text: str = "",
    file_id: int | None = None,
) -> None:
    by = viewer.person_id if viewer else None
    if not requests.close(unit, row.id, state, now, person_id=by, answer=text, file_id=file_id):
        raise ActRefused(f"Đề nghị này không còn chờ trả lời: {State(row.state).label}.")
    matters.close(unit, row.id, now)
    audit.record(unit, state.value, "request", row.id, now, person_id=by, actor=None if viewer else audit.OPERATOR)
