"""The figures of a leader's digest, by agency and never by officer."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from sqlalchemy import select

from domain.agencies import ASKED_TO_COOPERATE
from domain.assignments import State
from domain.digests import LONG_DAYS, AgencyLine, Awaited, Digest, Since
from domain.lateness import Lateness
from domain.lateness import counted as by_reason
from storage import agencies, calendars, digests
from storage.database import Unit
from storage.schema import assignments
from storage.views import directions, extensions, portfolios, standing
from storage.views.cases import load as cases
from storage.views.work import Work
from storage.views.worklists import counted, owed_by

_OFFICE = "Văn phòng (chưa chuyển)"


def of_leader(unit: Unit, leader_id: int, today: date) -> Digest:
    """Return the digest of a leader's portfolio as it stands on the morning of `today`, with what needs the leader."""
    return of_day(unit, today, portfolios.within(unit, leader_id), awaited(unit, leader_id))


def of_day(unit: Unit, today: date, within: Collection[int] | None = None, waits: Iterable[Awaited] = ()) -> Digest:
    """Return the digest as it stands on the morning of `today`, over these assignments alone where given."""
    counts = counted(unit) if within is None else _counted(unit, within)
    week_end = today + timedelta(days=6 - today.weekday())
    owed = [work for work in owed_by(unit, week_end, today) if within is None or work.id in within]
    stands = standing.of(unit, owed, today)
    late = [work for work in owed if stands[work.id] is Lateness.LATE]
    pressed = [work for work in late if work.relation not in ASKED_TO_COOPERATE]
    office = agencies.coordinating_id(unit)
    calendar = calendars.in_force(unit)
    last_morning = calendar.subtract(today, 1)
    load = cases.load(unit, today, calendar, _OFFICE) if within is None else None
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
        open_cases=load.open if load is not None else 0,
        own=next(iter(_worst([work for work in pressed if work.agency_id == office])), None),
        late_codes=tuple(sorted(work.code for work in late)),
        awaited=tuple(waits),
        cases=load if load is not None and (load.open or load.new) else None,
    )


def awaited(unit: Unit, leader_id: int) -> tuple[Awaited, ...]:
    """Return what waits for a leader's own word, and how many of the leader's words have no answer yet."""
    found = (
        Awaited("Đề nghị gia hạn chờ quyết định", len(extensions.for_leader(unit, leader_id))),
        Awaited("Ý kiến chỉ đạo, yêu cầu giải trình chưa có trả lời", len(directions.open_for_leader(unit, leader_id))),
    )
    return tuple(one for one in found if one.count)


def since(unit: Unit, leader_id: int, day: date) -> Since:
    """Return what a leader's last digest before a day said."""
    return digests.since(unit, leader_id, digests.LEADER, day)


def _counted(unit: Unit, within: Collection[int]) -> Counter[State]:
    rows = unit.conn.execute(select(assignments.c.id, assignments.c.state))
    return Counter(State(row.state) for row in rows if row.id in within)


def _due_from(owed: list[Work], today: date) -> list[tuple[date, str, int]]:
    found: Counter[tuple[date, str]] = Counter(
        (work.due_on, work.content) for work in owed if work.due_on is not None and today <= work.due_on
    )
    return [(due, content, count) for (due, content), count in found.items()]


def _worst(late: list[Work]) -> tuple[AgencyLine, ...]:
    by_agency: dict[int, list[Work]] = {}
    for work in late:
        by_agency.setdefault(work.agency_id, []).append(work)
    lines = [
        AgencyLine(
            works[0].agency,
            len(works),
            max(work.standing.late_days for work in works),
            sum(work.standing.late_days > LONG_DAYS for work in works),
            agency_id,
        )
        for agency_id, works in by_agency.items()
    ]
    return tuple(sorted(lines, key=lambda line: (-line.late, -line.longest_days, line.agency)))


def any_assignment(unit: Unit) -> bool:
    """Whether anything was ever issued or reported: before that there is nothing to tell a leader."""
    return unit.conn.execute(select(assignments.c.id).limit(1)).first() is not None or cases.any_case(unit)


def late_of(unit: Unit, leader_id: int, today: date, agency_id: int = 0) -> list[Work]:
    """Return what is past its date in a leader's portfolio, of one agency or (0) of all, the longest first."""
    within = portfolios.within(unit, leader_id)
    owed = owed_by(unit, today - timedelta(days=1), today)
    return [
        work
        for work in owed
        if (within is None or work.id in within)
        and work.relation not in ASKED_TO_COOPERATE
        and agency_id in {0, work.agency_id}
    ]
