"""A case in the words of a list: what it is, how much of its clock is left, whose step is next."""

from dataclasses import dataclass
from datetime import date

from bot.desk import Desk
from domain.cases.decisions import LegalClass, Urgency
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.cases.triage_words import clock, waits
from domain.local import short_day, today
from domain.workdays import WorkCalendar
from storage.views import AnyRow, office


@dataclass(frozen=True, slots=True)
class Line:
    """One case as lists, questions and previews show it."""

    code: str
    kind: str
    state: str
    clock: str
    waits: str
    marks: str
    """"KHẨN", "đông người", "phản ánh lại lần 2"… or ""."""
    agency: str
    about: str
    content: str


_KINDS = {
    Kind.CONDUCT: "hành vi của cán bộ",
    Kind.REGULATION: "quy định, thủ tục hành chính",
    Kind.FIELD: "việc hiện trường",
}


def line(desk: Desk, case: AnyRow, calendar: WorkCalendar | None = None) -> Line:
    """Return a case in words; `calendar` spares reading it once a row."""
    state, days = State(case.state), calendar or office.calendar(desk.unit)
    left = days.between(desk.day, case.due_on) if case.due_on else 0
    agency = case.agency or case.outside
    publishable = case.may_publish and case.withheld is None
    return Line(
        code=case.code,
        kind=_KINDS.get(Kind(case.kind), "khác"),
        state="tin rác" if case.spam_at else state.label,
        clock=clock(state, case.due_on, desk.day, left, days.between(case.received_on, desk.day), case.wait_until),
        waits=waits(state, agency, proposed_by=case.proposed_by or "", publishable=publishable),
        marks=" · ".join(_marks(case)),
        agency=agency,
        about=case.about,
        content=case.content,
    )


def _marks(case: AnyRow) -> list[str]:
    urgency = Urgency(case.urgency)
    return [
        *(["KHẨN"] if urgency is Urgency.URGENT else []),
        *(["phức tạp"] if urgency is Urgency.COMPLEX else []),
        *(["nhạy cảm"] if case.sensitive else []),
        *(["đông người"] if case.crowded else []),
        *([f"phản ánh lại lần {case.rounds}"] if case.rounds else []),
    ]


def classified(case: AnyRow) -> str:
    """Return the legal class in words, "" before a case is classified."""
    return LegalClass(case.legal_class).label if case.legal_class else ""


def age(desk: Desk, case: AnyRow, calendar: WorkCalendar) -> int:
    """Return the working days from the reception until now, or until the case ended."""
    ended = today(case.ended_at) if case.ended_at and not State(case.state).is_open else desk.day
    return calendar.between(case.received_on, ended)


def letter(number: str | None, on: date | None) -> str:
    """Return a letter by its number and date, as far as they are known."""
    return " ".join([*([number] if number else []), *([f"ngày {short_day(on)}"] if on else [])])
