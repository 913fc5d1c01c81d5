"""What the columns of a table mean, told by their headings in one row or two, in any order."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.plans import numbering
from domain.plans.columns import Column, column
from domain.sources import Row
from domain.words import fold, squeeze

_LONGEST_HEADING = 120
_OF_FIGURES = re.compile(r"(ten |noi dung |cac )?(chi tieu|chi so)\b")
_PERIOD_WORD = re.compile(r"(thang|quy)\b")
_PERIOD_NUMBER = re.compile(r"\d{1,2}|[IV]{1,3}")
_NUMBER_CELL = re.compile(r"\(?(\d{1,2}|[a-z])\)?")


_TELLING = frozenset(
    {
        Column.LEAD,
        Column.COORDINATING,
        Column.AGENCY,
        Column.START,
        Column.DEADLINE,
        Column.MARK,
        Column.PRODUCT,
        Column.UNIT,
        Column.TARGET,
    }
)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table: their meanings and headings on the grid, and the grid columns of a short row.

    `spans` says for rows with as many cells as the upper of two heading rows which grid columns each of
    their cells covers; it is empty where there is one heading row. `words` are the folded headings.
    """

    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    spans: tuple[tuple[int, ...], ...]
    height: int
    words: frozenset[str]

    @property
    def width(self) -> int:
        """Return the number of grid columns."""
        return len(self.columns)

    @property
    def is_of_indicators(self) -> bool:
        """Tell whether the table sets figures rather than tasks."""
        has = set(self.columns)
        named = any(_OF_FIGURES.match(fold(self.labels[place])) for place in self.where(Column.CONTENT))
        return Column.TARGET in has and (Column.UNIT in has or Column.DEADLINE not in has or named)

    def with_groups(self) -> "Header":
        """Return the header with the first of its columns of content taken as the headings of the rows."""
        first = self.where(Column.CONTENT)[0]
        return replace(self, columns=(*self.columns[:first], Column.GROUP, *self.columns[first + 1 :]))

    def with_marks(self) -> "Header":
        """Return the header with its columns of figures taken as periods that are ticked."""
        columns = (Column.MARK if meaning is Column.TARGET else meaning for meaning in self.columns)
        return replace(self, columns=tuple(columns))

    def where(self, *wanted: Column) -> tuple[int, ...]:
        """Return the grid columns that have one of these meanings, from left to right."""
        return tuple(i for i, meaning in enumerate(self.columns) if meaning in wanted)


def read(rows: Sequence[Row]) -> Header | None:
    """Read a header at the first of the rows; None where that row is none."""
    if not rows or not _could_be_heading(rows[0]):
        return None
    if len(rows) > 1 and _is_second(rows[0], rows[1]):
        both = _two_rows(rows[0], rows[1])
        if both is not None and _is_telling(both.columns):
            return both
    labels = tuple(squeeze(cell) for cell in rows[0].cells)
    columns = _settle([column(label) if label else Column.UNKNOWN for label in labels])
    return Header(columns, labels, (), 1, _words(labels)) if _is_telling(columns) else None


def is_repeated(row: Row, header: Header) -> bool:
    """Tell whether a row only repeats the headings, as at the top of each page."""
    filled = [cell for cell in row.cells if cell.strip()]
    own = [fold(cell) for cell in filled if len(cell) <= _LONGEST_HEADING]
    return bool(own) and len(own) == len(filled) and header.words.issuperset(own)


def is_column_count(row: Row) -> bool:
    """Tell whether a row only counts the columns: (1) (2) (3), or A B 1 2."""
    cells = [cell.strip().lower() for cell in row.cells if cell.strip()]
    if len(cells) < 3 or len(set(cells)) < len(cells) or max(map(len, cells)) > 4:
        return False
    digits = [int(cell.strip("()")) for cell in cells if cell.strip("()").isdigit()]
    return all(_NUMBER_CELL.fullmatch(cell) for cell in cells) and digits == sorted(digits)


