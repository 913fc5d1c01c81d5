"""A sender's cases: the list, one of them, and what can be done about it now."""

import re
from dataclasses import replace

from actions.cases import looking, offers, telling
from bot.citizens_after.steps import Data, opened, theirs
from bot.desk import Desk, Reply, say, sentence
from domain.buttons import Button, Verb, choice
from domain.cases.codes import case_code_in
from domain.cases.lifecycle import State
from domain.cases.senders import Turn, turns, until_again
from domain.outgoing import Attachment, Choice
from domain.words import squeeze
from storage.views import AnyRow, office
from storage.views.cases import cards, senders

_SECRET = re.compile(r"(?<![\w-])[0-9a-f]{8}$")
SHOWN = 10
"""Cases in one list."""


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /tracuu: the sender's own cases, or one of them by its code, from elsewhere with its secret part."""
    code = case_code_in(text)
    if code is None:
        return listed(desk)
    found = _SECRET.search(squeeze(text).lower())
    return shown(desk, code, found.group() if found else "")


def listed(desk: Desk) -> Reply:
    """Show what this chat has sent, the newest first."""
    found = cards.of_sender(desk.unit, desk.endpoint_id)
    choices = [choice(f"{one.code}", Verb.MINE, "open", one.id, listed=True) for one in found[:SHOWN]]
    begin_new = choice("Gửi phản ánh, kiến nghị", Verb.FEEDBACK)
    return say(
        "citizen/mine/list",
        mine=[(one, State(one.state).told) for one in found[:SHOWN]],
        more=max(0, len(found) - SHOWN),
        choices=[*choices, begin_new],
    )


def shown(desk: Desk, code: str, secret: str = "") -> Reply:
    """Show one case to who may see it; the same sentence to everybody else."""
    found = looking.look(desk.unit, desk.endpoint_id, code, secret, desk.now)
    if found is None:
        return sentence(looking.SAME_ANSWER)
    by_secret: Data = {} if found.endpoint_id == desk.endpoint_id else {"opened": found.id}
    return card(replace(desk, conversation=replace(desk.conversation, data=by_secret)), found)


def opened_by_choice(desk: Desk, button: Button) -> Reply:
    """Show the case of a choice. Raises ActRefused."""
    return card(desk, theirs(desk, button.number(1)))


def card(desk: Desk, row: AnyRow, done: str = "") -> Reply:
    """Show one case with what can be done about it; `done` is the sentence about what was just done."""
    sent = senders.followed(desk.unit, row)
    files = tuple(
        Attachment(one.digest, one.name, one.media_type, one.size) for one in sent.files if one.digest and one.size
    )
    reply = say(
        "citizen/mine/card",
        done=done,
        case=telling.seen(desk.unit, row),
        told=State(row.state).told,
        master=sent.master,
        question=sent.question,
        answer=sent.answer,
        outcome=sent.outcome,
        files=[one.name for one in sent.files],
        again_until=until_again(sent.standing) if Turn.AGAIN in turns(sent.standing, desk.day) else None,
        private=desk.can.private,
        link=telling.page_of(desk.unit, row.code),
        hotline=office.hotline(desk.unit),
        choices=_choices(desk, sent),
        data=opened(desk),
    )
    if not desk.can.private or not files:
        return reply
    return replace(reply, messages=(replace(reply.messages[0], files=files),))


def _choices(desk: Desk, sent: senders.Sent) -> list[Choice]:
    found: list[Choice] = []
    case_id = sent.row.id
    for turn in turns(sent.standing, desk.day):
        if turn is Turn.RATE:
            found += offers.ratings(case_id)
        else:
            found.append(choice(turn.label, Verb.MINE, _ACTS[turn], case_id))
    return [*found, choice("Các phản ánh đã gửi", Verb.MINE, "list")]


_ACTS = {
    Turn.SUPPLEMENT: "add",
    Turn.ANSWER: "add",
    Turn.ADD: "add",
    Turn.APPEAL: "appeal",
    Turn.AGAIN: "again",
    Turn.WITHDRAW: "withdraw",
}
