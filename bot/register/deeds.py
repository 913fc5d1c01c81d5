"""Everything the office can do about a case, and which of it is offered when."""

from bot.desk import Desk
from bot.register.aside_deeds import ASIDE
from bot.register.decided_deeds import DECIDED
from bot.register.deed import Deed
from bot.register.followed_deeds import FOLLOWED
from bot.register.marking_deeds import MARKING
from bot.register.triage_deeds import TRIAGE
from domain.cases.lifecycle import State, may
from storage.views import AnyRow

DEEDS = {one.name: one for one in (*DECIDED, *FOLLOWED, *TRIAGE, *ASIDE, *MARKING)}

SELDOM = frozenset(
    {"forward_outside", "keep", "merge", "split", "spam", "letter", "urgency", "sender", "extend", "guide", "mark"}
)
"""What stands behind “Việc khác với phản ánh này”, where something else can be done."""


def is_open(desk: Desk, deed: Deed, case: AnyRow) -> bool:
    """Whether a deed can be done about a case as it stands, by who asks."""
    if case.spam_at is not None and deed.name != "unspam":
        return False
    moves = deed.act is None or may(State(case.state), deed.act)
    return moves and deed.fits(desk, case)


def _seldom(case: AnyRow) -> frozenset[str]:
    """Return what is seldom done about this case: an answer is written down here for who does not write it here."""
    answers_here = case.agency_id is not None and not case.by_document
    more = {"classify": bool(case.legal_class), "record_answer": answers_here}
    return (SELDOM | {name for name, seldom in more.items() if seldom}) - ({"letter"} if case.by_document else set())


def offered(desk: Desk, case: AnyRow) -> tuple[list[Deed], list[Deed]]:
    """Return what can be done about a case: at once, and behind one more choice."""
    possible = [one for one in DEEDS.values() if is_open(desk, one, case)]
    seldom = _seldom(case)
    first = [one for one in possible if one.name not in seldom]
    rest = [one for one in possible if one.name in seldom]
    return (first, rest) if first and len(possible) > 1 else (possible, [])


_THEN = {"accept": ("classify",), "classify": ("forward", "ask_supplement"), "disagree": ("forward",)}
"""What commonly follows a deed, by name."""


def then(desk: Desk, deed: Deed, case: AnyRow) -> list[Deed]:
    """Return what commonly follows a deed, as far as it can be done about the case now."""
    return [DEEDS[one] for one in _THEN.get(deed.name, ()) if is_open(desk, DEEDS[one], case)]
