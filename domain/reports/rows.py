"""What one line of a progress report says: an assignment with its dates, its task, its agency."""

from dataclasses import dataclass
from datetime import date

from domain.agencies import ASKED_TO_COOPERATE
from domain.assignments import State
from domain.reports.counting import Fate

LEVELS = {
    "province_department": "Các sở, ban, ngành cấp tỉnh",
    "district_committee": "UBND cấp huyện",
    "commune_committee": "UBND cấp xã",
    "other": "Cơ quan, đơn vị khác",
    "central_agency": "Cơ quan ngành dọc (phối hợp)",
    "press": "Cơ quan báo, đài (phối hợp)",
    "mass_organisation": "Mặt trận, đoàn thể, hội (phối hợp)",
}
"""The blocks of agencies in the order of the paper."""

_ASKED = ("central_agency", "press", "mass_organisation")
"""Levels whose agencies are asked to cooperate where the directory says nothing else."""


@dataclass(frozen=True, slots=True)
class AgencyAbout:
    """An agency as the paper names it."""

    id: int
    code: str
    name: str
    level: str
    relation: str

    @property
    def is_asked(self) -> bool:
        """Whether the office asks it to cooperate and cannot instruct it."""
        return self.relation in ASKED_TO_COOPERATE or (not self.relation and self.level in _ASKED)

    @property
    def block(self) -> str:
        """The level under which it stands on the paper."""
        if self.is_asked and self.level not in _ASKED:
            return "central_agency" if self.relation == "central" else "mass_organisation"
        return self.level if self.level in LEVELS else "other"

    @property
    def block_label(self) -> str:
        """That level in Vietnamese."""
        return LEVELS[self.block]


@dataclass(frozen=True, slots=True)
class TaskAbout:
    """A task as the paper names it."""

    id: int
    plan: str
    """ "Kế hoạch số 24/KH-UBND ngày 29/01/2026"."""
    section: tuple[str, ...]
    content: str
    coordinating: tuple[str, ...]

    @property
    def block(self) -> str:
        """The outermost heading above it, "" where it has none."""
        return self.section[0] if self.section else ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A later date that the office agreed to."""

    until: date
    reason: str
    basis: str


@dataclass(frozen=True, slots=True)
class About:
    """What is told of one assignment beside its dates."""

    product: str = ""
    obstacle: str = ""
    """What its agency last said to be in the way."""
    reason: str = ""
    """Why it is late, in its agency's words: an obstacle, the reason of a request, or the last word on progress."""
    ended_for: str = ""
    """Why it is not carried out."""
    extension: Extension | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One assignment of the report."""

    code: str
    task_id: int
    agency_id: int
    state: State
    due_on: date | None = None
    original_on: date | None = None
    finished_on: date | None = None
    fate: Fate | None = None
    """None where it counts in the period by the plan's own date alone."""
    original_fate: Fate | None = None
    """None where it counts in the period by the date in force alone."""
    late_days: int = 0
    """Working days after the date in force, of what was late or is overdue; else 0."""
    extended: bool = False
    about: About = About()


@dataclass(frozen=True, slots=True)
class Coming:
    """What is due in the next period."""

    task_id: int
    due_on: date
    agency_ids: tuple[int, ...]
