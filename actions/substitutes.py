"""Standing in for a colleague until a day: begun by who goes away, ended early by either, handed back by itself."""

import re
from datetime import date, datetime, timedelta

from domain.deadlines import last_day
from domain.deadlines import read as read_deadline
from domain.errors import ActRefused, NotFound
from domain.local import long_day, today
from domain.notices import Kind
from domain.people import Role, Viewer
from storage import audit, handover, notices, people, substitutes
from storage.database import Unit
from storage.types import AnyRow

ROLES = (Role.OFFICER, Role.HEAD)
"""Seats in which somebody can stand in; the office's own are not one person's."""

LONGEST = timedelta(days=366)
"""A later day is a slip of the hand: who stays away longer has left."""

_YEAR = re.compile(r"\d{4}")


def read_until(text: str, now: datetime) -> date:
    """Return the last day that the words name; without a year the next such day.

    Raises ActRefused where they name none, or one that is past or too far.
    """
    day = today(now)
    until = _last_day(text, day, day.year)
    if until is not None and until < day and not _YEAR.search(text):
        until = _last_day(text, day, day.year + 1)
    if until is None:
        raise ActRefused("Chưa rõ đến hết ngày nào. Xin gõ như: 20/3, hoặc đến hết ngày 20/03/2026.")
    if until < day:
        raise ActRefused(f"Ngày {until:%d/%m/%Y} đã qua. Xin gõ một ngày từ hôm nay trở đi.")
    if until > day + LONGEST:
        raise ActRefused(
            f"Ngày {until:%d/%m/%Y} xa quá một năm. Người đi lâu hơn thì xin kết thúc vai trò và mời người khác."
        )
    return until


def _last_day(text: str, day: date, year: int) -> date | None:
    found = read_deadline(text, year=year, signed=day)
    return None if found.warnings else last_day(found.deadline)


def begin(
    unit: Unit, viewer: Viewer, agency_id: int, role: Role, substitute_id: int, until: date, now: datetime
) -> int:
    """Let a colleague of the same agency take over the viewer's own seat from today until a day; return its number.

    The colleague is told; what was not said to the viewer yet is said to the colleague. Raises NotFound where the
    viewer does not hold that seat himself, ActRefused where somebody stands in already or the colleague cannot.
    """
    day = today(now)
    if not any(_is_own(seat.agency_id, seat.role, agency_id, role, seat.instead_of) for seat in viewer.seats):
        raise NotFound("vai trò này")
    running = substitutes.of_agency(unit, agency_id, day)
    if any(one.person_id == viewer.person_id and one.role == role for one in running):
        raise ActRefused("Đồng chí đã có người thay vai trò này. Gõ uyquyen để kết thúc sớm rồi chọn người khác.")
    _check_colleague(unit, viewer, agency_id, substitute_id, day, until)
    number = substitutes.add(unit, viewer.person_id, substitute_id, agency_id, role, day, until, now)
    moved = handover.unsaid(unit, viewer.person_id, agency_id, role)
    handover.pass_on(unit, moved, substitute_id, now)
    handover.forget(unit, moved)
    audit.record(
        unit,
        "substitute",
        "substitute",
        number,
        now,
        person_id=viewer.person_id,
        instead=substitute_id,
        agency=agency_id,
        role=role.value,
        until=until.isoformat(),
    )
    _tell(unit, substitute_id, number, "begun", agency_id, role, now)
    return number


def _is_own(agency_id: int, role: Role, wanted_agency: int, wanted_role: Role, instead_of: str) -> bool:
    return (agency_id, role) == (wanted_agency, wanted_role) and role in ROLES and not instead_of


def _check_colleague(unit: Unit, viewer: Viewer, agency_id: int, substitute_id: int, day: date, until: date) -> None:
    """Raise ActRefused unless the colleague belongs to the agency, can be reached, and is there himself."""
    colleague = next((one for one in people.of_agency(unit, agency_id) if one.person_id == substitute_id), None)
    if colleague is None or substitute_id == viewer.person_id:
        raise ActRefused("Người thay phải là đồng nghiệp đã tham gia trong cùng cơ quan. Xin chọn lại trong danh sách.")
    if not people.open_endpoints(unit, substitute_id):
        raise ActRefused(f"Hiện chưa liên lạc được với đồng chí {colleague.name} ở đây. Xin chọn người khác.")
    away = [one for one in substitutes.of_person(unit, substitute_id, day) if one.person_id == substitute_id]
    if away:
        back = max(one.until_on for one in away)
        raise ActRefused(f"Đồng chí {colleague.name} cũng vắng đến hết {long_day(back)}. Xin chọn người khác.")
    if until < day:
        raise ActRefused("Ngày cuối đã qua. Xin gõ một ngày từ hôm nay trở đi.")


def end(unit: Unit, viewer: Viewer, substitution_id: int, now: datetime) -> AnyRow:
    """End a substitution before its last day, by either of the two, and return it; the other is told.

    What was not said to the substitute yet is said to who is back. Raises NotFound for others and where it is over.
    """
    row = substitutes.get(unit, substitution_id)
    if row is None or viewer.person_id not in {row.person_id, row.substitute_id}:
        raise NotFound("lần uỷ quyền này")
    if row.ended_at is not None or row.until_on < today(now):
        raise ActRefused("Lần uỷ quyền này đã hết. Gõ uyquyen để xem hiện nay ai thay ai.")
    substitutes.end(unit, [row.id], now)
    give_back(unit, row, now)
    audit.record(unit, "end_substitute", "substitute", row.id, now, person_id=viewer.person_id)
    other = row.substitute_id if viewer.person_id == row.person_id else row.person_id
    _tell(unit, other, row.id, "ended", row.agency_id, Role(row.role), now)
    return row


def give_back(unit: Unit, row: AnyRow, now: datetime) -> None:
    """Let who was away hear what the substitute was still to hear; what is the substitute's own stays there too."""
    role = Role(row.role)
    waiting = handover.unsaid(unit, row.substitute_id, row.agency_id, role)
    handover.pass_on(unit, waiting, row.person_id, now)
    if row.substitute_id not in people.members(unit, row.agency_id, role, today(now)):
        handover.forget(unit, waiting)


def _tell(unit: Unit, person_id: int, number: int, what: str, agency_id: int, role: Role, now: datetime) -> None:
    notices.add(
        unit,
        person_id,
        f"event:substitute:{number}:{what}",
        Kind.SUBSTITUTE,
        now,
        role=role,
        agency_id=agency_id,
        data={"substitution": number, "what": what},
    )
