"""What every act on an assignment does: whose row it is, the move by the table, who is told.

The caller's unit holds all of it; nothing is committed here.
"""

from datetime import date, datetime, timedelta
from typing import Any

from actions import explaining, following
from actions.layout import plan_steps, terms
from domain import extensions as extension_rules
from domain.assignments import MOVES, Act, State, move, prior_after
from domain.deadlines import from_json
from domain.duties import Duty
from domain.errors import NotFound, Stale
from domain.local import local, today
from domain.notices import Kind
from domain.people import Role, Viewer
from storage import assignments, audit, extensions, matters, notices, people, planned
from storage.database import Unit
from storage.types import AnyRow


def own(unit: Unit, viewer: Viewer, assignment_id: int) -> AnyRow:
    """Return the row where it belongs to one of the viewer's agencies. Raises NotFound, also for a stranger's."""
    row = assignments.get(unit, assignment_id)
    if row is None or row.agency_id not in viewer.own_agencies:
        raise NotFound()
    return row


def of_office(unit: Unit, viewer: Viewer, assignment_id: int) -> AnyRow:
    """Return any row for a coordinator. Raises NotFound for others."""
    row = assignments.get(unit, assignment_id)
    if row is None or not viewer.coordinates:
        raise NotFound()
    return row


def apply(
    unit: Unit,
    row: AnyRow,
    act: Act,
    viewer: Viewer | None,
    now: datetime,
    *,
    actor: str = audit.OPERATOR,
    **values: object,
) -> State:
    """Move the row by the table, by a person or (None) the operator, or the program itself, as `actor` says.

    Raises ActRefused for an impossible move, Stale when another was faster.

    A request for a later date that the act leaves without meaning is withdrawn.
    """
    before, prior = State(row.state), State(row.prior_state) if row.prior_state else None
    if viewer is not None and viewer.coordinates and (before, act) not in MOVES:
        _refuse_overtaken(unit, row, viewer, now)
    state = move(before, act, prior)
    kept = prior_after(before, act, prior)
    values |= {"state": state.value, "prior_state": kept.value if kept else None}
    if not assignments.change(unit, row.id, row.version, **values):
        raise overtaken(unit, row)
    who = {"person_id": viewer.person_id} if viewer else {"actor": actor}
    audit.record(unit, act.value, "assignment", row.id, now, state=state.value, **who)
    if before is State.EXTENSION_REQUESTED and state is not before:
        _withdraw(unit, row.id, now)
    return state


LATELY = timedelta(days=1)
"""An act of somebody else within this time is why a coordinator's own is not possible any more."""


def _refuse_overtaken(unit: Unit, row: AnyRow, viewer: Viewer, now: datetime) -> None:
    """Raise Stale where another person has just changed what a coordinator wants to act on."""
    last = audit.last_act(unit, "assignment", row.id)
    if last is not None and last.person_id not in {None, viewer.person_id} and now - last.at <= LATELY:
        raise overtaken(unit, row)


def overtaken(unit: Unit, row: AnyRow) -> Stale:
    """Return the refusal of an act on an assignment that somebody else changed first, naming who and when."""
    last, state = audit.last_act(unit, "assignment", row.id), State(row.state)
    if last is None:
        return Stale()
    who = f"đồng chí {last.person}" if last.person else "hệ thống"
    return Stale(
        f"{row.code} vừa được {who} cập nhật lúc {local(last.at):%H:%M %d/%m/%Y}, hiện {state.label}. "
        f"Gõ {row.code} để xem bản mới nhất rồi làm tiếp nếu còn cần."
    )


def as_shown(unit: Unit, row: AnyRow, shown: int | None) -> None:
    """Raise Stale where the row is not the version any more that a person was shown; None asks for none."""
    if shown is not None and row.version != shown:
        raise overtaken(unit, row)


def _withdraw(unit: Unit, assignment_id: int, now: datetime) -> None:
    pending = extensions.pending_of(unit, assignment_id)
    if pending is not None:
        extensions.decide(unit, pending.id, extension_rules.State.WITHDRAWN, now)


def tell_office(
    unit: Unit, matter_id: int, occasion: str, kind: Kind, now: datetime, data: dict[str, int] | None = None
) -> int:
    """Tell who in the office hears of this matter first; return to how many it is new."""
    return sum(
        notices.add(unit, person_id, occasion, kind, now, role=Role.COORDINATOR, matter_id=matter_id, data=data)
        for person_id in following.audience(unit, matter_id, today(now))
    )


def tell_agency(
    unit: Unit,
    agency_id: int,
    matter_id: int,
    occasion: str,
    kind: Kind,
    now: datetime,
    data: dict[str, int] | None = None,
) -> None:
    """Tell the officers of an agency."""
    for person_id in people.members(unit, agency_id, Role.OFFICER, today(now)):
        notices.add(
            unit, person_id, occasion, kind, now, role=Role.OFFICER, matter_id=matter_id, agency_id=agency_id, data=data
        )


def give_days_back(unit: Unit, row: AnyRow, held_since: date, reason: str, now: datetime) -> date | None:
    """Move the date of what came in time by the working days the office held it: they are never late.

    Returns the new last day on time, None where nothing moved.
    """
    under = terms(unit, None, now, now)
    held = under.calendar.between(held_since, today(now))
    if row.due_on is None or held_since > row.due_on or held <= 0:
        return None
    due_on = under.calendar.add(row.due_on, held)
    known_on = today(row.issued_at)
    told = explaining.held_back(unit, row, due_on, held_since, today(now), known_on, under.calendar)
    _move_due(unit, row, due_on, reason, told, now, known_on=known_on)
    return due_on


def move_due(
    unit: Unit, row: AnyRow, due_on: date, reason: str, now: datetime, *, how: str, basis: str = "", by: int
) -> None:
    """Give an assignment the date that a person decided, with its ladder laid out anew for it.

    `how` says in Vietnamese what was decided.
    """
    told = explaining.decided(unit, row, due_on, how, basis, terms(unit, None, now, now).calendar)
    _move_due(unit, row, due_on, reason, told, now, basis=basis or None, decided_by=by)


def _move_due(
    unit: Unit,
    row: AnyRow,
    due_on: date,
    reason: str,
    told: dict[str, Any],
    now: datetime,
    *,
    known_on: date | None = None,
    basis: str | None = None,
    decided_by: int | None = None,
) -> None:
    under = terms(unit, None, now, now)
    duty = Duty(row.period, row.starts_on, due_on, from_json(row.deadline))
    version = matters.move_due(
        unit,
        row.id,
        due_on,
        reason,
        under.calendar.version,
        now,
        explanation=told,
        basis=basis,
        decided_by=decided_by,
    )
    planned.add(unit, plan_steps(unit, row, duty, version, under, known_on=known_on))