def _could_be_heading(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    if len(filled) < 2 or any(len(cell) > _LONGEST_HEADING for cell in filled):
        return False
    return numbering.parse(filled[0]) is None and len({fold(cell) for cell in filled}) >= 2


def _is_telling(columns: Sequence[Column]) -> bool:
    has = set(columns)
    telling = has & _TELLING
    if Column.CONTENT not in has or not telling:
        return False
    return len(telling) >= 2 or Column.NUMBER in has


def _is_second(first: Row, second: Row) -> bool:
    """Tell whether the second row gives the headings below those of the first."""
    texts = [squeeze(c) for i, c in enumerate(second.cells) if i not in second.down]
    filled = [text for text in texts if text]
    if not filled or any(len(t) > _LONGEST_HEADING for t in filled):
        return False
    if _counts_periods(first, second):
        return True
    if numbering.parse(filled[0]) is not None or is_column_count(second) or len(second.cells) < len(first.cells):
        return False
    if len(first.cells) == len(second.cells) and not _stands_below_spans(first, second):
        return False
    if _is_merged_below(first, second):
        return True
    own = [column(text) for text in filled if fold(text) not in {fold(cell) for cell in first.cells}]
    return bool(own) and all(meaning is not Column.UNKNOWN for meaning in own)


def _counts_periods(first: Row, second: Row) -> bool:
    """Tell whether the second row only numbers the months or quarters that the first row names above it."""
    if len(first.cells) != len(second.cells):
        return False
    own = [i for i, cell in enumerate(second.cells) if cell.strip() and i not in second.down]
    own = [i for i in own if fold(second.cells[i]) != fold(first.cells[i])]
    return len(own) > 1 and all(_is_period(first.cells[i], second.cells[i]) for i in own)


def _is_period(upper: str, lower: str) -> bool:
    return _PERIOD_WORD.match(fold(upper)) is not None and _PERIOD_NUMBER.fullmatch(lower.strip()) is not None


def _is_merged_below(first: Row, second: Row) -> bool:
    """Tell whether the second row lies under wide headings while all the others reach down over it."""
    own = [i for i, cell in enumerate(second.cells) if cell.strip() and i not in second.down]
    wide = set(first.across) | {i - 1 for i in first.across}
    others = [i for i in range(len(second.cells)) if i not in own]
    return len(own) > 1 and bool(others) and wide.issuperset(own) and second.down.issuperset(others)


def _stands_below_spans(first: Row, second: Row) -> bool:
    """Tell whether each heading of the second row has a wider or empty cell above it, or repeats the one above."""
    cells = [fold(cell) for cell in first.cells]
    shared = {i for i in range(1, len(cells)) if not cells[i] or cells[i] == cells[i - 1]}
    shared |= {i - 1 for i in shared}
    own = [i for i, c in enumerate(second.cells) if c.strip() and i not in second.down]
    return all(i in shared or fold(second.cells[i]) == cells[i] for i in own)


def _two_rows(first: Row, second: Row) -> Header | None:
    spans = _spans(first, second)
    if spans is None:
        return None
    labels: list[str] = []
    columns: list[Column] = []
    above = {place: squeeze(first.cells[i]) for i, places in enumerate(spans) for place in places}
    for place, cell in enumerate(second.cells):
        upper, lower = above.get(place, ""), squeeze(cell)
        if not lower or place in second.down or fold(lower) == fold(upper):
            labels.append(upper)
            columns.append(column(upper) if upper else Column.UNKNOWN)
        else:
            named = f"{upper.split()[0]} {lower}" if _is_period(upper, lower) else lower
            labels.append(f"{upper} / {named}")
            columns.append(_below(upper, named))
    short = spans if len(first.cells) < len(second.cells) else ()
    return Header(_settle(columns), tuple(labels), short, 2, _words(labels))


def _words(labels: Iterable[str]) -> frozenset[str]:
    """Return the headings and, of two that stand one above the other, each."""
    return frozenset(fold(part) for label in labels for part in (label, *label.split(" / ")))


def _below(upper: str, lower: str) -> Column:
    """Return the meaning of a heading that stands below another; its own words count first."""
    own, over = column(lower), column(upper)
    if own is Column.UNKNOWN or (own is Column.UNIT and over is Column.AGENCY):
        return over
    return own


def _spans(first: Row, second: Row) -> tuple[tuple[int, ...], ...] | None:
    """Lay the cells of the upper row over the columns of the lower one."""
    if len(first.cells) == len(second.cells):
        return tuple((i,) for i in range(len(first.cells)))
    spans: list[tuple[int, ...]] = []
    place, width, upper = 0, len(second.cells), len(first.cells)
    while place < width and len(spans) < upper:
        if not second.cells[place].strip() or place in second.down:
            spans.append((place,))
            place += 1
            continue
        end = place
        while end < width and second.cells[end].strip():
            end += 1
        after = sum(1 for cell in second.cells[end:] if not cell.strip())
        covering = upper - len(spans) - after
        size = end - place
        if covering < 1 or size % covering:
            return None
        step = size // covering
        spans.extend(tuple(range(place + k * step, place + (k + 1) * step)) for k in range(covering))
        place = end
    return tuple(spans) if place == width and len(spans) == upper else None


def _settle(columns: list[Column]) -> tuple[Column, ...]:
    """Decide the headings whose meaning depends on the others."""
    settled = list(columns)
    has = set(columns)
    figures = Column.TARGET in has or Column.FIGURE in has
    for place, meaning in enumerate(settled):
        if meaning is Column.FIGURE:
            settled[place] = Column.TARGET if Column.CONTENT in settled else Column.CONTENT
        elif meaning is Column.UNIT and not figures:
            settled[place] = Column.AGENCY
        elif meaning is Column.AGENCY and Column.COORDINATING in has and Column.LEAD not in has:
            settled[place] = Column.LEAD
    return tuple(settled)
