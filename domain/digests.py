"""The figures of a leader's morning digest."""

from dataclasses import dataclass
from datetime import date

from domain.lateness import Lateness


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """How one agency stands: how many late, the longest in calendar days."""

    agency: str
    late: int
    longest_days: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One morning's figures over all assignments that were not cancelled."""

    day: date
    total: int
    confirmed: int
    reported: int
    late: int
    """What agencies themselves are late with."""
    newly_late: int
    """Those that became late since the last working morning."""
    due_this_week: tuple[tuple[date, str, int], ...]
    """(last day, task, how many agencies still owe it), by date."""
    obstacles: int
    apart: tuple[tuple[Lateness, int], ...]
    """Everything that is past its date, each reason apart."""
    agencies: tuple[AgencyLine, ...]
    """Agencies with late work, the worst first; those that are only asked to cooperate are no leader's to press."""
    open_cases: int
    own: AgencyLine | None = None
    """The coordinating office's own late work, told apart from that of the agencies it presses."""

    @property
    def calm(self) -> bool:
        """Whether nothing is past its date and nothing is in the way."""
        return not self.apart and self.obstacles == 0
