"""The coordinating office and leaders in chat: the overview and its lists; deciding has a module of its own."""

from actions import people
from bot import breakdowns, briefing, data_requests, heads, letters, overview
from bot.authority import coordinator, viewer_of
from bot.desk import Desk, Reply, say
from bot.office_lists import LISTS
from bot.register import lists as register
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from storage.views import office

__all__ = ["coordinator", "digest", "listed", "seat", "summary", "viewer_of"]


def summary(desk: Desk, _text: str = "") -> Reply:
    """Answer /tonghop: the office's overview, or a leader's digest, also for who reads it."""
    if desk.viewer is not None and not desk.viewer.coordinates and briefing.reads(desk):
        return briefing.show(desk)
    if desk.viewer is not None and not desk.viewer.coordinates and heads.heads_of(desk.viewer):
        return heads.overview(desk)
    viewer_of(desk)
    return overview.show(desk)


def digest(desk: Desk, button: Button) -> Reply:
    """Show the overview or the digest, by a choice; one that names a leader shows that one's digest."""
    return briefing.show(desk, button.number()) if button.number() else summary(desk)


def listed(desk: Desk, button: Button) -> Reply:
    """Show one page of one of the office's lists. A leader sees what is late, by agency."""
    name = button.word()
    if name == "late" and desk.viewer is not None and not desk.viewer.coordinates and briefing.reads(desk):
        return briefing.press(desk, Button(Verb.BRIEFING, ("late", "0", button.word(1))))
    coordinator(desk)
    if name in breakdowns.DRILLS:
        return breakdowns.DRILLS[name](desk, button)
    if name not in _ALL:
        raise NotFound("mục này")
    return _ALL[name](desk, name, button.number(1))


_ALL = {
    **LISTS,
    **register.LISTS,
    **breakdowns.LISTS,
    "cases": register.menu,
    "data": data_requests.listed,
    "inbox": overview.inbox,
    "more": overview.more,
    "letters": letters.listed,
}


def seat(desk: Desk, button: Button) -> Reply:
    """Agree to, or refuse, somebody's seat."""
    agreed = button.word(1) == "yes"
    joined = people.decide_seat(desk.unit, coordinator(desk), button.number(), agreed=agreed, now=desk.now)
    name = office.viewer(desk.unit, joined.person_id, desk.day).name
    return say(
        "office/seat_decided",
        name=name,
        agency=joined.agency,
        role=joined.role,
        agreed=agreed,
        choices=[choice("Tổng hợp", Verb.DIGEST)],
    )
