"""A breach of personal data: registered, counted down, each step written, the people it touches listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.cases.wording import said
from actions.plans import by
from domain.cases.fields import Reporter
from domain.errors import ActRefused, NotFound, Stale
from domain.explanations import kept, of_decision
from domain.incidents import Mark, Step, countdown, due_at, left, marked
from domain.local import local, today
from domain.notices import Kind
from domain.people import Role, Viewer
from storage import audit, calendars, incidents, matters, notices, offices, people
from storage.cases import people as citizens
from storage.cases import rows
from storage.database import Unit
from storage.types import AnyRow

SUBJECT = "incident"

REMIND_AT_HOURS = (48, 24, 8, 2)
"""Hours left to tell the authority at which the office is reminded, in its hours; the law's hours run on."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a breach touches: the senders of cases received between two days, and of single cases."""

    since: date | None = None
    until: date | None = None
    codes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the form in which it is kept."""
        days = {"since": self.since, "until": self.until}
        named = {name: one.isoformat() for name, one in days.items() if one}
        return {**named, "codes": list(self.codes)} if self.codes else named


def register(
    unit: Unit, viewer: Viewer | None, description: str, discovered_at: datetime, scope: Scope, now: datetime
) -> AnyRow:
    """Write a breach into the register, by a coordinator or (None) the operator; the office is told at once.

    Raises ActRefused for a discovery in the future and for cases that there are not.
    """
    who = by(viewer)
    words = said(description, "điều đã xảy ra", 10, 4000)
    if discovered_at > now:
        raise ActRefused("Thời điểm phát hiện đang ở tương lai. Xin kiểm tra lại giờ, ngày.")
    unknown = [one for one in scope.codes if rows.by_code(unit, one) is None]
    if unknown:
        raise ActRefused(f"Không có phản ánh mang mã {', '.join(unknown[:5])}.")
    due = due_at(Step.AUTHORITY, discovered_at)
    assert due is not None
    calendar, due_on = calendars.in_force(unit), today(due)
    matter = {
        "kind": SUBJECT,
        "due_on": due_on,
        "due_version": 1,
        "calendar_version": calendar.version,
        "opened_at": discovered_at,
    }
    incident_id = matters.add(unit, [matter])[0]
    how = f"72 giờ kể từ khi phát hiện lúc {local(discovered_at):%H:%M %d/%m/%Y} (Luật 91/2025/QH15, Điều 23)."
    explained = kept(of_decision("", how, due_on), due_on, calendar)
    row = {
        "matter_id": incident_id,
        "number": 1,
        "due_on": due_on,
        "reason": "received",
        "calendar_version": calendar.version,
        "explanation": explained,
        "at": now,
    }
    matters.add_due(unit, [row])
    incidents.add(
        unit,
        incident_id,
        code=f"SC-{offices.next_number(unit, SUBJECT):04d}",
        description=words,
        discovered_at=discovered_at,
        scope=scope.to_json(),
        registered_by=viewer.person_id if viewer else None,
    )
    audit.record(unit, "register", SUBJECT, incident_id, now, **who)
    _tell(unit, incident_id, "registered", now)
    found = incidents.get(unit, incident_id)
    assert found is not None
    return found


def _tell(unit: Unit, incident_id: int, what: str, now: datetime) -> int:
    return sum(
        notices.add(
            unit,
            person_id,
            f"event:incident:{what}",
            Kind.INCIDENT,
            now,
            role=Role.COORDINATOR,
            matter_id=incident_id,
        )
        for person_id in people.active(unit, Role.COORDINATOR)
    )


def of_code(unit: Unit, code: str) -> AnyRow:
    """Return an incident. Raises NotFound."""
    row = incidents.by_code(unit, code.strip().upper())
    if row is None:
        raise NotFound("sự cố này")
    return row


def mark(
    unit: Unit, viewer: Viewer | None, code: str, step: Step, at: datetime, skipped_because: str, now: datetime
) -> AnyRow:
    """Write that a step was done, or why it is left out; the last one closes the incident."""
    who, row = by(viewer), of_code(unit, code)
    if row.closed_at is not None:
        raise ActRefused(f"{row.code} đã đóng.")
    if at > now:
        raise ActRefused("Thời điểm làm đang ở tương lai. Xin kiểm tra lại giờ, ngày.")
    marks = marked(step, incidents.marks_of(row), Mark(at, skipped_because.strip()), row.discovered_at)
    if not rows.change(unit, row.id, row.version):
        raise Stale()
    incidents.put_marks(unit, row.id, marks)
    audit.record(unit, step.value, SUBJECT, row.id, now, **who, skipped=bool(skipped_because))
    if not left(marks):
        matters.close(unit, row.id, now)
    found = incidents.get(unit, row.id)
    assert found is not None
    return found


def remind(unit: Unit, now: datetime) -> int:
    """Remind the office of breaches of which the authority is not told yet; return how many notices are new.

    Each of the hours is one occasion; of those that were passed over, say in a gap, only the latest is said.
    """
    told = 0
    for row in incidents.everything(unit, open_only=True):
        if Step.AUTHORITY in incidents.marks_of(row):
            continue
        hours = countdown(row.discovered_at, now).total_seconds() / 3600
        passed = [one for one in REMIND_AT_HOURS if hours <= one]
        if passed:
            told += _tell(unit, row.id, "late" if hours < 0 else f"left{min(passed)}", now)
    return told


@dataclass(frozen=True, slots=True)
class Affected:
    """One person whom a breach touches, with the cases by which the office knows them; None once erased."""

    codes: tuple[str, ...]
    who: Reporter | None


def affected(unit: Unit, viewer: Viewer | None, code: str, now: datetime) -> Sequence[Affected]:
    """Return whom a breach touches, to be told of it; that it was read is kept for each of them."""
    by(viewer)
    row = of_code(unit, code)
    found: dict[object, list[AnyRow]] = {}
    known: dict[object, Reporter | None] = {}
    for one in incidents.affected(unit, row.scope):
        who = citizens.get(unit, one.citizen_id)
        person = (who.name, who.phone or who.email or who.mail) if who else one.citizen_id
        known[person] = who
        found.setdefault(person, []).append(one)
        if who is not None:
            reader = viewer.person_id if viewer else None
            citizens.note_read(unit, one.citizen_id, one.id, reader, f"danh sách người bị ảnh hưởng {row.code}", now)
    audit.record(unit, "export", SUBJECT, row.id, now, **by(viewer), people=len(found))
    return [Affected(tuple(one.code for one in theirs), known[person]) for person, theirs in found.items()]
