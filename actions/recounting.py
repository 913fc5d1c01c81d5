"""What a changed work calendar does to what is open: dates that derive from it, and reminders laid out by it.

The effect is computed first, from the calendar before and the one after; showing it and writing it are the same
computation, so what was shown is what happens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.agencies import ASKED_TO_COOPERATE
from domain.assignments import State
from domain.cases.ladders import doer
from domain.explanations import Grounds, grounds_in
from domain.ladder import Dates, Ladder, Step, heard_by, lay_out
from domain.local import local, today
from domain.people import Role
from domain.reckoning import moved
from domain.workdays import WorkCalendar
from storage import agencies, ladders, planned, recounts
from storage.database import Unit
from storage.types import AnyRow

FIRST = 5
"""So many changes are told one by one before a change is agreed to."""


@dataclass(frozen=True, slots=True)
class MovedDate:
    """One open date that derives from the calendar, and what it becomes."""

    matter: AnyRow
    grounds: Grounds
    old: date
    new: date


@dataclass(frozen=True, slots=True)
class MovedMoment:
    """One planned word whose moment changes; None where there was none, or is none any more."""

    code: str
    rung: str
    kind: str
    old: datetime | None
    new: datetime | None


@dataclass(slots=True)
class Effect:
    """Everything that one change of the calendar does to what is open."""

    dates: list[MovedDate] = field(default_factory=list)
    moments: list[MovedMoment] = field(default_factory=list)
    shifted: dict[int, datetime] = field(default_factory=dict)
    """Planned moments by id, and their new time."""
    dropped: list[int] = field(default_factory=list)
    cancelled: list[int] = field(default_factory=list)
    """Planned moments of dates that move: those of the new dates are in `added`."""
    added: list[dict[str, Any]] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the counts, and the first changes as old → new."""
        return {
            "reminders": len(self.moments),
            "dues": len(self.dates),
            "first_dues": [
                {"code": one.matter.code, "old": one.old.isoformat(), "new": one.new.isoformat()}
                for one in self.dates[:FIRST]
            ],
            "first_reminders": [
                {"code": one.code, "rung": one.rung, "kind": one.kind, "old": _iso(one.old), "new": _iso(one.new)}
                for one in self.moments[:FIRST]
            ],
        }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else local(at).isoformat()


def laid_at(row: AnyRow) -> datetime:
    """Return the moment from which the ladder of a row of `recounts.open_dates` was laid out.

    A recount lays out from the moment of the decision that it recounts.
    """
    kept = (row.explanation or {}).get("laid_at")
    if kept is not None:
        return datetime.fromisoformat(kept)
    found: datetime = row.opened_at if row.due_version == 1 or row.decided_at is None else row.decided_at
    return found


def known_on(row: AnyRow) -> date | None:
    """Return the day from which the agency has known what it owes, where that is kept with the date."""
    kept = (row.explanation or {}).get("known_on")
    return None if kept is None else date.fromisoformat(kept)


def effect(unit: Unit, before: WorkCalendar, after: WorkCalendar, now: datetime) -> Effect:
    """Return what happens to everything open when the calendar `before` becomes `after`; nothing is written."""
    return _Recount(unit, before, after, now).done()


Changed = Mapping[str, tuple[Step | None, Step | None]]
"""Steps before and after by rung, where they differ."""


