"""Cells that stand for others: marks of repetition ("-nt-", "như trên") and merged cells that a page cuts."""

import re
from collections.abc import Sequence

from domain.plans.columns import Column
from domain.plans.lines import Grid, Line
from domain.words import fold

_MARK = re.compile(
    r"[\s\-–—_\"'“”(.]*(nt|n/t|nhu tren|nhu (muc|muc|dong|hang) tren|idem|″|〃|//)[\s\-–—_\"'“”).]*|[\"“”″〃]|''"
)
_PASSING = (
    Column.LEAD,
    Column.COORDINATING,
    Column.AGENCY,
    Column.FOLLOWING,
    Column.START,
    Column.DEADLINE,
)


def is_mark(text: str) -> bool:
    """Tell whether a cell only says that it repeats the one above."""
    return _MARK.fullmatch(fold(text)) is not None


def fill(grid: Grid) -> None:
    """Write into every cell that stands for another what that one says."""
    _over_pages(grid)
    for place, meaning in enumerate(grid.header.columns):
        if meaning is not Column.NUMBER:
            _below(grid.lines, place)


def _below(lines: Sequence[Line], place: int) -> None:
    """Replace the marks of one column by the nearest text above that is the column's own."""
    text = ""
    for line in lines:
        if text and is_mark(line.cells[place]):
            line.cells[place] = text
        elif line.cells[place] and place not in line.across and not _is_across(line, place):
            text = line.cells[place]


def _is_across(line: Line, place: int) -> bool:
    """Tell whether a cell repeats its neighbours: one text merged over several columns is a heading."""
    return line.cells.count(line.cells[place]) > 2


def _over_pages(grid: Grid) -> None:
    """Carry a merged cell on where a page cuts it: Word prints its text on the first page alone."""
    for at in range(1, len(grid.lines)):
        above, line = grid.lines[at - 1], grid.lines[at]
        following = grid.lines[at + 1] if at + 1 < len(grid.lines) else None
        is_first = line.page is not None and line.page != above.page
        for place in grid.header.where(*_PASSING):
            text = above.cells[place]
            if not text or _is_across(above, place):
                continue
            goes_on = following is not None and place in following.down and not following.cells[place]
            cut = is_first and not line.cells[place] and (place in above.down or goes_on)
            inside = not is_first and place in line.down and text.endswith(line.cells[place])
            if (cut or inside) and any(line.cells):
                line.cells[place] = text
                line.down |= {place}
