"""Open cases of the last weeks, to be grouped by what they tell; of conduct and sensitive ones nothing is compared."""

from datetime import date, timedelta

from sqlalchemy import select

from domain.cases.clusters import Open
from domain.cases.kinds import Kind
from domain.cases.lifecycle import OPEN
from domain.cases.likeness import Told
from storage.database import Unit
from storage.schema import agencies, cases, matters

RECENT = timedelta(days=60)
MOST = 1000
"""So many of the latest are compared: grouping more would make others wait."""


def recent(unit: Unit, day: date) -> list[Open]:
    """Return the latest open cases that may be compared, oldest first."""
    query = (
        select(
            cases.c.id,
            cases.c.code,
            cases.c.content,
            cases.c.about,
            cases.c.place,
            cases.c.field,
            cases.c.received_on,
            matters.c.due_on,
            agencies.c.name.label("agency"),
        )
        .join(matters, matters.c.id == cases.c.id)
        .outerjoin(agencies, agencies.c.id == cases.c.agency_id)
        .where(
            cases.c.received_on >= day - RECENT,
            cases.c.state.in_([one.value for one in OPEN]),
            cases.c.kind != Kind.CONDUCT.value,
            cases.c.sensitive.is_(False),
            cases.c.spam_at.is_(None),
            cases.c.anonymised_at.is_(None),
        )
        .order_by(cases.c.id.desc())
        .limit(MOST)
    )
    return [
        Open(
            Told(row.id, row.content, row.about, row.place),
            row.code,
            row.field,
            row.agency or "",
            row.received_on,
            row.due_on,
        )
        for row in reversed(unit.conn.execute(query).all())
    ]
