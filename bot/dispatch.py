"""One update: who writes, what it means where the conversation stands, what is answered.

The caller opens the unit; the act, the answer in the outbox, the conversation and the mark "handled" commit
together or not at all.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from actions import conversations, outbox, people
from bot import citizens, help_texts, joining, opening, plans, reporting
from bot.desk import Desk, Reply, sentence
from bot.routes import COMMANDS, FILE_STEPS, PRESSES, STEP_PRESSES, STEPS
from domain.buttons import Button, Verb
from domain.cases import case_code_in
from domain.errors import ActRefused
from domain.evidence import code_in
from domain.incoming import Incoming, Sent
from domain.local import today
from domain.outgoing import Capabilities
from domain.words import fold, squeeze, visible
from storage.views import Unit, office


def handle(unit: Unit, incoming: Incoming, key: str, can: Mapping[str, Capabilities], now: datetime) -> None:
    """Do what one update asks and queue the answer under `key`."""
    endpoint = people.endpoint(unit, incoming.channel, incoming.chat, now)
    if incoming.sent is Sent.BLOCKED:
        people.chat_died(unit, endpoint.id, "blocked by the person", now)
        return
    people.chat_revived(unit, endpoint.id, now)
    if incoming.sent is Sent.UNBLOCKED or incoming.group:
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


def press(desk: Desk, key: str) -> Reply:
    """Do what a choice asks, whichever message it came from."""
    button = Button.unpack(key)
    if button is None:
        return help_texts.stale(desk)
    handler = PRESSES.get(button.verb)
    if handler is None and any(key == offered for _, offered in desk.conversation.choices):
        handler = STEP_PRESSES.get((desk.conversation.step, button.verb))
    return handler(desk, button) if handler else help_texts.stale(desk)


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
    key = _chosen(desk, text)
    if key is not None:
        return press(desk, key)
    step = STEPS.get(desk.conversation.step)
    if step is not None:
        return step(desk)
    return _loose(desk, text)


def _command(desk: Desk, text: str) -> Reply | None:
    """Return the answer to a command: /word anywhere, the plain word where no question waits for words."""
    head, _, rest = text.partition(" ")
    word = fold(head.removeprefix("/"))
    asked = desk.conversation.step in STEPS
    found = COMMANDS.get(word) if head.startswith("/") or not asked or (word == "huy" and not rest) else None
    return found[0](desk, rest.strip()) if found else None


def _chosen(desk: Desk, text: str) -> str | None:
    """Return the key of the choice that a digit, or the choice's own words, means."""
    choices = desk.conversation.choices
    if text.isascii() and text.rstrip(".)").isdigit():
        at = int(text.rstrip(".)")[:4])
        return choices[at - 1][1] if 1 <= at <= len(choices) else None
    said = fold(text)
    by_words = {fold(label): key for label, key in choices}
    if said in by_words:
        return by_words[said]
    optional = [key for _, key in choices if Button.unpack(key) == Button(Verb.SKIP)]
    return optional[0] if optional and said in {"bo qua", "boqua", "skip"} else None


def _loose(desk: Desk, text: str) -> Reply:
    """Read typed words outside any question: a task's code, a join code."""
    code = code_in(text)
    if code is not None and desk.viewer is not None:
        card = opening.by_code(desk, text)
        wanted = next((key for _, key in card.conversation.choices if key.startswith(f"{Verb.DONE}:")), None)
        return press(desk, wanted) if wanted and _says_done(text) else card
    done = next((key for _, key in desk.conversation.choices if key.startswith(f"{Verb.DONE}:")), None)
    if done is not None and _says_done(text):
        return press(desk, done)
    if case_code_in(text) is not None:
        return citizens.look_up(desk, text)
    if joining.looks_like_code(text):
        return joining.offer(desk, text)
    if desk.viewer is None and not desk.conversation.choices:
        return joining.welcome(desk)
    return help_texts.not_understood(desk)


_DONE_WORDS = ({"xong"}, {"da", "xong"}, {"hoan", "thanh"}, {"da", "hoan", "thanh"}, {"bao", "xong"})


def _says_done(text: str) -> bool:
    """Whether the words beside the code say done and nothing else: "chưa xong" and "xong chưa" do not."""
    rest = fold(text).replace("-", " ").replace("nv", " ")
    return {word for word in rest.split() if not word.isdigit()} in _DONE_WORDS
