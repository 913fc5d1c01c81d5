"""What waits for the coordinating office, or is due in an agency, in one line of the day's one message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.digests import Since, changed, fingerprint


@dataclass(frozen=True, slots=True)
class Counted:
    """One count of a morning: its short name, how one says it ("báo cáo chờ xác nhận"), how many."""

    name: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Morning:
    """One line: of the office, or of one agency."""

    heading: str
    counts: tuple[Counted, ...]

    @property
    def total(self) -> int:
        """How many it tells of; 0 where there is nothing to tell."""
        return sum(one.count for one in self.counts)

    def said(self, since: Since) -> list[str]:
        """Return its counts in words, "5 việc quá hạn (+2)"; those of nothing are left out, as is no change."""
        return [_said(one, since.figures.get(f"{self.heading}/{one.name}")) for one in self.counts if one.count]


def _said(one: Counted, before: int | None) -> str:
    moved = "" if before in {None, one.count} else f" ({changed(before, one.count)})"
    return f"{one.count} {one.label}{moved}"


def figures(told: Sequence[Morning]) -> Mapping[str, int]:
    """Return every count under its own name: tomorrow's change is counted from them."""
    return {f"{line.heading}/{one.name}": one.count for line in told for one in line.counts}


def mark(told: Sequence[Morning]) -> str:
    """Return what tells two mornings apart."""
    return fingerprint(dict(figures(told)))
