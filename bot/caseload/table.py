"""What choices about an agency's cases lead to: the list, one case, an act at once, a flow of questions."""

from collections.abc import Callable

from bot.caseload import cards, collecting, replying, talking
from bot.caseload.asking import FLOW, Flow
from bot.desk import Desk, Reply
from bot.help_texts import stale
from domain.buttons import Button
from domain.cases.codes import case_code_in
from domain.words import squeeze

FLOWS = (
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

_SHOWN: dict[str, Callable[[Desk, Button], Reply]] = {
    "list": lambda desk, button: cards.page(desk, button.number(1)),
    "open": cards.by_choice,
    "why": cards.why,
    "files": cards.files,
    "take": talking.take,
    "resume": talking.resume,
    "identity": talking.ask_identity,
    "page": talking.on_page,
}

_BY_NAME = {flow.name: flow for flow in FLOWS}


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about an agency's case asks."""
    if button.word() in _SHOWN:
        return _SHOWN[button.word()](desk, button)
    flow = _BY_NAME.get(button.word())
    return flow.start(desk, button.number(1)) if flow is not None else stale(desk)


def _open(desk: Desk) -> Flow:
    return _BY_NAME[desk.data[FLOW]]


def answer(desk: Desk) -> Reply:
    """Take typed words, or a file, as the answer to the question that waits; a case's code alone opens that case."""
    text = squeeze(desk.incoming.text).upper()
    return cards.opened(desk, text) if text and case_code_in(text) == text else _open(desk).answer(desk)


def pick(desk: Desk, button: Button) -> Reply:
    """Take a choice as the answer to the question that waits."""
    return _open(desk).pick(desk, button)


def skip(desk: Desk, button: Button) -> Reply:
    """Go on without an answer."""
    return _open(desk).passed(desk, button)


def back(desk: Desk, button: Button) -> Reply:
    """Ask the question before this one again."""
    return _open(desk).back(desk, button)


def confirmed(desk: Desk, button: Button) -> Reply:
    """Do what the preview showed."""
    return _open(desk).confirmed(desk, button)
