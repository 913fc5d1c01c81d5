"""Asking for a later date, and the coordinating office's answer.

While the answer is waited for, reminders and climbing rest. A granted date is a new due version with its basis and
a ladder of its own; the plan's own date stays in the history.
"""

from dataclasses import dataclass
from datetime import date, datetime

from actions import moves
from domain.assignments import Act
from domain.errors import ActRefused, NotFound
from domain.extensions import State, check_date
from domain.local import local, long_day, today
from domain.notices import Kind
from domain.people import Viewer
from domain.workdays import WorkCalendar
from storage import assignments, extensions, planned
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
    return sum(
        moves.tell_office(
            unit, one.assignment_id, f"event:extension_waits:{one.id}", Kind.EXTENSION, now, {"extension": one.id}
        )
        for one in extension_views.pending(unit)
        if calendar.between(today(one.asked_at), today(now)) >= FORGOTTEN_DAYS
    )


@dataclass(frozen=True, slots=True)
class Word:
    """The office's word: who agreed (name and title as text), and the document with its date, either may be ""."""

    agreed_by: str = ""
    basis: str = ""


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
    how = "Văn phòng đồng ý gia hạn đến"
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
    row = moves.of_office(unit, viewer, asked.assignment_id)
    if asked.state != State.PENDING:
        raise ActRefused(answered(asked))
    return asked, row


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
    decided = extensions.decide(
        unit,
        asked.id,
        state,
        now,
        person_id=viewer.person_id,
        granted_until=until,
        agreed_by=word.agreed_by or viewer.name,
        basis=word.basis,
    )
    if not decided:
        raise ActRefused(answered(extension_views.by_ids(unit, [asked.id])[asked.id]))


def _say(unit: Unit, viewer: Viewer, row: AnyRow, asked: AnyRow, said: str, word: Word, now: datetime) -> None:
    """Keep the answer among what was said, and tell the agency's officers."""
    by = "; ".join(filter(None, (word.agreed_by, word.basis)))
    assignments.comment(unit, row.id, "extended", f"{said}{f' ({by})' if by else ''}", viewer.person_id, now)
    moves.tell_agency(
        unit, row.agency_id, row.id, f"event:extended:{asked.id}", Kind.EXTENDED, now, {"extension": asked.id}
    )
