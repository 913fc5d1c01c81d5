"""What the office has said of the headings and states of other registers' lists, kept for the next list."""

from collections.abc import Iterable
from datetime import datetime

from actions.coordinating import by
from domain.cases.decisions import Source
from domain.people import Viewer
from domain.register_files import ColumnMap
from storage import audit, offices
from storage.database import Unit

_KEY = "case_columns"


def of(unit: Unit, source: Source) -> ColumnMap:
    """Return what is kept for the lists of a source."""
    return ColumnMap.from_json(offices.setting(unit, f"{_KEY}:{source.value}") or {})


def foresee(unit: Unit, viewer: Viewer | None, source: Source, said: Iterable[str]) -> ColumnMap:
    """Return the map as it would stand, keeping nothing. Raises ActRefused."""
    by(viewer)
    return of(unit, source).with_said(said)


def keep(unit: Unit, viewer: Viewer | None, source: Source, said: Iterable[str], now: datetime) -> ColumnMap:
    """Keep what a coordinator or the operator adds ("Tên cột=code") and return the whole map. Raises ActRefused."""
    who, found = by(viewer), of(unit, source).with_said(said)
    offices.set_setting(unit, f"{_KEY}:{source.value}", found.to_json(), now)
    audit.record(unit, "case_columns", "office", 0, now, **who, source=source.value)
    return found
