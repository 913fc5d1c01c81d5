"""Freezing a report's figures at the cut-off: what is changed later does not change a report that was sent."""

from datetime import date, datetime
from typing import Any

from domain.errors import ActRefused, NotFound
from domain.people import Viewer
from domain.snapshots import Snapshot, digest_of
from storage import audit, snapshots
from storage.database import Unit

SUBJECT = "snapshot"


def freeze(
    unit: Unit, viewer: Viewer | None, kind: str, period: str, cut_off: date, data: Any, now: datetime
) -> Snapshot:
    """Freeze data (as JSON knows it) for a kind of report and a period; a coordinator, or (None) the operator, may.

    `kind` has at most 20 characters, `period` at most 10; `cut_off` is the day to which the figures were counted.
    Where the newest freezing of that kind and period holds the very same, it stands and none is added.
    Raises ActRefused for others.
    """
    if viewer is not None and not viewer.coordinates:
        raise ActRefused("Chỉ cán bộ Văn phòng mới chốt được số liệu báo cáo.")
    before = snapshots.newest(unit, kind, period)
    if before is not None and before.digest == digest_of(data) and before.cut_off == cut_off:
        return before
    person_id = viewer.person_id if viewer else None
    made = snapshots.add(unit, kind, period, cut_off, data, now, person_id=person_id)
    actor = None if viewer else audit.OPERATOR
    audit.record(
        unit,
        "freeze",
        SUBJECT,
        made.id,
        now,
        person_id=person_id,
        actor=actor,
        kind=kind,
        period=period,
        number=made.number,
    )
    return made


def frozen(unit: Unit, kind: str, period: str, label: str) -> Snapshot:
    """Return the newest freezing of a kind and period, named `label` in a refusal ("quý I năm 2026").

    Raises ActRefused where nothing was frozen, and where the data are no longer those that were.
    """
    found = snapshots.newest(unit, kind, period)
    if found is None:
        raise ActRefused(f"Số liệu {label} chưa được chốt. Chốt trước, hoặc lập báo cáo từ số liệu hiện tại.")
    return _intact(found, label)


def one(unit: Unit, snapshot_id: int) -> Snapshot:
    """Return one freezing. Raises NotFound for none, ActRefused where the data are no longer those that were."""
    found = snapshots.by_id(unit, snapshot_id)
    if found is None:
        raise NotFound("bản chốt này")
    return _intact(found, f"kỳ {found.period}")


def _intact(found: Snapshot, label: str) -> Snapshot:
    if not found.intact:
        raise ActRefused(
            f"Bản chốt số {found.number} của {label} không còn nguyên vẹn trong cơ sở dữ liệu. "
            "Khôi phục từ bản sao lưu, hoặc chốt lại từ số liệu hiện tại."
        )
    return found
