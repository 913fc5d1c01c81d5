"""A case in one line of a list, and the marks by which it stands out: how it stands, how late, what is special."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from domain.cases.decisions import Source, Urgency
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.cases.triage_words import BEFORE_TRANSFER
from domain.local import local, long_day, today
from domain.workdays import WorkCalendar
from messages.render import upper_first
from storage.views import AnyRow

KINDS = {Kind.CONDUCT: "hành vi của cán bộ", Kind.REGULATION: "thủ tục, quy định hành chính"}
EXCERPT = 260
"""Characters of the content that a line of a list shows."""


def group_of(state: State) -> str:
    """Return the kind of a state: the colour of its mark, which only repeats its words."""
    if state in {State.SUPPLEMENT_ASKED, State.CLARIFYING}:
        return "asking"
    if state in {State.ANSWERED, State.PUBLISHED}:
        return "answered"
    if state in {State.AWAITING_APPROVAL, State.RETURN_ASKED, State.REOPENED}:
        return "approving"
    if not state.is_open:
        return "closed"
    return "waiting" if state in BEFORE_TRANSFER else "working"


@dataclass(frozen=True, slots=True)
class Chips:
    """How a case stands, in words."""

    group: str
    state: str
    late: str
    soon: str
    flags: tuple[str, ...]

    @classmethod
    def of(cls, row: AnyRow, now: datetime, calendar: WorkCalendar) -> Self:
        """Return them for a row of a list, or a whole one."""
        state, day = State(row.state), today(now)
        late = soon = ""
        if state.is_open and row.due_on is not None:
            late, soon = _pressing(row, now, day, calendar)
        return cls(group_of(state), upper_first(state.label), late, soon, tuple(_flags(row)))


SOON = 3
"""What is due within so many working days is due soon."""


def _pressing(row: AnyRow, now: datetime, day: date, calendar: WorkCalendar) -> tuple[str, str]:
    if row.due_on < day:
        days = calendar.between(row.due_on, day)
        return f"quá hạn {days} ngày làm việc" if days else "quá hạn", ""
    if row.due_at is not None and row.due_at <= now:
        return f"quá hạn từ {local(row.due_at):%H:%M}", ""
    if row.due_on == day:
        return "", "hạn hôm nay"
    left = calendar.between(day, row.due_on)
    return "", f"còn {left} ngày làm việc" if left <= SOON else ""


def _flags(row: AnyRow) -> Iterable[str]:
    if row.kind == Kind.CONDUCT:
        yield "hành vi cán bộ"
    if row.urgency != Urgency.NORMAL:
        yield Urgency(row.urgency).label
    if getattr(row, "sensitive", False):
        yield "nhạy cảm"
    if getattr(row, "crowded", False):
        yield "đông người"
    if getattr(row, "rounds", 0):
        yield f"phản ánh lại lần {row.rounds}"
    if getattr(row, "spam_at", None):
        yield "tin rác"


@dataclass(frozen=True, slots=True)
class Line:
    """A case in a list."""

    code: str
    chips: Chips
    excerpt: str
    facts: tuple[str, ...]


def line(row: AnyRow, now: datetime, calendar: WorkCalendar) -> Line:
    """Return a row of a list in words."""
    due = f"hạn {long_day(row.due_on)}" if row.due_on else "chưa đặt hạn"
    facts = (
        row.agency or "chưa chuyển cơ quan nào",
        KINDS.get(Kind(row.kind), "khác"),
        f"nhận {long_day(row.received_on)} qua {Source(row.source).label}",
        *([due] if State(row.state).is_open else []),
    )
    return Line(row.code, Chips.of(row, now, calendar), row.content[:EXCERPT], facts)
