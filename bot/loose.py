"""Reading typed words outside any question."""

from actions import accounts
from bot import help_texts, joining, opening, proposals, reporting, sent_files
from bot.caseload import beginning as caseload
from bot.caseload import cards as caseload_cards
from bot.citizens import beginning as feedback
from bot.citizens_after import loose as mine_loose
from bot.desk import Desk, Reply
from bot.register import cards
from domain import replies
from domain.cases.codes import case_code_in
from domain.evidence import DocumentRef, code_in, document_in
from domain.replies import Intent
from domain.words import fold


def read(desk: Desk, text: str) -> Reply:
    """Answer words that no question waits for: what they propose, a task's code, a case's, a join code."""
    if accounts.is_code(desk.unit, text):
        return joining.offer(desk, text)
    if case_code_in(text) is None and desk.viewer is not None and desk.viewer.own_agencies:
        return _answered(desk, text) or proposals.understand(desk, text) or _anybody(desk, text)
    return _anybody(desk, text)


def _answered(desk: Desk, text: str) -> Reply | None:
    """Return the answer to words that belong to what is open; None where they begin something new."""
    if fold(text) in sent_files.CALLED:
        return sent_files.waiting(desk)
    reading, step = replies.read(text, desk.day), desk.conversation.step
    if reading.intent not in {Intent.NONE, Intent.DONE}:
        return None
    if step in sent_files.STEPS:
        return sent_files.words(desk, reading, text)
    if step == proposals.WHICH and reading.intent is Intent.NONE and len(reading.tasks) == 1:
        return proposals.about_code(desk, reading.tasks[0])
    found = document_in(text, desk.day)
    if step == reporting.CONFIRM and not reading.tasks and found != DocumentRef(None, None):
        return reporting.amended(desk, found)
    return None


def _anybody(desk: Desk, text: str) -> Reply:
    if case_code_in(text) is not None and desk.viewer is not None and desk.viewer.coordinates:
        return cards.by_code(desk, text)
    if caseload.is_theirs(desk, text):
        return caseload_cards.opened(desk, text)
    if case_code_in(text) is not None:
        return mine_loose.named(desk, text)
    if code_in(text) is not None and desk.viewer is not None:
        return opening.by_code(desk, text)
    if joining.looks_like_code(text):
        return joining.offer(desk, text)
    mine = mine_loose.read(desk, text) if desk.viewer is None else None
    if mine is not None:
        return mine
    told = feedback.out_of_nowhere(desk, text) if desk.viewer is None and not desk.conversation.step else None
    if told is not None:
        return told
    if desk.viewer is None and not desk.conversation.choices:
        return joining.welcome(desk)
    return help_texts.not_understood(desk)
