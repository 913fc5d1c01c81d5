"""Choices about the register: a case opened, what happened to it, its page, an act begun."""

from actions import pages
from bot.authority import coordinator
from bot.desk import Desk, Reply, say, sentence
from bot.plans import NO_ADDRESS, address, is_here
from bot.register import asking, cards, lists
from domain.buttons import Button, Verb, choice

PAGES = "/office/cases/"


def press(desk: Desk, button: Button) -> Reply:
    """Do what a choice about a case asks."""
    coordinator(desk)
    match button.word():
        case "do":
            return asking.start(desk, button)
        case "open" | "more" | "history":
            return cards.press(desk, button)
        case "page":
            return _page(desk, button)
        case _:
            return lists.menu(desk)


def _page(desk: Desk, button: Button) -> Reply:
    """Give a link to the case's page: what leaves by no foreign channel is read there."""
    case = cards.opened(desk, button.number(1))
    back = choice(f"Quay lại {case.code}", Verb.REGISTER, "open", case.id)
    if not address(desk):
        return sentence(NO_ADDRESS)
    url = pages.page_url(desk.unit, coordinator(desk), f"{PAGES}{case.code}", desk.now)
    return say("web_page", url=url, code=case.code, here=is_here(address(desk)), choices=[back])
