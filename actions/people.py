"""People: invites, joining by a code, seats that a coordinator must agree to, chats that die and revive."""

from dataclasses import dataclass
from datetime import datetime

from actions import codes, following
from actions import notices as notice_actions
from actions import substitutes as substitute_actions
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.notices import Kind
from domain.people import INVITE_LIFE, JOIN_TRIES, JOIN_WINDOW, Membership, Role, Viewer, rank_of
from storage import agencies, audit, groups, handover, invites, notices, people, planned, ranks, substitutes
from storage.database import Unit
from storage.types import AnyRow

SAME_ANSWER = (
    "Mã tham gia không dùng được: có thể mã sai, đã được dùng hoặc đã hết hạn. "
    "Xin kiểm tra lại từng ký tự, hoặc hỏi Văn phòng để được cấp mã mới."
)
"""Word for word the same for a wrong, a used and an expired code, and for too many tries."""


@dataclass(frozen=True, slots=True)
class Invite:
    """A fresh invite; the code is shown once and never kept."""

    code: str
    agency: str
    person: str
    role: Role
    expires: datetime


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One row of a people list, checked."""

    agency_code: str
    name: str
    position: str
    phone: str
    role: Role
    mail: str = ""
    """The address at which the person is reached without a chat."""


def invite(unit: Unit, agency_code: str, role: Role, now: datetime, *, actor: str = audit.OPERATOR) -> Invite:
    """Make a one-time invite to a seat, for whoever holds the code. Raises ActRefused for an unknown agency."""
    return _invite(unit, agency_code, role, None, "", now, actor)


def invite_person(unit: Unit, row: Newcomer, now: datetime, viewer: Viewer | None = None) -> Invite:
    """Make an invite for a named person; a person known in that agency gets a new code, the old one dies.

    By a coordinator, or (None) the operator. Raises NotFound for other people, ActRefused for an unknown agency.
    """
    if viewer is not None and not viewer.coordinates:
        raise NotFound("mục này")
    agency_id = _agency(unit, row.agency_code)
    person_id = people.person_in(unit, row.name, agency_id)
    if person_id is None:
        person_id = people.add_person(unit, row.name, row.position, row.phone, now)
    else:
        invites.revoke(unit, person_id, agency_id, row.role, now)
        if row.role is Role.COORDINATOR and rank_of(row.position):
            ranks.put(unit, person_id, rank_of(row.position))
    actor, by = (audit.OPERATOR, None) if viewer is None else (audit.PERSON, viewer.person_id)
    return _invite(unit, row.agency_code, row.role, person_id, row.name, now, actor, by)


def invite_by(unit: Unit, viewer: Viewer, agency_code: str, role: Role, now: datetime) -> Invite:
    """Make an invite to a seat that needs no consent, by the head of that agency. Raises NotFound for others."""
    if role.needs_consent or _agency(unit, agency_code) not in viewer.agencies_as(Role.HEAD):
        raise NotFound("cơ quan này")
    return _invite(unit, agency_code, role, None, "", now, audit.PERSON, viewer.person_id)


def _agency(unit: Unit, code: str) -> int:
    found = agencies.id_of(unit, code)
    if found is None:
        raise ActRefused(f"Không có cơ quan nào mang mã {code}. Xem các mã bằng lệnh: nhacviec agency list.")
    return found


def _invite(
    unit: Unit,
    agency_code: str,
    role: Role,
    person_id: int | None,
    person: str,
    now: datetime,
    actor: str,
    by: int | None = None,
) -> Invite:
    agency_id = _agency(unit, agency_code)
    code = codes.fresh()
    invite_id = invites.add(unit, codes.digest(unit, code), person_id, agency_id, role, now, INVITE_LIFE)
    audit.record(unit, "invite", "invite", invite_id, now, actor=actor, person_id=by, agency=agency_id, role=role.value)
    agency = agencies.get(unit, agency_id)
    return Invite(code, agency.name if agency else agency_code, person, role, now + INVITE_LIFE)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a good code offers: shown, and confirmed before anything is bound."""

    agency: str
    person: str
    role: Role


def look_up(unit: Unit, endpoint_id: int, code: str, now: datetime) -> Offer:
    """Return what the code offers, binding nothing. Raises ActRefused with the same words for every bad code."""
    if invites.attempts_since(unit, endpoint_id, now - JOIN_WINDOW) >= JOIN_TRIES:
        raise ActRefused(SAME_ANSWER)
    row = invites.usable(unit, codes.digest(unit, code), now)
    if row is None:
        raise ActRefused(SAME_ANSWER)
    return Offer(row.agency, row.person or "", Role(row.role))


