"""How a flow about a case begins and ends: the case in a state that allows it, and what is said once it is done."""

from collections.abc import Callable

from actions.cases import moving
from bot.acts.flow import VERSION, Preview, Values
from bot.caseload.cards import LISTED, acts
from bot.caseload.roles import decides, held, viewer_of
from bot.desk import Desk, Reply, say
from domain.buttons import Verb, choice
from domain.cases.lifecycle import Act, move
from domain.errors import ActRefused
from domain.redaction.masking import cleaned
from storage.views.cases.caseload import Case

ONLY_HEAD = "Việc này do lãnh đạo cơ quan quyết định. Xin chờ lãnh đạo."


def opens(*acts_of_it: Act) -> Callable[[Desk, int], Case]:
    """Return what opens a flow: a case of one's own in a state that allows the first of these acts.

    It raises ActRefused where the state does not, NotFound for somebody else's case.
    """

    def opened(desk: Desk, case_id: int) -> Case:
        case = held(desk, case_id)
        try:
            for act in acts_of_it:
                move(case.state, act)
        except ActRefused:
            if VERSION in desk.data:  # it was possible when the preview was shown: somebody was faster
                moving.of_agency(desk.unit, viewer_of(desk), case_id, desk.data[VERSION])
            raise
        return case

    return opened


def opens_for_head(*acts_of_it: Act) -> Callable[[Desk, int], Case]:
    """Return the same for who decides in the agency alone."""
    of_agency = opens(*acts_of_it)

    def opened(desk: Desk, case_id: int) -> Case:
        case = of_agency(desk, case_id)
        if not decides(desk, case):
            raise ActRefused(ONLY_HEAD)
        return case

    return opened


def done(desk: Desk, case: Case, said: str, after: str = "") -> Reply:
    """Say what was done, with what can be done next as far as this person still works on the case."""
    now = held(desk, case.id)
    choices = [*acts(desk, now)[:6], choice(f"Mở {case.code}", Verb.CASELOAD, "open", case.id), LISTED]
    return say("caseload/done", said=said, after=after, choices=choices)


def readable(desk: Desk, text: str) -> str:
    """Return what is approved, for who approves it: nobody says yes to words unseen.

    On a channel that is not private persons' names, numbers and addresses are masked.
    """
    return text if desk.can.private else cleaned(text)


def reason_shown(what: str, label: str) -> Callable[[Desk, Case, Values], Preview]:
    """Return what shows a typed reason before it is sent: `what` is done, under which label."""

    def shown(_desk: Desk, _case: Case, data: Values) -> Preview:
        return Preview("confirm_reason", {"what": what, "why": data["why"]}, label)

    return shown
