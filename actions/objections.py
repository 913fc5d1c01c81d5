"""What stands in an agency's way, what it holds is not its work, and the coordinating office's word on both.

Until the office answers only climbing rests: the agency's own officers are reminded as before.
"""

from collections.abc import Sequence
from datetime import datetime

from actions import explaining, moves, requests
from actions.layout import Part, Rows, Terms, collect, terms, write
from domain.assignments import Act, State
from domain.deadlines import from_json
from domain.duties import Duty
from domain.errors import ActRefused
from domain.notices import Kind
from domain.people import Viewer
from storage import agencies, assignments, matters, planned
from storage.database import Unit
from storage.types import AnyRow


def obstruct(unit: Unit, viewer: Viewer, assignment_id: int, text: str, now: datetime) -> None:
    """Note what is in the way, and tell the coordinating office."""
    _object(unit, viewer, assignment_id, Act.OBSTRUCT, Kind.OBSTACLE, text, now)


def disown(unit: Unit, viewer: Viewer, assignment_id: int, text: str, now: datetime) -> None:
    """Note why the agency holds that the task is not its own, and tell the coordinating office."""
    _object(unit, viewer, assignment_id, Act.DISOWN, Kind.NOT_OURS, text, now)


def _object(unit: Unit, viewer: Viewer, assignment_id: int, act: Act, kind: Kind, text: str, now: datetime) -> None:
    row = moves.own(unit, viewer, assignment_id)
    moves.apply(unit, row, act, viewer, now)
    comment = assignments.comment(unit, row.id, kind.value, text, viewer.person_id, now)
    moves.tell_office(unit, row.id, f"event:{kind}:{comment}", kind, now)


def withdraw(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime) -> None:
    """Let the agency take back its request for a later date, or that the task is not its own.

    What remains of the ladder stands again. Raises ActRefused where nothing waits that can be taken back.
    """
    row = moves.own(unit, viewer, assignment_id)
    moves.apply(unit, row, Act.WITHDRAW, viewer, now)
    assignments.comment(unit, row.id, "withdrawn", State(row.state).label, viewer.person_id, now)
    planned.resume(unit, row.id, now)


def answer(unit: Unit, viewer: Viewer, assignment_id: int, text: str, now: datetime) -> None:
    """Answer an obstacle; the work goes on. Raises ActRefused where nothing waits for an answer."""
    row = moves.of_office(unit, viewer, assignment_id)
    _refuse_answered(row, State.OBSTACLE)
    moves.apply(unit, row, Act.ANSWER, viewer, now)
    _tell(unit, viewer, row, "answer", text, now)


def keep(unit: Unit, viewer: Viewer, assignment_id: int, reason: str, now: datetime) -> None:
    """Decide that the task stays where it is, with the reason; what remains of the ladder goes on.

    Raises ActRefused where the agency's objection was answered before.
    """
    row = moves.of_office(unit, viewer, assignment_id)
    _refuse_answered(row, State.NOT_OURS)
    moves.apply(unit, row, Act.KEEP, viewer, now)
    _tell(unit, viewer, row, "kept", reason, now)


def reassign(unit: Unit, viewer: Viewer, assignment_id: int, agency_id: int, reason: str, now: datetime) -> int:
    """Give the task to another agency by the same date; return the id of its assignment.

    Whatever the old agency still has open of the task is cancelled with the reason; the new one has a ladder from
    now on, and coming periods of a recurring task are its own. Raises ActRefused where the objection was answered
    before, and where the other agency has the task already.
    """
    row = moves.of_office(unit, viewer, assignment_id)
    _refuse_answered(row, State.NOT_OURS, State.OBSTACLE)
    other = agencies.get(unit, agency_id)
    if other is None or agency_id == row.agency_id:
        raise ActRefused("Xin chọn một cơ quan khác trong danh mục.")
    known = {(one.agency_id, one.part, one.period): one for one in assignments.of_task(unit, row.task_id)}
    has = known.get((agency_id, row.part, row.period))
    if has is not None and has.state != State.CANCELLED:
        raise ActRefused(f"{other.name} đã được giao việc này ({has.code}). Xin chọn cơ quan khác.")
    left = [
        one
        for one in known.values()
        if one.agency_id == row.agency_id and (one.id == row.id or not State(one.state).is_done_by_agency)
    ]
    for one in left:
        moves.apply(unit, one, Act.REASSIGN if one.id == row.id else Act.CANCEL, viewer, now)
        matters.close(unit, one.id, now)
        requests.withdraw_all(unit, viewer, one.id, now)
        _tell(unit, viewer, one, "reassigned", f"giao {other.name}: {reason}", now)
    assignments.move_lead(unit, row.task_id, row.agency_id, agency_id)
    fresh = [one for one in left if makes_room(unit, known.get((agency_id, one.part, one.period)))]
    give(unit, fresh, agency_id, terms(unit, None, now, now))
    made = next(
        one
        for one in assignments.of_task(unit, row.task_id)
        if (one.agency_id, one.part, one.period) == (agency_id, row.part, row.period)
    )
    assignments.comment(unit, made.id, "reassigned", f"từ {row.code}: {reason}", viewer.person_id, now)
    return int(made.id)


def makes_room(unit: Unit, has: AnyRow | None) -> bool:
    """Whether a period may be given to an agency; one that it had and was taken from it keeps a label of its own."""
    if has is None:
        return True
    if has.state != State.CANCELLED:
        return False
    assignments.set_aside_period(unit, has)
    return True


def give(unit: Unit, old: Sequence[AnyRow], agency_id: int, under: Terms) -> None:
    """Give an agency what others have of a task, by the same dates and on the same grounds; ladders begin now."""
    rows = Rows()
    for one in old:
        duty = Duty(one.period, one.starts_on, one.due_on, from_json(one.deadline))
        part = Part(one.part, "", duty.deadline, one.product)
        grounds = explaining.grounds_of(unit, one)
        collect(rows, one.task_id, agency_id, part, duty, under, grounds=grounds)
    write(unit, rows, under)


def _refuse_answered(row: AnyRow, *waiting: State) -> None:
    """Raise ActRefused where somebody was faster."""
    if State(row.state) not in waiting:
        raise ActRefused(
            f"{row.code} không còn chờ trả lời, hiện {State(row.state).label}. Gõ {row.code} để xem đã trả lời thế nào."
        )


def _tell(unit: Unit, viewer: Viewer, row: AnyRow, kind: str, text: str, now: datetime) -> None:
    comment = assignments.comment(unit, row.id, kind, text, viewer.person_id, now)
    moves.tell_agency(
        unit, row.agency_id, row.id, f"event:answered:{comment}", Kind.ANSWERED, now, {"comment": comment}
    )
