"""Reading one loose sentence: its clauses are judged one by one, and the safest of what they say stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.evidence import DocumentRef
from domain.replies.clauses import Finding, clauses_of
from domain.replies.days import Day, Length
from domain.replies.judging import judge
from domain.replies.marks import Mark, marks_of
from domain.replies.readings import Intent, Reading
from domain.replies.reasons import Reason, reason_in
from domain.replies.tokens import line_of
from domain.replies.vocabulary import Kind

_SAFEST_FIRST = (
    Intent.QUESTION,
    Intent.NOT_OURS,
    Intent.SUBSTITUTE,
    Intent.EXTEND,
    Intent.OBSTACLE,
    Intent.PROGRESS,
    Intent.NONE,
    Intent.DONE,
    Intent.ACCEPT,
)
"""Of two intents the one that closes less wins; a doubtful end (`NONE`) silences a certain one."""

_DATED = frozenset({Intent.EXTEND, Intent.PROGRESS, Intent.ACCEPT, Intent.SUBSTITUTE, Intent.OBSTACLE})
_REASONED = frozenset({*_DATED, Intent.NOT_OURS})
_TARGETS = frozenset({"den", "toi", "sang", "qua", "vao"})
_NOT_WANTED = frozenset({"tu", "han"})

LONGEST = 4000
"""So many characters are read: no channel carries a longer message."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A clause with what it says."""

    clause: Sequence[Mark]
    findings: Sequence[Finding]

    @property
    def codes(self) -> list[str]:
        return _codes(self.clause)


def read(text: str, today: date) -> Reading:
    """Return what a sentence means on `today`. Never raises; what is uncertain stays None."""
    line = line_of(text[:LONGEST])
    marks = marks_of(line, today)
    reason = reason_in(line, marks)
    main = marks if reason is None else [*marks[: reason.first], *marks[reason.last :]]
    said = [_Said(clause, judge(clause, today)) for clause in clauses_of(main)]
    intent, sure = _decide(said, _is_stuck(marks, reason, today))
    codes = _codes(marks)
    until = _until(main, today) if intent in _DATED else None
    length = _length(main) if intent is Intent.EXTEND and until is None else None
    return Reading(
        intent,
        task=_task(said, intent, codes),
        tasks=tuple(codes),
        document=_document(marks),
        until=until,
        days=length.days if length else None,
        working=bool(length and length.working),
        percent=next((mark.value for mark in main if mark.kind is Kind.PERCENT and isinstance(mark.value, int)), None),
        reason=reason.words if reason is not None and intent in _REASONED else None,
        sure=sure,
    )


def _is_stuck(marks: Sequence[Mark], reason: Reason | None, today: date) -> bool:
    """Whether the reason given is an obstacle."""
    within = marks[reason.first + 1 : reason.last] if reason is not None else []
    findings = [one for clause in clauses_of(within) for one in judge(clause, today)]
    return any(one.intent is Intent.OBSTACLE for one in findings)


def _decide(said: Sequence[_Said], stuck: bool) -> tuple[Intent, bool]:
    found = [one for each in said for one in each.findings]
    told = {one.intent for one in found}
    firm = {one.intent for one in found if not one.soft}
    if Intent.QUESTION in told - firm and told & {Intent.EXTEND, Intent.SUBSTITUTE, Intent.NOT_OURS}:
        told.discard(Intent.QUESTION)
    if Intent.PROGRESS in told - firm and Intent.ACCEPT in told:
        told.discard(Intent.PROGRESS)
    if stuck and not told & {Intent.DONE, Intent.ACCEPT}:
        told.add(Intent.OBSTACLE)
    intent = next((one for one in _SAFEST_FIRST if one in told and one is not Intent.NONE), Intent.NONE)
    if Intent.NONE in told and intent is Intent.DONE:
        intent = Intent.ACCEPT if Intent.ACCEPT in told else Intent.NONE
    single = len(told - {Intent.ACCEPT, Intent.NONE}) <= 1
    return intent, intent is not Intent.NONE and single and all(one.sure for one in found if one.intent is intent)


def _codes(marks: Sequence[Mark]) -> list[str]:
    return list(dict.fromkeys(str(mark.value) for mark in marks if mark.kind is Kind.CODE))


def _task(said: Sequence[_Said], intent: Intent, codes: Sequence[str]) -> str | None:
    """Return the code in the clause of the intent, else the first one named."""
    for one in said:
        if one.codes and any(finding.intent is intent for finding in one.findings):
            return one.codes[0]
    return codes[0] if codes else None


def _document(marks: Sequence[Mark]) -> DocumentRef | None:
    """Return the first document with a number, else the first dated one."""
    papers = [mark.value for mark in marks if isinstance(mark.value, DocumentRef)]
    return next((one for one in papers if one.number), papers[0] if papers else None)


def _until(marks: Sequence[Mark], today: date) -> date | None:
    """Return the one day that is aimed at; None where there is none, or more than one."""
    days = [(mark.value, mark.word) for mark in marks if isinstance(mark.value, Day)]
    promised = any(mark.kind is Kind.PLAN for mark in marks)  # "sáng nay" alone only tells when it was said
    days = [(day, word) for day, word in days if promised or day.lead or day.near != today]
    days = [(day, word) for day, word in days if day.lead not in _NOT_WANTED]
    aimed = [one for one in days if one[0].lead in _TARGETS] or days
    meant = {_last_day(day, word, today) for day, word in aimed} or {_from_now(marks, today)}
    return meant.pop() if len(meant) == 1 else None


def _last_day(day: Day, word: str, today: date) -> date | None:
    """Return the last day still in time: before a named day it is the day before it."""
    if day.ahead is None or day.lead != "truoc" or word.startswith(("cuoi", "het")):
        return day.ahead
    return day.ahead - timedelta(1) if day.ahead > today else None


def _from_now(marks: Sequence[Mark], today: date) -> date | None:
    lengths = [mark.value for mark in marks if isinstance(mark.value, Length)]
    if len(lengths) != 1 or not lengths[0].from_now or lengths[0].working:
        return None
    days = timedelta(lengths[0].days)
    return today + days if days <= date.max - today else None


def _length(marks: Sequence[Mark]) -> Length | None:
    """Return the one length asked for; that of a report ("báo cáo 6 tháng") is its name."""
    lengths = [
        mark.value
        for before, mark in zip([None, *marks], marks, strict=False)
        if isinstance(mark.value, Length) and (before is None or before.kind not in {Kind.SENT, Kind.PRODUCT})
    ]
    return lengths[0] if len(lengths) == 1 else None
