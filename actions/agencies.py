"""Bringing in the directory of agencies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.agencies import Agency
from domain.errors import ActRefused
from storage import agencies, audit
from storage.database import Unit


@dataclass(frozen=True, slots=True)
class Imported:
    """How many agencies were new, and how many were there and were brought up to date."""

    added: int
    updated: int


def import_directory(unit: Unit, rows: Sequence[Agency], now: datetime) -> Imported:
    """Upsert agencies by code; nothing is deleted.

    Raises ActRefused where the directory would have more than one coordinating office.
    """
    added = sum(agencies.upsert(unit, row, now) for row in rows)
    coordinating = [one for one in agencies.directory(unit) if one.coordinating]
    if len(coordinating) > 1:
        names = ", ".join(one.name for one in coordinating)
        raise ActRefused(
            f"Danh mục có nhiều hơn một cơ quan điều phối ({names}). Chỉ để một dòng có coordinating = 1 rồi nhập lại."
        )
    audit.record(unit, "import_directory", "agency", 0, now, actor=audit.OPERATOR, rows=len(rows), added=added)
    return Imported(added, len(rows) - added)
