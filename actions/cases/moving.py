"""What every act on a case does: whose it is, the move by the table, the history, who is told.

The caller's unit holds all of it; nothing is committed here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions import following
from actions.cases import counting
from actions.cases.laying import is_conduct
from domain.cases.lifecycle import MOVES, Act, State, move
from domain.errors import ActRefused, NotFound, Stale
from domain.local import local, today
from domain.notices import Kind
from domain.people import Role, Viewer
from storage import audit, matters, notices, people
from storage.cases import events, proposals, questions, rows
from storage.database import Unit
from storage.types import AnyRow

WHAT = "phản ánh này"
SUBJECT = "case"


def of_office(unit: Unit, viewer: Viewer | None, case_id: int, shown: int | None = None) -> AnyRow:
    """Return any case for a coordinator, or for the operator (None).

    Raises NotFound for others, Stale where it is not as `shown` any more.
    """
    row = rows.get(unit, case_id)
    if row is None or (viewer is not None and not viewer.coordinates):
        raise NotFound(WHAT)
    _as_shown(unit, row, shown)
    return row


def handles(viewer: Viewer, row: AnyRow) -> bool:
    """Whether a person of the agency works on a case; one of conduct is the head's, or whom the head named."""
    if row.agency_id is None or row.agency_id not in viewer.own_agencies:
        return False
    if not is_conduct(row):
        return True
    return row.agency_id in viewer.agencies_as(Role.HEAD) or viewer.person_id == row.handler_id


def of_agency(unit: Unit, viewer: Viewer, case_id: int, shown: int | None = None) -> AnyRow:
    """Return a case that the viewer's agency works on. Raises NotFound, also for a stranger's; Stale as above.

    What the coordinating office answers itself is its coordinators' too.
    """
    row = rows.get(unit, case_id)
    if row is None or not (handles(viewer, row) or _is_own(viewer, row)):
        raise NotFound(WHAT)
    _as_shown(unit, row, shown)
    return row


def _is_own(viewer: Viewer, row: AnyRow) -> bool:
    return row.agency_id is not None and row.agency_id in viewer.agencies_as(Role.COORDINATOR)


def of_head(unit: Unit, viewer: Viewer, case_id: int, shown: int | None = None) -> AnyRow:
    """Return a case for the head of its agency; in the office itself for a coordinator. Raises as above."""
    row = of_agency(unit, viewer, case_id, shown)
    if row.agency_id not in viewer.agencies_as(Role.HEAD) | viewer.agencies_as(Role.COORDINATOR):
        raise ActRefused("Chỉ lãnh đạo cơ quan mới duyệt được. Xin chờ lãnh đạo duyệt.")
    return row


def of_sender(unit: Unit, endpoint_id: int, case_id: int) -> AnyRow:
    """Return a case for the chat that sent it. Raises NotFound for any other."""
    row = rows.get(unit, case_id)
    if row is None or row.endpoint_id != endpoint_id:
        raise NotFound(WHAT)
    return row


def operator(viewer: Viewer | None) -> str | None:
    """Return whom the audit names where the operator acts at the machine."""
    return audit.OPERATOR if viewer is None else None


@dataclass(frozen=True, slots=True)
class Moved:
    """A case after an act, and the id of the event, which names the occasion of what follows."""

    row: AnyRow
    event_id: int


def apply(
    unit: Unit,
    row: AnyRow,
    act: Act,
    now: datetime,
    *,
    viewer: Viewer | None = None,
    actor: str | None = None,
    text: str = "",
    data: dict[str, Any] | None = None,
    **values: Any,
) -> Moved:
    """Move a case by the table and write the history; `actor` says who acts where that is no known person.

    What waits for a second person's word is gone once the case moves. A case that ends is closed, one that begins
    anew is opened. Raises ActRefused for an impossible move, Stale where somebody was faster.
    """
    before = State(row.state)
    if viewer is not None and (before, act) not in MOVES:
        _refuse_overtaken(unit, row, viewer, now)
    after = move(before, act, State(row.prior_state) if row.prior_state else None)
    values |= {"state": after.value, "prior_state": before.value if after is State.MERGED else None}
    values |= _ends(before, after, now)
    if not rows.change(unit, row.id, row.version, **values):
        raise overtaken(unit, row)
    _settle(unit, row.id, before, after, now)
    counting.moved(unit, row, act, after, now, data, values.get("answered_on"))
    event_id = note(unit, row, act.value, now, viewer=viewer, actor=actor, text=text, data=data, state=after)
    fresh = rows.get(unit, row.id)
    assert fresh is not None
    return Moved(fresh, event_id)


