"""Cases as the agency sees them that works on them: what, until when, what happened; never who sent it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from domain.cases.decisions import LegalClass, Urgency
from domain.cases.kinds import Kind
from domain.cases.lifecycle import State
from domain.local import local, today
from domain.people import Role, Viewer
from storage import agencies
from storage.cases import rows
from storage.database import Unit
from storage.schema import cases, matters, planned
from storage.types import AnyRow, AnySelect
from storage.views.cases import reach

TAKING_ON, NOT_TAKEN_ON = "ack1", "ack2"
"""The rungs by which the agency, and then the office, hear that a case was not taken on (`domain.cases.ladders`)."""

HELD = (
    State.FORWARDED,
    State.IN_PROGRESS,
    State.CLARIFYING,
    State.AWAITING_APPROVAL,
    State.RETURN_ASKED,
    State.COLLECTED,
)
"""States in which an agency has a case before it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case in an agency's hands, at a moment."""

    id: int
    code: str
    kind: Kind
    state: State
    legal_class: LegalClass | None
    urgency: Urgency
    agency_id: int | None
    agency: str
    handler_id: int | None
    by_document: bool
    content: str
    about: str
    happened: str
    place: str
    proposal: str
    received_on: date
    forwarded_on: date | None
    acknowledged_on: date | None
    ended_on: date | None
    """The day on which it was answered or ended otherwise; None for an open one."""
    due_on: date | None
    due_at: datetime | None
    """The moment, local, of a limit counted in hours; None for one in days."""
    due_version: int
    late_days: int
    """Calendar days past the date; 0 where it is not past, or nothing is owed any more."""
    past: bool
    """Whether the moment of a limit in hours has passed on its very day."""
    version: int
    """Of the case as it stands; what was shown is compared with it."""

    @property
    def conduct(self) -> bool:
        """Whether it is about somebody's conduct: the head's business, or whom the head named."""
        return self.kind is Kind.CONDUCT

    @property
    def urgent(self) -> bool:
        """Whether it goes before others."""
        return self.urgency is Urgency.URGENT

    @property
    def sort(self) -> str:
        """What it is about, in the words of the classes of Điều 9; no word of the citizen's.

        "Another agency's to answer" is how the coordinating office sees a case; that agency would read the contrary.
        """
        if self.legal_class in {LegalClass.CONDUCT, LegalClass.REGULATION, LegalClass.BOTH}:
            return self.legal_class.label
        return "hành vi của cán bộ, công chức" if self.conduct else "phản ánh, kiến nghị của người dân"

    @property
    def owed(self) -> str:
        """What its date is the date of."""
        if self.state is State.REOPENED:
            return "hạn quyết định"
        if self.agency_id is None:
            return "hạn chuyển"
        return "ngày xem xét lại" if self.state is State.COLLECTED else "hạn trả lời"


def made(unit: Unit, found: Sequence[AnyRow], now: datetime) -> list[Case]:
    """Return cases from their rows (`storage.cases.rows`)."""
    names = agencies.names(unit, [one.agency_id for one in found if one.agency_id is not None])
    return [_made(one, names, now) for one in found]


def _made(row: AnyRow, names: dict[int, str], now: datetime) -> Case:
    state, day = State(row.state), today(now)
    owes = state.is_open and row.due_on is not None
    return Case(
        id=row.id,
        code=row.code,
        kind=Kind(row.kind),
        state=state,
        legal_class=LegalClass(row.legal_class) if row.legal_class else None,
        urgency=Urgency(row.urgency),
        agency_id=row.agency_id,
        agency=names.get(row.agency_id, row.outside),
        handler_id=row.handler_id,
        by_document=row.by_document,
        content=row.content,
        about=row.about,
        happened=row.happened,
        place=row.place,
        proposal=row.proposal,
        received_on=row.received_on,
        forwarded_on=today(row.forwarded_at) if row.forwarded_at else None,
        acknowledged_on=today(row.acknowledged_at) if row.acknowledged_at else None,
        ended_on=today(row.ended_at) if row.ended_at and not state.is_open else None,
        due_on=row.due_on,
        due_at=local(row.due_at) if row.due_at else None,
        due_version=row.due_version,
        late_days=max((day - row.due_on).days, 0) if owes else 0,
        past=bool(owes and row.due_at is not None and row.due_at <= now),
        version=row.version,
    )


