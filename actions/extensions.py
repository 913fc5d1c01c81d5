"""Asking for a later date, and the coordinating office's answer.

While the answer is waited for, reminders and climbing rest. A granted date is a new due version with its basis and
a ladder of its own; the plan's own date stays in the history.
"""

from dataclasses import dataclass
from datetime import date, datetime

from actions import following, moves
from domain.assignments import Act
from domain.errors import ActRefused, NotFound
from domain.extensions import State, check_date
from domain.local import local, long_day, today
from domain.notices import Kind
from domain.people import Role, Viewer
from domain.workdays import WorkCalendar
from storage import assignments, audit, extensions, follows, notices, offices, planned
from storage.database import Unit
from storage.types import AnyRow
from storage.views import extensions as extension_views

EXTENDED = "extended"
HELD = "held"
"""Reasons kept with a date: the office agreed to a later one; it refused, but only after the date had passed."""


def ask(unit: Unit, viewer: Viewer, assignment_id: int, until: date, reason: str, document: str, now: datetime) -> int:
    """Ask for a later date with the reason and the document ("" where it follows); return the request's id.

    Raises NotFound for a stranger's assignment, ActRefused for a date that extends nothing and where the state
    does not allow it: one request at a time.
    """
    row = moves.own(unit, viewer, assignment_id)
    check_date(until, row.due_on, today(now))
    moves.apply(unit, row, Act.ASK_EXTENSION, viewer, now)
    planned.suspend(unit, row.id)
    said = f"đến {long_day(until)}: {reason}{f' ({document})' if document else ''}"
    assignments.comment(unit, row.id, "extension", said, viewer.person_id, now)
    extension_id = extensions.add(unit, row.id, viewer.person_id, until, reason, document, now)
    moves.tell_office(unit, row.id, f"event:extension:{extension_id}", Kind.EXTENSION, now, {"extension": extension_id})
    return extension_id


FORGOTTEN_DAYS = 3
"""Working days after which a request that nobody has answered is brought up again, once."""


def announce_forgotten(unit: Unit, now: datetime, calendar: WorkCalendar) -> int:
    """Remind the coordinators of requests that have waited too long; return how many notices are new."""
    if not offices.first_look(unit, "forgotten_on", today(now), now):
        return 0
    return sum(
        moves.tell_office(
            unit, one.assignment_id, f"event:extension_waits:{one.id}", Kind.EXTENSION, now, {"extension": one.id}
        )
        for one in extension_views.pending(unit)
        if one.proposed_at is None
        if calendar.between(today(one.asked_at), today(now)) >= FORGOTTEN_DAYS
    )


@dataclass(frozen=True, slots=True)
class Word:
    """The office's word: who agreed (name and title as text), and the document with its date, either may be ""."""

    agreed_by: str = ""
    basis: str = ""
    agreed_on: date | None = None
    """The day on which it was agreed to or refused, None for today."""


def propose(unit: Unit, viewer: Viewer, extension_id: int, until: date | None, note: str, now: datetime) -> None:
    """Put a request before the leaders with the office's own sentence: a yes until a date, or (None) a no.

    Raises ActRefused where leaders do not decide, where it was answered or put there before, and for a date that
    extends nothing.
    """
    asked, row = _asked(unit, viewer, extension_id)
    if not extension_views.leader_decides(unit):
        raise ActRefused("Gia hạn hiện do Văn phòng quyết định. Xin trả lời đề nghị này trực tiếp.")
    if until is not None:
        check_date(until, row.due_on, today(now))
    if not extensions.propose(unit, extension_id, until, note, viewer.person_id, now):
        raise ActRefused(f"Đề nghị gia hạn {asked.code} đã được trình lãnh đạo trước đó.")
    audit.record(unit, "propose", "extension", extension_id, now, person_id=viewer.person_id)
    for person_id in following.leaders_of(unit, follows.about(unit, row.id)):
        notices.add(
            unit,
            person_id,
            f"event:proposed:{extension_id}",
            Kind.PROPOSED,
            now,
            role=Role.LEADER,
            matter_id=row.id,
            data={"extension": extension_id},
        )


def grant(unit: Unit, viewer: Viewer, extension_id: int, until: date, word: Word, now: datetime) -> None:
    """Agree to a date, the one asked for or another.

    Raises ActRefused where the request was answered before, naming the answer, and for a date that extends nothing.
    """
    asked, row = _asked(unit, viewer, extension_id)
    check_date(until, row.due_on, today(now))
    _decide(unit, viewer, asked, State.GRANTED, word, now, until)
    moves.apply(unit, row, Act.GRANT, viewer, now)
    said = f"đồng ý đến {long_day(until)}, hạn trước {long_day(row.due_on)}"
    _say(unit, viewer, row, asked, said, word, now)
    basis = "; ".join(filter(None, (word.basis, word.agreed_by and f"người đồng ý: {word.agreed_by}")))
    how = f"{'Lãnh đạo' if _by_leader(viewer, asked) else 'Văn phòng'} đồng ý gia hạn đến"
    moves.move_due(unit, row, until, EXTENDED, now, how=how, basis=basis, by=viewer.person_id)


