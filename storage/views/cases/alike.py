"""Open cases that a new one may be the same matter as: the asker's own, and of others only what may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select

from domain.cases.kinds import Kind
from domain.cases.lifecycle import OPEN
from domain.local import today
from storage.database import Unit
from storage.schema import agencies, cases
from storage.types import AnyRow, AnySelect

RECENT = timedelta(days=60)
"""Strangers' cases received within this time may be shown."""

LATEST = 1000
"""So many of the latest cases are looked through."""

MOST = 300
"""So many of them at most, where they are open, are compared."""

_OPEN = tuple(state.value for state in OPEN)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One open case. `own` tells that the asker sent it; of any other nothing may be shown that its sender wrote."""

    id: int
    own: bool
    code: str
    kind: Kind
    agency: str
    received_on: date
    content: str
    about: str
    place: str
    folded: str


def candidates(unit: Unit, endpoint_id: int | None, now: datetime) -> Sequence[Candidate]:
    """Return the asker's own open cases, then the latest open ones of others.

    Never one of conduct, a sensitive one, one in the spam list or one merged into another: of those nobody hears.
    """
    of_others = _query().where(_of_others(now)).order_by(cases.c.id.desc()).limit(MOST)
    found = {row.id: _candidate(row, endpoint_id) for row in unit.conn.execute(of_others)}
    if endpoint_id is not None:
        own = _query().where(_of_sender(endpoint_id)).order_by(cases.c.id.desc()).limit(MOST)
        found |= {row.id: _candidate(row, endpoint_id) for row in unit.conn.execute(own)}
    return tuple(found.values())


def by_id(unit: Unit, case_id: int, endpoint_id: int | None, now: datetime) -> Candidate | None:
    """Return one case where it may still be shown to the asker, None where not."""
    shown = _of_others(now) if endpoint_id is None else or_(_of_sender(endpoint_id), _of_others(now))
    row = unit.conn.execute(_query().where(cases.c.id == case_id, shown)).first()
    return _candidate(row, endpoint_id) if row is not None else None


def _query() -> AnySelect:
    return (
        select(
            cases.c.id,
            cases.c.endpoint_id,
            cases.c.code,
            cases.c.kind,
            cases.c.received_on,
            cases.c.content,
            cases.c.about,
            cases.c.place,
            cases.c.folded,
            agencies.c.name.label("agency"),
        )
        .outerjoin(agencies, agencies.c.id == cases.c.agency_id)
        .where(cases.c.state.in_(_OPEN), cases.c.anonymised_at.is_(None))
        .where(cases.c.spam_at.is_(None))
    )


def _of_others(now: datetime) -> ColumnElement[bool]:
    """Return the condition of what may be shown of others; only the latest are looked at, by the key of the table."""
    latest = select(cases.c.id).order_by(cases.c.id.desc()).limit(1).offset(LATEST).scalar_subquery()
    return and_(
        cases.c.id > func.coalesce(latest, 0),
        cases.c.kind != Kind.CONDUCT,
        cases.c.sensitive.is_(False),
        cases.c.received_on >= today(now) - RECENT,
    )


def _of_sender(endpoint_id: int) -> ColumnElement[bool]:
    return cases.c.endpoint_id == endpoint_id


def _candidate(row: AnyRow, endpoint_id: int | None) -> Candidate:
    return Candidate(
        row.id,
        endpoint_id is not None and row.endpoint_id == endpoint_id,
        row.code,
        Kind(row.kind),
        row.agency or "",
        row.received_on,
        row.content,
        row.about,
        row.place,
        row.folded,
    )
