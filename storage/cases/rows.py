"""Cases themselves."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from domain.cases.decisions import Source
from domain.cases.lifecycle import State
from domain.words import fold
from storage.cases import handlings
from storage.database import Unit
from storage.schema import cases, matters
from storage.types import AnyRow

_ROW = select(
    cases,
    matters.c.due_on,
    matters.c.due_version,
    matters.c.ladder_id,
    matters.c.opened_at,
    matters.c.closed_at,
    matters.c.version,
).join(matters, matters.c.id == cases.c.id)


def add(unit: Unit, **values: Any) -> None:
    """Write a case whose matter exists."""
    unit.conn.execute(insert(cases).values(**values, folded=searched(values)))


def searched(values: dict[str, Any]) -> str:
    """Return the folded text by which a case is found: its words, its place, whom it is about, its codes."""
    named = ("code", "external_code", "content", "about", "place", "happened", "field")
    return fold(" ".join(str(values.get(one) or "") for one in named))


def get(unit: Unit, case_id: int) -> AnyRow | None:
    """Return a case's row with its date (due_on, due_version), ladder_id, closed_at and the matter's version."""
    return unit.conn.execute(_ROW.where(cases.c.id == case_id)).first()


def by_code(unit: Unit, code: str) -> AnyRow | None:
    """Return a case's row by its code."""
    return unit.conn.execute(_ROW.where(cases.c.code == code)).first()


def by_externals(unit: Unit, source: str, external_codes: Collection[str]) -> dict[str, AnyRow]:
    """Return the cases that another system knows by one of these codes, by that code.

    A case that came from that system goes before one that began here and was entered there.
    """
    sources = (source, *(one.value for one in Source if one.begins_here))
    query = _ROW.where(cases.c.source.in_(sources), cases.c.external_code.in_(external_codes))
    found = sorted(unit.conn.execute(query), key=lambda row: row.source == source)
    return {row.external_code: row for row in found}


def by_codes(unit: Unit, codes: Collection[str]) -> dict[str, AnyRow]:
    """Return the cases of these codes of ours that no other system knows yet, by our code."""
    query = _ROW.where(cases.c.code.in_(codes), cases.c.external_code.is_(None))
    return {row.code: row for row in unit.conn.execute(query)}


def change(unit: Unit, case_id: int, version: int, **values: Any) -> bool:
    """Change a case where nobody did since `version` of its matter was read."""
    moved = unit.conn.execute(
        update(matters).where(matters.c.id == case_id, matters.c.version == version).values(version=version + 1)
    )
    if moved.rowcount != 1:
        return False
    if values:
        put(unit, case_id, **values)
    return True


def put(unit: Unit, case_id: int, **values: Any) -> None:
    """Write what nobody decides twice (a rating, a folded text)."""
    unit.conn.execute(update(cases).where(cases.c.id == case_id).values(**values))
    if not handlings.FOLLOWED.isdisjoint(values):
        handlings.follow(unit, case_id)


def followers(unit: Unit, master_id: int) -> Sequence[AnyRow]:
    """Return the cases merged into one: their senders follow it."""
    query = _ROW.where(cases.c.master_id == master_id, cases.c.state == State.MERGED).order_by(cases.c.id)
    return unit.conn.execute(query).all()


def sent_since(unit: Unit, since: datetime, endpoint_id: int | None = None) -> int:
    """Return how many cases senders opened themselves since a moment, from one chat or from everywhere."""
    query = select(func.count()).select_from(matters).join(cases, cases.c.id == matters.c.id)
    query = query.where(cases.c.received_on >= since.date(), cases.c.received_at >= since)
    query = query.where(cases.c.source.in_([one.value for one in Source if not one.by_an_official]))
    if endpoint_id is not None:
        query = query.where(cases.c.endpoint_id == endpoint_id)
    return int(unit.conn.execute(query).scalar_one())


def of_endpoint(unit: Unit, endpoint_id: int) -> Sequence[AnyRow]:
    """Return every case that one chat has sent, the first one first."""
    return unit.conn.execute(_ROW.where(cases.c.endpoint_id == endpoint_id).order_by(cases.c.id)).all()


def spam_of(unit: Unit, endpoint_id: int) -> int:
    """Return how many cases of a chat stand in the spam list."""
    query = select(func.count()).select_from(cases)
    return int(
        unit.conn.execute(query.where(cases.c.endpoint_id == endpoint_id, cases.c.spam_at.is_not(None))).scalar_one()
    )


def waiting_until(unit: Unit, states: Collection[State], before: date) -> Sequence[AnyRow]:
    """Return cases in these states whose wait ended before a day, oldest first, at most 500."""
    query = _ROW.where(cases.c.state.in_([one.value for one in states]), cases.c.wait_until < before)
    return unit.conn.execute(query.order_by(cases.c.wait_until, cases.c.id).limit(500)).all()


def ended_before(unit: Unit, states: Collection[State], before: datetime) -> Sequence[AnyRow]:
    """Return cases in these states that ended before a moment, oldest first, at most 50."""
    query = _ROW.where(cases.c.state.in_([one.value for one in states]), cases.c.ended_at < before)
    return unit.conn.execute(query.order_by(cases.c.ended_at, cases.c.id).limit(50)).all()
