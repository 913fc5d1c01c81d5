"""The office's word on a request about personal data: carried out, refused with the reason, extended once.

The person is told by the chat the request came from; composed when it leaves, as that channel may carry it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from actions import erasing
from actions.data_rights import SUBJECT, WORDS, code_of, settle
from domain import data_rights
from domain.data_rights import Act, Right, State
from domain.errors import ActRefused, NotFound, Stale
from domain.explanations import kept, of_decision
from domain.local import today
from domain.notices import Kind
from domain.outgoing import Capabilities, Message
from domain.people import Role, Viewer
from messages.render import render
from storage import audit, calendars, data_requests, matters, notices, outbox, people
from storage.cases import people as citizens
from storage.database import Unit
from storage.types import AnyRow
from storage.views import data_rights as data_views
from storage.views import office as office_views

KIND = "data"
"""The kind of the outbox's rows that tell what became of a request."""

AHEAD = 2
"""Working days before the last one from which the coordinators are reminded each day."""


def fulfil(unit: Unit, viewer: Viewer, request_id: int, now: datetime, *, shown: int | None = None) -> None:
    """Carry a request out and tell the person. Raises NotFound, ActRefused, Stale."""
    row = _of_office(unit, viewer, request_id, shown)
    right, theirs = Right(row.kind), _theirs(unit, row)
    public = data_views.published(unit, row.endpoint_id) if row.endpoint_id else []
    if right is Right.WITHDRAW and public:
        raise ActRefused(f"Còn bản công khai chưa gỡ: {', '.join(public)}. Xin gỡ trước rồi xác nhận.")
    settle(unit, row, Act.FULFIL, now, by=viewer.person_id, answer="")
    if right is Right.ERASE:
        erasing.erase(unit, theirs, now, by=viewer.person_id, why=code_of(request_id))
    elif right in {Right.RESTRICT, Right.OBJECT}:
        citizens.restrict(unit, theirs, now)
        citizens.withdraw_consent(unit, theirs, citizens.PUBLICATION, now)
    _tell(unit, row, "done", now)


def refuse(
    unit: Unit, viewer: Viewer, request_id: int, reason: str, now: datetime, *, shown: int | None = None
) -> None:
    """Tell the person why a request is not carried out. Raises as `fulfil`."""
    row, why = _of_office(unit, viewer, request_id, shown), _said(reason)
    settle(unit, row, Act.REFUSE, now, by=viewer.person_id, answer=why)
    _tell(unit, row, "refused", now)


def extend(
    unit: Unit, viewer: Viewer, request_id: int, to: date, reason: str, now: datetime, *, shown: int | None = None
) -> date:
    """Give a request a later last day, once, and tell the person why; return the day. Raises as `fulfil`."""
    row, why = _of_office(unit, viewer, request_id, shown), _said(reason)
    data_rights.moved(State(row.state), Act.EXTEND)
    calendar = calendars.in_force(unit)
    times = int(row.extended_until is not None)
    new = data_rights.extended(row.due_on, today(row.received_at), to, calendar, times=times)
    if not data_requests.change(unit, row.id, row.version, extended_until=new, answer=why):
        raise Stale()
    grounds = of_decision("", f"Gia hạn một lần: {why}", new)
    matters.move_due(
        unit,
        row.id,
        new,
        "extended",
        calendar.version,
        now,
        explanation=kept(grounds, new, calendar),
        decided_by=viewer.person_id,
    )
    audit.record(unit, "extend", SUBJECT, row.id, now, person_id=viewer.person_id)
    _tell(unit, row, "extended", now)
    return new


def _of_office(unit: Unit, viewer: Viewer, request_id: int, shown: int | None) -> AnyRow:
    row = data_requests.get(unit, request_id)
    if row is None or not viewer.coordinates:
        raise NotFound("yêu cầu này")
    if shown is not None and row.version != shown:
        raise Stale()
    return row


def _theirs(unit: Unit, row: AnyRow) -> Sequence[int]:
    return citizens.of_endpoint(unit, row.endpoint_id) if row.endpoint_id else [row.citizen_id]


def _said(text: str) -> str:
    typed = text.strip()
    if not 5 <= len(typed) <= WORDS:
        raise ActRefused(f"Xin ghi lý do (5 đến {WORDS} ký tự); người yêu cầu sẽ đọc nguyên văn.")
    return typed


def _tell(unit: Unit, row: AnyRow, what: str, now: datetime) -> None:
    """Promise that the person hears what became of a request; it is composed when it leaves."""
    if row.endpoint_id is not None and people.is_open(unit, row.endpoint_id):
        outbox.add(unit, f"{KIND}:{row.id}:{what}:{row.version}", KIND, outbox.NOTICE, row.endpoint_id, now)


def compose(unit: Unit, key: str, can: Capabilities) -> Message | None:
    """Return what a person hears of a request, without the office's own words where the channel is not private."""
    _, request_id, what, _ = key.split(":")
    row = data_requests.get(unit, int(request_id))
    if row is None:
        return None
    text = render(
        f"citizen/data/told_{what}",
        code=code_of(row.id),
        right=Right(row.kind),
        hotline=office_views.hotline(unit),
        office=office_views.name(unit),
        reason=(row.answer or "") if can.private else "",
        until=row.extended_until,
    )
    return Message(text, numbered=False)


def remind(unit: Unit, now: datetime) -> int:
    """Remind the coordinators, once a day, of requests whose last day is near or past; return how many are new."""
    calendar, day = calendars.in_force(unit), today(now)
    return sum(
        notices.add(
            unit,
            person_id,
            f"data:{row.id}:{day.isoformat()}",
            Kind.DATA_REQUEST,
            now,
            role=Role.COORDINATOR,
            matter_id=row.id,
        )
        for row in data_requests.due_until(unit, calendar.add(day, AHEAD))
        for person_id in people.active(unit, Role.COORDINATOR)
    )
