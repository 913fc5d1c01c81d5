"""Forms that units fill in: what is asked, what a sheet may hold, how far everybody is."""

from domain.collections.cells import Cell, Typed, typed
from domain.collections.columns import Column
from domain.collections.outlines import Asks, Outline, Section, from_json, of_header, read_outline, to_json
from domain.collections.progress import Progress
from domain.collections.sheets import Found, Sheet, rows_of, sheet_for

__all__ = [
    "Asks",
    "Cell",
    "Column",
    "Found",
    "Outline",
    "Progress",
    "Section",
    "Sheet",
    "Typed",
    "from_json",
    "of_header",
    "read_outline",
    "rows_of",
    "sheet_for",
    "to_json",
    "typed",
]
