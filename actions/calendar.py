"""Changing the work calendar: shown first, then written with everything that follows from it.

A change is a new version of the calendar. Open dates that derive from it are recounted, reminders of open matters
are laid out by it again, and only people whose date moved are told.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.recounting import FIRST, Effect, MovedDate, effect, known_on, laid_at
from domain import calendar_changes as rules
from domain.assignments import State
from domain.calendar_changes import Proposal
from domain.errors import ActRefused, Stale
from domain.explanations import SAYINGS, kept
from domain.local import long_day, today
from domain.notices import Kind
from domain.people import Role, Viewer
from domain.workdays import CalendarDay, DayKind, OfficeHours, WorkCalendar
from messages.render import render
from storage import audit, calendars, notices, people, planned, recounts
from storage.database import Unit

REASON = "calendar"
"""The reason kept with a date that moved because the calendar changed."""

CASE = "case"
"""The kind of matter that a citizen's case is."""

Propose = Callable[[WorkCalendar], Proposal]
"""What is to be changed in the calendar as it stands. Raises ActRefused for what no calendar can mean."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A change with its effect: `version` is the calendar's before it when only shown, after it when written."""

    version: int
    proposal: Proposal
    effect: Effect

    def to_json(self) -> dict[str, Any]:
        """Return what scripts are shown."""
        return {
            "version": self.version,
            "source": self.proposal.source,
            "days": [
                {"day": one.day.isoformat(), "before": _entry(one.before), "after": _entry(one.after)}
                for one in self.proposal.changes
            ],
            **self.effect.to_json(),
        }


def _entry(one: CalendarDay | None) -> dict[str, str] | None:
    return None if one is None else {"kind": one.kind.value, "source": one.source}


def said(found: Changed, *, done: bool) -> str:
    """Return a change with its effect as people read it, before it is written or (`done`) after."""
    return render("calendar/effect", **values_of(found), done=done, note="")


def values_of(found: Changed) -> dict[str, Any]:
    """Return what the texts and pages about a change ask for."""
    return {
        "proposal": found.proposal,
        "dates": found.effect.dates,
        "moments": found.effect.moments,
        "first": FIRST,
        "kinds": SAYINGS,
    }


def adding(day: date, kind: DayKind, source: str, now: datetime, swap_with: date | None = None) -> Propose:
    """Propose an exception."""
    return lambda calendar: rules.entry(calendar, day, kind, source, today(now), swap_with)


def removing(day: date, source: str) -> Propose:
    """Propose that a day be plain again."""
    return lambda calendar: rules.removal(calendar, day, source)


def confirming(year: int, source: str) -> Propose:
    """Propose that a year's days rest on the official notice."""
    return lambda calendar: rules.confirmation(calendar, year, source)


def preview(unit: Unit, propose: Propose, now: datetime, viewer: Viewer | None) -> Changed:
    """Return what a change would do, written nowhere. Raises ActRefused, also for who is no coordinator."""
    _by(viewer)
    before = calendars.in_force(unit)
    proposal = propose(before)
    _refuse_confirmed(unit, proposal)
    return Changed(before.version, proposal, effect(unit, before, rules.applied(before, proposal.changes), now))


def change(unit: Unit, propose: Propose, now: datetime, viewer: Viewer | None, *, shown: int | None = None) -> Changed:
    """Write a change and everything that follows. `viewer` is the coordinator, None for the operator.

    `shown` is the version for which the effect was shown. Raises ActRefused; Stale where the calendar is another now.
    """
    who = _by(viewer)
    calendars.lock(unit)
    before = calendars.in_force(unit)
    if shown is not None and shown != before.version:
        raise Stale()
    proposal = propose(before)
    _refuse_confirmed(unit, proposal)
    return _write(unit, before, proposal, now, who)


def fill(unit: Unit, changes: tuple[rules.Change, ...], source: str, now: datetime) -> Changed:
    """Write changes that the program itself brings: the days of a new year, the switch for 24/11."""
    calendars.lock(unit)
    return _write(unit, calendars.in_force(unit), Proposal(changes, source), now, {"actor": audit.OPERATOR})


def _by(viewer: Viewer | None) -> dict[str, Any]:
    if viewer is None:
        return {"actor": audit.OPERATOR}
    if not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới sửa được lịch làm việc.")
    return {"person_id": viewer.person_id}


def _refuse_confirmed(unit: Unit, proposal: Proposal) -> None:
    if proposal.year is not None and calendars.is_confirmed(unit, proposal.year):
        raise ActRefused(f"Lịch nghỉ năm {proposal.year} đã được xác nhận trước đó.")


