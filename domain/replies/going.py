"""How far a task is while it is not done: under way, partly, nearly, promised for a day."""

from collections.abc import Iterator
from datetime import date

from domain.replies.clauses import ENDINGS, SMALL, Clause, Finding, denied, kinds
from domain.replies.days import Day
from domain.replies.readings import Intent
from domain.replies.vocabulary import Kind

_RESERVES = frozenset({"neu", "mien la", "gia nhu", "truong hop"})
"""Provisos: beside one nothing is done for certain."""


def goes_on(clause: Clause, today: date) -> Iterator[Finding]:
    """Yield progress, soft where it is only announced; none for a bare "chưa" or "không", and for a proviso."""
    within = kinds(clause)
    ends = [at for at, mark in enumerate(clause) if mark.kind in ENDINGS]
    if (
        within & {Kind.WORKING, Kind.REMAIN}
        or (Kind.STEP in within and Kind.CODE not in within)
        or any(_is_partly(clause, at) for at in ends)
        or (Kind.UNFINISHED in within and _is_unfinished(clause))
    ):
        yield Finding(Intent.PROGRESS)
    elif any(_is_planned(clause, at, today) for at in ends):
        yield Finding(Intent.PROGRESS, soft=True)
    elif any(mark.kind is Kind.DONE and denied(clause, at) for at, mark in enumerate(clause)):
        yield Finding(Intent.PROGRESS, sure=False)
    elif not ends and (Kind.PERCENT in within or _has_a_part(clause)):
        yield Finding(Intent.PROGRESS, soft=True)
    elif Kind.UNFINISHED in within or within - SMALL == {Kind.NOT} or any(mark.word in _RESERVES for mark in clause):
        yield Finding(Intent.NONE)


def _has_a_part(clause: Clause) -> bool:
    """Whether a part is told of as reached: "đã được 2/3", "mới được một ít"."""
    parts = [mark for mark in clause if mark.kind is Kind.PART]
    limited = any(mark.word.startswith(("moi ", "chi ")) for mark in parts) or just_then(clause)
    return bool(parts) and (limited or Kind.PAST in kinds(clause))


def _is_planned(clause: Clause, at: int, today: date) -> bool:
    """Whether an end is announced for later: "sẽ xong", "thứ 6 mới xong"; not supposed, asked of others or required."""
    before = clause[:at]
    within = kinds(before)
    if within & {Kind.IF, Kind.WHEN, Kind.REQUEST} or (Kind.DOUBT in within and not just_then(before)):
        return False
    return Kind.PLAN in within or promises(before) or lies_ahead(clause, today)


def just_then(before: Clause) -> bool:
    """Whether "mới" stands before an end: "thứ 6 mới xong"."""
    return any(mark.word == "moi" for mark in before)


def _is_partly(clause: Clause, at: int) -> bool:
    after = clause[at + 1 : at + 2]
    if any(mark.kind is Kind.WHERE for mark in after):
        return True
    if any(mark.kind is Kind.PERCENT and isinstance(mark.value, int) and mark.value < 100 for mark in clause):
        return True
    if Kind.SOON in kinds(clause[:at]):
        return True
    return clause[at].kind is Kind.DONE and Kind.PART in kinds(clause)


def _is_unfinished(clause: Clause) -> bool:
    """Whether "chưa" says of some work that it is not there yet, and is not the whole answer."""
    at = next(place for place, mark in enumerate(clause) if mark.kind is Kind.UNFINISHED)
    told = kinds(clause) - SMALL - {Kind.UNFINISHED, Kind.STOP, Kind.WHERE, Kind.STILL}
    return bool(told) and not kinds(clause[at:]) & {Kind.ACCEPT, Kind.EXTEND, Kind.FOREIGN, Kind.STAND_IN}


def promises(clause: Clause) -> bool:
    """Whether a clause takes up work to come: "sẽ làm"."""
    return any(mark.kind is Kind.ACCEPT and mark.word.startswith("se ") for mark in clause)


def lies_ahead(clause: Clause, today: date) -> bool:
    """Whether a clause names a day still to come; today counts unless the clause is told as past."""
    past = Kind.PAST in kinds(clause)
    days = [mark.value for mark in clause if isinstance(mark.value, Day) and mark.value.lead != "han"]
    return any(day.near is not None and (day.near > today or (day.near == today and not past)) for day in days)
