"""What a citizen is told at each step: promised with the act, composed when it leaves, never twice.

Whoever has no chat is told by phone or letter: that stands in the office's list until somebody has done it. The
senders of cases merged into another hear what becomes of it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.cases import offers
from actions.offices import ADDRESS
from domain.cases.decisions import Outcome, Source
from domain.cases.lifecycle import State
from domain.delivery import State as Sending
from domain.local import today
from domain.notices import Kind
from domain.outgoing import Attachment, Capabilities, Message
from domain.people import Role
from messages.render import render
from storage import agencies, offices, outbox, people
from storage import notices as notice_rows
from storage.cases import answers, attachments, rows, tellings
from storage.database import Unit
from storage.types import AnyRow
from storage.views import office as office_views

KIND = "citizen"
"""The kind of the outbox's rows that tell citizens."""

LOOK_UP = "/phan-anh/tra-cuu"
"""Where a case can be looked up by its code and the secret part."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its sender sees it."""

    code: str
    received_on: date
    due_on: date | None
    agency: str
    state: State


def seen(unit: Unit, row: AnyRow) -> Case:
    """Return a case as its sender sees it."""
    agency = agencies.names(unit, [row.agency_id])[row.agency_id] if row.agency_id else row.outside
    return Case(row.code, row.received_on, row.due_on, agency, State(row.state))


def tell(unit: Unit, row: AnyRow, what: str, event_id: int, now: datetime, **data: Any) -> None:
    """Promise that a case's sender, and those of the cases merged into it, hear of an event.

    `what` names the template in citizen/told/, `data` what it says besides the case; dates go in as ISO text. What is
    between the office and one sender alone is nobody else's.
    """
    occasion = f"{what}:{event_id}"
    others = () if what in _OF_ONE_SENDER else rows.followers(unit, row.id)
    for one in (row, *others):
        _promise(unit, one, what, occasion, {**data, "about": row.id}, now)


_OF_ONE_SENDER = {
    "supplement_asked",
    "supplement_reminded",
    "supplement_received",
    "asked",
    "question_answered",
    "published",
}
"""Asked of one person, answered by one, or resting on one's own consent."""


def _promise(unit: Unit, row: AnyRow, what: str, occasion: str, data: dict[str, Any], now: datetime) -> None:
    if row.spam_at is not None or row.anonymised_at is not None:
        return
    by_chat = row.endpoint_id is not None and people.is_open(unit, row.endpoint_id)
    if not by_chat and Source(row.source).tells_its_senders:
        return  # the sender hears it there: the list written for entry there carries it
    if not tellings.add(unit, row.id, occasion, what, data, now, by_hand=not by_chat):
        return
    if by_chat:
        outbox.add(unit, key_of(row.id, occasion), KIND, outbox.NOTICE, row.endpoint_id, now)
    else:
        _ask_for_hands(unit, row.id, occasion, now)


def _ask_for_hands(unit: Unit, case_id: int, occasion: str, now: datetime) -> None:
    for person_id in people.active(unit, Role.COORDINATOR):
        notice_rows.add(
            unit, person_id, f"tell:{occasion}", Kind.CASE_TELL, now, role=Role.COORDINATOR, matter_id=case_id
        )


def key_of(case_id: int, occasion: str) -> str:
    """Return the outbox's key of what tells a case's sender of an occasion."""
    return f"{KIND}:{case_id}:{occasion}"


def compose(unit: Unit, key: str, can: Capabilities) -> Message | None:
    """Return what a citizen is told, as this channel may carry it; None where it is to be told no more."""
    _, case_id, occasion = key.split(":", 2)
    told, row = tellings.of_occasion(unit, int(case_id), occasion), rows.get(unit, int(case_id))
    if told is None or row is None or told.state != tellings.PROMISED or row.anonymised_at is not None:
        return None
    return Message(
        text(unit, row, told.kind, told.data, private=can.private),
        offers.after(told.kind, row.id, appealable=bool(told.data.get("may_appeal"))),
        numbered=False,
        files=_files(unit, told.data) if can.private else (),
    )


def _files(unit: Unit, data: dict[str, Any]) -> tuple[Attachment, ...]:
    """Return the files of an answer that are at hand."""
    answer_id = data.get("answer_id")
    found = attachments.of(unit, data["about"]) if answer_id is not None else ()
    theirs = [one for one in found if one.answer_id == answer_id and one.digest and one.size]
    return tuple(Attachment(one.digest, one.name, one.media_type, one.size) for one in theirs)


def page_of(unit: Unit, code: str) -> str:
    """Return where a case can be read with its secret part, "" where nobody knows our address."""
    address = offices.setting(unit, ADDRESS) or ""
    return f"{address.rstrip('/')}{LOOK_UP}?ma={code}" if address else ""


def text(unit: Unit, row: AnyRow, what: str, data: dict[str, Any], *, private: bool) -> str:
    """Return the words of one telling; what may not leave by a channel is named with the way to read it."""
    about = rows.get(unit, data["about"]) or row
    values: dict[str, Any] = {name: _value(value) for name, value in data.items() if name != "about"}
    if "answer_id" in values:
        values |= _answer(unit, values.pop("answer_id"), private=private)
    if not private:
        values |= dict.fromkeys(values.keys() & _WORDS)
    case = seen(unit, about)
    common = {
        "case": Case(row.code, row.received_on, case.due_on, case.agency, State(row.state)),
        "office": office_views.name(unit),
        "hotline": office_views.hotline(unit),
        "link": page_of(unit, row.code),
    }
    return render(f"citizen/told/{what}", **common | values)


_WORDS = {"text", "question", "reason"}
"""What officials have written: it may name people, so it leaves by no foreign channel."""


def _answer(unit: Unit, answer_id: int, *, private: bool) -> dict[str, Any]:
    row = answers.get(unit, answer_id)
    return {
        "number": row.number if row else None,
        "on": (row.date or today(row.decided_at)) if row else None,
        "outcome": Outcome(row.outcome).label if row else "",
        "text": row.text if row and private else None,
    }


def _value(value: Any) -> Any:
    """Return a date for its ISO text, anything else as it is."""
    if isinstance(value, str) and len(value) == len("2026-01-01"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def said_now(unit: Unit, row: AnyRow, can: Capabilities, now: datetime) -> list[Message]:
    """Return what was promised to a sender just now, to be said as the answer to what they did instead of after it."""
    if row.endpoint_id is None:
        return []
    found = []
    for one in outbox.waiting_of_endpoint(unit, row.endpoint_id):
        if one.kind == KIND and one.created_at == now and one.key.startswith(f"{KIND}:{row.id}:"):
            message = compose(unit, one.key, can)
            outbox.change(unit, one.id, state=Sending.CANCELLED.value, error="said by the answer")
            found += [message] if message is not None else []
    return found


def failed(unit: Unit, key: str, now: datetime) -> None:
    """Let a telling that no provider takes be told by phone or letter."""
    parts = key.split(":")
    case_id, occasion = int(parts[1]), ":".join(parts[2:4])
    if tellings.to_hands(unit, case_id, occasion):
        _ask_for_hands(unit, case_id, occasion, now)
