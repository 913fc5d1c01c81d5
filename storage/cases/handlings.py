"""The handlings of cases, one row each, narrow: what figures are counted from (`domain.case_figures.counting`).

A case has one open handling at most; an open one takes its last day from the matter, an ended one keeps its own.
"""

from datetime import date
from typing import Any

from sqlalchemy import func, insert, select, update

from domain.case_figures import nature_of
from domain.local import today
from domain.periodic import KIND
from storage.database import Unit
from storage.schema import case_handlings, cases, snapshots
from storage.types import AnyRow


def begin(unit: Unit, case_id: int, day: date, *, number: int = 1, disputed: bool = False, late: bool = False) -> None:
    """Write that a handling of a case that stands in the register begins; `late`: one before it ended late."""
    row = {"case_id": case_id, "number": number, "begun_on": day, "disputed": disputed, "late_before": late}
    unit.conn.execute(insert(case_handlings).values(row | _of_case(unit, case_id)))


FOLLOWED = frozenset({"agency_id", "field", "kind", "legal_class", "source"})
"""What of a case its last handling has too."""


def follow(unit: Unit, case_id: int) -> None:
    """Let the last handling have what the case has; what was counted of earlier ones stays."""
    last = select(func.max(case_handlings.c.number)).where(case_handlings.c.case_id == case_id).scalar_subquery()
    which = (case_handlings.c.case_id == case_id, case_handlings.c.number == last)
    unit.conn.execute(update(case_handlings).where(*which).values(_of_case(unit, case_id)))


def _of_case(unit: Unit, case_id: int) -> dict[str, Any]:
    wanted = (cases.c.agency_id, cases.c.field, cases.c.source, cases.c.received_on, cases.c.kind, cases.c.legal_class)
    found = dict(unit.conn.execute(select(*wanted).where(cases.c.id == case_id)).one()._mapping)
    return found | {"nature": nature_of(found.pop("kind"), found.pop("legal_class")).value}


def newest(unit: Unit, case_id: int) -> AnyRow | None:
    """Return a case's last handling."""
    query = select(case_handlings).where(case_handlings.c.case_id == case_id)
    return unit.conn.execute(query.order_by(case_handlings.c.number.desc()).limit(1)).first()


def change(unit: Unit, handling_id: int, **values: Any) -> None:
    """Change a handling."""
    unit.conn.execute(update(case_handlings).where(case_handlings.c.id == handling_id).values(**values))


def frozen_until(unit: Unit) -> date | None:
    """Return the last day up to which figures were frozen for a periodic report, None where none were."""
    rows = unit.conn.execute(select(snapshots.c.cut_off, snapshots.c.at).where(snapshots.c.kind == KIND))
    return max((min(row.cut_off, today(row.at)) for row in rows), default=None)
