"""Messages on their way: answers queued with the act they answer, notices composed when their turn comes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from actions import compose, people
from domain.delivery import Next, Outcome, Reason, Refused, State, Unknown, after, backoff
from domain.outgoing import Capabilities, Message, parts
from storage import notices, outbox
from storage import people as people_rows
from storage.database import Unit
from storage.types import AnyRow

AGAIN = "(nhắc lại) "
"""What a message carries that may have been received once already."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A claimed row with the message to send at once."""

    id: int
    lane: int
    channel: str
    chat: str
    message: Message


def reply(
    unit: Unit,
    key: str,
    endpoint_id: int,
    person_id: int | None,
    messages: Sequence[Message],
    can: Capabilities,
    now: datetime,
    says: Sequence[int] = (),
) -> list[int]:
    """Queue the answer to an update in the first lane, cut to what the channel takes; return the rows' ids.

    `says` are waiting notices that the answer tells: they become part of its last row.
    """
    pieces = [piece for message in messages for piece in parts(message, _narrower(can))]
    ids = [
        outbox.add(
            unit,
            f"{key}:{number}",
            "reply",
            outbox.REPLY,
            endpoint_id,
            now,
            person_id=person_id,
            message=piece.to_json(),
        )
        for number, piece in enumerate(pieces, 1)
    ]
    if ids:
        notices.attach(unit, says, ids[-1])
    return ids


def _narrower(can: Capabilities) -> Capabilities:
    """Leave room for the mark: a full text that must go once more would be refused as too long."""
    return replace(can, text_limit=can.text_limit - len(AGAIN))


def candidates(
    unit: Unit, channels: Sequence[str], now: datetime, limit: int, *, unsolicited: bool
) -> Sequence[AnyRow]:
    """Return rows that could start now, answers first; without what must wait for office hours unless allowed."""
    return outbox.candidates(unit, channels, now, limit, unsolicited=unsolicited)


def claim(unit: Unit, outbox_id: int, owner: str, can: Capabilities, now: datetime) -> Ready | None:
    """Take a row for sending at once and return its final text; None where it is not to be sent any more.

    What a row says is checked now: notices that are no longer true are dropped with the reason. The text is
    kept: it is the proof of notice. After the commit the message may have left.
    """
    row = outbox.claim(unit, outbox_id, owner, now)
    if row is None:
        return None
    message = _composed(unit, row, can, now) if _says_what_is_true_now(row) else Message.from_json(row.message)
    if message is None:
        outbox.change(unit, outbox_id, state=State.CANCELLED.value, error="nothing of it was true any more")
        return None
    if row.unknowns:
        message = replace(message, text=AGAIN + message.text)
    outbox.change(unit, outbox_id, text_sent=message.text)
    return Ready(row.id, row.lane, row.channel, row.chat, message)


COMPOSE_TRIES = 3
"""A message whose text cannot be made is given up after so many tries, so that it holds back no other."""


def not_composed(unit: Unit, outbox_id: int, error: str, now: datetime) -> None:
    """Count a failure to make a message's text: it is tried again later, and given up after the third."""
    tries = outbox.get(unit, outbox_id).attempts + 1
    state = State.FAILED if tries >= COMPOSE_TRIES else State.WAITING
    outbox.change(unit, outbox_id, attempts=tries, state=state.value, error=error, not_before=now + backoff(tries))


def _says_what_is_true_now(row: AnyRow) -> bool:
    """Whether the text is made at the claim: also at a later one, as long as no earlier text may have arrived."""
    return row.message is None or (row.business_day is not None and not row.unknowns)


def _composed(unit: Unit, row: AnyRow, can: Capabilities, now: datetime) -> Message | None:
    """Compose a bundle of notices; what does not fit follows as rows of its own, in place of earlier ones."""
    outbox.remove_rest(unit, row.key)
    message = compose.bundle(unit, row.id, row.person_id, can, now)
    if message is None:
        return None
    first, *rest = parts(message, _narrower(can))
    outbox.change(unit, row.id, message=first.to_json())
    for number, piece in enumerate(rest, 2):
        outbox.add(
            unit,
            f"{row.key}:{number}",
            "bundle",
            row.lane,
            row.endpoint_id,
            now,
            person_id=row.person_id,
            message=piece.to_json(),
        )
    return first


def record(unit: Unit, outbox_id: int, outcome: Outcome, now: datetime) -> Next:
    """Write how an attempt ended and what follows from it."""
    row = outbox.get(unit, outbox_id)
    unknowns = row.unknowns + isinstance(outcome, Unknown)
    decided = after(outcome, row.attempts, unknowns)
    values: dict[str, object] = {
        "state": decided.state.value,
        "unknowns": unknowns,
        "not_before": now + decided.wait,
        "claimed_by": None,
    }
    if decided.state in {State.SENT, State.UNKNOWN}:
        values["sent_at"] = now
    if decided.state is State.SENT:
        values["provider_id"] = getattr(outcome, "provider_id", "")
    else:
        values["error"] = getattr(outcome, "detail", "")[:500]
    outbox.change(unit, outbox_id, **values)
    if isinstance(outcome, Refused) and outcome.reason is Reason.MOVED and outcome.new_chat:
        people_rows.move_endpoint(unit, row.endpoint_id, outcome.new_chat)
    if decided.endpoint_dead:
        _endpoint_died(unit, row, outcome, now)
    return decided


def _endpoint_died(unit: Unit, failed: AnyRow, outcome: Outcome, now: datetime) -> None:
    """Let what was meant for a dead chat take the person's next one, or wait until there is one again."""
    people.chat_died(unit, failed.endpoint_id, getattr(outcome, "detail", ""), now)
    person_id = people_rows.owner(unit, failed.endpoint_id)
    others = people_rows.open_endpoints(unit, person_id) if person_id is not None else ()
    for row in (failed, *outbox.waiting_of_endpoint(unit, failed.endpoint_id)):
        if row.lane == outbox.REPLY:
            outbox.change(unit, row.id, state=State.FAILED.value)
            notices.release(unit, row.id)
        elif others:
            outbox.change(unit, row.id, endpoint_id=others[0].id, state=State.WAITING.value, not_before=now)
        else:
            outbox.change(unit, row.id, state=State.FAILED.value)
            notices.release(unit, row.id)


def adopt_orphans(unit: Unit, channels: Sequence[str], owner: str, now: datetime) -> int:
    """Settle rows that an ended sender had claimed: nobody knows whether they left. Return how many."""
    rows = outbox.orphans(unit, channels, owner)
    for row in rows:
        record(unit, row.id, Unknown("the sender ended before the answer"), now)
    return len(rows)
