"""What the sender of a case does after sending: adds, answers, appeals, withdraws, rates, reports again.

The caller has made sure who the sender is: by the chat that sent the case, or by the secret part of its code.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.cases import counting, laying, merging, moving, telling
from actions.cases.refusing import APPEALS_AT_MOST
from actions.cases.wording import said
from domain.cases.decisions import Rating
from domain.cases.lifecycle import Act, State
from domain.errors import ActRefused
from domain.local import local, short_day, today
from domain.notices import Kind as NoticeKind
from storage import audit, office_settings
from storage.cases import answers, attachments, events, questions
from storage.database import Unit
from storage.types import AnyRow
from storage.views.cases import senders

ADDED_A_DAY, FILES_OF_CASE = 20, 50
"""So often a day, and so many files in all, a sender may add to one case: each is told to who works on it."""

_ADDING = (Act.SUPPLEMENT.value, Act.CLARIFY.value, Act.REPORT_AGAIN.value, "added", "rate")


def _refuse_flood(unit: Unit, row: AnyRow, now: datetime, files: int = 0) -> None:
    day = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    if events.of_sender_since(unit, row.id, _ADDING, day) >= ADDED_A_DAY:
        raise ActRefused(f"Hôm nay ông/bà đã gửi thêm {ADDED_A_DAY} lần cho {row.code}. Xin gửi tiếp vào ngày mai.")
    if files and len(attachments.of(unit, row.id)) + files > FILES_OF_CASE:
        raise ActRefused(f"{row.code} nhận tối đa {FILES_OF_CASE} tệp. Xin gửi nội dung bằng chữ.")


def add(unit: Unit, row: AnyRow, text: str, file_ids: Sequence[int], now: datetime) -> None:
    """Take what a sender adds: an answer to what was asked, facts to a refusal, or simply more about an open case."""
    _refuse_flood(unit, row, now, len(file_ids))
    words = text.strip() if file_ids else said(text, "nội dung bổ sung")
    attachments.attach(unit, row.id, file_ids, attachments.OF_SUPPLEMENT, now)
    state = State(row.state)
    if state is State.SUPPLEMENT_ASKED:
        _supplement(unit, row, words, now)
    elif state is State.CLARIFYING:
        _clarify(unit, row, words, now)
    elif state is State.REFUSED:
        _appeal(unit, row, words, now)
    elif state.is_open:
        event_id = moving.note(unit, row, "added", now, actor=audit.CITIZEN, text=words)
        _tell_who_has_it(unit, row, event_id, "added", now)
        telling.tell(unit, row, "supplement_received", event_id, now)
    else:
        raise ActRefused(f"{row.code} {state.told}, không bổ sung được nữa.")


def _answered(unit: Unit, row: AnyRow, words: str, now: datetime) -> None:
    waiting = questions.waiting(unit, row.id)
    if waiting is not None:
        questions.answer(unit, waiting.id, words, now)


def _supplement(unit: Unit, row: AnyRow, words: str, now: datetime) -> None:
    _answered(unit, row, words, now)
    moved = moving.apply(unit, row, Act.SUPPLEMENT, now, actor=audit.CITIZEN, text=words, wait_until=None)
    moving.tell_office(unit, moved.row, moved.event_id, "supplemented", now)
    telling.tell(unit, moved.row, "supplement_received", moved.event_id, now)


def _clarify(unit: Unit, row: AnyRow, words: str, now: datetime) -> None:
    waiting = questions.waiting(unit, row.id)
    _answered(unit, row, words, now)
    moved = moving.apply(unit, row, Act.CLARIFY, now, actor=audit.CITIZEN, text=words)
    if waiting is not None:
        laying.give_waiting_back(unit, moved.row, waiting.asked_at, now)
    moving.tell_agency(unit, moved.row, moved.event_id, NoticeKind.CASE_EVENT, now, what="clarified")
    telling.tell(unit, moved.row, "question_answered", moved.event_id, now)


def _appeal(unit: Unit, row: AnyRow, words: str, now: datetime) -> None:
    """Take a refused case up again, once, with what was missing; its first date stands: the age never resets.

    One that only waited too long for its sender is taken up whenever the sender answers.
    """
    timed_out = senders.followed(unit, row).standing.timed_out
    if row.appeals >= APPEALS_AT_MOST and not timed_out:
        raise ActRefused(
            f"{row.code} đã được xem xét lại một lần. Ông/bà có thể gửi phản ánh mới nếu có tình tiết mới."
        )
    moved = moving.apply(
        unit,
        row,
        Act.SUPPLEMENT,
        now,
        actor=audit.CITIZEN,
        text=words,
        appeals=row.appeals + (not timed_out),
        wait_until=None,
    )
    clock = laying.forwarding_clock(unit, today(now), conduct=laying.is_conduct(row))
    laying.move(unit, moved.row, clock, "appealed", now)
    moving.tell_office(unit, moved.row, moved.event_id, "appealed", now)
    telling.tell(unit, moved.row, "supplement_received", moved.event_id, now)


def _tell_who_has_it(unit: Unit, row: AnyRow, event_id: int, what: str, now: datetime) -> None:
    if State(row.state).is_with_agency and row.agency_id is not None and not row.by_document:
        moving.tell_agency(unit, row, event_id, NoticeKind.CASE_EVENT, now, what=what)
    else:
        moving.tell_office(unit, row, event_id, what, now)


def withdraw(unit: Unit, row: AnyRow, now: datetime) -> None:
    """Take a case back; who works on it is told. Cases merged into it go on by themselves."""
    merging.let_go(unit, row, now)
    moved = moving.apply(unit, row, Act.WITHDRAW, now, actor=audit.CITIZEN)
    _tell_of_end(unit, moved, State(row.state), now)
    telling.tell(unit, moved.row, "withdrawn", moved.event_id, now)


def _tell_of_end(unit: Unit, moved: moving.Moved, before: State, now: datetime) -> None:
    row = moved.row
    if before.is_with_agency and row.agency_id is not None and not row.by_document:
        moving.tell_agency(unit, row, moved.event_id, NoticeKind.CASE_EVENT, now, what="withdrawn")
    moving.tell_office(unit, row, moved.event_id, "withdrawn", now)


def last_answer(unit: Unit, case_id: int) -> AnyRow | None:
    """Return the answer that the sender has, None where there is none."""
    told = [one for one in answers.of(unit, case_id) if one.state == answers.APPROVED]
    return told[-1] if told else None


def rate(unit: Unit, row: AnyRow, rating: Rating, reason: str, now: datetime) -> None:
    """Take how content the sender is with the last answer; it may be changed while the case can be reported again.

    The sender of a merged case rates the answer of the one it follows, for itself.
    """
    answer = last_answer(unit, row.master_id or row.id)
    if answer is None:
        raise ActRefused(f"{row.code} chưa có trả lời để đánh giá.")
    if State(row.state) not in {State.ANSWERED, State.PUBLISHED, State.MERGED}:
        raise ActRefused(f"{row.code} {State(row.state).told}, không đánh giá được nữa.")
    _refuse_flood(unit, row, now)
    if row.master_id is None:
        answers.change(unit, answer.id, rating=rating.value, rating_reason=reason.strip()[:500], rated_at=now)
        counting.rated(unit, row.id, rating, now)
    moving.note(unit, row, "rate", now, actor=audit.CITIZEN, text=reason.strip()[:500], data={"rating": rating.value})


def report_again(unit: Unit, row: AnyRow, text: str, file_ids: Sequence[int], now: datetime) -> None:
    """Take a case up again whose answer did not settle it, within the office's days; the code stays."""
    days = office_settings.number(unit, "case_reopen_days")
    if row.answered_on is not None and today(now) > row.answered_on + timedelta(days=days):
        last = short_day(row.answered_on + timedelta(days=days))
        raise ActRefused(f"Chỉ phản ánh lại {row.code} đến hết {last}. Ông/bà có thể gửi phản ánh mới.")
    _refuse_flood(unit, row, now, len(file_ids))
    words = said(text, "điều chưa được giải quyết", 10, 4000)
    attachments.attach(unit, row.id, file_ids, attachments.OF_SUPPLEMENT, now)
    moved = moving.apply(
        unit, row, Act.REPORT_AGAIN, now, actor=audit.CITIZEN, text=words, rounds=row.rounds + 1, published_at=None
    )
    clock = laying.forwarding_clock(unit, today(now), conduct=laying.is_conduct(row))
    laying.move(unit, moved.row, clock, "reopened", now)
    moving.tell_office(unit, moved.row, moved.event_id, "reported_again", now, rounds=moved.row.rounds)
    until = clock.due_on.isoformat() if clock.due_on else None
    telling.tell(unit, moved.row, "reopened", moved.event_id, now, until=until)
