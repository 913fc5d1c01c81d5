"""How the register stands this morning, for leaders and the office: counts by agency, never by officer.

Conduct (hành vi) is a number alone: which agency it is about is its head's and the office's business.
"""

from dataclasses import dataclass
from typing import Any

LONG_DAYS = 10
"""Working days behind the last day after which leaders hear of an agency's overdue cases apart (T+10)."""


@dataclass(frozen=True, slots=True)
class AgencyLoad:
    """What one agency has: open, overdue, overdue for LONG_DAYS or more, the longest in calendar days."""

    agency: str
    open: int
    late: int
    long: int
    longest_days: int


@dataclass(frozen=True, slots=True)
class Load:
    """The whole register."""

    new: int
    """Received since the last working morning."""
    open: int
    late: int
    conduct: int = 0
    """Of those open: about conduct; they stand at no agency."""
    conduct_late: int = 0
    agencies: tuple[AgencyLoad, ...] = ()
    """Agencies with overdue cases, the worst first; what the office has not passed on is its own."""

    @property
    def worst(self) -> tuple[AgencyLoad, ...]:
        """Agencies with overdue cases, save those that are told apart for the longest overdue."""
        return tuple(one for one in self.agencies if not one.long)

    @property
    def long(self) -> tuple[AgencyLoad, ...]:
        """Agencies with cases overdue for LONG_DAYS or more."""
        return tuple(one for one in self.agencies if one.long)

    @property
    def told(self) -> list[Any]:
        """What makes a digest another one: what is overdue where, not by how many days."""
        return [self.late, self.conduct_late, [(one.agency, one.late, one.long) for one in self.agencies]]