def _write(unit: Unit, before: WorkCalendar, proposal: Proposal, now: datetime, who: dict[str, Any]) -> Changed:
    version = calendars.write(unit, proposal.changes, proposal.source, now)
    after = rules.applied(before, proposal.changes, version)
    found = effect(unit, before, after, now)
    done = Changed(version, proposal, found)
    calendars.log(unit, version, proposal.changes, found.to_json())
    if proposal.year is not None:
        calendars.confirm(unit, proposal.year, proposal.source, now)
    _move(unit, found, after, proposal.source, now, who)
    days = [one.day.isoformat() for one in proposal.changes]
    told = {"days": days, "reminders": len(found.moments), "dues": len(found.dates), **who}
    audit.record(unit, "calendar", "calendar", version, now, **told)
    return done


def _move(unit: Unit, found: Effect, after: WorkCalendar, source: str, now: datetime, who: dict[str, Any]) -> None:
    recounts.shift(unit, found.shifted)
    recounts.drop(unit, found.dropped)
    recounts.cancel(unit, found.cancelled)
    recounts.move_dates(unit, _due_rows(found.dates, after, source, now, who))
    planned.add(unit, found.added)
    recounts.stamp(unit, after.version)
    audit.record_each(unit, "move_due", [(one.matter.kind, one.matter.id) for one in found.dates], now, **who)
    _tell(unit, found.dates, source, now)


def _due_rows(
    dates: list[MovedDate], after: WorkCalendar, source: str, now: datetime, who: dict[str, Any]
) -> list[dict[str, Any]]:
    explained: dict[tuple[Any, ...], dict[str, Any]] = {}  # many matters share one
    rows = []
    for one in dates:
        since, known = laid_at(one.matter).isoformat(), known_on(one.matter)
        key = (one.grounds, one.old, one.new, since, known)
        if key not in explained:
            more = {"before": one.old.isoformat(), "laid_at": since, "known_on": known.isoformat() if known else None}
            explained[key] = kept(one.grounds, one.new, after, **more)
        rows.append(
            {
                "matter_id": one.matter.id,
                "number": one.matter.due_version + 1,
                "due_on": one.new,
                "reason": REASON,
                "decided_by": who.get("person_id"),
                "calendar_version": after.version,
                "explanation": explained[key],
                "basis": source,
                "at": now,
            }
        )
    return rows


def _tell(unit: Unit, dates: list[MovedDate], source: str, now: datetime) -> None:
    """Tell whose date moved: the agency's officers while they have it to do; of a case the coordinators."""
    audiences: dict[int | None, list[int]] = {}
    for one in dates:
        matter = one.matter
        if matter.state is not None and State(matter.state).is_done_by_agency:
            continue
        agency_id = None if matter.kind == CASE else matter.agency_id
        if agency_id not in audiences:
            audiences[agency_id] = _audience(unit, agency_id, now)
        moved = ["deadline", long_day(one.old), long_day(one.new)]
        for person_id in audiences[agency_id]:
            notices.add(
                unit,
                person_id,
                f"event:calendar:due{matter.due_version + 1}",
                Kind.AMENDED,
                now,
                role=Role.COORDINATOR if agency_id is None else Role.OFFICER,
                matter_id=matter.id,
                agency_id=agency_id,
                data={"cancelled": False, "changes": [moved], "calendar": source},
            )


def _audience(unit: Unit, agency_id: int | None, now: datetime) -> list[int]:
    if agency_id is None:
        return people.active(unit, Role.COORDINATOR)
    return people.members(unit, agency_id, Role.OFFICER, today(now))


def set_hours(unit: Unit, hours: OfficeHours, source: str, now: datetime, viewer: Viewer | None) -> None:
    """Set the hours in which messages leave unasked. Raises ActRefused without a source."""
    who = _by(viewer)
    document = rules.read_source(source)
    calendars.set_hours(unit, hours, document, now)
    told = [hours.morning.said, hours.afternoon.said]
    audit.record(unit, "office_hours", "calendar", calendars.in_force(unit).version, now, hours=told, **who)


WARNED_IN = (11, 12)
"""Months in which the coordinators are told, once each, that the coming year is not confirmed."""


def announce_unconfirmed(unit: Unit, now: datetime) -> int:
    """Tell the coordinators in November, and again in December, where next year is unconfirmed; return how many."""
    day = today(now)
    if day.month not in WARNED_IN or calendars.is_confirmed(unit, day.year + 1):
        return 0
    return sum(
        notices.add(
            unit,
            person_id,
            f"calendar:{day.year + 1}:{day:%Y-%m}",
            Kind.CALENDAR,
            now,
            role=Role.COORDINATOR,
            data={"year": day.year + 1},
        )
        for person_id in people.holders(unit, Role.COORDINATOR)
    )
