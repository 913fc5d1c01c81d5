"""A case whose sender says that it is the same matter as another: it follows that one, under its own code."""

from datetime import datetime

from actions.cases import merging
from domain.cases.lifecycle import State
from storage import audit
from storage.cases import rows
from storage.database import Unit


def as_sender(unit: Unit, case_id: int, master_id: int, now: datetime) -> bool:
    """Let a fresh case follow another, as its sender wants; False where that one has ended or gone elsewhere.

    The office can split it off again.
    """
    row, master = rows.get(unit, case_id), rows.get(unit, master_id)
    if row is None or master is None or row.spam_at is not None or master.spam_at is not None:
        return False
    if not State(master.state).is_open or master.id == row.id:
        return False
    merging.join(unit, row, master, now, viewer=None, actor=audit.CITIZEN)
    return True
