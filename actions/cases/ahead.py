"""What an act on a case would do, seen before it is done: it is done in a unit that is then taken back.

So the look shows what the rules say, who would be told, and word for word what the sender would read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from actions.cases import telling
from storage.cases import rows
from storage.cases.tellings import BY_HAND
from storage.database import Unit
from storage.views.cases import pages


@dataclass(frozen=True, slots=True)
class Ahead:
    """What would follow from an act."""

    said: str
    """What the act itself has to say: the date that it sets, and why."""
    told: tuple[str, ...]
    """The officials who would be told, by name."""
    letter: str
    """What the sender would read, "" where the sender is told nothing."""
    by_hand: bool
    """Whether somebody has to tell the sender by phone or letter."""
    others: int
    """Senders of cases merged into this one who would be told the same."""


class Undone(Exception):
    """Raised to take a unit back after a look: carries what was seen."""

    def __init__(self, ahead: Ahead) -> None:
        super().__init__("only looked at")
        self.ahead = ahead


def look(unit: Unit, case_id: int, act: Callable[[], str]) -> Undone:
    """Do an act and return what followed; the caller raises it, so that nothing of it stays.

    Raises what the act raises: an act that is refused is refused here already.
    """
    since = pages.mark(unit)
    said = act()
    told = pages.heard_since(unit, case_id, since)
    sent = pages.told_since(unit, since)
    own = [one for one in sent if one.case_id == case_id]
    row, letter = rows.get(unit, case_id), ""
    if own and row is not None:
        letter = telling.text(unit, row, own[-1].kind, own[-1].data, private=True)
    by_hand = any(one.state == BY_HAND for one in own)
    return Undone(Ahead(said, tuple(told), letter, by_hand, len(sent) - len(own)))
