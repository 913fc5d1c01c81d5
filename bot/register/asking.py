"""The register's deeds (`bot/register/deeds.py`) as flows: asked, shown once as a whole, done once confirmed."""

from functools import partial

from actions.cases.moving import overtaken
from bot.acts.flow import Flow, Preview, Values
from bot.acts.table import Table
from bot.authority import coordinator
from bot.desk import Desk, Reply, say
from bot.register import cards, rows
from bot.register.deed import Deed
from bot.register.deeds import DEEDS, is_open, then
from domain.buttons import Button, Verb, choice
from domain.cases.decisions import Source
from domain.errors import NotFound
from storage.views import AnyRow
from storage.views.cases import register


def start(desk: Desk, button: Button) -> Reply:
    """Begin an act on a case; where it is not open any more, show how the case stands."""
    deed = DEEDS.get(button.word(1))
    if deed is None:
        raise NotFound("việc này")
    case = cards.opened(desk, button.number(2))
    return TABLE.start(desk, deed.name, case.id) if is_open(desk, deed, case) else cards.show(desk, case)


def _opens(deed: Deed, desk: Desk, case_id: int) -> AnyRow:
    """Return the case. Raises Stale, naming who was faster, where the act is not open any more."""
    case = cards.opened(desk, case_id)
    if not is_open(desk, deed, case):
        raise overtaken(desk.unit, case)
    return case


def _preview(deed: Deed, desk: Desk, case: AnyRow, data: Values) -> Preview:
    return Preview(f"confirm_{deed.name}", deed.shown(desk, case, data), deed.sure)


def _do(deed: Deed, desk: Desk, case: AnyRow, data: Values) -> Reply:
    """Do what was shown, and say what follows."""
    before = deed.shown(desk, case, data)
    came = deed.do(desk, coordinator(desk), case, data) or {}
    after = cards.opened(desk, case.id)
    ways = [choice(one.label, Verb.REGISTER, "do", one.name, case.id) for one in then(desk, deed, after)]
    ways.append(choice(f"Mở {case.code}", Verb.REGISTER, "open", case.id))
    ways.append(choice("Sổ phản ánh, kiến nghị", Verb.OFFICE, "cases", 0))
    about = _about(desk, after)
    return say(f"register/done_{deed.name}", **about, **before, **came, choices=ways, sealed=deed.sealed)


def _flow(deed: Deed) -> Flow:
    opens, preview, do = partial(_opens, deed), partial(_preview, deed), partial(_do, deed)
    return Flow(deed.name, deed.questions, opens, preview, do, deed.label)


def _about(desk: Desk, case: AnyRow) -> Values:
    """Return what every question, preview and answer may say of the case itself."""
    return {
        "line": rows.line(desk, case),
        "private": desk.can.private,
        "told": _by(desk, case),
        "received_on": case.received_on,
    }


def _by(desk: Desk, case: AnyRow) -> str:
    """Return how a case's sender hears: in the chat, by a colleague's hand, where the other system tells it."""
    if register.is_by_chat(desk.unit, case.endpoint_id):
        return "chat"
    return "there" if Source(case.source).tells_its_senders else "hand"


TABLE = Table(
    Verb.REGISTER,
    "register_ask",
    "register_confirm",
    {name: _flow(deed) for name, deed in DEEDS.items()},
    "register",
    "ask",
    _about,
    cards.show,
)