def note_wrong_code(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Count a bad code against the chat's limit."""
    invites.note_attempt(unit, endpoint_id, now)


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of a confirmed code."""

    person_id: int
    agency: str
    role: Role
    pending: bool
    """True where a coordinator must still agree."""
    notices: tuple[int, ...] = ()
    """What waited for somebody of this seat: said by the answer to the code, as one summary."""


def join(unit: Unit, endpoint_id: int, known: int | None, code: str, name: str, now: datetime) -> Joined:
    """Use the code: bind the chat to its person and give the seat.

    `known` is the person already behind the chat: a second code gives that same person a second seat. `name`
    serves an invite that names nobody; without it the newcomer stands for the agency. An account's id at its
    provider is no name: it would be shown to others.
    Raises ActRefused where the code was used in between.
    """
    row = invites.usable(unit, codes.digest(unit, code), now)
    if row is None or not invites.use(unit, row.id, now):
        raise ActRefused(SAME_ANSWER)
    person_id = known or row.person_id or people.add_person(unit, name or f"Đại diện {row.agency}", "", "", now)
    people.bind_endpoint(unit, endpoint_id, person_id)
    role = Role(row.role)
    first = role is Role.COORDINATOR and not people.has_active(unit, Role.COORDINATOR)
    pending = role.needs_consent and not first
    state = Membership.PENDING if pending else Membership.ACTIVE
    seat = people.seat(unit, person_id, row.agency_id, role, state, now)
    audit.record(unit, "join", "membership", seat, now, person_id=person_id, role=role.value, state=state.value)
    if role is Role.COORDINATOR:
        ranks.put(unit, person_id, rank_of(people.introduced(unit, person_id).position))
    if pending:
        _ask_coordinators(unit, seat, row.agency_id, now)
        return Joined(person_id, row.agency, role, pending=True)
    handover.forget_lost(unit, person_id, row.agency_id, role)
    planned.await_again(unit, row.agency_id, role)
    notice_actions.promote(unit, now)
    waiting = tuple(notices.waiting_of_ladder(unit, person_id, row.agency_id))
    return Joined(person_id, row.agency, role, pending=False, notices=waiting)


def _ask_coordinators(unit: Unit, membership_id: int, agency_id: int, now: datetime) -> None:
    for person_id in following.audience_of_agency(unit, agency_id, today(now)):
        notices.add(
            unit,
            person_id,
            f"event:join:{membership_id}:{now:%Y%m%d%H%M%S}",
            Kind.JOIN_REQUEST,
            now,
            role=Role.COORDINATOR,
            data={"membership": membership_id},
        )


def decide_seat(unit: Unit, viewer: Viewer, membership_id: int, *, agreed: bool, now: datetime) -> Joined:
    """Let a coordinator agree or refuse a waiting seat. Raises ActRefused for others, and when nothing waits."""
    if not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới duyệt được người tham gia.")
    row = people.membership(unit, membership_id)
    if row is None or row.state != Membership.PENDING:
        raise ActRefused("Yêu cầu tham gia này đã được xử lý trước đó.")
    state = Membership.ACTIVE if agreed else Membership.ENDED
    people.set_membership(unit, membership_id, state, now)
    audit.record(unit, "decide_seat", "membership", membership_id, now, person_id=viewer.person_id, state=state.value)
    role = Role(row.role)
    if agreed:
        handover.forget_lost(unit, row.person_id, row.agency_id, role)
        planned.await_again(unit, row.agency_id, role)
    notices.add(
        unit,
        row.person_id,
        f"event:seated:{membership_id}:{now:%Y%m%d%H%M%S}",
        Kind.SEATED,
        now,
        role=role,
        data={"membership": membership_id, "agreed": agreed},
    )
    return Joined(row.person_id, row.agency, role, pending=False)


def chat_died(unit: Unit, endpoint_id: int, reason: str, now: datetime) -> None:
    """Mark a chat as unreachable and tell the coordinators, once, where its person has no other chat."""
    if not people.mark_endpoint(unit, endpoint_id, dead=True, reason=reason, now=now):
        return
    audit.record(unit, "endpoint_dead", "endpoint", endpoint_id, now, reason=reason)
    groups.unbind(unit, endpoint_id)
    person_id = people.owner(unit, endpoint_id)
    if person_id is not None and not people.open_endpoints(unit, person_id):
        unreachable(unit, person_id, endpoint_id, now)


def unreachable(unit: Unit, person_id: int, endpoint_id: int, now: datetime) -> None:
    """Give back whom this person stands in for, and tell the coordinators: the last chat is gone."""
    for one in substitutes.of_person(unit, person_id, today(now)):
        if one.substitute_id == person_id:
            substitute_actions.give_back(unit, one, now)
    seats = people.seats(unit, person_id)
    for coordinator in following.audience_of_agency(unit, seats[0].agency_id if seats else None, today(now)):
        notices.add(
            unit,
            coordinator,
            f"event:unreachable:{endpoint_id}:{now:%Y%m%d%H%M%S}",
            Kind.UNREACHABLE,
            now,
            role=Role.COORDINATOR,
            data={"person": person_id},
        )


def is_newcomer(endpoint: AnyRow) -> bool:
    """Whether nobody we know is behind a chat (see `endpoint`) that was never closed: whoever opens it is greeted."""
    return endpoint.person_id is None and endpoint.state == people.OPEN


def chat_revived(unit: Unit, endpoint: AnyRow, now: datetime) -> None:
    """Mark a chat (see `endpoint`) as reachable again where it was not; what could not be said waits for it."""
    if endpoint.state == people.OPEN:
        return
    if people.mark_endpoint(unit, endpoint.id, dead=False, reason="", now=now):
        audit.record(unit, "endpoint_open", "endpoint", endpoint.id, now)
        person_id = people.owner(unit, endpoint.id)
        if person_id is not None:
            for seat in people.viewer(unit, person_id, today(now)).seats:
                planned.await_again(unit, seat.agency_id, seat.role)


def officer_of(unit: Unit, agency_id: int, now: datetime) -> Viewer:
    """Return the first officer of an agency as a viewer. Raises ActRefused where it has none."""
    officers = people.members(unit, agency_id, Role.OFFICER, today(now))
    if not officers:
        raise ActRefused("Cơ quan này chưa có cán bộ đầu mối.")
    return people.viewer(unit, officers[0], today(now))


def endpoint(unit: Unit, channel: str, chat: str, now: datetime) -> AnyRow:
    """Return the row of a chat (id, person_id, state), made on first contact."""
    return people.endpoint(unit, channel, chat, now)


def person_behind(unit: Unit, endpoint_id: int) -> int | None:
    """Return whose chat it is now."""
    return people.owner(unit, endpoint_id)
