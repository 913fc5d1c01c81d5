"""Citizens' cases as the office sees them: what, where, until when; never who."""

from collections.abc import Sequence

from sqlalchemy import select

from storage.database import Unit
from storage.schema import agencies, cases, due_versions, matters
from storage.types import AnyRow, AnySelect


def _query() -> AnySelect:
    return (
        select(
            cases.c.id,
            cases.c.code,
            cases.c.kind,
            cases.c.legal_class,
            cases.c.state,
            cases.c.about,
            cases.c.content,
            cases.c.received_on,
            cases.c.received_at,
            cases.c.channel,
            matters.c.due_on,
            agencies.c.code.label("agency_code"),
            agencies.c.name.label("agency"),
        )
        .join(matters, matters.c.id == cases.c.id)
        .outerjoin(agencies, agencies.c.id == cases.c.agency_id)
    )


def listed(unit: Unit, *, open_only: bool = False, limit: int | None = None) -> Sequence[AnyRow]:
    """Return cases (code, kind, state, agency, about, received_on, due_on, class), oldest first."""
    query = _query().order_by(cases.c.id)
    if open_only:
        query = query.where(matters.c.closed_at.is_(None))
    if limit is not None:
        query = query.limit(limit)
    return unit.conn.execute(query).all()


def by_code(unit: Unit, code: str) -> AnyRow | None:
    """Return one case by its code, with the same columns."""
    return unit.conn.execute(_query().where(cases.c.code == code)).first()


def by_id(unit: Unit, case_id: int) -> AnyRow | None:
    """Return one case by its id."""
    return unit.conn.execute(_query().where(cases.c.id == case_id)).first()


def seen_by(unit: Unit, code: str, endpoint_id: int, secret: str) -> AnyRow | None:
    """Return a case for the chat that sent it, or for who has the secret part of its code; None for anybody else."""
    row = unit.conn.execute(
        select(cases.c.id, cases.c.endpoint_id, cases.c.secret_hash).where(cases.c.code == code)
    ).first()
    if row is None or not (row.endpoint_id == endpoint_id or row.secret_hash == unit.vault.digest(secret)):
        return None
    return by_id(unit, row.id)


def explanation(unit: Unit, case_id: int) -> str:
    """Return why the case is due on its day, as counted when it was received."""
    query = (
        select(due_versions.c.explanation)
        .where(due_versions.c.matter_id == case_id)
        .order_by(due_versions.c.number.desc())
        .limit(1)
    )
    found = unit.conn.execute(query).scalar()
    return str(found["said"]) if found else ""