def refuse(unit: Unit, viewer: Viewer, extension_id: int, reason: str, word: Word, now: datetime) -> date | None:
    """Say no with the reason; what remains of the ladder stands again.

    Where it was asked for in time and the date has passed meanwhile, the working days it waited are given back:
    returns the new last day on time then. Raises ActRefused where the request was answered before.
    """
    asked, row = _asked(unit, viewer, extension_id)
    _decide(unit, viewer, asked, State.REFUSED, word, now)
    moves.apply(unit, row, Act.REFUSE, viewer, now)
    planned.resume(unit, row.id, now)
    passed = row.due_on is not None and today(now) > row.due_on
    given_back = moves.give_days_back(unit, row, today(asked.asked_at), HELD, now) if passed else None
    moved = f"; cộng lại số ngày làm việc đã chờ, đến {long_day(given_back)}" if given_back else ""
    _say(unit, viewer, row, asked, f"không đồng ý: {reason}{moved}", word, now)
    return given_back


def _asked(unit: Unit, viewer: Viewer, extension_id: int) -> tuple[AnyRow, AnyRow]:
    """Return the request that waits and its assignment."""
    asked = extension_views.by_ids(unit, [extension_id]).get(extension_id)
    if asked is None:
        raise NotFound("đề nghị gia hạn này")
    row = assignments.get(unit, asked.assignment_id)
    if row is None or not (viewer.coordinates or _is_before(unit, viewer, asked)):
        raise NotFound("đề nghị gia hạn này")
    if asked.state != State.PENDING:
        raise ActRefused(answered(asked))
    return asked, row


def _is_before(unit: Unit, viewer: Viewer, asked: AnyRow) -> bool:
    """Whether a request was put before this leader."""
    if not viewer.leads or asked.proposed_at is None:
        return False
    waiting = {one.id for one in extension_views.for_leader(unit, viewer.person_id)}
    return asked.state != State.PENDING or asked.id in waiting


def _by_leader(viewer: Viewer, asked: AnyRow) -> bool:
    return viewer.leads and asked.proposed_at is not None


def _check_decider(unit: Unit, viewer: Viewer, asked: AnyRow) -> None:
    """Raise ActRefused where a leader decides and this is none of them."""
    if extension_views.leader_decides(unit) and not _is_before(unit, viewer, asked):
        raise ActRefused("Gia hạn do lãnh đạo UBND quyết định. Xin trình lãnh đạo kèm ý kiến của Văn phòng.")


def answered(asked: AnyRow) -> str:
    """Return the sentence that tells how a request was answered, by whom and when."""
    if asked.state == State.WITHDRAWN:
        return f"Đề nghị gia hạn {asked.code} không còn chờ trả lời: đơn vị đã rút hoặc đã báo cáo."
    how = f"đồng ý đến {long_day(asked.granted_until)}" if asked.state == State.GRANTED else "không đồng ý"
    who = f" {asked.decider}" if asked.decider else ""
    when = f"{local(asked.decided_at):%H:%M %d/%m/%Y}"
    return f"Đề nghị gia hạn {asked.code} đã được{who} trả lời lúc {when}: {how}."


def _decide(
    unit: Unit, viewer: Viewer, asked: AnyRow, state: State, word: Word, now: datetime, until: date | None = None
) -> None:
    _check_decider(unit, viewer, asked)
    decided = extensions.decide(
        unit,
        asked.id,
        state,
        now,
        person_id=viewer.person_id,
        granted_until=until,
        agreed_by=word.agreed_by or viewer.name,
        agreed_on=word.agreed_on or today(now),
        basis=word.basis,
    )
    if not decided:
        raise ActRefused(answered(extension_views.by_ids(unit, [asked.id])[asked.id]))


def _say(unit: Unit, viewer: Viewer, row: AnyRow, asked: AnyRow, said: str, word: Word, now: datetime) -> None:
    """Keep the answer among what was said, and tell the agency's officers, and the office where a leader answered."""
    when = f"ngày {word.agreed_on:%d/%m/%Y}" if word.agreed_on and word.agreed_on != today(now) else ""
    by = "; ".join(filter(None, (word.agreed_by, word.basis, when)))
    assignments.comment(unit, row.id, "extended", f"{said}{f' ({by})' if by else ''}", viewer.person_id, now)
    moves.tell_agency(
        unit, row.agency_id, row.id, f"event:extended:{asked.id}", Kind.EXTENDED, now, {"extension": asked.id}
    )
    if _by_leader(viewer, asked):
        moves.tell_office(unit, row.id, f"event:decided:{asked.id}", Kind.EXTENDED, now, {"extension": asked.id})
