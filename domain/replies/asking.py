"""Whether a clause asks: by a question word, by its end ("… chưa", "… không"), or by a question mark."""

from collections.abc import Iterator

from domain.replies.clauses import ENDINGS, LATER, NEGATIONS, SMALL, Clause, Finding, kinds
from domain.replies.marks import Mark
from domain.replies.readings import Intent
from domain.replies.vocabulary import Kind


def asks(clause: Clause) -> Iterator[Finding]:
    """Yield a question; it is soft where it only clothes a request."""
    within = kinds(clause)
    if Kind.ASK in within or _ends_asking(clause) or any(_is_asked(clause, at) for at in range(len(clause))):
        yield Finding(Intent.QUESTION)
    elif within & {Kind.ASKED, Kind.MAY} or (Kind.GUIDE in within and Kind.REQUEST in within):
        yield Finding(Intent.QUESTION, soft=_is_polite(within))


def _is_polite(within: set[Kind]) -> bool:
    """Whether a question only clothes a request: "xin lùi đến thứ 6 được không ạ?"."""
    dated = Kind.EXTEND in within and bool(within & {Kind.DAY, Kind.LENGTH})
    return dated or (Kind.REQUEST in within and Kind.GUIDE not in within)


def _is_asked(clause: Clause, at: int) -> bool:
    mark = clause[at]
    before = kinds(clause[:at])
    if mark.kind is Kind.WHAT:
        return not before & NEGATIONS or Kind.ASKED in kinds(clause)
    if mark.kind is Kind.WHERE:
        return not before & {*NEGATIONS, Kind.DONE, Kind.FOREIGN}
    return mark.kind is Kind.WHEN and not _is_condition(clause, at)


def _is_condition(clause: Clause, at: int) -> bool:
    """Whether "bao giờ", "khi nào" opens a condition: "bao giờ xong em báo"."""
    after = [mark.kind for mark in clause[at + 1 :]]
    ends = [place for place, kind in enumerate(after) if kind in ENDINGS]
    return Kind.ASKED not in after and bool(ends) and any(kind in LATER for kind in after[ends[0] + 1 :])


def _tail(clause: Clause) -> int:
    """Return the place after the last mark that is more than a courtesy."""
    last = len(clause)
    while last and (clause[last - 1].kind in SMALL or _is_sign(clause[last - 1])):
        last -= 1
    return last


def _is_sign(mark: Mark) -> bool:
    return mark.kind is Kind.WORD and not any(one.isalnum() for one in mark.word)


def _ends_asking(clause: Clause) -> bool:
    """Whether a clause ends in "… chưa", "… không", "… à"."""
    last = _tail(clause)
    if not last:
        return False
    end, body = clause[last - 1], clause[: last - 1]
    if end.kind is Kind.HA:
        return not body or body[-1].kind is not Kind.TITLE  # "chị Hà"
    if end.word not in {"khong", "chua"} or not kinds(body) - SMALL:
        return False
    return body[-1].kind is not Kind.STILL and body[-1].word != "thi"
