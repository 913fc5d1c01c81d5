"""A leader's word on a task or an agency: given, passed on by the office, answered, passed back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from actions import approving, following
from domain.directions import PATIENCE, Act, Kind, State, move
from domain.errors import ActRefused, NotFound, Stale
from domain.local import today
from domain.notices import Kind as NoticeKind
from domain.people import HEAD_OF_OFFICE, Role, Viewer
from domain.workdays import WorkCalendar
from storage import agencies, assignments, audit, directions, follows, notices, offices, people
from storage.database import Unit
from storage.types import AnyRow
from storage.views import directions as views
from storage.views import portfolios, work

SUBJECT = "direction"

LONGEST = 1000
"""Characters of a leader's word, and of what is said about it."""

_DIRECTED, _ANSWERED, _DELIVERED = "directed", "direct_answer", "delivered"
"""As what the words are kept in a task's history, from the moment the agency may see them."""


def give(
    unit: Unit, viewer: Viewer, kind: Kind, text: str, now: datetime, *, matter_id: int | None, agency_id: int | None
) -> int:
    """Write a leader's word on a task, or on an agency as such; the office is told. Returns its id.

    Raises ActRefused for who is no leader and for what is not in the leader's portfolio, NotFound for a task or an
    agency that is not there.
    """
    if not viewer.leads:
        raise ActRefused("Chỉ lãnh đạo UBND mới yêu cầu giải trình hoặc cho ý kiến chỉ đạo.")
    row = assignments.get(unit, matter_id) if matter_id is not None else None
    if matter_id is not None and row is None:
        raise NotFound()
    of = row.agency_id if row is not None else agency_id
    if of is None or agencies.get(unit, of) is None:
        raise NotFound("cơ quan này")
    if not _looks_after(unit, viewer, row.id if row is not None else None, of, now):
        raise ActRefused("Việc này không thuộc phần đồng chí phụ trách. Gõ theodoi để xem các phần phụ trách.")
    made = directions.add(unit, kind, viewer.person_id, matter_id, of, checked(text), now)
    audit.record(unit, "direct", SUBJECT, made, now, person_id=viewer.person_id, kind=kind.value)
    fresh = directions.get(unit, made)
    if fresh is not None:
        _tell_office(unit, fresh, now)
    return made


def _looks_after(unit: Unit, viewer: Viewer, matter_id: int | None, agency_id: int, now: datetime) -> bool:
    """Whether a task, or (None) an agency as such, is a leader's to speak of."""
    if matter_id is not None:
        return portfolios.covers(unit, viewer.person_id, matter_id)
    within = portfolios.within(unit, viewer.person_id)
    if within is None or any(one.agency_id == agency_id for one in portfolios.of_leader(unit, viewer.person_id)):
        return True
    return any(one.id in within for one in work.of_agencies(unit, [agency_id], today(now)))


def checked(text: str) -> str:
    """Return what was typed. Raises ActRefused where it is too short or too long."""
    if not 5 <= len(text) <= LONGEST:
        raise ActRefused(f"Xin ghi nội dung từ 5 đến {LONGEST} ký tự.")
    return text


def pass_on(unit: Unit, viewer: Viewer, direction_id: int, text: str, now: datetime) -> None:
    """Pass a leader's word on to its agency in this wording; its head is told, else its officers."""
    row = _of_office(unit, viewer, direction_id)
    said = checked(text)
    fresh = _move(unit, viewer, row, Act.PASS, now, passed_text=said, passed_by=viewer.person_id, passed_at=now)
    _note(unit, fresh, _DIRECTED, f"{Kind(row.kind).label}: {said}", viewer, now)
    _tell_agency(unit, fresh, now)


def reply(unit: Unit, viewer: Viewer, direction_id: int, text: str, now: datetime) -> None:
    """Let the office answer a leader itself."""
    row = _of_office(unit, viewer, direction_id)
    said = checked(text)
    fresh = _move(unit, viewer, row, Act.REPLY, now, delivered_text=said, closed_at=now)
    if row.state == State.PASSED:
        _note(unit, fresh, _DELIVERED, "Văn phòng đã trả lời, đơn vị không cần trả lời nữa", viewer, now)
        _tell_ended(unit, fresh, now)
    _tell_leader(unit, fresh, now)


def answer(unit: Unit, viewer: Viewer, direction_id: int, text: str, file_id: int | None, now: datetime) -> None:
    """Let the agency answer what was passed on to it, in words, with a file or both; the office is told.

    Raises NotFound for another agency's.
    """
    row = directions.get(unit, direction_id)
    if row is None or row.agency_id not in viewer.own_agencies:
        raise NotFound("ý kiến này")
    said = checked(text) if file_id is None else text[:LONGEST]
    fresh = _move(
        unit,
        viewer,
        row,
        Act.ANSWER,
        now,
        answer=said,
        file_id=file_id,
        answered_by=viewer.person_id,
        answered_at=now,
    )
    _note(unit, fresh, _ANSWERED, said or "gửi tệp", viewer, now)
    _tell_office(unit, fresh, now)


def send_back(unit: Unit, viewer: Viewer, direction_id: int, text: str, now: datetime) -> None:
    """Ask the agency for a better answer, with the reason."""
    row = _of_office(unit, viewer, direction_id)
    said = checked(text)
    fresh = _move(unit, viewer, row, Act.RETURN, now, passed_text=said, passed_by=viewer.person_id, passed_at=now)
    _note(unit, fresh, _DIRECTED, f"đề nghị bổ sung: {said}", viewer, now)
    _tell_agency(unit, fresh, now)


