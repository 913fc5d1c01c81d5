"""The indicators of Quyết định 766/QĐ-TTg (2022) on citizens' feedback, as exact fractions of what was counted.

Each case counts once, with its last handling. The whole are cases within competence that had to be done: answered,
refused in the register's own business, or open beyond the last day. Left out are what belongs elsewhere (khiếu nại,
tố cáo, no administrative rule: R5, R6), what went to agencies outside the province, what was merged or withdrawn, what
is open in time, and what has no limit in force. What is open and overdue counts as late, and against satisfaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final, Self

from domain.case_figures.counting import Ending, Handling, Window
from domain.cases.decisions import Rating
from domain.indicators.goals import Goal, Measured, of_parts

ON_TIME: Final = Goal("=", Decimal(100), "%", "Phản ánh, kiến nghị xử lý đúng hạn")
SATISFIED: Final = Goal(">=", Decimal(90), "%", "Hài lòng trong xử lý phản ánh, kiến nghị")
"""The second has no figure of its own in the decision: 90 % is what plans of provinces set for satisfaction."""
COMPETENT: Final = frozenset({Ending.ANSWERED, Ending.REFUSED})
"""How a case of the register's own business ends."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    @property
    def ratio(self) -> Fraction | None:
        """The share, exactly; None where there was nothing to count."""
        return Fraction(self.part, self.whole) if self.whole else None

    def measured(self, goal: Goal) -> Measured:
        """Return the share as the value of an indicator."""
        return of_parts(Decimal(self.part), Decimal(self.whole), goal)

    def __add__(self, other: Self) -> "Share":
        return Share(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class Judged:
    """What both indicators are made of."""

    whole: int = 0
    on_time: int = 0
    against: int = 0
    """Dissatisfied, reported again, or late."""
    refused: int = 0
    """Of the whole: ended by a refusal."""
    undated: int = 0
    """Outside the whole: no limit was in force."""

    @property
    def in_time(self) -> Share:
        """Xử lý đúng hạn."""
        return Share(self.on_time, self.whole)

    @property
    def content(self) -> Share:
        """Hài lòng."""
        return Share(self.whole - self.against, self.whole)

    def __add__(self, other: Self) -> "Judged":
        return Judged(
            self.whole + other.whole,
            self.on_time + other.on_time,
            self.against + other.against,
            self.refused + other.refused,
            self.undated + other.undated,
        )


def judge(one: Handling, window: Window) -> Judged:
    """Return what one handling adds to the indicators of a window; nothing where it is not the case's last by then."""
    if one.way(window) is None or (one.again_on is not None and one.again_on <= window.closes):
        return Judged()
    ended = one.ended_by(window.closes)
    if ended and one.ending not in COMPETENT:
        return Judged()
    if one.due_on is None:
        return Judged(undated=1)
    if not ended and not one.is_past(window.closes):
        return Judged()
    late = not ended or one.ended_late or one.late_before
    against = late or one.disputed or (one.rating is Rating.BAD and _by(one, window))
    return Judged(1, int(not late), int(against), int(ended and one.ending is Ending.REFUSED))


def _by(one: Handling, window: Window) -> bool:
    return one.rated_on is None or one.rated_on <= window.closes


def judged(handlings: Iterable[Handling], window: Window) -> Judged:
    """Return what the indicators of a window are made of."""
    found = Judged()
    for one in handlings:
        found += judge(one, window)
    return found
