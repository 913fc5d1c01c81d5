"""What a group chat may see of its agency's work, and which groups an agency has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import select

from domain.lateness import Lateness
from domain.local import VIETNAM
from storage import groups
from storage.database import Unit
from storage.schema import assignments
from storage.types import AnyRow
from storage.views import standing as lateness
from storage.views import work, worklists
from storage.views.work import Work


def bound(unit: Unit, endpoint_id: int) -> AnyRow | None:
    """Return (id, agency_id, agency, title, summary) of a group that an agency has bound."""
    return groups.bound(unit, endpoint_id)


def of_agencies(unit: Unit, agency_ids: Collection[int]) -> Sequence[AnyRow]:
    """Return the open groups of these agencies, as `bound` does."""
    return groups.of_agencies(unit, agency_ids)


def by_codes(unit: Unit, agency_id: int, codes: Collection[str], today: date) -> list[Work]:
    """Return those of the tasks that the agency leads, or contributes to as long as they are open."""
    found = [one for code in codes if (one := work.by_code(unit, code, today)) is not None]
    others = {one.id for one in found if one.agency_id != agency_id}
    helped = {one.id for one in worklists.coordinated(unit, [agency_id], today)} if others else set[int]()
    return [one for one in found if one.agency_id == agency_id or one.id in helped]


def wants_summary(unit: Unit) -> bool:
    """Whether any group gets the evening summary."""
    return groups.wants_summary(unit)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an agency's work stands at a day's end."""

    open: int
    reported: tuple[Work, ...]
    """Reported on that day."""
    due: tuple[Work, ...]
    """Owed, with the last day in time on or before `until` and not before the day itself."""
    late: tuple[Work, ...]
    """Past its date by the agency's own delay."""
    until: date


def standing(unit: Unit, agency_id: int, today: date, until: date) -> Standing:
    """Return what an agency has reported today, owes until a day, and owes since before."""
    works = work.of_agencies(unit, [agency_id], today)
    since = datetime.combine(today, time(0), VIETNAM)
    done = select(assignments.c.id).where(assignments.c.agency_id == agency_id, assignments.c.reported_at >= since)
    reported = work.by_ids(unit, unit.conn.execute(done.order_by(assignments.c.id)).scalars().all(), today)
    owed = [one for one in works if not one.state.is_done_by_agency]
    late = lateness.of(unit, owed, today)
    return Standing(
        open=len(owed),
        reported=tuple(one for one in reported.values() if one.state.is_done_by_agency),
        due=tuple(one for one in owed if one.due_on is not None and today <= one.due_on <= until),
        late=tuple(one for one in owed if late[one.id] is Lateness.LATE),
        until=until,
    )