@dataclass(slots=True)
class _Recount:
    """One computation; what many matters share (ladder, moment of issue, date) is laid out once."""

    unit: Unit
    before: WorkCalendar
    after: WorkCalendar
    now: datetime
    office_id: int | None = None
    asked: frozenset[int] = frozenset()
    ladders: dict[int, Ladder] = field(default_factory=dict)
    laid: dict[tuple[Any, ...], dict[str, Step]] = field(default_factory=dict)
    differing: dict[tuple[Any, ...], Changed] = field(default_factory=dict)
    found: Effect = field(default_factory=Effect)

    def done(self) -> Effect:
        """Return the effect."""
        self.office_id = agencies.coordinating_id(self.unit)
        self.asked = agencies.with_relation(self.unit, ASKED_TO_COOPERATE)
        self.ladders = ladders.every(self.unit)
        staying: dict[int, AnyRow] = {}
        for row in recounts.open_dates(self.unit):
            grounds = grounds_in(row.explanation or {})
            new = row.due_on if grounds is None else self._date(grounds, row.due_on)
            if grounds is not None and new != row.due_on:
                self.found.dates.append(MovedDate(row, grounds, row.due_on, new))
            elif row.ladder_id is not None:
                staying[row.id] = row
        self._relay_staying(staying)
        self._relay_moved()
        self.found.moments.sort(key=lambda one: one.old or one.new or self.now)
        return self.found

    def _date(self, grounds: Grounds, old: date) -> date:
        if grounds.reckoning is None:
            return old
        return moved(grounds.reckoning, old, self.after, today(self.now))

    def _steps(self, row: AnyRow, due_on: date, calendar: WorkCalendar) -> dict[str, Step]:
        """Return the steps of a matter's frozen ladder by rung, as laid out when its date was decided."""
        since = laid_at(row)
        key = (row.ladder_id, since, known_on(row), row.starts_on, due_on, calendar is self.after)
        if key not in self.laid:
            dates = Dates(local(since), row.starts_on, due_on, known_on(row))
            steps = lay_out(self.ladders[row.ladder_id], dates, calendar)
            self.laid[key] = {step.rung.name: step for step in steps}
        return self.laid[key]

    def _changed(self, row: AnyRow) -> Changed:
        """Return the rungs of a matter whose date stays that have another moment, or appear, or vanish."""
        key = (row.ladder_id, laid_at(row), known_on(row), row.starts_on, row.due_on)
        if key not in self.differing:
            old, new = (self._steps(row, row.due_on, calendar) for calendar in (self.before, self.after))
            names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
            self.differing[key] = {name: (old.get(name), new.get(name)) for name in names}
        return self.differing[key]

    def _relay_staying(self, rows: Mapping[int, AnyRow]) -> None:
        changed = {matter_id: found for matter_id, row in rows.items() if (found := self._changed(row))}
        times = [step.at for found in self.differing.values() for step, _ in found.values() if step is not None]
        if times:
            for moment in recounts.moments_between(self.unit, min(times), max(times)):
                self._shift(moment, changed.get(moment.matter_id, {}), rows)
        appearing = [matter_id for matter_id, found in changed.items() if any(old is None for old, _ in found.values())]
        known = recounts.rungs_of(self.unit, appearing)
        for matter_id in appearing:
            for name, (old, new) in changed[matter_id].items():
                if old is None and new is not None and new.at > self.now and name not in known.get(matter_id, set()):
                    self._lay(rows[matter_id], new, rows[matter_id].due_version)

    def _shift(self, moment: AnyRow, changed: Changed, rows: Mapping[int, AnyRow]) -> None:
        """Move one moment with its rung; one that a person has put elsewhere, or that was passed over, stays."""
        old, new = changed.get(moment.rung, (None, None))
        if old is None or moment.at != old.at or self._passed_over(moment):
            return
        if new is None:
            self.found.dropped.append(moment.id)
        else:
            self.found.shifted[moment.id] = new.at
        code = rows[moment.matter_id].code
        self.found.moments.append(MovedMoment(code, moment.rung, moment.kind, moment.at, new.at if new else None))

    def _passed_over(self, moment: AnyRow) -> bool:
        return bool(moment.state == planned.SKIPPED and moment.at <= self.now)

    def _relay_moved(self) -> None:
        """Lay the ladders of moved dates out anew: what lies ahead, and what came due but was not said yet."""
        unsaid = recounts.unsaid_of(self.unit, [one.matter.id for one in self.found.dates])
        for one in self.found.dates:
            if one.matter.ladder_id is None:
                continue
            rows = unsaid.get(one.matter.id, [])
            self.found.cancelled += [row.id for row in rows]
            waiting = {row.rung: row for row in rows if not self._passed_over(row)}
            steps = self._steps(one.matter, one.new, self.after)
            for name, step in steps.items():
                if step.at > self.now or name in waiting:
                    self._lay(one.matter, step, one.matter.due_version + 1, waiting.get(name))
            gone = [row for name, row in waiting.items() if name not in steps]
            self.found.moments += [MovedMoment(one.matter.code, row.rung, row.kind, row.at, None) for row in gone]

    def _lay(self, row: AnyRow, step: Step, due_version: int, before: AnyRow | None = None) -> None:
        """Lay one step out. One that has come keeps the state that its rung had for the date before."""
        own, asked = row.agency_id == self.office_id, row.agency_id in self.asked
        heard = heard_by(step.rung.role, own=own, asked=asked)
        if heard is None:
            return
        role, direct = doer(heard, conduct=bool(row.conduct))
        resting = row.state is not None and State(row.state).suspends_reminders
        fresh = {
            "matter_id": row.id,
            "rung": step.rung.name,
            "due_version": due_version,
            "at": step.at,
            "agency_id": row.agency_id if role in {Role.OFFICER, Role.HEAD} else self.office_id,
            "role": role.value,
            "kind": step.rung.kind.value,
            "state": planned.SKIPPED if resting else planned.WAITING,
            "reason": None,
            "direct": direct,
            "person_id": row.handler_id if direct else None,
        }
        if before is not None and step.at <= self.now:
            fresh |= {"state": before.state, "reason": before.reason}
        self.found.added.append(fresh)
        was = before.at if before else None
        if was != step.at:
            self.found.moments.append(MovedMoment(row.code, step.rung.name, step.rung.kind.value, was, step.at))
