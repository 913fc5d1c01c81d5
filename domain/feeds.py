"""Due dates as a calendar shows them: one whole day each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Due:
    """One last day on time: of one agency's task, or of a task that many agencies owe."""

    key: str
    """The same for the same task whatever its date: a calendar program then moves the entry."""
    due_on: date
    version: int
    """Grows with each date that the task gets."""
    title: str
    lines: tuple[str, ...]
    """What stands below the title, a line each."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar of due dates as it stands at a moment."""

    name: str
    """What the calendar program shows it as."""
    place: str
    """The office's own short name, part of what names its entries."""
    at: datetime
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """What an office's calendar needs of one agency's assignment."""

    task_id: int
    content: str
    due_on: date
    version: int
    done: bool


def by_task(owed: Iterable[Owed]) -> tuple[Due, ...]:
    """Return one entry for each task and date, with how many agencies still owe it; what all have done is left out."""
    still: Counter[tuple[int, date]] = Counter()
    every: Counter[tuple[int, date]] = Counter()
    newest: dict[tuple[int, date], Owed] = {}
    for one in owed:
        at = one.task_id, one.due_on
        every[at] += 1
        still[at] += not one.done
        if at not in newest or newest[at].version < one.version:
            newest[at] = one
    return tuple(
        Due(
            f"task-{task_id}-{due_on:%Y%m%d}",
            due_on,
            newest[task_id, due_on].version,
            newest[task_id, due_on].content,
            (f"Còn {still[task_id, due_on]}/{count} cơ quan chưa báo cáo xong.",),
        )
        for (task_id, due_on), count in sorted(every.items(), key=lambda pair: (pair[0][1], pair[0][0]))
        if still[task_id, due_on]
    )
