"""What goes above the officers: what a coordinator was shown and may still hold, and what is held back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, func, select

from domain.local import VIETNAM
from domain.people import Membership, Role
from storage.database import Unit
from storage.people import OPEN
from storage.planned import ABOVE, HELD, LET_GO, WAITING
from storage.schema import agencies, assignments, endpoints, memberships, planned
from storage.types import AnyRow, AnySelect
from storage.views.cases import caseload
from storage.views.cases.caseload import Case
from storage.views.work import Work, by_ids

_SHOWN_FOR = timedelta(days=1)
"""What is shown leaves on the same day; beyond that nothing shown can wait."""


@dataclass(frozen=True, slots=True)
class Above:
    """What one agency's heads, or the leaders, are to hear of it."""

    agency_id: int
    agency: str
    to: tuple[str, ...]
    """Whom it goes to: roles in Vietnamese."""
    reachable: bool
    """Whether somebody of every such role has joined and can hear it."""
    at: datetime
    """The earliest moment for which any of it is planned."""
    shown_at: datetime
    """The latest moment at which any of it was shown."""
    works: tuple[Work, ...]
    cases: tuple[Case, ...] = ()
    """Citizens' cases, by code and kind alone; those about conduct are the head's own and stand nowhere here."""

    @property
    def count(self) -> int:
        """How many tasks and cases."""
        return len(self.works) + len(self.cases)


def _query() -> AnySelect:
    hears = exists(
        select(memberships.c.id)
        .join(endpoints, endpoints.c.person_id == memberships.c.person_id)
        .where(
            memberships.c.role == planned.c.role,
            (memberships.c.agency_id == planned.c.agency_id) | (planned.c.role == Role.LEADER),
            memberships.c.state == Membership.ACTIVE,
            endpoints.c.state == OPEN,
        )
    )
    return (
        select(
            planned.c.id,
            planned.c.matter_id,
            planned.c.rung,
            planned.c.role,
            planned.c.at,
            planned.c.state,
            planned.c.reason,
            planned.c.previewed_at,
            agencies.c.id.label("agency_id"),
            agencies.c.name.label("agency"),
            hears.label("reachable"),
        )
        .outerjoin(assignments, assignments.c.id == planned.c.matter_id)
        .join(agencies, agencies.c.id == func.coalesce(assignments.c.agency_id, planned.c.agency_id))
        .order_by(agencies.c.name, planned.c.at, planned.c.id)
    )


def pending(unit: Unit, now: datetime) -> Sequence[AnyRow]:
    """Return what was shown and leaves by itself unless a coordinator holds it."""
    query = _query().where(
        planned.c.state == WAITING,
        planned.c.at <= now + _SHOWN_FOR,
        planned.c.role.in_(ABOVE),
        planned.c.previewed_at.is_not(None),
        func.coalesce(planned.c.reason, "") != LET_GO,
    )
    return unit.conn.execute(query).all()


def held(unit: Unit) -> Sequence[AnyRow]:
    """Return what is held back until a coordinator decides."""
    return unit.conn.execute(_query().where(planned.c.state == HELD)).all()


def among(unit: Unit, ids: Collection[int]) -> Sequence[AnyRow]:
    """Return which of these planned moments still wait for their time or for a coordinator."""
    return unit.conn.execute(_query().where(planned.c.id.in_(ids), planned.c.state.in_((WAITING, HELD)))).all()


def grouped(unit: Unit, rows: Iterable[AnyRow], today: date) -> list[Above]:
    """Return such moments by agency, with the tasks and the citizens' cases they are about."""
    by_agency: dict[int, list[AnyRow]] = {}
    for row in rows:
        by_agency.setdefault(row.agency_id, []).append(row)
    ids = {row.matter_id for group in by_agency.values() for row in group}
    works = by_ids(unit, ids, today)
    noon = datetime.combine(today, time(12), VIETNAM)
    cases = caseload.by_ids(unit, ids - works.keys(), noon)
    return [
        Above(
            agency_id,
            group[0].agency,
            tuple(dict.fromkeys(Role(row.role).label for row in group)),
            all(row.reachable for row in group),
            min(row.at for row in group),
            max(row.previewed_at for row in group),
            tuple(works[one] for one in dict.fromkeys(row.matter_id for row in group) if one in works),
            tuple(cases[one] for one in dict.fromkeys(row.matter_id for row in group) if one in cases),
        )
        for agency_id, group in by_agency.items()
    ]


def next_leaving(unit: Unit, now: datetime, lead: timedelta) -> datetime | None:
    """Return when the next moment that has come, and was shown less than `lead` ago, may leave."""
    query = select(func.min(planned.c.previewed_at)).where(
        planned.c.state == WAITING, planned.c.at <= now, planned.c.previewed_at > now - lead
    )
    first = unit.conn.execute(query).scalar()
    return None if first is None else first + lead
