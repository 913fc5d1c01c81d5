"""Groups of open cases that are alike, for leaders and the office: numbers, fields and agencies, no citizen's words."""

from bot.authority import viewer_of
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.cases import clusters
from storage.views.cases import open_alike

PAGE = 6


def press(desk: Desk, button: Button) -> Reply:
    """Show one page of the groups, the largest first. Raises NotFound for who neither coordinates nor leads."""
    viewer_of(desk)
    at = button.number(2)
    found = clusters.found(open_alike.recent(desk.unit, desk.day), desk.alike, desk.day)
    shown = found[at * PAGE : (at + 1) * PAGE]
    turns = [choice("Trang sau", Verb.BRIEFING, "alike", 0, at + 1)] if (at + 1) * PAGE < len(found) else []
    turns += [choice("Trang trước", Verb.BRIEFING, "alike", 0, at - 1)] if at else []
    return say(
        "digests/alike",
        found=shown,
        first=at * PAGE + 1,
        total=len(found),
        day=desk.day,
        choices=[*turns, choice("Tổng hợp", Verb.DIGEST)],
    )
