"""What the office says to many, as entrances show it; and the agencies that an audience is made of."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, or_, select

from storage.broadcasts import enclosure, get, next_leaving, told_to, waiting
from storage.database import Unit
from storage.schema import agencies
from storage.views import worklists

__all__ = [
    "agencies_of_level",
    "agencies_with_late",
    "enclosure",
    "every_agency",
    "get",
    "next_leaving",
    "told_to",
    "waiting",
]


def every_agency(unit: Unit, day: date) -> Sequence[int]:
    """Return the ids of the agencies that stand on a day."""
    return unit.conn.execute(select(agencies.c.id).where(*_stands(day)).order_by(agencies.c.id)).scalars().all()


def agencies_of_level(unit: Unit, level: str, day: date) -> Sequence[int]:
    """Return the ids of the agencies of a level that stand on a day."""
    query = select(agencies.c.id).where(*_stands(day), agencies.c.level == level)
    return unit.conn.execute(query.order_by(agencies.c.id)).scalars().all()


def agencies_with_late(unit: Unit, day: date) -> Sequence[int]:
    """Return the ids of the agencies that owe something past its date."""
    return list(dict.fromkeys(one.agency_id for one in worklists.late(unit, day)))


def _stands(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        or_(agencies.c.valid_from.is_(None), agencies.c.valid_from <= day),
        or_(agencies.c.valid_to.is_(None), agencies.c.valid_to >= day),
    )
