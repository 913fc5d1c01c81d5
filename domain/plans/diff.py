"""What an amended plan changes: rows that are new, rows that changed and how, rows that are gone.

Rows are matched by their words first, then by their place, then by likeness: numbering moves more often than
wording does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from domain.deadlines import say
from domain.plans.model import Draft, DraftTask
from domain.words import fold

SAME_PLACE = 0.5
"""How alike (0 to 1) the contents of two rows at the same place must be to be one row."""
ALIKE = 0.8
"""How alike they must be at different places."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a row, before and after, as a person reads it."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A row that stays, with what changed of it."""

    old: DraftTask
    new: DraftTask
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything between two readings; `same` counts the rows that are as they were."""

    added: tuple[DraftTask, ...]
    changed: tuple[Changed, ...]
    dropped: tuple[DraftTask, ...]
    same: int

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.added or self.changed or self.dropped)


_FIELDS: tuple[tuple[str, Callable[[DraftTask], str]], ...] = (
    ("content", lambda task: task.content),
    ("lead", lambda task: "; ".join(task.lead)),
    ("coordinating", lambda task: "; ".join(task.coordinating)),
    ("deadline", lambda task: task.deadline_raw or say(task.deadline)),
    ("product", lambda task: task.product),
)


def diff(old: Draft, new: Draft) -> Diff:
    """Return what the new reading changes of the old one."""
    pairs = match(old.tasks, new.tasks)
    matched_old = {id(before) for before, _ in pairs}
    matched_new = {id(after) for _, after in pairs}
    changed = [Changed(before, after, changes) for before, after in pairs if (changes := _changes(before, after))]
    return Diff(
        added=tuple(task for task in new.tasks if id(task) not in matched_new),
        changed=tuple(changed),
        dropped=tuple(task for task in old.tasks if id(task) not in matched_old),
        same=len(pairs) - len(changed),
    )


def match(old: Sequence[DraftTask], new: Sequence[DraftTask]) -> list[tuple[DraftTask, DraftTask]]:
    """Return the pairs of rows that are one and the same, in the order of the new reading."""
    left_old, left_new = list(old), list(new)
    pairs: list[tuple[DraftTask, DraftTask]] = []
    for alike in (_same_words, _same_place, _alike):
        for after in tuple(left_new):
            before = next((one for one in left_old if alike(one, after)), None)
            if before is not None:
                pairs.append((before, after))
                left_old = [one for one in left_old if one is not before]
                left_new = [one for one in left_new if one is not after]
    order = {id(task): at for at, task in enumerate(new)}
    return sorted(pairs, key=lambda pair: order[id(pair[1])])


def _same_words(old: DraftTask, new: DraftTask) -> bool:
    return fold(old.content) == fold(new.content) and _place(old)[:2] == _place(new)[:2]


def _same_place(old: DraftTask, new: DraftTask) -> bool:
    return _place(old) == _place(new) and _likeness(old, new) >= SAME_PLACE


def _alike(old: DraftTask, new: DraftTask) -> bool:
    return _likeness(old, new) >= ALIKE


def _place(task: DraftTask) -> tuple[str, tuple[str, ...], str]:
    return task.appendix or "", tuple(fold(one) for one in task.section), task.number or ""


def _likeness(old: DraftTask, new: DraftTask) -> float:
    matcher = SequenceMatcher(None, fold(old.content), fold(new.content), autojunk=False)
    return 0.0 if matcher.real_quick_ratio() < SAME_PLACE else matcher.ratio()


def _changes(old: DraftTask, new: DraftTask) -> tuple[Change, ...]:
    return tuple(Change(name, said(old), said(new)) for name, said in _FIELDS if fold(said(old)) != fold(said(new)))
