"""One update: who writes, what it means where the conversation stands, what is answered.

The caller opens the unit; the act, the answer in the outbox, the conversation and the mark "handled" commit
together or not at all.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from actions import conversations, outbox, people, receipts
from bot import groups, help_texts, loose, plans, reporting
from bot.choosing import chosen, press
from bot.desk import Desk, Reply, sentence
from bot.routes import COMMANDS, FILE_STEPS, STEPS
from domain.errors import ActRefused
from domain.incoming import Incoming, Sent
from domain.local import today
from domain.outgoing import Capabilities
from domain.words import fold, squeeze, visible
from storage.views import Unit, office

_RECEIPTS = frozenset({Sent.RECEIVED, Sent.SEEN})


def handle(unit: Unit, incoming: Incoming, key: str, can: Mapping[str, Capabilities], now: datetime) -> None:
    """Do what one update asks and queue the answer under `key`."""
    endpoint = people.endpoint(unit, incoming.channel, incoming.chat, now)
    if incoming.sent in _RECEIPTS:
        receipts.note(unit, endpoint.id, incoming, now)
        return
    if incoming.sent is Sent.BLOCKED:
        people.chat_died(unit, endpoint.id, "blocked by the person", now)
        return
    if incoming.group:
        groups.handle(unit, incoming, endpoint.id, key, can[incoming.channel], now)
        return
    people.chat_revived(unit, endpoint.id, now)
    if incoming.sent is Sent.UNBLOCKED:
        return
    viewer = office.viewer(unit, endpoint.person_id, today(now)) if endpoint.person_id else None
    desk = Desk(
        unit,
        now,
        replace(incoming, text=visible(incoming.text)),
        endpoint.id,
        can[incoming.channel],
        viewer,
        office.conversation(unit, endpoint.id, now),
    )
    reply = answer(desk)
    conversations.save(unit, endpoint.id, reply.conversation, now)
    person_id = people.person_behind(unit, endpoint.id)
    outbox.reply(unit, key, endpoint.id, person_id, reply.messages, desk.can, now, says=reply.notices)


def answer(desk: Desk) -> Reply:
    """Return the answer; a refusal of the rules is answered with its sentence, and the question stays open."""
    try:
        with desk.unit.conn.begin_nested():
            return _route(desk)
    except ActRefused as refused:
        return sentence(refused.sentence, desk.conversation)


def _route(desk: Desk) -> Reply:
    match desk.incoming.sent:
        case Sent.BUTTON:
            return press(desk, desk.incoming.button)
        case Sent.FILE:
            return _file(desk)
        case Sent.TEXT:
            return _text(desk)
        case _:
            return help_texts.not_understood(desk)


def _file(desk: Desk) -> Reply:
    step = FILE_STEPS.get(desk.conversation.step)
    if step is not None:
        return step(desk)
    if desk.viewer is None or desk.conversation.step:
        return help_texts.not_understood(desk)
    if desk.viewer.coordinates:
        return plans.file_in(desk)
    if desk.viewer.own_agencies:
        return reporting.file_first(desk)
    return help_texts.not_understood(desk)


def _text(desk: Desk) -> Reply:
    text = squeeze(desk.incoming.text)
    command = _command(desk, text)
    if command is not None:
        return command
    key = chosen(desk, text)
    if key is not None:
        return press(desk, key)
    step = STEPS.get(desk.conversation.step)
    if step is not None:
        return step(desk)
    return loose.read(desk, text)


def _command(desk: Desk, text: str) -> Reply | None:
    """Return the answer to a command: /word anywhere, the plain word where no question waits for words."""
    head, _, rest = text.partition(" ")
    word = fold(head.removeprefix("/"))
    asked = desk.conversation.step in STEPS
    found = COMMANDS.get(word) if head.startswith("/") or not asked or (word == "huy" and not rest) else None
    return found[0](desk, rest.strip()) if found else None


