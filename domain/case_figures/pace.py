"""How fast cases move, beside the decree's own indicators: forwarding, sending back, age, waiting for the citizen.

Figures are kept as weights (a number of days → how many cases), so that a database can count and nothing is sampled.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from domain.case_figures.indicators import Share

FORWARD_WITHIN: Final = 5
"""Working days in which a case is passed on (Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm d)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the cases of a window moved."""

    forwarding: Mapping[int, int] = field(default_factory=dict)
    """Working days from receipt to the first forwarding → how many cases forwarded in the window."""
    bounced: Share = field(default_factory=Share)
    """Of those forwarded in the window: sent back at least once as another's business."""
    ages: Mapping[int, int] = field(default_factory=dict)
    """Calendar days from receipt to the answer, or to the window's last day → how many answered in it or open."""
    waiting_days: int = 0
    """Calendar days for which those waited for their citizen's word."""

    @property
    def median_forwarding(self) -> Fraction | None:
        """The median of working days to the forwarding; None where nothing was forwarded."""
        return median(self.forwarding)

    @property
    def age_p90(self) -> int | None:
        """The age in calendar days that nine in ten do not exceed; waiting is never taken off."""
        return percentile(self.ages, 90)

    @property
    def waiting(self) -> Share:
        """Of all those days, how many were spent waiting for the citizen."""
        return Share(self.waiting_days, sum(days * count for days, count in self.ages.items()))


def median(weights: Mapping[int, int]) -> Fraction | None:
    """Return the median of values with weights: the mean of both in the middle where their number is even."""
    count = sum(weights.values())
    if not count:
        return None
    return Fraction(_nth(weights, (count - 1) // 2) + _nth(weights, count // 2), 2)


def percentile(weights: Mapping[int, int], rank: int) -> int | None:
    """Return the least value that `rank` in a hundred do not exceed (nearest rank); None where there are none."""
    count = sum(weights.values())
    return _nth(weights, max(0, -(-count * rank // 100) - 1)) if count else None


def _nth(weights: Mapping[int, int], place: int) -> int:
    for value in sorted(weights):
        place -= weights[value]
        if place < 0:
            return value
    raise IndexError(place)


def forwarding_days(
    pairs: Iterable[tuple[date, date, int]], working_days: Callable[[date, date], int]
) -> dict[int, int]:
    """Return the weights of (received on, forwarded on, how many); the day of receipt is not counted."""
    found: dict[int, int] = {}
    for received, forwarded, count in pairs:
        days = working_days(received, forwarded)
        found[days] = found.get(days, 0) + count
    return found
