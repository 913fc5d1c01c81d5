"""Honest lateness: what is past its date, and whose delay it is.

Past its date is one thing, late another: what was given out too late, what another agency holds up, and what
waits for the office's word on an extension are told apart from what the agency itself is late with.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.assignments import State, is_late
from domain.ladder import is_near
from domain.words import fold
from domain.workdays import WorkCalendar


class Lateness(StrEnum):
    """How an open assignment stands to its date."""

    ON_TIME = "on_time"
    LATE = "late"
    ASSIGNED_LATE = "assigned_late"
    WAITING_FOR_OTHER = "waiting_for_other"
    EXTENSION_PENDING = "extension_pending"

    @property
    def label(self) -> str:
        """The standing in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Lateness.ON_TIME: "trong hạn",
    Lateness.LATE: "quá hạn",
    Lateness.ASSIGNED_LATE: "giao muộn",
    Lateness.WAITING_FOR_OTHER: "chờ cơ quan khác",
    Lateness.EXTENSION_PENDING: "đang xin gia hạn",
}


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known beside the date and the state."""

    issued_on: date
    extension_asked_on: date | None = None
    """When the extension that waits for an answer was asked for."""
    waits_for_agency: bool = False
    """Whether another agency holds it up: see `held_up`, `names_one`."""


def lateness(
    due_on: date | None, state: State, today: date, about: Circumstances, calendar: WorkCalendar
) -> Lateness | None:
    """Return how an assignment stands today, None where the agency owes nothing any more.

    Whatever is past its date is exactly one of the four; an extension counts only where it was asked for by the
    last day, and what was due sooner than three working days after issue was assigned late.
    """
    if state.is_done_by_agency:
        return None
    if due_on is None or not is_late(due_on, state, today):
        return Lateness.ON_TIME
    asked = about.extension_asked_on
    if state is State.EXTENSION_REQUESTED and asked is not None and asked <= due_on:
        return Lateness.EXTENSION_PENDING
    if about.waits_for_agency:
        return Lateness.WAITING_FOR_OTHER
    return Lateness.ASSIGNED_LATE if is_near(about.issued_on, due_on, calendar) else Lateness.LATE


def held_up(asked_on: date, wanted_by: date, due_on: date, today: date) -> bool:
    """Whether an open request to another agency holds an assignment up: asked for in time, and past its own date."""
    return asked_on <= due_on and today > wanted_by


def names_one(text: str, names: Iterable[str]) -> bool:
    """Whether the words of an obstacle name one of these agencies."""
    said = f" {_words(text)} "
    return any(len(wanted) >= _SHORTEST and f" {wanted} " in said for wanted in map(_words, names))


_SHORTEST = 3
"""Characters; a shorter alias stands in too many sentences to name anybody."""


def _words(text: str) -> str:
    return " ".join("".join(one if one.isalnum() else " " for one in fold(text)).split())


_APART = (Lateness.LATE, Lateness.ASSIGNED_LATE, Lateness.WAITING_FOR_OTHER, Lateness.EXTENSION_PENDING)


def counted(found: Iterable[Lateness | None]) -> tuple[tuple[Lateness, int], ...]:
    """Return how many are past their date, each reason apart and in a fixed order; a reason of none is left out."""
    counts = Counter(found)
    return tuple((one, counts[one]) for one in _APART if counts[one])
