"""Messages on their way: answers queued with the act they answer, notices composed when their turn comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from actions import compose, data_decisions, detours, enclosures, groups, hearing, links, preferences
from actions.cases import telling
from domain.delivery import (
    NOT_COMPOSED,
    Delivered,
    Next,
    Outcome,
    Reason,
    Refused,
    State,
    Unknown,
    after,
    backoff,
    reason_of,
    told,
)
from domain.letters import Letters
from domain.outgoing import Capabilities, Message, parts, plain
from storage import endpoints, notices, offices, outbox
from storage.database import Unit
from storage.types import AnyRow

NOT_KEPT = "(Nội dung có dữ liệu cá nhân, lưu dưới dạng mã hoá.)"
"""Stands instead of the words of a message that is kept sealed."""

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
    carried = [enclosures.linked(unit, endpoint_id, message, can, now) for message in messages]
    pieces = [piece for message in carried for piece in parts(message, _narrower(can))]
    ids = [
        outbox.add(
            unit,
            f"{key}:{number}",
            "reply",
            outbox.REPLY,
            endpoint_id,
            now,
            person_id=person_id,
            message=outbox.kept(unit, piece),
        )
        for number, piece in enumerate(pieces, 1)
    ]
    if ids:
        notices.attach(unit, says, ids[-1])
    return ids


def _narrower(can: Capabilities) -> Capabilities:
    """Leave room for the mark: a full text that must go once more would be refused as too long."""
    room = len(AGAIN)
    return replace(can, text_limit=can.text_limit - room, caption_limit=max(0, can.caption_limit - room))


def candidates(unit: Unit, channel: str, now: datetime, limit: int, *, unsolicited: bool) -> Sequence[AnyRow]:
    """Return rows that could start now, answers first; without what must wait for office hours unless allowed."""
    return outbox.candidates(unit, channel, now, limit, unsolicited=unsolicited)


def claim(
    unit: Unit, chats: Mapping[int, str], owner: str, can: Capabilities, now: datetime, letters: Letters | None = None
) -> list[Ready]:
    """Take rows for sending at once and return their final texts; `chats` holds the chat meant for each row.

    What a row says is checked now: notices that are no longer true are dropped with the reason. The text is kept:
    it is the proof of notice. After the commit the messages may have left. A row that does not wait any more, is to
    go to another chat by now, or has nothing to say, is left out. `letters` writes what a mail encloses.
    """
    ready: list[Ready] = []
    made: dict[int, dict[str, Any]] = {}
    rows = [row for row in outbox.waiting(unit, chats) if row.chat == chats[row.id]]
    material = compose.gather(unit, {row.id: row.person_id for row in rows if detours.is_whole(row)}, now)
    quiet = _quiet(unit, rows, material, now)
    for row in rows:
        if row.id in quiet:
            outbox.change(unit, row.id, not_before=quiet[row.id])
            continue
        message = _text(unit, row, material, can, now, letters)
        if message is None:
            outbox.change(unit, row.id, state=State.CANCELLED.value, error="nothing of it was true any more")
            continue
        if not message.sealed and (said := message.to_json()) != row.message:
            made[row.id] = said
        if row.unknowns and not message.replaces:  # taking the place of a message twice shows nothing twice
            message = replace(message, text=AGAIN + message.text)
        ready.append(Ready(row.id, row.lane, row.channel, row.chat, replace(message, mark=row.key)))
    outbox.keep_messages(unit, made)
    said_now = {one.id: NOT_KEPT if one.message.sealed else one.message.text for one in ready}
    outbox.claim(unit, said_now, owner, now)
    return ready


def _quiet(unit: Unit, rows: Sequence[AnyRow], material: compose.Material, now: datetime) -> dict[int, datetime]:
    """Return the messages whose people do not want to hear at this hour, by row, with the moment at which they do."""
    waits = [row for row in rows if detours.is_whole(row) and not material.passes_quiet(row.id)]
    until = hearing.quiet_until(unit, {row.person_id for row in waits}, None, now)
    return {row.id: until[row.person_id] for row in waits if row.person_id in until}


COMPOSE_TRIES = 3
"""A message whose text cannot be made is given up after so many tries, so that it holds back no other."""


def not_composed(unit: Unit, outbox_id: int, error: str, now: datetime) -> None:
    """Count a failure to make a message's text: it is tried again later, and given up after the third."""
    row = outbox.get(unit, outbox_id)
    tries = row.attempts + 1
    again = {"attempts": tries, "error": f"{NOT_COMPOSED}: {error}", "claimed_at": now}
    outbox.change(unit, outbox_id, **again, not_before=now + backoff(tries))
    if tries >= COMPOSE_TRIES:
        detours.give_up(unit, row, NOT_COMPOSED, now)


_TO_CITIZENS = {telling.KIND: telling.compose, data_decisions.KIND: data_decisions.compose}
"""What composes the messages to citizens when they leave, by the kind of the row."""


