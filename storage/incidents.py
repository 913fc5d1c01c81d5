"""The register of breaches of personal data, and whom one touches."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from domain.incidents import Mark, Step
from storage.database import Unit
from storage.schema import cases, citizens, incidents, matters
from storage.types import AnyRow


def add(unit: Unit, incident_id: int, **values: Any) -> None:
    """Write an incident whose matter exists."""
    unit.conn.execute(insert(incidents).values(id=incident_id, marks={}, **values))


_ROW = select(incidents, matters.c.closed_at, matters.c.version).join(matters, matters.c.id == incidents.c.id)


def by_code(unit: Unit, code: str) -> AnyRow | None:
    """Return an incident with closed_at and the version of its matter."""
    return unit.conn.execute(_ROW.where(incidents.c.code == code)).first()


def get(unit: Unit, incident_id: int) -> AnyRow | None:
    """Return the same by its id."""
    return unit.conn.execute(_ROW.where(incidents.c.id == incident_id)).first()


def everything(unit: Unit, *, open_only: bool = False) -> Sequence[AnyRow]:
    """Return the incidents, the newest first."""
    query = _ROW.order_by(incidents.c.id.desc())
    return unit.conn.execute(query.where(matters.c.closed_at.is_(None)) if open_only else query).all()


def marks_of(row: AnyRow) -> dict[Step, Mark]:
    """Return which steps were done, or left out."""
    return {
        Step(name): Mark(datetime.fromisoformat(one["at"]), one.get("skipped_because", ""))
        for name, one in row.marks.items()
    }


def put_marks(unit: Unit, incident_id: int, marks: dict[Step, Mark]) -> None:
    """Write which steps were done."""
    kept = {
        step.value: {"at": one.at.isoformat(), "skipped_because": one.skipped_because} for step, one in marks.items()
    }
    unit.conn.execute(update(incidents).where(incidents.c.id == incident_id).values(marks=kept))


def affected(unit: Unit, scope: dict[str, Any]) -> Sequence[AnyRow]:
    """Return the cases (code, citizen_id, received_on, erased_at) of the people that an incident touches.

    `scope` may name the first and last day of reception ("since", "until", ISO) and single cases ("codes").
    """
    wanted: list[ColumnElement[bool]] = []
    if scope.get("since"):
        wanted.append(cases.c.received_on >= datetime.fromisoformat(scope["since"]).date())
    if scope.get("until"):
        wanted.append(cases.c.received_on <= datetime.fromisoformat(scope["until"]).date())
    if scope.get("codes"):
        wanted.append(cases.c.code.in_(scope["codes"]))
    query = (
        select(cases.c.id, cases.c.code, cases.c.citizen_id, cases.c.received_on, citizens.c.erased_at)
        .join(citizens, citizens.c.id == cases.c.citizen_id)
        .where(*wanted)
        .order_by(cases.c.id)
    )
    return unit.conn.execute(query).all()
