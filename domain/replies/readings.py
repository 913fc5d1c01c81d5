"""What a loose sentence was understood to mean."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.evidence import DocumentRef


class Intent(StrEnum):
    """What an officer wants to say; `NONE` where nothing is certain."""

    DONE = "done"
    PROGRESS = "progress"
    ACCEPT = "accept"
    EXTEND = "extend"
    OBSTACLE = "obstacle"
    QUESTION = "question"
    NOT_OURS = "not_ours"
    SUBSTITUTE = "substitute"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence read. What is uncertain is None: a reading is proposed back, never carried out unasked.

    `task` is the only code named, or the one the intent is about; `tasks` holds all of them in order. `until` is
    a day on or after the day of reading. `days` is a bare length ("thêm 3 ngày"), in calendar days unless
    `working`; then `until` is None, for the task's own deadline decides. `reason` is in the person's own spelling.
    `sure` is False where the words leave a doubt about the intent.
    """

    intent: Intent
    task: str | None = None
    tasks: tuple[str, ...] = ()
    document: DocumentRef | None = None
    until: date | None = None
    days: int | None = None
    working: bool = False
    percent: int | None = None
    reason: str | None = None
    sure: bool = True
