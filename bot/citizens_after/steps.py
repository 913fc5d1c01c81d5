"""The open questions of a sender about a case, and what is kept of the answers."""

from typing import Any

from actions.cases import looking
from bot.desk import Desk
from domain.buttons import Verb, choice
from domain.outgoing import Choice
from storage.views import AnyRow

TEXT = "mine_text"
CONFIRM = "mine_confirm"
REASON = "mine_reason"
WITHDRAW = "mine_withdraw"
ANSWERS = "mine_answers"
"""Loose words that look like the answer to a question: asked once whether they are."""

TAKES_FILES = frozenset({TEXT, CONFIRM})
"""Questions that a picture or a recording answers as well."""

LEAVE = choice("Huỷ", Verb.CANCEL)

Data = dict[str, Any]
"""The act, the case's id, the words and files so far; `opened` is the case that was opened by its secret part."""


def theirs(desk: Desk, case_id: int) -> AnyRow:
    """Return a case of whoever writes. Raises ActRefused for any other."""
    return looking.theirs(desk.unit, desk.endpoint_id, case_id, desk.data.get("opened"))


def opened(desk: Desk) -> Data:
    """Return what goes on to the next question: which case was opened by its secret part."""
    return {"opened": desk.data["opened"]} if "opened" in desk.data else {}


def back_to(case_id: int) -> Choice:
    """Return the choice that goes back to the case."""
    return choice("Quay lại", Verb.MINE, "open", case_id)
