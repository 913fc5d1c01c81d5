"""What an agency does with its assignments, and what the coordinating office answers.

Every act reads the viewer's seats and the row in the same unit, moves the state by the table of
`domain.assignments`, writes the audit line and the notices that follow, and leaves committing to the caller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from actions.layout import plan_steps, terms
from domain.assignments import Act, State, move
from domain.deadlines import from_json
from domain.duties import Duty
from domain.errors import ActRefused, NotFound, Stale
from domain.local import today
from domain.notices import Kind
from domain.people import Role, Viewer
from storage import assignments, audit, matters, notices, people, planned
from storage.database import Unit
from storage.types import AnyRow


def _own(unit: Unit, viewer: Viewer, assignment_id: int) -> AnyRow:
    """Return the row where it belongs to one of the viewer's agencies. Raises NotFound, also for a stranger's."""
    row = assignments.get(unit, assignment_id)
    if row is None or row.agency_id not in viewer.own_agencies:
        raise NotFound()
    return row


def _any(unit: Unit, viewer: Viewer, assignment_id: int) -> AnyRow:
    """Return the row for a coordinator. Raises NotFound."""
    row = assignments.get(unit, assignment_id)
    if row is None or not viewer.coordinates:
        raise NotFound()
    return row


def _apply(unit: Unit, row: AnyRow, act: Act, viewer: Viewer, now: datetime, **values: object) -> State:
    """Move the row by the table. Raises ActRefused for an impossible move, Stale when another was faster."""
    state = move(State(row.state), act)
    if not assignments.change(unit, row.id, row.version, state=state.value, **values):
        raise Stale()
    audit.record(unit, act.value, "assignment", row.id, now, person_id=viewer.person_id, state=state.value)
    return state


def accept(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime) -> None:
    """Note that the agency has taken the task on."""
    row = _own(unit, viewer, assignment_id)
    _apply(unit, row, Act.ACCEPT, viewer, now, accepted_at=now)


def accept_all(unit: Unit, viewer: Viewer, assignment_ids: Iterable[int], now: datetime) -> int:
    """Take on those of the given assignments that are the viewer's and wait for it; return how many."""
    taken = 0
    for assignment_id in assignment_ids:
        row = assignments.get(unit, assignment_id)
        if row is not None and row.agency_id in viewer.own_agencies and row.state == State.ASSIGNED:
            _apply(unit, row, Act.ACCEPT, viewer, now, accepted_at=now)
            taken += 1
    return taken


def progress(unit: Unit, viewer: Viewer, assignment_id: int, text: str, percent: int | None, now: datetime) -> None:
    """Note how far the work is, in the agency's words."""
    row = _own(unit, viewer, assignment_id)
    _apply(unit, row, Act.PROGRESS, viewer, now)
    assignments.comment(unit, row.id, "progress", text, viewer.person_id, now, percent)


def obstruct(unit: Unit, viewer: Viewer, assignment_id: int, text: str, now: datetime) -> None:
    """Note what is in the way, and tell the coordinating office."""
    row = _own(unit, viewer, assignment_id)
    _apply(unit, row, Act.OBSTRUCT, viewer, now)
    comment = assignments.comment(unit, row.id, "obstacle", text, viewer.person_id, now)
    _tell_office(unit, row.id, f"event:obstacle:{comment}", Kind.OBSTACLE, now)


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that the work is done. `on` is the product's own date, None where there is none."""

    kind: str
    number: str | None = None
    on: date | None = None
    text: str = ""
    file_id: int | None = None


def report(
    unit: Unit, viewer: Viewer, assignment_id: int, proof: Proof, also: Sequence[int], now: datetime
) -> tuple[int, ...]:
    """Report done, with the evidence, the assignment and others of the same agencies that it completes too.

    Completion is judged by the product's date, the day of the report where it has none. Returns the ids
    reported. Raises ActRefused for a product dated in the future.
    """
    if proof.on is not None and proof.on > today(now):
        raise ActRefused("Ngày văn bản đang ở tương lai. Xin kiểm tra và nhập lại số, ngày văn bản.")
    ids = tuple(dict.fromkeys((assignment_id, *also)))
    for one in ids:
        row = _own(unit, viewer, one)
        _apply(unit, row, Act.REPORT, viewer, now, reported_at=now, completed_on=proof.on or today(now))
        planned.suspend(unit, one)
        _tell_office(unit, one, f"event:reported:{one}:{row.version}", Kind.REPORTED, now)
    assignments.add_evidence(
        unit,
        ids,
        kind=proof.kind,
        number=proof.number,
        on=proof.on,
        text=proof.text,
        file_id=proof.file_id,
        person_id=viewer.person_id,
        now=now,
    )
    return ids


def confirm(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime) -> None:
    """Let the coordinating office accept a report; the matter is closed and its officers are told."""
    row = _any(unit, viewer, assignment_id)
    _apply(unit, row, Act.CONFIRM, viewer, now, confirmed_at=now)
    matters.close(unit, row.id, now)
    _tell_agency(unit, row, f"event:confirmed:{row.version}", Kind.CONFIRMED, now)


def give_back(unit: Unit, viewer: Viewer, assignment_id: int, reason: str, now: datetime) -> None:
    """Let the coordinating office return a report with the reason; what remains of the ladder stands again."""
    row = _any(unit, viewer, assignment_id)
    _apply(unit, row, Act.RETURN, viewer, now, reported_at=None, completed_on=None)
    comment = assignments.comment(unit, row.id, "return", reason, viewer.person_id, now)
    planned.resume(unit, row.id, now)
    _give_days_back(unit, row, now)
    _tell_agency(unit, row, f"event:returned:{comment}", Kind.RETURNED, now)


def _give_days_back(unit: Unit, row: AnyRow, now: datetime) -> None:
    """Move the date of a report that came in time by the working days the office held it: they are never late."""
    reported = today(row.reported_at)
    under = terms(unit, None, now, now)
    held = under.calendar.between(reported, today(now))
    if row.due_on is None or reported > row.due_on or held <= 0:
        return
    duty = Duty(row.period, row.starts_on, under.calendar.add(row.due_on, held), from_json(row.deadline))
    version = matters.move_due(unit, row.id, duty.due_on, HELD, under.calendar.version, now)
    planned.add(unit, plan_steps(unit, row, duty, version, under))


HELD = "returned"
"""The reason kept with a date that moved because the office held the report."""


def _tell_office(unit: Unit, matter_id: int, occasion: str, kind: Kind, now: datetime) -> None:
    for person_id in people.active(unit, Role.COORDINATOR):
        notices.add(unit, person_id, occasion, kind, now, role=Role.COORDINATOR, matter_id=matter_id)


def _tell_agency(unit: Unit, row: AnyRow, occasion: str, kind: Kind, now: datetime) -> None:
    for person_id in people.members(unit, row.agency_id, Role.OFFICER):
        notices.add(unit, person_id, occasion, kind, now, role=Role.OFFICER, matter_id=row.id, agency_id=row.agency_id)


def keep_file(
    unit: Unit, channel: str, reference: str, name: str, media_type: str, size: int | None, now: datetime
) -> int:
    """Remember a file that somebody sent and return its id."""
    return assignments.add_file(unit, channel, reference, name, media_type, size, now)
