"""What composers share: what they may look at, what they make, and the choices that recur."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.buttons import Verb, choice
from domain.local import today
from domain.outgoing import Attachment, Choice
from storage.database import Unit
from storage.views.work import Work

SHOWN = 15
"""So many tasks are told one by one in a part of a message; of the others codes and dates only."""


@dataclass(frozen=True, slots=True)
class Context:
    """What every composer may look at."""

    unit: Unit
    outbox_id: int
    person_id: int
    now: datetime
    works: dict[int, Work]
    private: bool
    """Whether what citizens wrote may leave by the channel the message takes."""

    @property
    def day(self) -> date:
        """The day on which the message is read."""
        return today(self.now)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one kind: what the head line counts, the text, the choices that fit it."""

    headline: str
    text: str
    choices: tuple[Choice, ...] = ()
    alone: bool = False
    """Whether the part, when it is the only one, needs no head line."""
    files: tuple[Attachment, ...] = ()
    last: bool = False
    """Whether it stands at the end and in no head line where the message says anything else."""


@dataclass(frozen=True, slots=True)
class Group:
    """One task with the same last day in several agencies, told once."""

    content: str
    due_on: date | None
    deadline_raw: str
    late_days: int
    works: tuple[Work, ...]


def grouped(works: Sequence[Work]) -> list[Group]:
    """Return the works by task and last day, in the order in which they first stand."""
    found: dict[tuple[int, date | None], list[Work]] = {}
    for one in works:
        found.setdefault((one.task_id, one.due_on), []).append(one)
    return [
        Group(group[0].content, group[0].due_on, group[0].deadline_raw, group[0].standing.late_days, tuple(group))
        for group in found.values()
    ]


def open_each(works: Sequence[Work]) -> tuple[Choice, ...]:
    """Return a choice that opens each work."""
    return tuple(choice(f"Mở {work.code}", Verb.OPEN, work.id) for work in works)


def accept_all(context: Context, count: int) -> tuple[Choice, ...]:
    """Return the one choice that accepts everything a message assigns."""
    return (choice(f"Đã nhận tất cả ({count} việc)", Verb.ACCEPT_ALL, context.outbox_id),)
