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
    """The list of a day: agencies without a focal officer, then everybody in the order of the directory."""

    day: date
    at: datetime
    without: tuple[str, ...]
    """Agencies that have no focal officer, those that have a head among them."""
    members: tuple[Focal, ...]

    @property
    def agencies(self) -> int:
        """How many agencies have a focal officer."""
        return len({one.agency for one in self.members if one.role is Role.OFFICER})

    @property
    def only_heads(self) -> tuple[str, ...]:
        """The agencies without a focal officer of which the head has joined."""
        headed = {one.agency for one in self.members}
        return tuple(one for one in self.without if one in headed)

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """The agencies without a focal officer, each with who is there."""
        headed = set(self.only_heads)
        return tuple((one, "mới có lãnh đạo" if one in headed else "chưa có ai") for one in self.without)
