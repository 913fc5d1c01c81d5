"""What was said about a task so far, and the way to the page that proves it."""

from actions import pages
from bot import briefing
from bot.desk import Desk, Reply, say
from domain.buttons import Button, Verb, choice
from domain.errors import NotFound
from storage.views import office, proof, work

SHOWN = 5
"""So many of the last messages are told in the chat; the page has them all."""

_HERE_ONLY = ("http://127.", "http://localhost", "http://[::1]")


def told(desk: Desk, button: Button) -> Reply:
    """Tell who was told of a task, with a link to the page for printing, which works for this person, once.

    A leader is told by seats, never by officers' names, and gets no such page.

    Raises NotFound for who neither belongs to the task's agency nor to the coordinating office.
    """
    one = work.by_ids(desk.unit, [button.number()], desk.day).get(button.number())
    if one is None or desk.viewer is None:
        raise NotFound()
    named = desk.viewer.reads_names(one.agency_id)
    if not named:
        briefing.check(desk, one.id)
    found = proof.of_assignment(desk.unit, one.code, desk.day, desk.viewer if named else None)
    address = str(office.setting(desk.unit, "address") or "").rstrip("/")
    token = pages.proof_link(desk.unit, desk.viewer, one.id, desk.now) if address and named else ""
    return say(
        "work/proof",
        proven=found,
        last=found.tellings[-SHOWN:],
        named=named,
        url=f"{address}/office/enter/{token}" if token else "",
        here=address.startswith(_HERE_ONLY),
        choices=[choice(f"Quay lại {one.code}", Verb.OPEN, one.id)],
    )
