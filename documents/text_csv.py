"""Tables saved from Excel as comma- or semicolon-separated text."""

import csv
import io
from collections import Counter

from domain.sources import Row, Table

_FEWEST_COLUMNS, _FEWEST_ROWS, _ALIKE = 3, 3, 0.8


def read(text: str) -> Table | None:
    """Return the text as one table; None where its lines are not alike enough to be one."""
    for mark in (",", ";"):
        records = _records(text, mark)
        widths = Counter(len(cells) for _, cells in records)
        if len(records) < _FEWEST_ROWS:
            continue
        width, alike = widths.most_common(1)[0]
        if width >= _FEWEST_COLUMNS and alike >= _ALIKE * len(records):
            return Table(tuple(Row(tuple(cell.strip() for cell in cells), line=line) for line, cells in records))
    return None


def _records(text: str, mark: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return []
    return found
