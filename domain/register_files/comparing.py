"""A list comes again: what it changes here, and what stays because this register is further on.

A list tells how a case stands there. It may bring a case forward here (an answer that went out by the national system),
never back: what was decided here stands until somebody enters it there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.register_files.fields import Field
from domain.register_files.rows import RegisterRow
from domain.register_files.states import Stage


class Verdict(StrEnum):
    """What one line comes to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Known:
    """A case of the same source and code as it stands here.

    `facts` is what the last list said of it, in the form in which it is kept (`compare` is told the new list's in the
    same form); `same_sender` whether whoever reports is told as the last time.
    """

    stage: Stage
    facts: Mapping[str, str]
    same_sender: bool = True


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a line changes: the columns that say something else now, the stage to bring the case to, what is left."""

    verdict: Verdict
    changed: tuple[Field, ...] = ()
    sender_changed: bool = False
    advance: Stage | None = None
    ahead: bool = False
    """Whether the case is further on here than there: it waits to be entered there."""
    conflict: bool = False
    """Whether both registers ended the case in different ways: a person looks at it."""


_UNMOVED = frozenset({Field.STATE, Field.OWN_CODE})
"""Columns whose change is no news by itself: the stage is compared, our own code is ours."""


def compare(known: Known | None, row: RegisterRow, told: Mapping[str, str] | None = None) -> Comparison:
    """Return what a line of a list comes to for the case known here, None for one that is not.

    `told` is what the line says, in the form of `known.facts`; its own words without it. Empty cells take nothing
    away.
    """
    if known is None:
        return Comparison(Verdict.NEW)
    facts = row.facts() if told is None else told
    changed = tuple(
        field
        for field in Field
        if field not in _UNMOVED and field.value in facts and facts[field.value] != known.facts.get(field.value, "")
    )
    advance = row.stage if row.stage.rank > known.stage.rank and not _ended_otherwise(known.stage, row.stage) else None
    sender_changed = not known.same_sender
    moved = bool(changed or sender_changed or advance)
    return Comparison(
        Verdict.CHANGED if moved else Verdict.UNCHANGED,
        changed,
        sender_changed,
        advance,
        ahead=known.stage.rank > row.stage.rank and not _ended_otherwise(known.stage, row.stage),
        conflict=_ended_otherwise(known.stage, row.stage),
    )


def _ended_otherwise(here: Stage, there: Stage) -> bool:
    """Whether one register answered the case and the other refused it, or it was withdrawn."""
    ended = {Stage.REFUSED, Stage.WITHDRAWN}
    one, other = here in ended, there in ended
    return here is not there and ((one and other) or (one and there.is_answered) or (other and here.is_answered))


@dataclass(frozen=True, slots=True)
class Tally:
    """What a whole list comes to, in cases."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    ahead: int = 0

    @classmethod
    def of(cls, comparisons: Iterable[Comparison]) -> "Tally":
        """Count what lines come to."""
        found = list(comparisons)
        return cls(
            sum(one.verdict is Verdict.NEW for one in found),
            sum(one.verdict is Verdict.CHANGED for one in found),
            sum(one.verdict is Verdict.UNCHANGED for one in found),
            sum(one.ahead for one in found),
        )
