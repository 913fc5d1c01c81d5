"""One update: who writes, what it means where the conversation stands, what is answered.

The caller opens the unit; the act, the answer in the outbox, the conversation and the mark "handled" commit
together or not at all.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from actions import accounts, conversations, erasing, outbox, people, receipts, uses
from bot import arriving, groups, help_texts, joining, loose, plans, uploading
from bot.choosing import chosen, press
from bot.citizens import files as citizen_files
from bot.citizens import steps as feedback
from bot.citizens_after import loose as mine_loose
from bot.citizens_after import steps as mine
from bot.desk import Desk, Reply, sentence
from bot.placing import placed
from bot.register import lists
from bot.routes import COMMANDS, FILE_STEPS, STEPS
from domain.cases.likeness import Alike, unlike
from domain.errors import ActRefused, Stale
from domain.evidence import code_in, is_code
from domain.incoming import Incoming, Sent
from domain.local import today
from domain.outgoing import Capabilities
from domain.words import fold, squeeze, visible
from storage.views import Unit, office

_RECEIPTS = frozenset({Sent.RECEIVED, Sent.SEEN})


def handle(
    unit: Unit, incoming: Incoming, key: str, can: Mapping[str, Capabilities], now: datetime, alike: Alike = unlike
) -> None:
    """Do what one update asks and queue the answer under `key`; `alike` tells how alike two texts are."""
    if incoming.sent in _RECEIPTS:
        receipts.note(unit, incoming, now)
        return
    endpoint = people.endpoint(unit, incoming.channel, incoming.chat, now)
    if incoming.sent is Sent.BLOCKED:
        people.chat_died(unit, endpoint.id, "blocked by the person", now)
        return
    if incoming.group:
        groups.handle(unit, replace(incoming, text=visible(incoming.text)), endpoint, key, can[incoming.channel], now)
        return
    if can[incoming.channel].windowed:
        uses.heard(unit, endpoint.id, now)
    people.chat_revived(unit, endpoint, now)
    if incoming.sent is Sent.UNBLOCKED and not people.is_newcomer(endpoint):
        return
    viewer = office.viewer(unit, endpoint.person_id, today(now)) if endpoint.person_id else None
    if viewer is not None:
        accounts.heard(unit, endpoint.id, endpoint.heard_at, now)
    desk = Desk(
        unit,
        now,
        replace(incoming, text=visible(incoming.text)),
        endpoint.id,
        can[incoming.channel],
        viewer,
        office.conversation(unit, endpoint.id, now),
        alike,
    )
    reply = uploading.offered(desk, answer(desk))
    conversations.save(unit, endpoint.id, reply.conversation, now)
    person_id = people.person_behind(unit, endpoint.id)
    outbox.reply(unit, key, endpoint.id, person_id, placed(desk, reply), desk.can, now, says=reply.notices)


def answer(desk: Desk) -> Reply:
    """Return the answer; a refusal of the rules is answered with its sentence, and the question stays open.

    Where somebody else changed first what the question is about, it is over.
    """
    if desk.incoming.files and _of_citizen(desk):
        erasing.came_in(desk.unit, desk.incoming.files, desk.now)  # goes unless it is sent with a case
    try:
        with desk.unit.attempt():
            return _route(desk)
    except Stale as overtaken:
        return sentence(overtaken.sentence)
    except ActRefused as refused:
        return sentence(refused.sentence, desk.conversation)


def _route(desk: Desk) -> Reply:
    if desk.incoming.files and _of_citizen(desk):
        return _file(desk)
    match desk.incoming.sent:
        case Sent.BUTTON:
            return press(desk, desk.incoming.button)
        case Sent.FILE:
            return _file(desk)
        case Sent.TEXT:
            return _text(desk)
        case Sent.UNBLOCKED:
            return joining.welcome(desk)
        case _:
            return help_texts.not_understood(desk)


def _of_citizen(desk: Desk) -> bool:
    """Whether files go with a citizen's feedback: also those recorded instead of writing, which are no documents."""
    step = desk.conversation.step
    return step in feedback.OPEN or step in mine.TAKES_FILES or (desk.viewer is None and not step)


def _file(desk: Desk) -> Reply:
    step = FILE_STEPS.get(desk.conversation.step)
    if step is not None:
        return step(desk)
    if desk.conversation.step in feedback.OPEN:
        return citizen_files.before_asking(desk)
    if desk.viewer is not None and desk.viewer.coordinates and not desk.conversation.step:
        return plans.file_in(desk)
    if desk.viewer is not None and desk.viewer.own_agencies:
        return arriving.received(desk)
    if desk.viewer is None and not desk.conversation.step:
        return mine_loose.files(desk) or citizen_files.first(desk)
    return help_texts.not_understood(desk)


def _text(desk: Desk) -> Reply:
    text = squeeze(desk.incoming.text)
    key = chosen(desk, text)  # before the plain words of commands: "việc khác" may stand among the choices
    if key is not None:
        return press(desk, key)
    command = _command(desk, text)
    if command is not None:
        return command
    step = STEPS.get(desk.conversation.step)
    if step is not None:
        return step(desk)
    return loose.read(desk, text)


def _command(desk: Desk, text: str) -> Reply | None:
    """Return the answer to a command: /word anywhere, the plain word where no question waits for words.

    Alone, or with nothing but a task's code, the plain word is no answer to any question.
    """
    head, _, rest = text.partition(" ")
    word = fold(head.removeprefix("/"))
    asked = desk.conversation.step in STEPS
    if not asked and (spaced := _SPACED.get(fold(text))) is not None:
        return COMMANDS[spaced][0](desk, "")
    if word == _FIND and rest and not asked and desk.data.get(lists.LOOKING):
        return lists.search(desk, rest)
    if word == _FIND and not asked and desk.viewer is not None and rest and code_in(rest) is None:
        return COMMANDS["viec"][0](desk, rest)
    alone = not rest or is_code(rest)
    found = COMMANDS.get(word) if head.startswith("/") or not asked or alone else None
    return found[0](desk, rest.strip()) if found else None


_SPACED = {"chi tieu": "chitieu", "tong hop": "tonghop", "lich han": "lichhan"}
"""Commands that only show something, as people write the words, alone and where no question waits for words."""

_FIND = "tim"
"""Before words it looks for them in the list of tasks."""
