"""The figures of a leader's digest, by agency and never by officer."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import func, select

from domain.assignments import State
from domain.digests import AgencyLine, Digest
from storage import calendars
from storage.database import Unit
from storage.schema import assignments, cases, matters
from storage.views.work import Work, everything


def of_day(unit: Unit, today: date) -> Digest:
    """Return the digest as it stands on the morning of `today`."""
    works = [work for work in everything(unit, today) if work.state is not State.CANCELLED]
    late = [work for work in works if work.is_late]
    last_morning = calendars.in_force(unit).subtract(today, 1)
    week_end = today + timedelta(days=6 - today.weekday())
    return Digest(
        day=today,
        total=len(works),
        confirmed=_count(works, State.CONFIRMED),
        reported=_count(works, State.REPORTED),
        late=len(late),
        newly_late=sum(1 for work in late if work.due_on is not None and work.due_on >= last_morning),
        due_this_week=tuple(sorted(_due_by(works, today, week_end), key=lambda pair: (pair[0], pair[1]))),
        obstacles=_count(works, State.OBSTACLE),
        agencies=_worst(late),
        open_cases=_open_cases(unit),
    )


def _count(works: list[Work], state: State) -> int:
    return sum(1 for work in works if work.state is state)


def _due_by(works: list[Work], today: date, end: date) -> list[tuple[date, str, int]]:
    counted: Counter[tuple[date, str]] = Counter(
        (work.due_on, work.content)
        for work in works
        if work.due_on is not None and today <= work.due_on <= end and not work.state.is_done_by_agency
    )
    return [(due, content, count) for (due, content), count in counted.items()]


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