def deliver(unit: Unit, viewer: Viewer, direction_id: int, text: str, now: datetime) -> None:
    """Pass the agency's answer back to the leader, in this wording."""
    row = _of_office(unit, viewer, direction_id)
    fresh = _move(unit, viewer, row, Act.DELIVER, now, delivered_text=checked(text), closed_at=now)
    _note(unit, fresh, _DELIVERED, "Văn phòng đã trình lãnh đạo câu trả lời", viewer, now)
    _tell_leader(unit, fresh, now)


def withdraw(unit: Unit, viewer: Viewer, direction_id: int, now: datetime) -> None:
    """Let a leader take a word back while nobody has answered it. Raises NotFound for another's."""
    row = directions.get(unit, direction_id)
    if row is None or row.leader_id != viewer.person_id or not viewer.leads:
        raise NotFound("ý kiến này")
    fresh = _move(unit, viewer, row, Act.WITHDRAW, now, closed_at=now)
    if row.state == State.PASSED:
        _note(unit, fresh, _DELIVERED, "lãnh đạo đã rút, đơn vị không cần trả lời nữa", viewer, now)
        _tell_ended(unit, fresh, now)


def remind(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Remind who has left a leader's word unanswered for some working days, once; return how many notices are new."""
    if not offices.first_look(unit, "directions_on", today(now), now):
        return 0
    told = 0
    for one in views.open_anywhere(unit):
        since = one.answered_at if one.state is State.ANSWERED else one.passed_at or one.at
        row = directions.get(unit, one.id)
        if row is None or since is None or calendar.between(today(since), today(now)) < PATIENCE:
            continue
        told += (_tell_agency if one.state is State.PASSED else _tell_office)(unit, row, now, "waits")
    return told


def _of_office(unit: Unit, viewer: Viewer, direction_id: int) -> AnyRow:
    """Return a row for one of the office whose word is enough. Raises NotFound, ActRefused."""
    row = directions.get(unit, direction_id)
    if row is None or not viewer.coordinates:
        raise NotFound("ý kiến này")
    approving.check(unit, viewer)
    return row


def _move(unit: Unit, viewer: Viewer, row: AnyRow, act: Act, now: datetime, **values: Any) -> AnyRow:
    state = move(State(row.state), act)
    if not directions.change(unit, row, state, **values):
        raise Stale()
    audit.record(unit, act.value, SUBJECT, row.id, now, person_id=viewer.person_id, state=state.value)
    fresh = directions.get(unit, row.id)
    if fresh is None:
        raise NotFound("ý kiến này")
    return fresh


def _note(unit: Unit, row: AnyRow, kind: str, text: str, viewer: Viewer, now: datetime) -> None:
    if row.matter_id is not None:
        assignments.comment(unit, row.matter_id, kind, text, viewer.person_id, now)


def _tell_office(unit: Unit, row: AnyRow, now: datetime, word: str = "event") -> int:
    """Tell the heads of the office who can be reached, else everybody there."""
    officials = follows.officials(unit, today(now))
    heads = [one.hears for one in officials if one.rank >= HEAD_OF_OFFICE and one.reachable]
    everybody = following.audience_of_agency(unit, row.agency_id, today(now))
    return sum(
        _tell(unit, row, one, NoticeKind.DIRECTION, Role.COORDINATOR, now, word)
        for one in dict.fromkeys(heads or everybody)
    )


def hearers(unit: Unit, agency_id: int, now: datetime) -> list[str]:
    """Return by name who in an agency hears of a leader's word."""
    _, to = _of_agency(unit, agency_id, now)
    return [name for one in to if (name := people.name_of(unit, one))]


def _of_agency(unit: Unit, agency_id: int, now: datetime) -> tuple[Role, list[int]]:
    day = today(now)
    heads = people.members(unit, agency_id, Role.HEAD, day)
    if any(people.open_endpoints(unit, one) for one in heads):
        return Role.HEAD, heads
    return Role.OFFICER, people.members(unit, agency_id, Role.OFFICER, day)


def _tell_agency(unit: Unit, row: AnyRow, now: datetime, word: str = "event") -> int:
    """Tell the agency's head, where there is one, else its officers."""
    role, to = _of_agency(unit, row.agency_id, now)
    return sum(_tell(unit, row, one, NoticeKind.DIRECTED, role, now, word) for one in to)


def told(unit: Unit, direction_id: int) -> list[str]:
    """Return by name who in the agency has heard of a leader's word, and hears where no answer is needed any more."""
    names = (people.name_of(unit, one.person_id) for one in _told(unit, direction_id))
    return list(dict.fromkeys(name for name in names if name))


def _told(unit: Unit, direction_id: int) -> Sequence[AnyRow]:
    occasions = [f"{word}:direction:{direction_id}:" for word in ("event", "waits")]
    return notices.left(unit, NoticeKind.DIRECTED, occasions)


def _tell_ended(unit: Unit, row: AnyRow, now: datetime) -> None:
    """Tell those of the agency to whom a leader's word has left that it needs no answer any more."""
    for one in _told(unit, row.id):
        _tell(unit, row, one.person_id, NoticeKind.DIRECTED, Role(one.role), now, "event")


def _tell_leader(unit: Unit, row: AnyRow, now: datetime) -> None:
    _tell(unit, row, row.leader_id, NoticeKind.DELIVERED, Role.LEADER, now, "event")


def _tell(unit: Unit, row: AnyRow, person_id: int, kind: NoticeKind, role: Role, now: datetime, word: str) -> bool:
    return notices.add(
        unit,
        person_id,
        f"{word}:direction:{row.id}:{row.version}",
        kind,
        now,
        role=role,
        matter_id=row.matter_id,
        agency_id=row.agency_id if role in {Role.HEAD, Role.OFFICER} else None,
        data={"direction": row.id, "state": row.state},
    )
