"""Forms of units as entrances read them."""

from domain.collections import Outline, Progress, from_json
from storage.collections import Given, get, given, listed, newest, units, waiting_for
from storage.database import Unit

__all__ = ["Given", "get", "given", "listed", "newest", "outline_of", "progress", "units", "waiting_for"]


def outline_of(unit: Unit, collection_id: int) -> Outline | None:
    """Return the outline that was frozen with a form."""
    row = get(unit, collection_id)
    return None if row is None else from_json(row.outline)


def progress(unit: Unit, collection_id: int) -> Progress:
    """Return who has sent and who has not."""
    rows = units(unit, collection_id)
    return Progress(
        tuple(row.agency for row in rows if row.sent_at), tuple(row.agency for row in rows if not row.sent_at)
    )
