"""What is read of time: a day, or a bare length."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Day:
    """A day named: `ahead` is it read forward, on or after today; None where it is uncertain, impossible or past."""

    ahead: date | None
    near: date | None
    """The same words read as the nearest day, before or after: tells a plan from a memory."""
    lead: str = ""
    """The word that led to it: "den", "truoc", "tu"…; empty without one."""


@dataclass(frozen=True, slots=True)
class Length:
    """A bare length in days; None where nobody said how many."""

    days: int
    working: bool
    from_now: bool
    """"… nữa", "… tới" after a word that points at a day."""


@dataclass(frozen=True, slots=True)
class Found:
    """What stands at a place: so many tokens, and what they mean."""

    size: int
    value: Day | Length
