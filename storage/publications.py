"""What is made public: each step is a compare-and-set, so that two people at once do not overwrite each other."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from storage.database import Unit
from storage.schema import people, publications, snapshots
from storage.types import AnyRow


def add(unit: Unit, kind: str, period: str, snapshot_id: int, state: str, made_by: int, now: datetime) -> int:
    """Write a publication made from a frozen table and return its id."""
    values = {
        "kind": kind,
        "period": period,
        "snapshot_id": snapshot_id,
        "state": state,
        "made_by": made_by,
        "made_at": now,
    }
    return int(unit.conn.execute(insert(publications).values(values).returning(publications.c.id)).scalar_one())


def _query() -> Select[Any]:
    maker, approver = people.alias("maker"), people.alias("approver")
    return (
        select(
            publications,
            maker.c.name.label("maker"),
            approver.c.name.label("approver"),
            approver.c.position.label("approver_position"),
            snapshots.c.number.label("frozen_number"),
            snapshots.c.at.label("frozen_at"),
        )
        .join(maker, maker.c.id == publications.c.made_by)
        .outerjoin(approver, approver.c.id == publications.c.approved_by)
        .join(snapshots, snapshots.c.id == publications.c.snapshot_id)
    )


def get(unit: Unit, publication_id: int) -> AnyRow | None:
    """Return a publication with its maker's and approver's names."""
    return unit.conn.execute(_query().where(publications.c.id == publication_id)).first()


def listed(unit: Unit) -> Sequence[AnyRow]:
    """Return the publications, the newest first."""
    return unit.conn.execute(_query().order_by(publications.c.id.desc())).all()


def open_like(unit: Unit, kind: str, period: str, open_states: Sequence[str]) -> AnyRow | None:
    """Return a publication of a kind and period that still is in one of these states."""
    query = _query().where(
        publications.c.kind == kind, publications.c.period == period, publications.c.state.in_(list(open_states))
    )
    return unit.conn.execute(query.order_by(publications.c.id.desc()).limit(1)).first()


def move(unit: Unit, publication_id: int, version: int, state: str, before: str, **values: Any) -> bool:
    """Bring a publication from one state to the next as it was seen; False where somebody was faster."""
    changed = unit.conn.execute(
        update(publications)
        .where(publications.c.id == publication_id, publications.c.version == version, publications.c.state == before)
        .values(state=state, version=publications.c.version + 1, **values)
    )
    return changed.rowcount == 1