def by_ids(unit: Unit, ids: Collection[int], now: datetime) -> dict[int, Case]:
    """Return cases by their ids, whoever may see them: for what is told to who hears of them anyway."""
    found = [row for one in sorted(set(ids)) if (row := rows.get(unit, one)) is not None]
    return {one.id: one for one in made(unit, found, now)}


def held(unit: Unit, viewer: Viewer, case_id: int, now: datetime) -> Case | None:
    """Return a case that the viewer may work on, or look at after it was answered; None for any other.

    What the coordinating office answers itself is its coordinators' too.
    """
    own = select(cases.c.id).where(cases.c.id == case_id, reach.of_agencies(viewer))
    row = rows.get(unit, case_id)
    if row is None:
        return None
    office = row.agency_id is not None and row.agency_id in viewer.agencies_as(Role.COORDINATOR)
    if not office and unit.conn.execute(own).first() is None:
        return None
    return made(unit, [row], now)[0]


def _of_viewer(viewer: Viewer) -> AnySelect:
    states = [one.value for one in HELD]
    return (
        select(cases.c.id)
        .join(matters, matters.c.id == cases.c.id)
        .where(reach.of_agencies(viewer), cases.c.state.in_(states))
    )


def listed(unit: Unit, viewer: Viewer, now: datetime, *, limit: int, offset: int = 0) -> list[Case]:
    """Return a page of the cases that the viewer's agencies work on, the earliest date first, undated ones last."""
    order = (matters.c.due_on.is_(None), matters.c.due_on, cases.c.id)
    ids = unit.conn.execute(_of_viewer(viewer).order_by(*order).limit(limit).offset(offset)).scalars().all()
    found = by_ids(unit, ids, now)
    return [found[one] for one in ids]


def unheard(unit: Unit, ids: Collection[int]) -> set[int]:
    """Return which of these cases nobody of their agency could be reminded of taking on: none of them is here."""
    query = select(planned.c.matter_id).where(
        planned.c.matter_id.in_(ids), planned.c.rung == TAKING_ON, planned.c.state == "unreached"
    )
    return set(unit.conn.execute(query).scalars())


def for_approval(unit: Unit, viewer: Viewer) -> list[str]:
    """Return the codes of the cases whose draft waits for this person as a head, oldest first, at most five."""
    query = select(cases.c.code).where(
        reach.of_agencies(viewer),
        cases.c.agency_id.in_(viewer.agencies_as(Role.HEAD)),
        cases.c.state == State.AWAITING_APPROVAL,
    )
    return list(unit.conn.execute(query.order_by(cases.c.id).limit(5)).scalars())


def office_hears(unit: Unit, ids: Collection[int]) -> date | None:
    """Return the first day on which the office hears that one of these cases was not taken on; None for never."""
    query = select(func.min(planned.c.at)).where(
        planned.c.matter_id.in_(ids), planned.c.rung == NOT_TAKEN_ON, planned.c.state == "waiting"
    )
    at = unit.conn.execute(query).scalar()
    return None if at is None else today(at)


def counted(unit: Unit, viewer: Viewer, day: date) -> tuple[int, int]:
    """Return how many cases the viewer's agencies work on, and how many of them are past their date."""
    query = _of_viewer(viewer).subquery()
    late = select(func.count()).select_from(_of_viewer(viewer).where(matters.c.due_on < day).subquery())
    total = select(func.count()).select_from(query)
    return int(unit.conn.execute(total).scalar_one()), int(unit.conn.execute(late).scalar_one())
