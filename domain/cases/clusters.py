"""What groups of alike cases tell leaders: how many, in which field, at which agencies; never a citizen's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.cases.likeness import Alike, Told, clusters

LEAST = 3
"""Fewer cases that are alike tell nothing."""
NAMED = 3


@dataclass(frozen=True, slots=True)
class Open:
    """One open case as it is compared and counted."""

    told: Told
    code: str
    field: str
    agency: str
    received_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """One group of alike cases."""

    codes: tuple[str, ...]
    """Oldest first."""
    field: str
    """The field that most of them have, "" where none has any."""
    agencies: tuple[str, ...]
    since: date
    late: int

    @property
    def size(self) -> int:
        """How many cases."""
        return len(self.codes)

    @property
    def where(self) -> str:
        """At which agencies: the names of few, the number of many."""
        if len(self.agencies) > NAMED:
            return f"ở {len(self.agencies)} cơ quan"
        return f"ở {', '.join(self.agencies)}" if self.agencies else "chưa chuyển cơ quan"


def found(cases: Sequence[Open], alike: Alike, day: date) -> tuple[Cluster, ...]:
    """Return the groups of at least LEAST alike cases, the largest first."""
    by_id = {one.told.id: one for one in cases}
    return tuple(_cluster(group, by_id, day) for group in clusters([one.told for one in cases], alike, LEAST))


def _cluster(group: Sequence[int], by_id: Mapping[int, Open], day: date) -> Cluster:
    ones = [by_id[number] for number in group]
    fields = Counter(one.field for one in ones if one.field)
    return Cluster(
        tuple(one.code for one in ones),
        fields.most_common(1)[0][0] if fields else "",
        tuple(sorted({one.agency for one in ones if one.agency})),
        min(one.received_on for one in ones),
        sum(one.due_on is not None and one.due_on < day for one in ones),
    )