def note(
    unit: Unit,
    row: AnyRow,
    act: str,
    now: datetime,
    *,
    viewer: Viewer | None = None,
    actor: str | None = None,
    text: str = "",
    data: dict[str, Any] | None = None,
    state: State | None = None,
) -> int:
    """Write what happened to a case without a move of its state, and its audit line; return the event's id."""
    person_id = viewer.person_id if viewer else None
    stands = state or State(row.state)
    audit.record(unit, act, SUBJECT, row.id, now, person_id=person_id, actor=actor, state=stands.value)
    agency_id = row.agency_id if viewer is not None and row.agency_id in viewer.own_agencies else None
    return events.add(
        unit, row.id, act, stands.value, now, person_id=person_id, agency_id=agency_id, text=text, data=data
    )


def _ends(before: State, after: State, now: datetime) -> dict[str, Any]:
    if before.is_open and not after.is_open:
        return {"ended_at": now}
    if after.is_open and not before.is_open:
        return {"ended_at": None}
    return {}


def _settle(unit: Unit, case_id: int, before: State, after: State, now: datetime) -> None:
    proposals.drop(unit, case_id)
    if before.is_open and not after.is_open:
        matters.close(unit, case_id, now)
    elif after.is_open and not before.is_open:
        matters.reopen(unit, case_id)
    if after not in {State.SUPPLEMENT_ASKED, State.CLARIFYING}:
        waiting = questions.waiting(unit, case_id)
        if waiting is not None:
            questions.answer(unit, waiting.id, None, now)


LATELY = timedelta(days=1)
"""An act of somebody else within this time is why one's own is not possible any more."""


def _refuse_overtaken(unit: Unit, row: AnyRow, viewer: Viewer, now: datetime) -> None:
    last = audit.last_act(unit, SUBJECT, row.id)
    if last is not None and last.person_id not in {None, viewer.person_id} and now - last.at <= LATELY:
        raise overtaken(unit, row)


def _as_shown(unit: Unit, row: AnyRow, shown: int | None) -> None:
    if shown is not None and row.version != shown:
        raise overtaken(unit, row)


def overtaken(unit: Unit, row: AnyRow) -> Stale:
    """Return the refusal of an act on a case that somebody else changed first, naming who and when."""
    last, state = audit.last_act(unit, SUBJECT, row.id), State(row.state)
    if last is None:
        return Stale()
    who = f"đồng chí {last.person}" if last.person else "người gửi hoặc hệ thống"
    return Stale(
        f"{row.code} vừa được {who} cập nhật lúc {local(last.at):%H:%M %d/%m/%Y}, hiện {state.label}. "
        f"Gõ {row.code} để xem bản mới nhất rồi làm tiếp nếu còn cần."
    )


def tell_office(
    unit: Unit, row: AnyRow, event_id: int, what: str, now: datetime, *, but: int | None = None, **data: Any
) -> int:
    """Tell who in the office hears of this case first that something happened; return to how many it is new.

    `but` is who did it: where nobody else hears of it first, everybody else of the office does.
    """
    first = [one for one in following.audience_of_agency(unit, row.agency_id, today(now)) if one != but]
    hear = first or [one for one in following.listeners(unit, today(now)) if one != but]
    return tell_people(unit, hear, row, event_id, what, now, **data)


def tell_people(
    unit: Unit, who: Iterable[int], row: AnyRow, event_id: int, what: str, now: datetime, **data: Any
) -> int:
    """Tell people of the office that something happened to a case; return to how many it is new."""
    return sum(
        notices.add(
            unit,
            person_id,
            f"event:case:{event_id}",
            Kind.CASE_EVENT,
            now,
            role=Role.COORDINATOR,
            matter_id=row.id,
            data={"what": what, **data},
        )
        for person_id in who
    )


def tell_agency(
    unit: Unit, row: AnyRow, event_id: int, kind: Kind, now: datetime, *, role: Role = Role.OFFICER, **data: Any
) -> int:
    """Tell who works on a case: its agency's officers, or of conduct the head or whom the head named."""
    told = 0
    for person_id, held in hearers(unit, row, role, now):
        told += notices.add(
            unit,
            person_id,
            f"event:case:{event_id}",
            kind,
            now,
            role=held,
            matter_id=row.id,
            agency_id=row.agency_id,
            data=data,
        )
    return told


def hearers(unit: Unit, row: AnyRow, role: Role, now: datetime) -> list[tuple[int, Role]]:
    """Return who of a case's agency hears of it, each with the role held there; without officers its head does."""
    heads = people.members(unit, row.agency_id, Role.HEAD, today(now))
    if not is_conduct(row):
        found = people.members(unit, row.agency_id, role, today(now))
        return [(one, role) for one in found] or [(one, Role.HEAD) for one in heads]
    if row.handler_id is None or role is Role.HEAD:
        return [(one, Role.HEAD) for one in heads]
    if row.handler_id in heads:
        return [(row.handler_id, Role.HEAD)]
    return [(row.handler_id, Role.OFFICER)]
