"""Urging: what the coordinating office may press for, what is left out and why, and in which order agencies stand."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from domain.agencies import ASKED_TO_COOPERATE
from domain.assignments import State
from domain.lateness import Lateness
from domain.words import fold

SOON: Final = 7
"""Calendar days: what is due within them may be urged already, what is due later may not."""

LONGEST: Final = 500
"""Characters of the office's own sentence."""


class Kind(StrEnum):
    """How the office urges."""

    CHAT = "chat"
    LETTER = "letter"


class Skip(StrEnum):
    """Why something is not urged."""

    DONE = "done"
    WAITS_FOR_OFFICE = "waits_for_office"
    WAITS_FOR_OTHER = "waits_for_other"
    NOT_DUE = "not_due"
    URGED = "urged"
    UNREACHED = "unreached"
    OWN = "own"

    @property
    def label(self) -> str:
        """The reason in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Skip.DONE: "đã báo cáo hoặc không còn phải làm",
    Skip.WAITS_FOR_OFFICE: "chờ Văn phòng trả lời",
    Skip.WAITS_FOR_OTHER: "chờ cơ quan khác cung cấp",
    Skip.NOT_DUE: "chưa đến hạn",
    Skip.URGED: "hôm nay đã đôn đốc",
    Skip.UNREACHED: "cơ quan chưa có người nhận tin (nên gửi công văn)",
    Skip.OWN: "của chính Văn phòng",
}


class Owed(Protocol):
    """What of an assignment decides whether it is urged."""

    @property
    def id(self) -> int:
        """The assignment's id."""

    @property
    def agency_id(self) -> int:
        """Whose it is."""

    @property
    def agency(self) -> str:
        """The agency's name."""

    @property
    def relation(self) -> str:
        """How the agency stands to the office."""

    @property
    def state(self) -> State:
        """Where it stands."""

    @property
    def due_on(self) -> date | None:
        """The last day on time."""


def why_not(one: Owed, how: Lateness | None, today: date) -> Skip | None:
    """Return why an assignment cannot be urged today, None where it can.

    The office presses for nothing on which it owes the agency a word itself, or which another agency holds up.
    """
    if one.state.is_done_by_agency:
        return Skip.DONE
    if one.state.waits_for_answer:
        return Skip.WAITS_FOR_OFFICE
    if how is Lateness.WAITING_FOR_OTHER:
        return Skip.WAITS_FOR_OTHER
    if one.due_on is None or (one.due_on - today).days > SOON:
        return Skip.NOT_DUE
    return None


def left_out(works: Sequence[Owed], stands: Mapping[int, Lateness | None], today: date) -> dict[Skip, int]:
    """Return how many of these cannot be urged today, by reason in a fixed order; a reason of none is left out."""
    counts = Counter(why_not(one, stands.get(one.id), today) for one in works)
    return {skip: counts[skip] for skip in Skip if counts[skip]}


@dataclass(frozen=True, slots=True)
class Urged:
    """The last urging of an assignment on a day: by whom and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One agency that is to hear: how much of it, how late, and how many people can be reached."""

    agency_id: int
    agency: str
    count: int
    longest_days: int
    """Calendar days past the last day on time of what is longest late; 0 where nothing is late yet."""
    people: int
    cooperates: bool
    """Whether it is asked to cooperate rather than urged."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would get what, and what is left out."""

    ids: tuple[int, ...]
    """The assignments that would be urged, in order."""
    lines: tuple[Line, ...]
    """By agency, the longest late first."""
    left_out: Mapping[Skip, int] = field(default_factory=dict)
    urged: Urged | None = None
    """The latest urging today of what is left out for it."""

    @property
    def people(self) -> int:
        """How many messages that makes at most: one a person and agency."""
        return sum(one.people for one in self.lines)


def preview(
    works: Sequence[Owed],
    stands: Mapping[int, Lateness | None],
    urged: Mapping[int, Urged],
    reachable: Mapping[int, int],
    today: date,
    *,
    own: Collection[int] = (),
) -> Preview:
    """Return what an urging of these assignments would be.

    `urged` is what was urged today already, `reachable` how many people hear by agency, `own` the agencies that are
    left out altogether (an office writes itself no letter).
    """
    taken: list[Owed] = []
    left: dict[Skip, int] = {}
    latest: Urged | None = None
    for one in works:
        skip = _skip(one, stands.get(one.id), urged, reachable, today, own)
        if skip is None:
            taken.append(one)
            continue
        left[skip] = left.get(skip, 0) + 1
        if skip is Skip.URGED and (latest is None or urged[one.id].at > latest.at):
            latest = urged[one.id]
    return Preview(
        tuple(one.id for one in taken),
        _lines(taken, reachable, today),
        {skip: left[skip] for skip in Skip if skip in left},
        latest,
    )


def _skip(
    one: Owed,
    how: Lateness | None,
    urged: Mapping[int, Urged],
    reachable: Mapping[int, int],
    today: date,
    own: Collection[int],
) -> Skip | None:
    if one.agency_id in own:
        return Skip.OWN
    skip = why_not(one, how, today)
    if skip is None and one.id in urged:
        return Skip.URGED
    if skip is None and not reachable.get(one.agency_id, 0):
        return Skip.UNREACHED
    return skip


def _lines(works: Sequence[Owed], reachable: Mapping[int, int], today: date) -> tuple[Line, ...]:
    by_agency: dict[int, list[Owed]] = {}
    for one in works:
        by_agency.setdefault(one.agency_id, []).append(one)
    lines = [
        Line(
            agency_id,
            owed[0].agency,
            len(owed),
            max(_late_days(one, today) for one in owed),
            reachable.get(agency_id, 0),
            owed[0].relation in ASKED_TO_COOPERATE,
        )
        for agency_id, owed in by_agency.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.longest_days, -line.count, line.agency)))


def _late_days(one: Owed, today: date) -> int:
    return max((today - one.due_on).days, 0) if one.due_on is not None else 0


_LEVELS = (
    "province_department",
    "district_committee",
    "commune_committee",
    "central_agency",
    "mass_organisation",
    "press",
)


def rank(level: str, name: str) -> tuple[int, str]:
    """Return the place of an agency in the office's order: by level, then by name without marks."""
    return (_LEVELS.index(level) if level in _LEVELS else len(_LEVELS), fold(name))
