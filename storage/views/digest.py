"""The figures of a leader's digest, by agency and never by officer."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import func, select

from domain.agencies import ASKED_TO_COOPERATE
from domain.assignments import State
from domain.digests import AgencyLine, Digest
from domain.lateness import Lateness
from domain.lateness import counted as by_reason
from storage import agencies, calendars
from storage.database import Unit
from storage.schema import assignments, cases, matters
from storage.views import standing
from storage.views.work import Work
from storage.views.worklists import counted, owed_by


def of_day(unit: Unit, today: date) -> Digest:
    """Return the digest as it stands on the morning of `today`."""
    counts = counted(unit)
    week_end = today + timedelta(days=6 - today.weekday())
    owed = owed_by(unit, week_end, today)
    stands = standing.of(unit, owed, today)
    late = [work for work in owed if stands[work.id] is Lateness.LATE]
    pressed = [work for work in late if work.relation not in ASKED_TO_COOPERATE]
    office = agencies.coordinating_id(unit)
    last_morning = calendars.in_force(unit).subtract(today, 1)
    return Digest(
        day=today,
        total=sum(count for state, count in counts.items() if state is not State.CANCELLED),
        confirmed=counts[State.CONFIRMED],
        reported=counts[State.REPORTED],
        late=len(late),
        newly_late=sum(1 for work in late if work.due_on is not None and work.due_on >= last_morning),
        due_this_week=tuple(sorted(_due_from(owed, today), key=lambda pair: (pair[0], pair[1]))),
        obstacles=counts[State.OBSTACLE],
        apart=by_reason(stands.values()),
        agencies=_worst([work for work in pressed if work.agency_id != office]),
        open_cases=_open_cases(unit),
        own=next(iter(_worst([work for work in pressed if work.agency_id == office])), None),
    )


def _due_from(owed: list[Work], today: date) -> list[tuple[date, str, int]]:
    found: Counter[tuple[date, str]] = Counter(
        (work.due_on, work.content) for work in owed if work.due_on is not None and today <= work.due_on
    )
    return [(due, content, count) for (due, content), count in found.items()]


def _worst(late: list[Work]) -> tuple[AgencyLine, ...]:
    by_agency: dict[str, list[int]] = {}
    for work in late:
        by_agency.setdefault(work.agency, []).append(work.standing.late_days)
    lines = [AgencyLine(name, len(days), max(days)) for name, days in by_agency.items()]
    return tuple(sorted(lines, key=lambda line: (-line.late, -line.longest_days, line.agency)))


def _open_cases(unit: Unit) -> int:
    query = select(func.count()).select_from(cases.join(matters, matters.c.id == cases.c.id))
    return unit.conn.execute(query.where(matters.c.closed_at.is_(None))).scalar_one()


def any_assignment(unit: Unit) -> bool:
    """Whether anything was ever issued: before that there is nothing to tell a leader."""
    return unit.conn.execute(select(assignments.c.id).limit(1)).first() is not None
