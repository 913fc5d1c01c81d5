"""Who answers for the agencies' work: the list of focal officers and heads of a day, without phone numbers."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.people import Role


@dataclass(frozen=True, slots=True)
class Focal:
    """One person in one seat of an agency."""

    agency: str
    name: str
    position: str
    role: Role
    channels: tuple[str, ...]
    """By which this person can be reached now, as people name them; empty for none."""
    active_on: date | None
    """The day on which this person last wrote or pressed anything."""


@dataclass(frozen=True, slots=True)
class FocalList:
    """The list of a day: agencies for which nobody has joined, then everybody in the order of the directory."""

    day: date
    at: datetime
    without: tuple[str, ...]
    members: tuple[Focal, ...]

    @property
    def agencies(self) -> int:
        """How many agencies somebody answers for."""
        return len({one.agency for one in self.members})
