"""Text in which every table cell stands on its own line behind a tab, as word processors save it.

A line without a tab continues the cell above; a blank line stands between rows, but also between the
paragraphs of one cell, and is sometimes missing. Rows are therefore found by the cheapest way of cutting
the run of cells: rows begin after blank lines, with a number or an empty cell, and have a known width.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from domain.sources import Row

_NUMBER = re.compile(r"\(?(\d{1,5}(\.\d{1,3})*|[IVXLC]{1,6}|[A-ZĐ]|[a-zđ])[.)]*")
_WIDEST, _MERGED_COLUMNS = 16, 3
_NO_BLANK, _ODD_START, _EMPTY_START, _ODD_WIDTH, _MISSED_START, _SHORT_ROW = 3.0, 4.0, 0.5, 5.0, 4.0, 0.5


@dataclass(slots=True)
class Cell:
    """A cell's text, the number of its first line, and whether a blank line stood before it."""

    text: str
    line: int
    after_blank: bool


def is_number(text: str) -> bool:
    """Tell whether a cell's text is the number of a row."""
    return _NUMBER.fullmatch(text.strip()) is not None


def rows(cells: list[Cell]) -> list[Row]:
    """Cut a run of cells into rows."""
    usual = _usual_widths(cells)
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(cells) + 1):
        starts = range(max(0, end - _WIDEST), end)
        best.append(min((best[start][0] + _cost(cells, start, end, usual), start) for start in starts))
    cuts = [len(cells)]
    while cuts[-1] > 0:
        cuts.append(best[cuts[-1]][1])
    cuts.reverse()
    return [Row(tuple(c.text for c in cells[a:b]), line=cells[a].line) for a, b in pairwise(cuts)]


def _usual_widths(cells: list[Cell]) -> frozenset[int]:
    """Return the widths seen between blank lines before numbers, and those of the first two rows."""
    starts = [i for i, cell in enumerate(cells) if i == 0 or (cell.after_blank and is_number(cell.text))]
    gaps = Counter(b - a for a, b in pairwise([*starts, len(cells)]) if 2 < b - a <= _WIDEST)
    blanks = [i for i, cell in enumerate(cells) if i > 0 and cell.after_blank][:2]
    heads = {b - a for a, b in pairwise([0, *blanks]) if b - a > 2}
    if not gaps:
        return frozenset(heads)
    widest = gaps.most_common(1)[0][0] + _MERGED_COLUMNS
    often = {width for width, count in gaps.items() if count * 5 >= gaps.total()}
    return frozenset(width for width in often | heads if width <= widest)


def _cost(cells: list[Cell], start: int, end: int, usual: frozenset[int]) -> float:
    """Return how unlikely it is that the cells from start to end are one row."""
    first, cost = cells[start], 0.0
    if start > 0 and not first.after_blank:
        cost += _NO_BLANK
    if not first.text.strip():
        cost += _EMPTY_START
    elif start > 0 and not is_number(first.text):
        cost += _ODD_START
    width = end - start
    if width in (1, 2):
        cost += _SHORT_ROW
    elif usual and width not in usual:
        cost += _ODD_WIDTH
    for cell in cells[start + 1 : end]:
        if cell.after_blank and is_number(cell.text):
            cost += _MISSED_START
    return cost
