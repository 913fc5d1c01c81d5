"""What one clause says: the small grammar over the marks, one rule an intent.

A clause that names the end of a task without saying that it was reached gives `Intent.NONE`, which also silences "done"
elsewhere.
"""

from collections.abc import Iterator
from datetime import date

from domain.replies.asking import asks
from domain.replies.clauses import NEGATIONS, PREDICATES, SMALL, Clause, Finding, denied, kinds
from domain.replies.days import Day
from domain.replies.ending import has_ended
from domain.replies.going import goes_on
from domain.replies.marks import Mark
from domain.replies.readings import Intent
from domain.replies.vocabulary import Kind

_INPUTS = frozenset({"so lieu", "du lieu", "ho so", "phan hoi", "tai lieu"})
"""What is received is no task."""

_ALSO_TOLD = frozenset({"nop cham", "gui cham", "bao cao cham"})
"""Asked for with "xin", "cho"; without them told of others."""

_TARGETS = frozenset({"den", "toi", "sang"})


def judge(clause: Clause, today: date) -> list[Finding]:
    """Return what a clause says, each intent at most once, its first finding."""
    found = [
        *asks(clause),
        *_by_mark(clause),
        *goes_on(clause, today),
        *has_ended(clause, today),
    ]
    return list({one.intent: one for one in reversed(found)}.values())


def _by_mark(clause: Clause) -> Iterator[Finding]:
    """Yield what single marks say, each with what stands before and after it."""
    for at, mark in enumerate(clause):
        for intent, says in _RULES:
            if says(clause, at, mark):
                yield Finding(intent)


def _is_foreign(clause: Clause, at: int, mark: Mark) -> bool:
    after = kinds(clause[at + 1 :])
    elsewhere = Kind.AGENCY in after
    if mark.kind is Kind.FOREIGN:
        return not denied(clause, at)
    if mark.kind is Kind.BELONGS:
        return denied(clause, at) or (elsewhere and Kind.SELF not in after)
    if mark.kind in {Kind.TRANSFER, Kind.STAND_IN}:
        return elsewhere and Kind.TITLE not in after and _is_offered(clause, at)
    return False


def _hands_over(clause: Clause, at: int, mark: Mark) -> bool:
    after = kinds(clause[at + 1 :])
    if mark.kind is Kind.STAND_IN:
        return not denied(clause, at) and (Kind.TITLE in after or Kind.AGENCY not in after)
    return mark.kind is Kind.TRANSFER and Kind.TITLE in after and _is_offered(clause, at)


def _is_offered(clause: Clause, at: int) -> bool:
    """Whether a handing over is asked for or announced, not told of others, of the past, nor denied."""
    before = kinds(clause[:at])
    return Kind.REQUEST in before or before <= {*SMALL, Kind.CODE}


def _wants_longer(clause: Clause, at: int, mark: Mark) -> bool:
    if mark.kind is Kind.EXTEND:
        asked = mark.word not in _ALSO_TOLD or Kind.REQUEST in kinds(clause[:at])
        return asked and not denied(clause, at) and not _is_history(clause, at)
    if mark.kind is Kind.LENGTH:
        return at > 0 and clause[at - 1].word == "them" and not denied(clause, at)
    if isinstance(mark.value, Day) and mark.value.lead in _TARGETS and Kind.REQUEST in kinds(clause[:at]):
        return not kinds(clause) & {*PREDICATES, *NEGATIONS, Kind.ACCEPT, Kind.TROUBLE}
    return False


def _is_history(clause: Clause, at: int) -> bool:
    """Whether a request was made before: "đã xin gia hạn"."""
    start = at - 1 if at and clause[at - 1].kind is Kind.REQUEST else at
    return start > 0 and clause[start - 1].kind is Kind.PAST


def _is_stuck(clause: Clause, at: int, mark: Mark) -> bool:
    if mark.kind is Kind.TROUBLE:
        return not denied(clause, at)
    if mark.kind is Kind.IN_TIME:
        return bool(kinds(clause[:at]) & NEGATIONS)
    if mark.kind is Kind.LACK:
        return not kinds(clause[at + 1 :]) & {Kind.TROUBLE, Kind.WHAT}
    return mark.kind is Kind.UNABLE


def _is_undone(clause: Clause, at: int, mark: Mark) -> bool:
    return mark.kind is Kind.UNDONE and not denied(clause, at)


def _takes_up(clause: Clause, at: int, mark: Mark) -> bool:
    follower = clause[at + 1].word if at + 1 < len(clause) else ""
    return mark.kind is Kind.ACCEPT and not denied(clause, at) and follower not in _INPUTS


_RULES = (
    (Intent.NOT_OURS, _is_foreign),
    (Intent.SUBSTITUTE, _hands_over),
    (Intent.EXTEND, _wants_longer),
    (Intent.OBSTACLE, _is_stuck),
    (Intent.ACCEPT, _takes_up),
    (Intent.PROGRESS, _is_undone),
)
