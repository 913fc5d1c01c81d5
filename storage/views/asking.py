"""Of whom something is to be asked that was not asked yet: cheap to look at, for most looks find nobody."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import bindparam, exists, literal, select

from domain.assignments import State
from domain.people import Membership, Role
from storage import heads
from storage.database import Unit
from storage.schema import assignments, matters, memberships, notices
from storage.types import AnyRow
from storage.views.worklists import without_date


def any_undated(unit: Unit, kinds: Collection[str], issued_before: datetime) -> bool:
    """Whether anything open without a due date, issued before a moment, is of these kinds."""
    query = (
        select(assignments.c.id)
        .join(matters, matters.c.id == assignments.c.id)
        .where(assignments.c.issued_at < issued_before, *without_date(kinds))
    )
    return unit.conn.execute(query.limit(1)).first() is not None


def unasked(unit: Unit, kinds: Collection[str], issued_before: datetime, occasion: str) -> list[int]:
    """Return the agencies with such work, issued earlier, of which an officer was not asked about it yet.

    `occasion` is what the question is kept under, up to the agency's id.
    """
    asked = exists().where(
        notices.c.matter_id.is_(None),
        notices.c.occasion == literal(occasion).concat(memberships.c.agency_id),
        notices.c.person_id == memberships.c.person_id,
    )
    has_work = exists(
        select(assignments.c.id)
        .join(matters, matters.c.id == assignments.c.id)
        .where(
            assignments.c.agency_id == memberships.c.agency_id,
            assignments.c.issued_at < issued_before,
            *without_date(kinds),
        )
    )
    query = select(memberships.c.agency_id).where(
        memberships.c.role == Role.OFFICER, memberships.c.state == Membership.ACTIVE, ~asked, has_work
    )
    return sorted(set(unit.conn.execute(query).scalars()))


def reported_before(unit: Unit, before: datetime, person_id: int, occasion: str) -> Sequence[AnyRow]:
    """Return the reports (id, reported_at) that wait since before a moment and of which a person was not reminded.

    `occasion` is how the occasions of such reminders begin. The oldest first.
    """
    asked = {"before": before, "person": person_id, "occasion": occasion}
    return unit.conn.execute(_REPORTED_BEFORE, asked).all()


_REMINDED = exists(
    select(notices.c.id).where(
        notices.c.matter_id == assignments.c.id,
        notices.c.occasion.startswith(bindparam("occasion")),
        notices.c.person_id == bindparam("person"),
        notices.c.created_at >= assignments.c.reported_at,
    )
)
_REPORTED_BEFORE = (
    select(assignments.c.id, assignments.c.reported_at)
    .where(
        assignments.c.state == State.REPORTED,
        assignments.c.reported_at < bindparam("before"),
        ~_REMINDED,
        ~heads.waits(),
    )
    .order_by(assignments.c.reported_at)
)
