"""Passing a case on to who is to answer it (Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm d)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.cases import laying, moving, telling
from actions.cases.wording import said
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused
from domain.local import today
from domain.notices import Kind as NoticeKind
from domain.people import Role, Viewer
from storage import agencies, people
from storage.cases import rows
from storage.database import Unit
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class Transfer:
    """The letter by which a case is passed on; both empty where there is none."""

    number: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """What came of handing a case over: until when it is answered (None: no limit set), and who hears of it."""

    due_on: date | None
    said: str
    hear: int
    """How many people of the agency are told; 0 where nobody can be reached."""
    by_document: bool = False
    """Whether it has to go by official letter: about conduct, and the agency has no head here."""


def forward(
    unit: Unit,
    viewer: Viewer | None,
    case_id: int,
    agency_id: int,
    letter: Transfer,
    now: datetime,
    *,
    shown: int | None = None,
    note: str = "",
) -> Handed:
    """Pass a case on to an agency of the province; its clock for the answer starts (Điều 9 khoản 1 điểm d)."""
    row = moving.of_office(unit, viewer, case_id, shown)
    return hand_over(unit, viewer, row, Act.FORWARD, agency_id, letter, now, text=note)


def hand_over(
    unit: Unit,
    viewer: Viewer | None,
    row: AnyRow,
    act: Act,
    agency_id: int,
    letter: Transfer,
    now: datetime,
    *,
    text: str = "",
    told: str = "forwarded",
    **values: Any,
) -> Handed:
    """Let an agency work on a case from now on, and tell it and the sender. Raises ActRefused for the office itself."""
    agency = agencies.get(unit, agency_id)
    if agency is None or (agency.valid_to is not None and agency.valid_to < today(now)):
        raise ActRefused("Cơ quan này không còn trong danh mục. Xin chọn cơ quan khác.")
    if agency_id == agencies.coordinating_id(unit):
        raise ActRefused("Việc của chính Văn phòng: xin chọn “giữ lại xử lý”.")
    heads = people.members(unit, agency_id, Role.HEAD, today(now))
    by_document = laying.is_conduct(row) and not heads
    moved = moving.apply(
        unit,
        row,
        act,
        now,
        viewer=viewer,
        actor=moving.operator(viewer),
        text=text,
        data={"agency": agency_id, "number": letter.number},
        agency_id=agency_id,
        handler_id=None,
        outside="",
        by_document=by_document,
        forward_number=letter.number or None,
        forward_on=letter.on,
        forwarded_at=now,
        passed_on=row.passed_on or today(now),
        acknowledged_at=None,
        wait_until=None,
        **values,
    )
    clock = laying.answering_clock(unit, moved.row, now)
    rows.put(unit, row.id, due_at=clock.at)
    laying.move(unit, moved.row, clock, "forwarded", now, decided_by=viewer.person_id if viewer else None)
    fresh = rows.get(unit, row.id) or moved.row
    hear = 0 if by_document else moving.tell_agency(unit, fresh, moved.event_id, NoticeKind.CASE_FORWARDED, now)
    if row.agency_id != agency_id:
        _tell_former(unit, row, moved.event_id, now)
    telling.tell(
        unit,
        fresh,
        told,
        moved.event_id,
        now,
        agency=agency.name,
        on=today(now).isoformat(),
        number=letter.number,
        answer_by=clock.due_on.isoformat() if clock.due_on else None,
        answer_said=clock.article,
    )
    return Handed(clock.due_on, clock.article, hear, by_document)


def _tell_former(unit: Unit, row: AnyRow, event_id: int, now: datetime) -> None:
    """Tell the agency that asked for it, or had it, that a case is with somebody else now; `row` is as it stood."""
    if row.agency_id is not None and not row.by_document and State(row.state).is_open:
        moving.tell_agency(unit, row, event_id, NoticeKind.CASE_EVENT, now, what="moved_away")


def forward_outside(
    unit: Unit,
    viewer: Viewer,
    case_id: int,
    name: str,
    letter: Transfer,
    now: datetime,
    *,
    shown: int | None = None,
) -> None:
    """Pass a case on to an agency outside the province; it is followed, and no longer the province's to answer."""
    row = moving.of_office(unit, viewer, case_id, shown)
    outside = said(name, "tên cơ quan ngoài tỉnh", 3, 200)
    moved = moving.apply(
        unit,
        row,
        Act.FORWARD_OUTSIDE,
        now,
        viewer=viewer,
        text=outside,
        outside=outside,
        agency_id=None,
        forward_number=letter.number or None,
        forward_on=letter.on,
        forwarded_at=now,
        passed_on=row.passed_on or today(now),
    )
    _tell_former(unit, row, moved.event_id, now)
    telling.tell(unit, moved.row, "forwarded_outside", moved.event_id, now, agency=outside, on=today(now).isoformat())


def keep(unit: Unit, viewer: Viewer, case_id: int, now: datetime, *, shown: int | None = None) -> Handed:
    """Let the coordinating office answer a case itself."""
    row = moving.of_office(unit, viewer, case_id, shown)
    office = agencies.coordinating(unit)
    if office is None:
        raise ActRefused("Danh mục chưa có cơ quan điều phối.")
    moved = moving.apply(
        unit,
        row,
        Act.KEEP,
        now,
        viewer=viewer,
        agency_id=office.id,
        handler_id=viewer.person_id,
        forwarded_at=now,
        passed_on=row.passed_on or today(now),
        acknowledged_at=now,
        wait_until=None,
    )
    clock = laying.answering_clock(unit, moved.row, now)
    rows.put(unit, row.id, due_at=clock.at)
    laying.move(unit, moved.row, clock, "forwarded", now, decided_by=viewer.person_id)
    _tell_former(unit, row, moved.event_id, now)
    telling.tell(
        unit,
        moved.row,
        "forwarded",
        moved.event_id,
        now,
        agency=office.name,
        on=today(now).isoformat(),
        number="",
        answer_by=clock.due_on.isoformat() if clock.due_on else None,
        answer_said=clock.article,
    )
    return Handed(clock.due_on, clock.article, 1)
