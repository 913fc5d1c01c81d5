"""What a citizen asks about the own personal data: done at once where the program can, else decided by the office.

Who asks is known by the chat: what came from a chat is shown, corrected and deleted for that chat alone.
"""

from dataclasses import dataclass
from datetime import date, datetime

from domain import data_rights
from domain.cases.fields import Reporter
from domain.data_rights import Act, Right, State
from domain.errors import ActRefused, Stale
from domain.explanations import kept, of_decision
from domain.local import today
from domain.notices import Kind
from domain.people import Role
from domain.words import squeeze
from storage import audit, calendars, data_requests, matters, notices, people
from storage.cases import people as citizens
from storage.cases import rows
from storage.database import Unit
from storage.types import AnyRow
from storage.views import data_rights as data_views

SUBJECT = "data_request"
WORDS = 1000
"""Characters of what a person writes with a request, and of the office's answer."""


ASKED_A_DAY = 5
"""So many requests of one chat a day are laid before the office, those taken back included."""

_DECIDED = {Right.ERASE.value, Right.RESTRICT.value, Right.OBJECT.value}


def code_of(request_id: int) -> str:
    """Return the number under which a request is spoken of."""
    return data_views.CODE.format(request_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person is told of a request: its number and until when it is answered and carried out."""

    id: int
    code: str
    right: Right
    answer_by: date
    act_by: date
    said: str


def people_behind(unit: Unit, endpoint_id: int) -> list[tuple[int, Reporter]]:
    """Return who of the register a chat has told us of, by id; the erased are none."""
    found = [(one, citizens.get(unit, one)) for one in citizens.of_endpoint(unit, endpoint_id)]
    return [(one, who) for one, who in found if who is not None]


def see(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Note that somebody looked at all that is kept of them."""
    _at_once(unit, endpoint_id, Right.SEE, now)


def correct(unit: Unit, endpoint_id: int, who: Reporter, now: datetime, *, instead_of: Reporter) -> int:
    """Write who a person is anew wherever the chat had told `instead_of`; return in how many cases.

    Raises ActRefused where there is nothing of the kind.
    """
    found = [one for one, known in people_behind(unit, endpoint_id) if known == instead_of]
    if not found:
        raise ActRefused("Không còn thông tin này để sửa. Gõ dulieu để xem lại dữ liệu của ông/bà.")
    for one in found:
        citizens.correct(unit, one, who)
        audit.record(unit, "correct", "citizen", one, now, actor=audit.CITIZEN)
    _at_once(unit, endpoint_id, Right.CORRECT, now)
    return len(found)


def withdraw_publication(unit: Unit, endpoint_id: int, now: datetime) -> int:
    """Take back the consent to publication for every case of a chat; return how many cases that concerns.

    What is public already is asked of the office, with the law's days.
    """
    found = [one for one, _ in people_behind(unit, endpoint_id)]
    citizens.withdraw_consent(unit, found, citizens.PUBLICATION, now)
    theirs = rows.of_endpoint(unit, endpoint_id)
    for row in theirs:
        rows.put(unit, row.id, may_publish=False)
        audit.record(unit, "withdraw_consent", "case", row.id, now, actor=audit.CITIZEN, purpose=citizens.PUBLICATION)
    public = data_views.published(unit, endpoint_id)
    if public:
        ask(unit, endpoint_id, Right.WITHDRAW, f"Gỡ bản công khai: {', '.join(public)}", now)
    else:
        _at_once(unit, endpoint_id, Right.WITHDRAW, now)
    return len(theirs)


def ask(unit: Unit, endpoint_id: int, right: Right, words: str, now: datetime) -> Asked:
    """Take a request that a person of the office decides; the office is told. Raises ActRefused for a second one."""
    theirs = data_requests.of_endpoint(unit, endpoint_id)
    if any(one.kind == right and one.state == State.OPEN for one in theirs):
        raise ActRefused(f"Yêu cầu {right.label} của ông/bà đang được xem xét. Gõ dulieu để xem.")
    if sum(today(one.received_at) == today(now) for one in theirs if one.kind in _DECIDED) >= ASKED_A_DAY:
        raise ActRefused(f"Hôm nay ông/bà đã gửi {ASKED_A_DAY} yêu cầu. Xin gửi tiếp vào ngày mai.")
    request_id, clocks = _write(unit, endpoint_id, right, words, State.OPEN, now)
    for person_id in people.active(unit, Role.COORDINATOR):
        notices.add(
            unit,
            person_id,
            f"event:data:{request_id}",
            Kind.DATA_REQUEST,
            now,
            role=Role.COORDINATOR,
            matter_id=request_id,
        )
    return Asked(request_id, code_of(request_id), right, clocks.answer_by, clocks.act_by, clocks.said)


def _at_once(unit: Unit, endpoint_id: int, right: Right, now: datetime) -> None:
    request_id, _ = _write(unit, endpoint_id, right, "", State.DONE, now)
    matters.close(unit, request_id, now)


def _write(
    unit: Unit, endpoint_id: int, right: Right, words: str, state: State, now: datetime
) -> tuple[int, data_rights.Clocks]:
    calendar = calendars.in_force(unit)
    clocks = data_rights.clocks(right, today(now), calendar)
    matter = {
        "kind": SUBJECT,
        "due_on": clocks.act_by,
        "due_version": 1,
        "calendar_version": calendar.version,
        "opened_at": now,
    }
    request_id = matters.add(unit, [matter])[0]
    grounds = of_decision("", clocks.said, clocks.act_by)
    due = {
        "matter_id": request_id,
        "number": 1,
        "due_on": clocks.act_by,
        "reason": "data_request",
        "calendar_version": calendar.version,
        "explanation": kept(grounds, clocks.act_by, calendar),
        "at": now,
    }
    matters.add_due(unit, [due])
    theirs = citizens.of_endpoint(unit, endpoint_id)
    data_requests.add(
        unit,
        id=request_id,
        endpoint_id=endpoint_id,
        citizen_id=theirs[-1] if theirs else None,
        kind=right.value,
        sealed=unit.vault.seal_json({"words": squeeze(words)[:WORDS]}) if words else "",
        state=state.value,
        received_at=now,
        respond_by=clocks.answer_by,
        decided_at=now if state is State.DONE else None,
    )
    audit.record(unit, f"ask_{right.value}", SUBJECT, request_id, now, actor=audit.CITIZEN)
    return request_id, clocks


def cancel(unit: Unit, endpoint_id: int, request_id: int, now: datetime) -> None:
    """Let the person take a request back. Raises ActRefused for another chat's, or a settled one."""
    row = data_requests.get(unit, request_id)
    if row is None or row.endpoint_id != endpoint_id:
        raise ActRefused("Không có yêu cầu này. Gõ dulieu để xem các yêu cầu của ông/bà.")
    settle(unit, row, Act.CANCEL, now, by=None, answer="")


def settle(unit: Unit, row: AnyRow, act: Act, now: datetime, *, by: int | None, answer: str) -> None:
    """Write how a request ended, by a person of the office or (`by` None) its own. Raises ActRefused, Stale."""
    after = data_rights.moved(State(row.state), act)
    values = {"state": after.value, "decided_by": by, "decided_at": now, "answer": answer or None}
    if not data_requests.change(unit, row.id, row.version, **values):
        raise Stale()
    matters.close(unit, row.id, now)
    actor = None if by else audit.CITIZEN
    audit.record(unit, act.value, SUBJECT, row.id, now, person_id=by, actor=actor)
