"""A case is brought as far as another register says that it has come: passed on there, answered there, refused there.

Who sent it there has heard of it there; who sent it here, or has a case that was merged into it, is told. The agency
that has to answer is told as of any case.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from actions.cases import laying, moving, telling
from domain.cases.decisions import Outcome, Source
from domain.cases.lifecycle import Act, State, may
from domain.errors import ActRefused
from domain.explanations import of_decision
from domain.local import VIETNAM, short_day, today
from domain.notices import Kind as NoticeKind
from domain.people import Role, Viewer
from domain.register_files import RegisterRow, Stage
from storage import agencies, audit, people
from storage.cases import answers, rows
from storage.database import Unit
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class Told:
    """What a list says of one case, whose agency that is here, and who takes the list over (None: the operator)."""

    line: RegisterRow
    agency_id: int | None
    viewer: Viewer | None
    now: datetime

    @property
    def actor(self) -> str | None:
        """Whom the audit names where no person does it."""
        return audit.OPERATOR if self.viewer is None else None


def possible(state: State, stage: Stage) -> bool:
    """Whether the lifecycle has a way from a state to a stage."""
    if stage is Stage.FORWARDED:
        return may(state, Act.FORWARD)
    if stage.is_answered:
        return may(state, Act.FORWARD) or may(state, Act.RECORD_ANSWER)
    return may(state, Act.REFUSE if stage is Stage.REFUSED else Act.WITHDRAW)


def bring(unit: Unit, row: AnyRow, told: Told, stage: Stage) -> AnyRow:
    """Bring a case to a stage and return its row. Raises ActRefused where the lifecycle has no way there."""
    if stage is Stage.FORWARDED:
        return _pass_on(unit, row, told)
    if stage.is_answered:
        return _answer(unit, row, told)
    act = Act.REFUSE if stage is Stage.REFUSED else Act.WITHDRAW
    said = f"{stage.label[:1].upper()}{stage.label[1:]} tại {Source(row.source).label}"
    return moving.apply(
        unit, row, act, told.now, viewer=told.viewer, actor=told.actor, text=said, data={"ground": "", "imported": True}
    ).row


def _pass_on(unit: Unit, row: AnyRow, told: Told, *, silent: bool = False) -> AnyRow:
    """Let the agency of the list work on a case from the day on which it got it there; the office itself keeps it."""
    office_id = agencies.coordinating_id(unit)
    agency_id = told.agency_id or office_id
    if agency_id is None:
        raise ActRefused("Danh mục chưa có cơ quan điều phối.")
    line, kept = told.line, agency_id == office_id
    passed_on = line.forwarded_on or line.received_on
    since = _moment(passed_on, told.now)
    heads = people.members(unit, agency_id, Role.HEAD, today(told.now))
    moved = moving.apply(
        unit,
        row,
        Act.KEEP if kept else Act.FORWARD,
        told.now,
        viewer=told.viewer,
        actor=told.actor,
        data={"agency": agency_id, "number": line.forward_number, "imported": True},
        agency_id=agency_id,
        handler_id=told.viewer.person_id if kept and told.viewer else None,
        outside="",
        by_document=laying.is_conduct(row) and not heads and not kept,
        forward_number=line.forward_number or row.forward_number,
        forward_on=line.forwarded_on or row.forward_on,
        forwarded_at=since,
        passed_on=row.passed_on or passed_on,
        acknowledged_at=told.now if kept else None,
        wait_until=None,
    )
    clock = _clock(unit, moved.row, line, since)
    rows.put(unit, row.id, due_at=clock.at)
    laying.move(
        unit, moved.row, clock, "forwarded", told.now, decided_by=told.viewer.person_id if told.viewer else None
    )
    fresh = rows.get(unit, row.id) or moved.row
    if not silent:
        name = agencies.names(unit, [agency_id])[agency_id]
        due_on = clock.due_on.isoformat() if clock.due_on else None
        said = {"agency": name, "on": passed_on.isoformat(), "number": line.forward_number, "answer_by": due_on}
        _tell(unit, moved, "forwarded", told.now, **said, answer_said=clock.article)
    if not (silent or kept or fresh.by_document):
        moving.tell_agency(unit, fresh, moved.event_id, NoticeKind.CASE_FORWARDED, told.now)
    return fresh


def _clock(unit: Unit, row: AnyRow, line: RegisterRow, since: datetime) -> laying.Clock:
    """Return until when the case is answered: the day that the list gives, else the province's limit."""
    if line.due_on is None:
        return laying.answering_clock(unit, row, since)
    how = f"Hạn xử lý {short_day(line.due_on)} ghi tại {Source(row.source).label}."
    return laying.Clock(line.due_on, of_decision("", how, line.due_on))


def _answer(unit: Unit, row: AnyRow, told: Told) -> AnyRow:
    """Write down an answer that went out by the other register, on its own day."""
    line, answered_on = told.line, told.line.answered_on
    if answered_on is None:
        raise ActRefused(f"{line.code}: thiếu ngày trả lời.")
    if may(State(row.state), Act.FORWARD):
        row = _pass_on(unit, row, told, silent=True)
    answer_id = answers.draft(
        unit,
        row.id,
        told.now,
        outcome=Outcome.EXPLAINED.value,
        text=line.answer
        or f"Nội dung trả lời: xem tại {Source(row.source).label}{f' ({line.link})' if line.link else ''}.",
        number=line.answer_number or None,
        date=answered_on,
        agency_id=row.agency_id,
    )
    answers.change(unit, answer_id, state=answers.APPROVED, decided_at=told.now)
    moved = moving.apply(
        unit,
        row,
        Act.RECORD_ANSWER,
        told.now,
        viewer=told.viewer,
        actor=told.actor,
        data={"answer": answer_id, "outcome": Outcome.EXPLAINED.value, "imported": True},
        answered_at=_moment(answered_on, told.now),
        answered_on=answered_on,
        answer_due_on=row.due_on,
        wait_until=None,
        posted_on=line.posted_on or row.posted_on,
        posted_url=line.link or row.posted_url,
    )
    _tell(unit, moved, "answered", told.now, answer_id=answer_id, rate=True)
    return moved.row


def _tell(unit: Unit, moved: moving.Moved, what: str, now: datetime, **data: Any) -> None:
    """Tell who has no other register to hear it from."""
    row = moved.row
    if Source(row.source).begins_here or rows.followers(unit, row.id):
        telling.tell(unit, row, what, moved.event_id, now, **data)


def _moment(day: date, now: datetime) -> datetime:
    """Return the moment that stands for a day of a list: now for today, else that day's first one."""
    return now if day >= today(now) else datetime.combine(day, time(), VIETNAM)
