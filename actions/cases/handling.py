"""What the agency does that works on a case (Nghị định 20/2008/NĐ-CP, Điều 14)."""

from datetime import date, datetime, timedelta
from typing import Any

from actions.cases import laying, moving, telling
from actions.cases.wording import said
from domain.cases.decisions import Urgency
from domain.cases.fields import Reporter
from domain.cases.lifecycle import Act, State, may, move
from domain.errors import ActRefused, NotFound
from domain.explanations import of_decision
from domain.local import short_day, today
from domain.notices import Kind as NoticeKind
from domain.people import Role, Viewer
from storage import agencies, calendars, office_settings, people, planned
from storage.cases import people as citizens
from storage.cases import proposals, questions, rows
from storage.database import Unit
from storage.types import AnyRow

_ACKNOWLEDGING = ("ack1", "ack2")


def acknowledge(unit: Unit, viewer: Viewer, case_id: int, now: datetime, *, shown: int | None = None) -> None:
    """Note that the agency has taken a case on."""
    row = moving.of_agency(unit, viewer, case_id, shown)
    _taken_on(unit, moving.apply(unit, row, Act.ACKNOWLEDGE, now, viewer=viewer, **_taking(row, viewer, now)).row)


def _taking(row: AnyRow, viewer: Viewer, now: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if row.acknowledged_at is None:
        values["acknowledged_at"] = now
    if row.handler_id is None:
        values["handler_id"] = viewer.person_id
    return values


def _taken_on(unit: Unit, row: AnyRow) -> None:
    planned.cancel_rungs(unit, row.id, _ACKNOWLEDGING)


def ask_return(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    reason: str,
    proposed: int | None,
    now: datetime,
    *,
    shown: int | None = None,
) -> None:
    """Ask the office to give a case to another agency: it is not this one's. Within the office's days for that.

    Only the office re-routes; the sender goes on reading that it is being worked on.
    """
    row = moving.of_agency(unit, viewer, case_id, shown)
    last = returnable_until(unit, today(row.forwarded_at))
    if today(now) > last:
        raise ActRefused(f"Chỉ đề nghị chuyển lại được đến hết {short_day(last)}. Xin liên hệ Văn phòng.")
    moved = moving.apply(
        unit,
        row,
        Act.ASK_RETURN,
        now,
        viewer=viewer,
        text=said(reason, "lý do không thuộc thẩm quyền"),
        data={"proposed": proposed},
        bounces=row.bounces + 1,
    )
    _taken_on(unit, moved.row)
    moving.tell_office(unit, moved.row, moved.event_id, "return_asked", now)


def returnable_until(unit: Unit, forwarded_on: date) -> date:
    """Return the last day on which an agency may ask that a case passed on to it then goes to another one."""
    return calendars.in_force(unit).add(forwarded_on, office_settings.number(unit, "case_return_days"))


def ask(unit: Unit, viewer: Viewer, case_id: int, question: str, now: datetime, *, shown: int | None = None) -> None:
    """Ask the sender; one open question at a time. The waiting time is kept beside the gross age."""
    row = moving.of_agency(unit, viewer, case_id, shown)
    wanted = said(question, "câu hỏi")
    moved = moving.apply(unit, row, Act.ASK, now, viewer=viewer, text=wanted, **_taking(row, viewer, now))
    _taken_on(unit, moved.row)
    questions.ask(unit, row.id, questions.CLARIFY, wanted, viewer.person_id, None, now)
    agency = agencies.names(unit, [row.agency_id])[row.agency_id]
    telling.tell(unit, moved.row, "asked", moved.event_id, now, question=wanted, agency=agency)


def resume(unit: Unit, viewer: Viewer, case_id: int, now: datetime, *, shown: int | None = None) -> None:
    """Go on without the sender's answer."""
    row = moving.of_agency(unit, viewer, case_id, shown)
    waiting = questions.waiting(unit, row.id)
    moved = moving.apply(unit, row, Act.RESUME, now, viewer=viewer)
    if waiting is not None:
        laying.give_waiting_back(unit, moved.row, waiting.asked_at, now)


def progress(unit: Unit, viewer: Viewer, case_id: int, text: str, now: datetime, *, tell: bool) -> None:
    """Note how far the work is; with `tell` the sender hears it."""
    row = moving.of_agency(unit, viewer, case_id)
    if not State(row.state).is_with_agency:
        raise ActRefused(f"Phản ánh này đang ở trạng thái “{State(row.state).label}”, không báo tiến độ được.")
    words = said(text, "tiến độ")
    if row.state == State.FORWARDED:
        acknowledge(unit, viewer, case_id, now)
        row = moving.of_agency(unit, viewer, case_id)
    event_id = moving.note(unit, row, "progress", now, viewer=viewer, text=words)
    if tell:
        telling.tell(unit, row, "progress", event_id, now, text=words)


def propose_collecting(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    reason: str,
    review_on: date,
    now: datetime,
    *,
    shown: int | None = None,
) -> int | None:
    """Propose to collect and study a case further; the head decides, at once where the head proposes.

    Returns the proposal's id, None where it is decided. Raises ActRefused for a review later than the office allows.
    """
    row = moving.of_agency(unit, viewer, case_id, shown)
    move(State(row.state), Act.COLLECT)
    latest = today(now) + timedelta(days=office_settings.number(unit, "case_review_days"))
    if not today(now) < review_on <= latest:
        raise ActRefused(f"Ngày xem xét lại phải sau hôm nay và không quá {short_day(latest)}.")
    data = {"reason": said(reason, "lý do"), "review_on": review_on.isoformat()}
    if row.agency_id in viewer.agencies_as(Role.HEAD) | viewer.agencies_as(Role.COORDINATOR):
        _collect(unit, viewer, row, data, now)
        return None
    if not rows.change(unit, row.id, row.version):
        raise moving.overtaken(unit, row)
    proposal_id = proposals.add(unit, row.id, Act.COLLECT.value, data, viewer.person_id, now)
    event_id = moving.note(unit, row, "propose_collecting", now, viewer=viewer, text=data["reason"], data=data)
    moving.tell_agency(
        unit, row, event_id, NoticeKind.CASE_TO_APPROVE, now, role=Role.HEAD, what="collecting", proposal=proposal_id
    )
    return proposal_id


def decide_collecting(unit: Unit, viewer: Viewer, proposal_id: int, *, agreed: bool, note: str, now: datetime) -> None:
    """Let the head of the agency agree to collecting a case further, or not."""
    waiting = proposals.get(unit, proposal_id)
    if waiting is None or waiting.act != Act.COLLECT:
        raise NotFound("đề nghị này")
    row = moving.of_head(unit, viewer, waiting.case_id)
    state = proposals.AGREED if agreed else proposals.DISAGREED
    if not proposals.decide(unit, proposal_id, state, viewer.person_id, note, now):
        raise moving.overtaken(unit, row)
    if agreed:
        _collect(unit, viewer, row, waiting.data, now)
    else:
        event_id = moving.note(unit, row, "collecting_declined", now, viewer=viewer, text=note)
        moving.tell_agency(unit, row, event_id, NoticeKind.CASE_RETURNED, now, what="collecting")


def _collect(unit: Unit, viewer: Viewer, row: AnyRow, data: dict[str, str], now: datetime) -> None:
    review_on = date.fromisoformat(data["review_on"])
    moved = moving.apply(
        unit,
        row,
        Act.COLLECT,
        now,
        viewer=viewer,
        text=data["reason"],
        data=data,
        wait_until=review_on,
        **_taking(row, viewer, now),
    )
    _taken_on(unit, moved.row)
    how = f"Tiếp tục tập hợp, nghiên cứu; xem xét lại ngày {short_day(review_on)} (Nghị định 20/2008/NĐ-CP, Điều 14)."
    laying.move(unit, moved.row, laying.Clock(review_on, of_decision("", how, review_on)), "collected", now)
    telling.tell(unit, moved.row, "collected", moved.event_id, now, review_on=data["review_on"], reason=data["reason"])
    moving.tell_office(unit, moved.row, moved.event_id, "collected", now)


def name_handler(unit: Unit, viewer: Viewer, case_id: int, person_id: int, now: datetime) -> None:
    """Let the head say who in the agency works on a case; of conduct that person alone, besides the head."""
    row = moving.of_head(unit, viewer, case_id)
    roles = {
        role
        for agency_id, role in people.seats_held(unit, [person_id]).get(person_id, ())
        if agency_id == row.agency_id
    }
    held = next((role for role in (Role.OFFICER, Role.HEAD) if role in roles), None)
    if held is None:
        raise ActRefused("Người này không thuộc cơ quan. Xin chọn người trong danh sách của cơ quan.")
    if not rows.change(unit, row.id, row.version, handler_id=person_id):
        raise moving.overtaken(unit, row)
    event_id = moving.note(unit, row, "handler", now, viewer=viewer, data={"person": person_id})
    if laying.is_conduct(row):
        planned.address(unit, row.id, person_id, held)
    fresh = rows.get(unit, row.id) or row
    moving.tell_agency(unit, fresh, event_id, NoticeKind.CASE_FORWARDED, now)


def read_identity(unit: Unit, viewer: Viewer, case_id: int, reason: str, now: datetime) -> Reporter:
    """Return who reports, to who works on the case or to the office; who read it and why is kept, the office told.

    Raises ActRefused where the person has been erased, or has asked that nobody reads it.
    """
    row = rows.get(unit, case_id)
    if row is None or not (viewer.coordinates or moving.handles(viewer, row)):
        raise NotFound(moving.WHAT)
    why = said(reason, "lý do cần thông tin người gửi", 5, 300)
    who = citizens.get(unit, row.citizen_id)
    if who is None:
        raise ActRefused("Thông tin người gửi đã được xoá theo yêu cầu hoặc hết thời hạn lưu giữ.")
    if citizens.is_restricted(unit, row.citizen_id):
        raise ActRefused("Người gửi đã yêu cầu hạn chế xử lý dữ liệu: thông tin người gửi không được xem.")
    citizens.note_read(unit, row.citizen_id, row.id, viewer.person_id, why, now)
    event_id = moving.note(unit, row, "identity_read", now, viewer=viewer, text=why)
    if not viewer.coordinates:
        moving.tell_office(unit, row, event_id, "identity_read", now)
    return who


def set_urgency(
    unit: Unit, viewer: Viewer, case_id: int, urgency: Urgency, now: datetime, *, shown: int | None = None
) -> None:
    """Let the office say how pressing a case is that an agency works on; its clock counts from the transfer."""
    row = moving.of_office(unit, viewer, case_id, shown)
    if not may(State(row.state), Act.REROUTE) or not rows.change(unit, row.id, row.version, urgency=urgency.value):
        raise moving.overtaken(unit, row)
    moving.note(unit, row, "urgency", now, viewer=viewer, data={"urgency": urgency.value})
    fresh = moving.of_office(unit, viewer, case_id)
    clock = laying.answering_clock(unit, fresh, row.forwarded_at)
    rows.put(unit, row.id, due_at=clock.at)
    laying.move(unit, fresh, clock, "classified", now, decided_by=viewer.person_id)
