"""Bringing in the directory of agencies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.agencies import Agency, Fault, first_fault
from domain.errors import ActRefused
from storage import agencies, audit, successions
from storage.database import Unit


@dataclass(frozen=True, slots=True)
class Imported:
    """How many agencies were new, and how many were there and were brought up to date."""

    added: int
    updated: int


def import_directory(unit: Unit, rows: Sequence[Agency], now: datetime) -> Imported:
    """Upsert agencies by code; nothing is deleted, and what a merger decided stays.

    Raises ActRefused where a row points to a parent or successor that is not there, or in a ring, where it contradicts
    a merger, and where the directory would have more than one coordinating office.
    """
    known = agencies.directory(unit)
    fault = first_fault(rows, known)
    if fault is not None:
        raise _refused(fault)
    gone = successions.codes(unit)
    merged = {one.code: one for one in known if one.code in gone}
    added = sum(agencies.upsert(unit, _after_merger(row, merged.get(row.code)), now) for row in rows)
    coordinating = [one for one in agencies.directory(unit) if one.coordinating]
    if not coordinating and any(one.coordinating for one in known):
        raise ActRefused(
            "Tệp này làm danh mục không còn cơ quan điều phối. Ghi coordinating = 1 cho một cơ quan rồi nhập lại."
        )
    if len(coordinating) > 1:
        names = ", ".join(one.name for one in coordinating)
        raise ActRefused(
            f"Danh mục có nhiều hơn một cơ quan điều phối ({names}). Chỉ để một dòng có coordinating = 1 rồi nhập lại."
        )
    audit.record(unit, "import_directory", "agency", 0, now, actor=audit.OPERATOR, rows=len(rows), added=added)
    return Imported(added, len(rows) - added)


def _refused(fault: Fault) -> ActRefused:
    return ActRefused(
        f"Dòng mã {fault.code}, cột {fault.column}: {fault.problem}. Chưa có gì được ghi; sửa rồi nhập lại."
    )


def _after_merger(row: Agency, ended: Agency | None) -> Agency:
    """Return the row with the last day and the successor that a merger decided. Raises ActRefused for other ones."""
    if ended is None:
        return row
    for column in ("successor", "valid_to"):
        said, decided = getattr(row, column), getattr(ended, column)
        if said not in {None, decided}:
            raise _refused(Fault(row.code, column, f"“{said}” trái với lần sáp nhập đã ghi, khi đó là “{decided}”"))
    return replace(row, successor=ended.successor, valid_to=ended.valid_to, coordinating=False)
