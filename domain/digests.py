"""The figures of a leader's morning digest."""

from dataclasses import dataclass
from datetime import date


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
    newly_late: int
    """Those that became late since the last working morning."""
    due_this_week: tuple[tuple[date, str, int], ...]
    """(last day, task, how many agencies still owe it), by date."""
    obstacles: int
    agencies: tuple[AgencyLine, ...]
    """Agencies with late work, the worst first."""
    open_cases: int

    @property
    def calm(self) -> bool:
        """Whether nothing is late and nothing is in the way."""
        return self.late == 0 and self.obstacles == 0
