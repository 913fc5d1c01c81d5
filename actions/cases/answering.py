"""The answer to a case: drafted by an officer, approved by the head, told to the sender."""

from dataclasses import dataclass
from datetime import date, datetime

from actions.cases import moving, telling
from actions.cases.wording import said
from domain.cases.decisions import Outcome
from domain.cases.lifecycle import Act, State, move
from domain.errors import ActRefused
from domain.local import today
from domain.notices import Kind as NoticeKind
from domain.people import Role, Viewer
from storage import people
from storage.cases import answers, attachments
from storage.database import Unit
from storage.types import AnyRow


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered: the outcome (Điều 15), the text, and the letter where there is one."""

    outcome: Outcome
    text: str
    number: str = ""
    on: date | None = None
    signer: str = ""
    file_ids: tuple[int, ...] = ()


def draft(unit: Unit, viewer: Viewer, case_id: int, what: Answer, now: datetime, *, shown: int | None = None) -> bool:
    """Lay an answer before the head of the agency; return whether it is approved already.

    A head's own answer is approved with it. In an agency without a head here the letter's number, date and signer
    stand for the approval. Raises ActRefused where neither is given.
    """
    row = moving.of_agency(unit, viewer, case_id, shown)
    move(State(row.state), Act.DRAFT)
    _check(what, now)
    heads = people.members(unit, row.agency_id, Role.HEAD, today(now))
    approves = row.agency_id in viewer.agencies_as(Role.HEAD) | viewer.agencies_as(Role.COORDINATOR)
    if not heads and not approves and not (what.number and what.on and what.signer):
        raise ActRefused(
            "Cơ quan chưa có lãnh đạo tham gia ở đây: xin ghi số, ngày và người ký công văn trả lời đã ban hành."
        )
    answer_id = _write(unit, viewer, row, what, now)
    moved = moving.apply(
        unit,
        row,
        Act.DRAFT,
        now,
        viewer=viewer,
        data={"answer": answer_id, "outcome": what.outcome.value},
        acknowledged_at=row.acknowledged_at or now,
        handler_id=row.handler_id or viewer.person_id,
    )
    if approves or not heads:
        _answer(unit, moved.row, answer_id, viewer, now)
        return True
    moving.tell_agency(unit, moved.row, moved.event_id, NoticeKind.CASE_TO_APPROVE, now, role=Role.HEAD, what="answer")
    return False


def _check(what: Answer, now: datetime) -> None:
    said(what.text, "nội dung trả lời", 20, 6000)
    if what.on is not None and what.on > today(now):
        raise ActRefused("Ngày văn bản đang ở tương lai. Xin kiểm tra và nhập lại số, ngày văn bản.")


def _write(unit: Unit, viewer: Viewer, row: AnyRow, what: Answer, now: datetime) -> int:
    answer_id = answers.draft(
        unit,
        row.id,
        now,
        outcome=what.outcome.value,
        text=what.text.strip(),
        number=what.number or None,
        date=what.on,
        signer=what.signer,
        agency_id=row.agency_id,
        drafted_by=viewer.person_id,
    )
    attachments.attach(unit, row.id, what.file_ids, attachments.OF_ANSWER, now, answer_id)
    return answer_id


def waiting(unit: Unit, case_id: int) -> AnyRow | None:
    """Return the draft that waits for the head, None where none does."""
    drafts = [one for one in answers.of(unit, case_id) if one.state == answers.DRAFTED]
    return drafts[-1] if drafts else None


def _waiting(unit: Unit, row: AnyRow) -> AnyRow:
    found = waiting(unit, row.id)
    if found is None:
        raise moving.overtaken(unit, row)
    return found


def approve(unit: Unit, viewer: Viewer, case_id: int, now: datetime, *, shown: int | None = None) -> None:
    """Let the head of the agency approve the answer: the sender is told, the office too."""
    row = moving.of_head(unit, viewer, case_id, shown)
    move(State(row.state), Act.ANSWER)
    _answer(unit, row, _waiting(unit, row).id, viewer, now)


def return_draft(
    unit: Unit, viewer: Viewer, case_id: int, reason: str, now: datetime, *, shown: int | None = None
) -> None:
    """Let the head give the draft back with the reason."""
    row = moving.of_head(unit, viewer, case_id, shown)
    move(State(row.state), Act.RETURN_DRAFT)
    why, answer_id = said(reason, "lý do trả lại"), _waiting(unit, row).id
    moved = moving.apply(unit, row, Act.RETURN_DRAFT, now, viewer=viewer, text=why)
    answers.change(unit, answer_id, state=answers.RETURNED, decided_by=viewer.person_id, decided_at=now, reason=why)
    moving.tell_agency(unit, moved.row, moved.event_id, NoticeKind.CASE_RETURNED, now, what="answer")


def record(unit: Unit, viewer: Viewer, case_id: int, what: Answer, now: datetime, *, shown: int | None = None) -> None:
    """Write down, in the office, what an agency outside, or one that works by letters, has answered."""
    row = moving.of_office(unit, viewer, case_id, shown)
    move(State(row.state), Act.RECORD_ANSWER)
    _check(what, now)
    answer_id = _write(unit, viewer, row, what, now)
    _answer(unit, row, answer_id, viewer, now, act=Act.RECORD_ANSWER)


def _answer(unit: Unit, row: AnyRow, answer_id: int, viewer: Viewer, now: datetime, *, act: Act = Act.ANSWER) -> None:
    answer = answers.get(unit, answer_id)
    assert answer is not None
    answers.change(unit, answer_id, state=answers.APPROVED, decided_by=viewer.person_id, decided_at=now)
    moved = moving.apply(
        unit,
        row,
        act,
        now,
        viewer=viewer,
        data={"answer": answer_id, "outcome": answer.outcome},
        answered_at=now,
        answered_on=today(now),
        answer_due_on=row.due_on,
        wait_until=None,
    )
    telling.tell(unit, moved.row, "answered", moved.event_id, now, answer_id=answer_id, rate=True)
    if act is Act.ANSWER:
        moving.tell_office(unit, moved.row, moved.event_id, "answered", now)
