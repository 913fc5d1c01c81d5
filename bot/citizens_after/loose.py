"""What a sender writes outside any question: the answer to what was asked, a rating, an answer to one message."""

import re
from dataclasses import replace

from bot.citizens_after import acts, cards
from bot.citizens_after.steps import ANSWERS, LEAVE
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.cases.codes import case_code_in
from domain.cases.senders import Turn, rating_in, turns
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.words import squeeze
from storage.views import AnyRow
from storage.views.cases import senders

_LEAST = 2


def read(desk: Desk, text: str) -> Reply | None:
    """Answer words of a citizen that belong to one of the own cases; None where they belong to none."""
    quoted = senders.told_by(desk.unit, desk.endpoint_id, desk.incoming.quotes)
    rating = rating_in(text)
    if rating is not None:
        unrated = [quoted] if quoted is not None else senders.unrated_of(desk.unit, desk.endpoint_id)
        return acts.rated(desk, unrated[0], rating) if len(unrated) == 1 else None
    return _added(desk, quoted, text, ())


def named(desk: Desk, text: str) -> Reply:
    """Answer words that name a case: the answer to what it asks of its sender, else the case itself."""
    code = case_code_in(text)
    asked = [one for one in senders.asked_of(desk.unit, desk.endpoint_id) if one.code == code]
    rest = squeeze(re.sub(re.escape(code or ""), " ", text, flags=re.IGNORECASE)).strip(" :,.-")
    if asked and len(rest) >= _LEAST and not rest.endswith("?"):
        return acts.proposed(desk, asked[0], rest)
    return cards.begin(desk, text)


def files(desk: Desk) -> Reply | None:
    """Answer files that come out of nothing while a question waits for this chat; None where none does."""
    quoted = senders.told_by(desk.unit, desk.endpoint_id, desk.incoming.quotes)
    return _added(desk, quoted, desk.incoming.text.strip(), desk.incoming.files)


def _added(desk: Desk, quoted: AnyRow | None, text: str, sent: tuple[IncomingFile, ...]) -> Reply | None:
    if quoted is not None and _takes_more(desk, quoted):
        return acts.proposed(desk, quoted, text, sent)
    asked = senders.asked_of(desk.unit, desk.endpoint_id)
    if not asked or (len(text) < _LEAST and not sent):
        return None
    if len(asked) == 1:
        return acts.proposed(desk, asked[0], text, sent)
    return say(
        "citizen/mine/which",
        step=ANSWERS,
        data={"text": text, "files": [[one.reference, one.name, one.media_type, one.size] for one in sent]},
        choices=[*(choice(one.code, Verb.MINE, "this", one.id) for one in asked), LEAVE],
    )


def _takes_more(desk: Desk, row: AnyRow) -> bool:
    allowed = turns(senders.followed(desk.unit, row).standing, desk.day)
    return bool({Turn.SUPPLEMENT, Turn.ANSWER, Turn.ADD} & set(allowed))


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about a case asks, or tell which case the words before were about. Raises ActRefused."""
    return _this(desk, button) if button.word() == "this" else acts.press(desk, button)


def _this(desk: Desk, button: Button) -> Reply:
    found = [one for one in senders.asked_of(desk.unit, desk.endpoint_id) if one.id == button.number(1)]
    if not found or desk.conversation.step != ANSWERS:
        raise ActRefused("Phản ánh này không còn chờ trả lời. Gõ tracuu để xem lại.")
    sent = tuple(IncomingFile(*one) for one in desk.data.get("files", ()))
    empty = replace(desk, conversation=replace(desk.conversation, data={}))
    return acts.proposed(empty, found[0], desk.data.get("text", ""), sent)
