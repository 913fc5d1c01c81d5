"""Whether a clause says that a task is done. What is denied, divided, planned, supposed or asked never is."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from domain.replies.clauses import LATER, NEGATIONS, SMALL, Clause, Finding, kinds
from domain.replies.going import just_then, lies_ahead, promises
from domain.replies.readings import Intent
from domain.replies.slips import may_be_negation
from domain.replies.vocabulary import Kind

_DUTIES = frozenset({"can", "phai", "can phai", "de", "nhac", "don doc", "yeu cau"})
"""Doubts that "đã" settles: "việc cần làm đã xong"."""


_ASKED_OF_OTHERS = frozenset({"giup", "gium", "ho"})
"""After "xong" they beg somebody to finish."""


def has_ended(clause: Clause, today: date) -> Iterator[Finding]:
    """Yield done, or none where an end is named that was not reached for certain."""
    for at, mark in enumerate(clause):
        object_named = mark.kind is Kind.STEP and bool(kinds(clause[at + 1 :]) & {Kind.CODE, Kind.PAPER})
        if mark.kind is Kind.DONE or object_named:
            yield _end(clause, at, today)
        elif mark.kind is Kind.SENT and _is_product(clause, at):
            yield from _sent(clause, at, today)


def _sent(clause: Clause, at: int, today: date) -> Iterator[Finding]:
    """Judge "gửi", "nộp", "ban hành": done where it is past; before a document's number it may be."""
    end = _end(clause, at, today)
    if _is_told(clause, at):
        yield end
    elif end.intent is Intent.DONE and clause[at + 1 : at + 2] and clause[at + 1].kind is Kind.PAPER:
        yield Finding(Intent.DONE, sure=False)


def _end(clause: Clause, at: int, today: date) -> Finding:
    """Judge one "xong": done only where nothing denies, divides, plans, supposes or postpones it."""
    before, after = clause[:at], clause[at + 1 :]
    past = bool(before) and before[-1].kind is Kind.PAST and before[-1].word != "roi"
    if _unsafe_before(before, past) or _unsafe_after(after, past) or lies_ahead(clause, today) or promises(before):
        return Finding(Intent.NONE)
    vague = bool(kinds(after) & LATER) or just_then(before) or clause[at].kind is Kind.STEP
    unknown = bool(before) and before[-1].kind is Kind.WORD and before[-1].word.isalpha()
    return Finding(Intent.DONE, sure=not vague and not unknown)


def _unsafe_before(before: Clause, past: bool) -> bool:
    within = kinds(before)
    if within & {Kind.IF, Kind.WHEN, Kind.PLAN, Kind.SOON, Kind.REMAIN}:
        return True
    if within & NEGATIONS and not (past and within & {Kind.TROUBLE, Kind.EXTEND}):
        return True
    if any(mark.kind is Kind.DOUBT and not (past and mark.word in _DUTIES) for mark in before):
        return True
    if Kind.REQUEST in within and not past:
        return True
    return bool(before) and (_is_hearsay(before) or may_be_negation(before[-1]))


def _is_hearsay(before: Clause) -> bool:
    """Whether others say so: "bên kia bảo xong rồi"."""
    speakers = {one.kind for one, said in pairwise(before) if said.word == "bao"}
    return bool(speakers - {Kind.SELF, Kind.REQUEST, Kind.YES, Kind.PAST})


def _unsafe_after(after: Clause, past: bool) -> bool:
    within = kinds(after)
    if within & {Kind.UNFINISHED, Kind.DOUBT, Kind.UNABLE, Kind.HA, Kind.WHERE} or (within & LATER and not past):
        return True
    if not after or (not past and _goes_on_telling(after)):
        return bool(after)
    first, second = after[0], after[1] if len(after) > 1 else None
    if may_be_negation(first) or first.word in _ASKED_OF_OTHERS:
        return True
    return first.word in {"khong", "chang"} and (second is None or second.kind is not Kind.TROUBLE)


def _goes_on_telling(after: Clause) -> bool:
    """Whether the speaker goes on with what comes next: "xong (rồi) em làm"."""
    at = next((place for place, mark in enumerate(after) if mark.kind is Kind.SELF), len(after))
    led = at == 0 or (at < len(after) and after[at - 1].word == "roi")
    return led and any(mark.kind not in {*SMALL, Kind.CODE, Kind.PAPER} for mark in after[at:])


def _is_told(clause: Clause, at: int) -> bool:
    """Whether a sending is told as past: "đã gửi", "gửi … rồi"."""
    if at and clause[at - 1].kind is Kind.PAST:
        return True
    return clause[at].word != "bao cao" and any(mark.word == "roi" for mark in clause[at + 1 :])


def _is_product(clause: Clause, at: int) -> bool:
    """Whether what "gửi", "nộp", "ban hành" speaks of may be the product, not a step on the way to it."""
    after = clause[at + 1 :]
    if kinds(after) & {Kind.REQUEST, Kind.TROUBLE, Kind.ASK, Kind.WORKING}:
        return False
    if clause[at].word == "ky" and not (after and after[0].kind is Kind.PAPER):
        return False
    rest = [mark for mark in after if mark.kind is not Kind.PAST]
    return (
        not rest
        or rest[0].kind in {Kind.PAPER, Kind.PRODUCT, Kind.GUIDE, Kind.CODE, *SMALL}
        or rest[0].word in {"theo", "bao cao"}
    )