def _text(
    unit: Unit, row: AnyRow, material: compose.Material, can: Capabilities, now: datetime, letters: Letters | None
) -> Message | None:
    """Return what a claimed row says, as it fits the channel; what does not fit follows as rows of its own."""
    broken = reason_of(row.error) == Reason.BROKEN
    message = outbox.opened(unit, row.message) if row.message is not None else None
    if row.kind == groups.KIND and groups.is_past(row.key, now):
        return None
    if row.kind in _TO_CITIZENS and message is None:
        message = _TO_CITIZENS[row.kind](unit, row.key, can)
        if message is not None:
            message = enclosures.linked(unit, row.endpoint_id, message, can, now)
    elif not detours.is_whole(row) and not broken:
        return message  # it was cut to fit when it was queued
    if detours.is_whole(row) and not (message is not None and row.unknowns):
        # also at a later claim, as long as no earlier text may have arrived
        if row.message is not None:
            outbox.remove_rest(unit, row.key)
        brief_to = _brief_to(unit, row)
        message = compose.bundle(unit, material, row.id, row.person_id, can, now, brief_to=brief_to)
        if message is not None and letters is not None:
            message = enclosures.enclosed(unit, row, message, letters if brief_to is None else None, now)
        if message is not None:
            message = enclosures.linked(unit, row.endpoint_id, message, can, now)
            message = _reachable(unit, row, message, material, now)
    if message is None:
        return None
    if broken:
        message = plain(message)
    first, *rest = parts(message, _narrower(can))
    for number, piece in enumerate(rest, 2):
        outbox.add(
            unit,
            f"{row.key}:{number}",
            row.kind,
            row.lane,
            row.endpoint_id,
            now,
            person_id=row.person_id,
            message=outbox.kept(unit, piece),
        )
    return first


LATELY = timedelta(days=1)
"""Whoever did something in a chat within this time can be written to there, whatever the provider."""


def _reachable(unit: Unit, row: AnyRow, message: Message, material: compose.Material, now: datetime) -> Message:
    """Give a gist its address where the provider may take nothing else: a person who has been silent for long."""
    if message.gist is None or (row.heard_at is not None and now - row.heard_at <= LATELY):
        return message
    works = sorted({one.matter_id for one in material.notices[row.id] if one.matter_id in material.works})
    return replace(message, gist=replace(message.gist, url=links.answer(unit, row.endpoint_id, works, now) or ""))


def _brief_to(unit: Unit, row: AnyRow) -> int | None:
    """Return the chat of a message where that chat, or everybody on its channel, is told in short."""
    by_all = offices.setting(unit, preferences.BRIEF_CHANNELS) or ()
    return int(row.endpoint_id) if row.brief or row.channel in by_all else None


def record(unit: Unit, outcomes: Mapping[int, Outcome], now: datetime) -> dict[int, Next]:
    """Write how attempts ended, by row, and return what follows from each."""
    arrived = {row: outcome for row, outcome in outcomes.items() if isinstance(outcome, Delivered)}
    outbox.sent(unit, {row: outcome.provider_id for row, outcome in arrived.items()}, now)
    for row, outcome in arrived.items():
        if outcome.said:
            _shortened(unit, row, outcome.said)
    rest = {row: outcome for row, outcome in outcomes.items() if not isinstance(outcome, Delivered)}
    return {
        **dict.fromkeys(arrived, Next(State.SENT)),
        **{row: _record_failure(unit, row, outcome, now) for row, outcome in rest.items()},
    }


def _shortened(unit: Unit, outbox_id: int, said: str) -> None:
    """Keep what left instead of a message's own text: that is the proof; what was to follow it is not sent."""
    outbox.change(unit, outbox_id, text_sent=said)
    outbox.remove_rest(unit, outbox.get(unit, outbox_id).key)


def _record_failure(unit: Unit, outbox_id: int, outcome: Refused | Unknown, now: datetime) -> Next:
    row = outbox.get(unit, outbox_id)
    unknowns = row.unknowns + isinstance(outcome, Unknown)
    decided = after(outcome, row.attempts, unknowns, plain=reason_of(row.error) == Reason.BROKEN)
    outbox.change(
        unit,
        outbox_id,
        state=decided.state.value,
        unknowns=unknowns,
        not_before=now + decided.wait,
        claimed_by=None,
        sent_at=now if decided.state is State.UNKNOWN else None,
        error=told(outcome),
    )
    if isinstance(outcome, Refused) and outcome.reason is Reason.MOVED and outcome.new_chat:
        endpoints.move(unit, row.endpoint_id, outcome.new_chat)
    if decided.endpoint_dead:
        detours.chat_died(unit, row, outcome.detail, now)
    if decided.elsewhere:
        detours.refused(unit, row, now)
    return decided


def adopt_orphans(unit: Unit, channels: Sequence[str], now: datetime) -> int:
    """Settle rows that an ended sender had claimed: nobody knows whether they left. Return how many.

    To be called while nothing is in flight.
    """
    rows = outbox.orphans(unit, channels)
    record(unit, {row.id: Unknown("the sender ended before the answer") for row in rows}, now)
    return len(rows)
