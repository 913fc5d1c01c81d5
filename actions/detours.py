"""Messages that cannot go the way they were meant to: another chat of the person, a later message, or nobody.

A message is written whole where it says what is true when it leaves (it is composed at the claim); what did not fit
follows in rows of its own, which mean nothing without it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from actions import people
from actions.cases import telling
from domain.accounts import next_chat
from domain.delivery import LATER, Reason, State
from domain.notices import Etiquette
from domain.watch import open_before
from storage import audit, detours, notices, offices, outbox
from storage import people as people_rows
from storage.database import Unit
from storage.types import AnyRow

REFUSED = "the provider refused the message"
GONE = f"{Reason.BLOCKED}: the chat is gone"
FALLBACK_HOURS = "fallback_hours"
"""The setting: office hours after which a silent channel is passed over."""


def is_whole(row: AnyRow) -> bool:
    """Whether a row is a message made of notices, composed when it is claimed; neither an answer nor a rest."""
    return row.business_day is not None


def chat_died(unit: Unit, failed: AnyRow, detail: str, now: datetime) -> None:
    """Let what was meant for a dead chat take the person's next one, or wait until there is one again."""
    people.chat_died(unit, failed.endpoint_id, detail, now)
    _go_on(unit, failed, _next_chat(unit, failed), now)
    _empty(unit, failed.endpoint_id, _next_chat(unit, failed), now)


def chat_left(unit: Unit, endpoint_id: int, person_id: int, now: datetime) -> None:
    """Let what waits for a chat that is its person's no longer take the person's next one, or wait for one."""
    order = people_rows.open_endpoints(unit, person_id)
    _empty(unit, endpoint_id, next_chat(order, endpoint_id, behind=False), now)


def _empty(unit: Unit, endpoint_id: int, other: int | None, now: datetime) -> None:
    for row in outbox.waiting_of_endpoint(unit, endpoint_id):
        if is_whole(row):
            _go_on(unit, row, other, now)
    for row in outbox.waiting_of_endpoint(unit, endpoint_id):
        _end(unit, row, now)


def _go_on(unit: Unit, row: AnyRow, other: int | None, now: datetime) -> None:
    if not is_whole(row):
        _end(unit, row, now)
    elif other is None:
        _end(unit, row, now)
        outbox.remove_rest(unit, row.key)
    else:
        _move(unit, row, other, now)


def refused(unit: Unit, row: AnyRow, now: datetime) -> None:
    """Let a message that its provider does not take even as bare text go by another chat, or give it up."""
    other = _next_chat(unit, row, behind=True) if is_whole(row) else None
    if other is None:
        give_up(unit, row, REFUSED, now)
    else:
        _move(unit, row, other, now)


def give_up(unit: Unit, row: AnyRow, why: str, now: datetime) -> None:
    """End a message that nobody takes; its notices stay with it and say why. The watcher tells people.

    What an answer told beside its own words is said unasked instead.
    """
    outbox.change(unit, row.id, state=State.FAILED.value)
    if row.kind == telling.KIND:
        telling.failed(unit, row.key, now)
    elif row.lane == outbox.REPLY:
        notices.release(unit, [row.id])
    elif is_whole(row):
        outbox.remove_rest(unit, row.key)
        notices.explain(unit, row.id, why)


def retry(unit: Unit, outbox_id: int, now: datetime) -> bool:
    """Let a message that was given up try once more, made anew; False where it was not given up."""
    row = outbox.find(unit, outbox_id)
    if row is None or row.state != State.FAILED or row.person_id is None:
        return False
    outbox.change(unit, row.id, state=State.WAITING.value, not_before=now, attempts=0, error=None)
    audit.record(unit, "retry", "outbox", row.id, now, actor=audit.OPERATOR)
    return True


def _end(unit: Unit, row: AnyRow, now: datetime) -> None:
    """Give up a row whose chat is gone; what it told waits for another chat of its person."""
    outbox.change(unit, row.id, state=State.FAILED.value, error=GONE)
    if row.kind == telling.KIND:
        telling.failed(unit, row.key, now)
        return
    whole = row if is_whole(row) or row.lane == outbox.REPLY else outbox.by_key(unit, _key_of_whole(row.key))
    if whole is not None:
        notices.release(unit, [whole.id])


def _key_of_whole(key: str) -> str:
    """Return the key of the message to which a rest belongs ("bundle:7:2026-01-12:1:2")."""
    return ":".join(key.split(":")[:4])


def _next_chat(unit: Unit, row: AnyRow, *, behind: bool = False, but: Sequence[str] = ()) -> int | None:
    """Return the person's next open chat in the order in which the person hears; see `domain.accounts.next_chat`."""
    owner = row.person_id or people_rows.owner(unit, row.endpoint_id)
    order = people_rows.open_endpoints(unit, owner) if owner is not None else ()
    return next_chat(order, row.endpoint_id, behind=behind, but=but)


def _move(unit: Unit, row: AnyRow, endpoint_id: int, now: datetime) -> None:
    """Send a whole message by another chat of its person; made anew, for what that channel takes."""
    outbox.remove_rest(unit, row.key)
    outbox.change(
        unit,
        row.id,
        endpoint_id=endpoint_id,
        state=State.WAITING.value,
        not_before=now,
        rerouted_at=now,
        message=None,
        attempts=0,
        error=None,
    )
    audit.record(unit, "reroute", "outbox", row.id, now, before=row.endpoint_id, after=endpoint_id)


def pass_over_silent_channels(unit: Unit, etiquette: Etiquette, now: datetime) -> int:
    """Move what has waited too long on a channel by which nothing leaves to another one of its person.

    Only what nobody asked for, and only what certainly never left; return how many. 0 hours: never.
    """
    hours = offices.setting(unit, FALLBACK_HOURS)
    if not hours:
        return 0
    before = open_before(etiquette, now, timedelta(hours=hours))
    silent = [one for one in detours.channels_with_stuck(unit, before) if _is_silent(unit, one, before)]
    moved = 0
    for row in detours.stuck(unit, before, silent, MOVED_AT_ONCE) if silent else ():
        other = _next_chat(unit, row, but=silent)
        if other is not None:
            _move(unit, row, other, now)
            moved += 1
    return moved


MOVED_AT_ONCE = 500
"""So many messages change their channel in one sweep; the next ones follow in the next."""


def _is_silent(unit: Unit, channel: str, since: datetime) -> bool:
    last = detours.last_sent(unit, channel)
    return last is None or last < since


def take_back(unit: Unit, before: date | None) -> int:
    """Take back unsent messages of earlier days (of all, with None): one message of today says what is still true.

    Return how many.
    """
    rows = detours.take_back(unit, LATER, before)
    for row in rows:
        if row.message is not None:
            outbox.remove_rest(unit, row.key)
    notices.release(unit, [row.id for row in rows])
    return len(rows)
