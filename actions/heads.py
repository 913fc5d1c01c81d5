"""A report that the head of the agency confirms first, where the plan asks for it; then the office is asked.

A head who has not joined, cannot be reached or does not answer holds nothing up: it goes on, and that is said.
"""

from datetime import datetime
from typing import Any

from actions import moves
from domain.assignments import Act
from domain.errors import ActRefused, NotFound, Stale
from domain.local import today
from domain.notices import Kind
from domain.people import Role, Viewer
from domain.workdays import WorkCalendar
from storage import assignments, audit, heads, notices, offices, people, planned, plans
from storage.database import Unit
from storage.types import AnyRow

PATIENCE = 2
"""Working days after which a report goes on without its head's word."""


def asks_first(unit: Unit, viewer: Viewer, row: AnyRow, now: datetime) -> bool:
    """Ask the head about a report that was just made, where the plan wants it; return whether the head has the word.

    A head's own report needs no other's word.
    """
    if not heads.wanted(unit, row.id):
        return False
    if row.agency_id in viewer.agencies_as(Role.HEAD):
        heads.confirmed(unit, row.id, viewer.person_id, now)
        return False
    asked = people.members(unit, row.agency_id, Role.HEAD, today(now))
    if not any(people.open_endpoints(unit, one) for one in asked):
        heads.confirmed(unit, row.id, None, now)
        said = "Cơ quan chưa có lãnh đạo nhận tin, báo cáo chuyển thẳng Văn phòng."
        assignments.comment(unit, row.id, "head_confirmed", said, None, now)
        return False
    heads.confirmed(unit, row.id, None, None)
    for person_id in asked:
        notices.add(
            unit,
            person_id,
            f"event:head:{row.version}",
            Kind.HEAD_ASKED,
            now,
            role=Role.HEAD,
            matter_id=row.id,
            agency_id=row.agency_id,
        )
    return True


def refuse_early(unit: Unit, assignment_id: int) -> None:
    """Raise ActRefused where the head of the agency has the word before the office."""
    if heads.waits_for(unit, assignment_id):
        raise ActRefused("Báo cáo này đang chờ lãnh đạo cơ quan xác nhận trước. Xin đợi, hoặc liên hệ cơ quan.")


def confirm(unit: Unit, viewer: Viewer, assignment_id: int, now: datetime) -> None:
    """Let the head agree to a report of the own agency; now the office is asked.

    Raises NotFound for who is not its head, ActRefused where nothing waits for the head.
    """
    row = _waiting(unit, viewer, assignment_id)
    heads.confirmed(unit, row.id, viewer.person_id, now)
    audit.record(unit, "head_confirm", "assignment", row.id, now, person_id=viewer.person_id)
    assignments.comment(unit, row.id, "head_confirmed", viewer.name, viewer.person_id, now)
    _ask_office(unit, row, now)


def give_back(unit: Unit, viewer: Viewer, assignment_id: int, reason: str, now: datetime) -> None:
    """Let the head return a report to the own officers, with the reason; what remains of the ladder stands again.

    Raises NotFound for who is not its head, ActRefused where nothing waits for the head.
    """
    row = _waiting(unit, viewer, assignment_id)
    moves.apply(unit, row, Act.RETURN, viewer, now, reported_at=None, completed_on=None)
    comment = assignments.comment(unit, row.id, "head_returned", reason, viewer.person_id, now)
    planned.resume(unit, row.id, now)
    moves.tell_agency(unit, row.agency_id, row.id, f"event:returned:{comment}", Kind.RETURNED, now)


def go_on(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Let go on to the office what heads have left unanswered; return how many reports."""
    if not offices.first_look(unit, "heads_on", today(now), now):
        return 0
    late = [one for one in heads.waiting(unit) if calendar.between(today(one.reported_at), today(now)) >= PATIENCE]
    for one in late:
        row = assignments.get(unit, one.id)
        if row is not None:
            heads.confirmed(unit, row.id, None, now)
            said = f"Sau {PATIENCE} ngày làm việc lãnh đạo cơ quan chưa xác nhận, báo cáo chuyển Văn phòng."
            assignments.comment(unit, row.id, "head_confirmed", said, None, now)
            _ask_office(unit, row, now)
    return len(late)


def set_wanted(unit: Unit, plan_id: int, now: datetime, viewer: Viewer | None = None, *, on: bool) -> None:
    """Say whether heads confirm reports of a plan first, by a coordinator or (None) the operator; also once issued.

    What waits for a head when it is turned off is the office's at once; what reached the office before it is turned
    on stays there. Raises ActRefused for others, NotFound for no such plan, Stale where somebody was faster.
    """
    if viewer is not None and not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới đặt được cách xác nhận của kế hoạch.")
    plan = plans.get(unit, plan_id)
    if plan is None:
        raise NotFound("kế hoạch này")
    if bool(plan.head_confirms) is on:
        return
    if not plans.change(unit, plan_id, plan.version, head_confirms=on):
        raise Stale()
    for one in heads.reported_without(unit, plan_id):  # what was reported before is the office's either way
        row = assignments.get(unit, one)
        heads.confirmed(unit, one, None, now)
        if row is not None and not on:
            _ask_office(unit, row, now)
    who: dict[str, Any] = {"person_id": viewer.person_id} if viewer else {"actor": audit.OPERATOR}
    audit.record(unit, "head_confirms", "plan", plan_id, now, on=on, **who)


def _waiting(unit: Unit, viewer: Viewer, assignment_id: int) -> AnyRow:
    row = assignments.get(unit, assignment_id)
    if row is None or row.agency_id not in viewer.agencies_as(Role.HEAD):
        raise NotFound()
    if not heads.waits_for(unit, row.id):
        raise ActRefused(f"{row.code} không chờ lãnh đạo cơ quan xác nhận. Gõ {row.code} để xem.")
    return row


def _ask_office(unit: Unit, row: AnyRow, now: datetime) -> None:
    moves.tell_office(unit, row.id, f"event:reported:{row.id}:{row.version}", Kind.REPORTED, now)
