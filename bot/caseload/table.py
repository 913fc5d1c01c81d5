"""What choices about an agency's cases lead to: the list, one case, an act at once, a flow of questions."""

from collections.abc import Callable

from bot.acts.flow import Values
from bot.acts.table import Table
from bot.caseload import cards, collecting, replying, talking
from bot.desk import Desk, Reply
from domain.buttons import Button, Verb
from domain.cases.codes import case_code_in
from domain.words import squeeze
from storage.views.cases.caseload import Case

_FLOWS = (
    talking.ASK,
    talking.PROGRESS,
    talking.GIVE_BACK,
    talking.IDENTITY,
    talking.HANDLER,
    replying.ANSWER,
    replying.APPROVE,
    replying.RETURN_DRAFT,
    collecting.COLLECT,
    collecting.COLLECT_YES,
    collecting.COLLECT_NO,
)


def _about(_desk: Desk, case: Case) -> Values:
    return {"case": case}


TABLE = Table(
    Verb.CASELOAD,
    "case_ask",
    "case_sure",
    {flow.name: flow for flow in _FLOWS},
    "caseload",
    "ask_{}",
    _about,
    cards.show,
)


def _identity(desk: Desk, button: Button) -> Reply:
    """Ask what the sender's data are wanted for; on a channel that may not carry them show the way to the page."""
    if desk.can.private:
        return TABLE.start(desk, talking.IDENTITY.name, button.number(1))
    return talking.on_page(desk, button)


_SHOWN: dict[str, Callable[[Desk, Button], Reply]] = {
    "list": lambda desk, button: cards.page(desk, button.number(1)),
    "open": cards.by_choice,
    "why": cards.why,
    "files": cards.files,
    "take": talking.take,
    "resume": talking.resume,
    "identity": _identity,
    "page": talking.on_page,
}


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about an agency's case asks."""
    if button.word() in _SHOWN:
        return _SHOWN[button.word()](desk, button)
    return TABLE.start(desk, button.word(), button.number(1))


def answer(desk: Desk) -> Reply:
    """Take typed words, or a file, as the answer to the question that waits; a case's code alone opens that case."""
    text = squeeze(desk.incoming.text).upper()
    return cards.opened(desk, text) if text and case_code_in(text) == text else TABLE.answer(desk)
