"""The way in: the word pakn, a case's code typed by who works on it, the mention in the list of tasks."""

from bot import office
from bot.caseload import cards
from bot.caseload.roles import viewer_of
from bot.desk import Desk, Reply
from bot.register import cards as register
from bot.register import lists as register_lists
from domain.buttons import Button, Verb, choice
from domain.cases.codes import case_code_in
from domain.outgoing import Choice
from domain.people import Viewer
from storage.views.cases import cards as case_views
from storage.views.cases import caseload


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer pakn: the one case whose code is typed, the agency's own list, or the office's register."""
    viewer = viewer_of(desk)
    if case_code_in(text) is not None:
        return register.by_code(desk, text) if viewer.coordinates else cards.opened(desk, text)
    if viewer.coordinates and not viewer.own_agencies and text.strip():
        return register_lists.search(desk, text)
    if viewer.coordinates and not viewer.own_agencies:
        return office.listed(desk, Button(Verb.OFFICE, ("cases", "0")))
    return cards.page(desk, 0)


def is_theirs(desk: Desk, text: str) -> bool:
    """Whether the text names a case that this person's agency works on."""
    found = case_views.by_code(desk.unit, case_code_in(text) or "")
    if found is None or desk.viewer is None or not desk.viewer.own_agencies:
        return False
    return caseload.held(desk.unit, desk.viewer, found.id, desk.now) is not None


def mentioned(desk: Desk, viewer: Viewer) -> tuple[int, int]:
    """Return how many cases the list of tasks is to mention, and how many of them are past their date."""
    return caseload.counted(desk.unit, viewer, desk.day)


def offered(count: int) -> list[Choice]:
    """Return the choice by which the list of tasks leads to the cases."""
    return [choice(f"Phản ánh, kiến nghị ({count})", Verb.CASELOAD, "list", 0)] if count else []
