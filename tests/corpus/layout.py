"""Tables as the corpus writes them: "<" is covered by the cell to the left, "^" by the cell above."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LEFT, ABOVE = "<", "^"
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the rows and columns that it covers, the last ones included."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def cells(rows: Rows) -> Iterator[Cell]:
    """Yield the cells of a table; a covered row keeps the width of its first row."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in (LEFT, ABOVE):
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            bottom = top
            while bottom + 1 < len(rows) and rows[bottom + 1][left] == ABOVE:
                bottom += 1
            yield Cell(text, top, left, bottom, right)
