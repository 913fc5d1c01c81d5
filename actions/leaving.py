"""People who leave: their seats end at once, what was still to be said to them is said to who remains."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions import following
from actions import substitutes as substitute_actions
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.notices import Kind
from domain.people import Membership, Role, Viewer
from storage import agencies, assignments, audit, handover, invites, notices, pages, people, substitutes
from storage.database import Unit
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class Left:
    """One seat that ended."""

    person: str
    agency_code: str
    agency: str
    role: Role
    unheard: int
    """How many open matters nobody in that role of the agency hears of any more."""


def leave(unit: Unit, person_id: int, agency_code: str | None, now: datetime) -> list[Left]:
    """End a person's seats, in one agency where its code is given, by the operator.

    Raises ActRefused for a person or an agency that is not there, and for one without such a seat.
    """
    name = people.name_of(unit, person_id)
    if name is None:
        raise ActRefused(f"Không có người nào mang mã {person_id}. Xem danh sách bằng lệnh: nhacviec people list.")
    if agency_code is not None and agencies.id_of(unit, agency_code) is None:
        raise ActRefused(f"Không có cơ quan nào mang mã {agency_code}. Xem các mã bằng lệnh: nhacviec agency list.")
    seats = [one for one in people.seats(unit, person_id) if agency_code in {None, one.agency_code}]
    if not seats:
        where = f" ở cơ quan {agency_code}" if agency_code else ""
        raise ActRefused(f"{name} không còn vai trò nào{where}. Xem danh sách bằng lệnh: nhacviec people list.")
    return [_end(unit, person_id, name, seat, None, now) for seat in seats]


def end_seat(unit: Unit, viewer: Viewer, membership_id: int, now: datetime) -> Left:
    """End one seat, by a coordinator, or by the head of that agency.

    Raises NotFound for others, ActRefused for one's own seat and for one that has ended.
    """
    row = people.membership(unit, membership_id)
    if row is None or not may_end(viewer, row.agency_id, Role(row.role)):
        raise NotFound("người này")
    if row.person_id == viewer.person_id:
        raise ActRefused("Vai trò của chính đồng chí do người khác kết thúc; xin nhờ Văn phòng.")
    seat = next((one for one in people.seats(unit, row.person_id) if one.id == membership_id), None)
    if seat is None:
        raise ActRefused(f"Vai trò của {row.person} đã kết thúc trước đó.")
    return _end(unit, row.person_id, row.person, seat, viewer, now)


def may_end(viewer: Viewer, agency_id: int, role: Role) -> bool:
    """Whether this viewer may end seats of that role in the agency; who only stands in for its head may not."""
    heads = any(seat.agency_id == agency_id and seat.role is Role.HEAD and not seat.instead_of for seat in viewer.seats)
    return viewer.coordinates or (heads and role in {Role.OFFICER, Role.HEAD})


def _end(unit: Unit, person_id: int, name: str, seat: AnyRow, viewer: Viewer | None, now: datetime) -> Left:
    role = Role(seat.role)
    waiting = handover.unsaid(unit, person_id, seat.agency_id, role)
    people.set_membership(unit, seat.id, Membership.ENDED, now)
    invites.revoke(unit, person_id, seat.agency_id, role, now)
    _end_what_hangs_on_it(unit, person_id, seat, now)
    audit.record(
        unit,
        "leave",
        "membership",
        seat.id,
        now,
        person_id=viewer.person_id if viewer else None,
        actor=None if viewer else audit.OPERATOR,
        role=role.value,
    )
    remain = _remaining(unit, seat.agency_id, role, now)
    for one in remain:
        handover.pass_on(unit, waiting, one, now)
    handover.take_back(unit, waiting)
    if any(people.open_endpoints(unit, one) for one in remain) or seat.state != Membership.ACTIVE:
        return Left(name, seat.agency_code, seat.agency, role, 0)
    unheard = handover.nobody_hears(unit, seat.agency_id, role, now)
    if role in {Role.OFFICER, Role.HEAD} and unheard:
        _tell_office(unit, seat, viewer, now)
    return Left(name, seat.agency_code, seat.agency, role, unheard)


def _remaining(unit: Unit, agency_id: int, role: Role, now: datetime) -> Sequence[int]:
    if role in {Role.OFFICER, Role.HEAD}:
        return people.members(unit, agency_id, role, today(now))
    return people.active(unit, role)


def _end_what_hangs_on_it(unit: Unit, person_id: int, seat: AnyRow, now: datetime) -> None:
    """End what only the seat gave: named work, substitutions, and, with the last seat in the office, its pages."""
    left = people.seats(unit, person_id)
    here = [one for one in left if one.agency_id == seat.agency_id and one.state == Membership.ACTIVE]
    if not here:
        assignments.forget_handler(unit, seat.agency_id, person_id)
    mine = [
        one
        for one in substitutes.of_agency(unit, seat.agency_id, today(now))
        if (one.person_id == person_id and one.role == seat.role) or (one.substitute_id == person_id and not here)
    ]
    substitutes.end(unit, [one.id for one in mine], now)
    for one in mine:
        if one.substitute_id == person_id:
            substitute_actions.give_back(unit, one, now)
    if not any(one.role == Role.COORDINATOR and one.state == Membership.ACTIVE for one in left):
        pages.end_all(unit, person_id, now)


def _tell_office(unit: Unit, seat: AnyRow, viewer: Viewer | None, now: datetime) -> None:
    """Tell the coordinators that nobody is left in an audience, but the one who just read it as the answer."""
    for person_id in following.audience_of_agency(unit, seat.agency_id, today(now)):
        if viewer is None or person_id != viewer.person_id:
            notices.add(
                unit,
                person_id,
                f"event:left:{seat.id}:{now:%Y%m%d%H%M%S}",
                Kind.UNREACHABLE,
                now,
                role=Role.COORDINATOR,
                data={"agency": seat.agency_id, "role": seat.role},
            )
