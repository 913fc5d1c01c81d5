"""One clause: a row of marks between two breaks, and what every rule asks of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.replies.marks import Mark
from domain.replies.readings import Intent
from domain.replies.vocabulary import Kind

Clause = Sequence[Mark]

NEGATIONS = frozenset({Kind.NOT, Kind.UNFINISHED, Kind.LACK, Kind.UNABLE})
ENDINGS = frozenset({Kind.DONE, Kind.SENT, Kind.STEP})
PREDICATES = frozenset({*ENDINGS, Kind.EXTEND, Kind.WORKING, Kind.STAND_IN})
LATER = frozenset({Kind.THEN, Kind.REPORT, Kind.PLAN})
SMALL = frozenset({Kind.PARTICLE, Kind.SELF, Kind.TITLE, Kind.YES})
"""Courtesies and pronouns."""

_BREAKS = frozenset({Kind.STOP, Kind.JOIN, Kind.THEREFORE})


@dataclass(frozen=True, slots=True)
class Finding:
    """An intent that a clause carries; `soft` gives way where another says something firmer."""

    intent: Intent
    soft: bool = False
    sure: bool = True


def kinds(marks: Clause) -> set[Kind]:
    """Return the kinds of some marks."""
    return {mark.kind for mark in marks}


def denied(clause: Clause, at: int) -> bool:
    """Whether a negation before a place reaches it: no other predicate has taken it up."""
    for mark in reversed(clause[:at]):
        if mark.kind in NEGATIONS:
            return True
        if mark.kind in PREDICATES:
            return False
    return False


def clauses_of(marks: Clause) -> list[list[Mark]]:
    """Divide marks at punctuation and conjunctions; a question mark stays with what it asks."""
    found: list[list[Mark]] = [[]]
    for at, mark in enumerate(marks):
        if mark.kind is Kind.REMAIN:
            found.append([mark])
        elif mark.kind in _BREAKS:
            if not _joins_troubles(marks, at):
                found.append([])
        elif mark.kind is Kind.ASKED:
            found[-1].append(mark)
            found.append([])
        else:
            found[-1].append(mark)
    return [one for one in found if one]


def _joins_troubles(marks: Clause, at: int) -> bool:
    """Whether a comma only lists: "không có khó khăn, vướng mắc"."""
    return 0 < at < len(marks) - 1 and marks[at - 1].kind is marks[at + 1].kind is Kind.TROUBLE
