"""The way from the chat to the office's web pages: a link for this person, once, for a quarter of an hour."""

from actions import pages
from bot.desk import Desk, Reply, say, sentence
from bot.plans import NO_ADDRESS, address, is_here
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from domain.evidence import code_in
from storage.views import reach, work

WORKS = "/office/works/"


def begin(desk: Desk, text: str = "") -> Reply:
    """Answer /trang: the first page, or that of the task whose code is typed."""
    return _link(desk, code_in(text) or "")


def press(desk: Desk, button: Button) -> Reply:
    """Give a link to a page, by a choice."""
    return _link(desk, code_in(button.word()) or "")


def _link(desk: Desk, code: str) -> Reply:
    """Give a link. Raises NotFound for who has no pages, and for a task that is not to be seen."""
    if desk.viewer is None:
        raise NotFound("trang này")
    one = work.by_code(desk.unit, code, desk.day) if code else None
    if code and (one is None or not reach.of_viewer(desk.unit, desk.viewer).of([one])):
        raise NotFound()
    if not address(desk):
        return sentence(NO_ADDRESS)
    url = pages.page_url(desk.unit, desk.viewer, f"{WORKS}{code}" if code else pages.HOME, desk.now)
    back = choice(f"Quay lại {code}", Verb.OPEN, one.id) if one else choice("Lấy liên kết mới", Verb.PAGE, "home")
    return say("web_page", url=url, code=code, here=is_here(address(desk)), choices=[back])
