"""A frozen report: its figures as they stood, under a digest by which a later look can tell that nothing moved."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One freezing of one kind of report for one period; several of the same period are told apart by number."""

    id: int
    kind: str
    """At most 20 characters; "progress", or with a plan "progress:12"."""
    period: str
    """As typed on the command line: "2026-Q1"."""
    number: int
    """From 1, in the order of freezing."""
    cut_off: date
    """The day to which the figures were counted."""
    data: Any
    """What was frozen, as JSON knows it."""
    digest: str
    at: datetime
    person_id: int | None
    """Who froze it; None for the operator."""

    @property
    def intact(self) -> bool:
        """Whether the data are still those that were frozen."""
        return digest_of(self.data) == self.digest


def digest_of(data: Any) -> str:
    """Return the SHA-256 of data, whatever the order in which a database gives its keys back."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
