"""What marks a case beside its state: sensitive, of many people, not to become public, with the reason."""

from datetime import datetime

from actions.cases import moving
from actions.cases.wording import said
from domain.cases.lifecycle import State
from domain.errors import ActRefused
from domain.people import Viewer
from storage.cases import rows
from storage.database import Unit
from storage.types import AnyRow

MARKS = frozenset({"sensitive", "crowded"})


def mark(
    unit: Unit, viewer: Viewer, case_id: int, name: str, now: datetime, *, on: bool, shown: int | None = None
) -> None:
    """Mark a case as sensitive, or as that of many people, or take the mark away. Raises ActRefused where it is so."""
    if name not in MARKS:
        raise ValueError(f"no such mark of a case: {name}")
    row = moving.of_office(unit, viewer, case_id, shown)
    if getattr(row, name) == on:
        raise ActRefused("Phản ánh này đã được đánh dấu như vậy rồi.")
    if name == "sensitive" and on:
        _refuse_public(row)
    if not rows.change(unit, row.id, row.version, **{name: on}):
        raise moving.overtaken(unit, row)
    moving.note(unit, row, "mark", now, viewer=viewer, data={name: on})


def withhold(
    unit: Unit, viewer: Viewer, case_id: int, reason: str | None, now: datetime, *, shown: int | None = None
) -> None:
    """Let a case not become public, for a reason (None: let it). Raises ActRefused for what is public already."""
    row = moving.of_office(unit, viewer, case_id, shown)
    _refuse_public(row)
    if (row.withheld is None) == (reason is None):
        raise ActRefused("Phản ánh này đã được đánh dấu như vậy rồi.")
    why = None if reason is None else said(reason, "lý do không công khai", 5, 500)
    if not rows.change(unit, row.id, row.version, withheld=why):
        raise moving.overtaken(unit, row)
    moving.note(unit, row, "withhold" if why else "unwithhold", now, viewer=viewer, text=why or "")


def _refuse_public(row: AnyRow) -> None:
    if row.state == State.PUBLISHED:
        raise ActRefused("Kết quả đã công khai. Xin gỡ công khai trước, nêu lý do ở đó.")
