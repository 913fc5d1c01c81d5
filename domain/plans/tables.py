"""The walk over a document's blocks: which tables hold tasks or figures, and in which appendix they stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.plans import headers, lines, numbering, repeats
from domain.plans.columns import Column
from domain.plans.headers import Header
from domain.plans.lines import Grid
from domain.sources import Document, Paragraph, Row, Table
from domain.words import fold, squeeze

_APPENDIX = re.compile(r"(phu luc|bieu)( so)?[ .:]*([ivxlc]+|\d+[a-z]?|[a-z])?(?=$|[ .:(\-–/])")
_TICK = re.compile(r"[x✓✔√v]")
_PAGE_MARK = re.compile(r"[-–—\s\d./|*_]*|(trang|page) ?\d+( ?/ ?\d+)?")


@dataclass(slots=True)
class _Walk:
    """Where the walk over the blocks stands."""

    appendix: str | None = None
    grid: Grid | None = None
    text_between: bool = False
    last_text: str = ""
    headings: int = 0
    cut: bool = False


def grids(document: Document) -> tuple[Grid, ...]:
    """Return the tables of tasks and of indicators in reading order."""
    at = _Walk()
    found: list[Grid] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _note_text(at, block.text)
        else:
            found.extend(_take_table(at, block))
            at.last_text = ""
    if at.headings + sum(_is_numbered(grid.heading) for grid in found) > 1:
        for grid in found:
            if _is_numbered(grid.heading) and not _has_such_numbers(grid):
                lines.put_heading(grid, grid.heading)
    for grid in found:
        _settle_marks(grid)
        _settle_groups(grid)
        repeats.fill(grid)
    return tuple(found)


def _settle_marks(grid: Grid) -> None:
    """Take columns headed by years and ticked with "x" as times, not as figures to reach."""
    places = grid.header.where(Column.TARGET)
    cells = [line.cells[place] for line in grid.lines for place in places if place not in line.across]
    if any(cells) and all(_TICK.fullmatch(fold(cell)) for cell in cells if cell):
        grid.header = grid.header.with_marks()


def _settle_groups(grid: Grid) -> None:
    """Take the first of two columns of content as headings where its cells reach down over several rows."""
    contents = grid.header.where(Column.CONTENT)
    if len(contents) < 2 or grid.header.is_of_indicators:
        return
    first, second = contents[:2]
    reaches = any(first in line.down and second not in line.down and second not in line.across for line in grid.lines)
    if reaches or fold(grid.header.labels[first]).startswith("nhom "):
        grid.header = grid.header.with_groups()


def _is_numbered(text: str) -> bool:
    return numbering.split_leading(text)[0] is not None


def _has_such_numbers(grid: Grid) -> bool:
    """Tell whether the rows of a table are numbered the way its heading is, so that they stand beside it."""
    places = grid.header.where(Column.NUMBER)
    own = numbering.split_leading(grid.heading)[0]
    rows = [numbering.parse(line.text(places[0])) for line in grid.lines] if places else []
    return any(own is not None and row is not None and row.is_like(own) for row in rows)


def running_text(document: Document) -> Iterator[str]:
    """Yield the lines outside the tables of tasks: paragraphs, letterheads, titles above a sheet's table."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
            continue
        for place, row in enumerate(block.rows):
            if headers.read(block.rows[place : place + 2]) is not None:
                break
            for cell in dict.fromkeys(row.cells):
                yield from cell.split("\n")


def appendix_name(text: str) -> str | None:
    """Return "Phụ lục I" for a line that begins an appendix, None for any other line."""
    line = squeeze(text)
    match = _APPENDIX.match(fold(line))
    if match is None or len(line) > 150 or (match[1] == "bieu" and not match[3]):
        return None
    words = line[: match.end()].rstrip(" .:")
    rest = line[match.end() :].strip()
    named = bool(match[3]) or rest.startswith(("(", ":", "-", "–")) or (words.isupper() and rest.isupper())
    if rest and not named:
        return None
    shown = words.split(" ")
    small = [
        word if word.isdigit() or (n == len(shown) - 1 and match[3]) else word.lower() for n, word in enumerate(shown)
    ]
    return " ".join([small[0].capitalize(), *small[1:]])


def _note_text(at: _Walk, text: str) -> None:
    for line in text.split("\n"):
        name = appendix_name(line)
        if name is not None:
            at.appendix, at.grid = name, None
        elif not _PAGE_MARK.fullmatch(fold(line)):
            at.text_between, at.last_text = True, line


def _take_table(at: _Walk, table: Table) -> Iterator[Grid]:
    """Lay the rows of one table on their grid; yields each grid that begins here."""
    at.cut = True
    first = _first_header(table.rows)
    if first is None and not _continues(at, table):
        for row in table.rows:
            for cell in row.cells:
                _note_text(at, cell)
        return
    if first is None and at.grid is not None and not _is_on_later_page(at.grid, table.rows[0]):
        _take_heading_between(at, at.grid)
    place = 0
    while place < len(table.rows):
        header = _header_at(at, table.rows, place)
        if header is not None:
            if not _is_same(at, header, table.rows[place]):
                at.grid = Grid(header, at.appendix, at.last_text if place == 0 else "")
                yield at.grid
            at.text_between = False
            place += header.height
            continue
        row = table.rows[place]
        if at.grid is None or _is_title(at, table.rows, place):
            for cell in dict.fromkeys(row.cells):
                _note_text(at, cell)
        else:
            _take_row(at, at.grid, row)
        place += 1


def _header_at(at: _Walk, rows: tuple[Row, ...], place: int) -> Header | None:
    """Return the header that begins at this row; below other rows only one that also counts the rows."""
    header = headers.read(rows[place : place + 2])
    if header is None or at.grid is None or place == 0 or Column.NUMBER in header.columns:
        return header
    return None


def _is_title(at: _Walk, rows: tuple[Row, ...], place: int) -> bool:
    """Tell whether a row of one text belongs to the title of a further table on the same sheet."""
    first = _one_text(rows[place])
    if not first or appendix_name(first) is not None:
        return bool(first)
    for below in range(place, len(rows)):
        header = _header_at(at, rows, below)
        if header is not None:
            return below > place and not _is_same(at, header, rows[below])
        text = _one_text(rows[below])
        if not text or numbering.split_leading(text)[0] is not None:
            return False
    return False


def _one_text(row: Row) -> str:
    """Return the text of a row that holds only one, empty for any other row."""
    texts = {cell.strip() for cell in row.cells if cell.strip()}
    return squeeze(texts.pop()) if len(texts) == 1 else ""


def _first_header(rows: tuple[Row, ...]) -> Header | None:
    found = (headers.read(rows[i : i + 2]) for i in range(len(rows)))
    return next((header for header in found if header is not None), None)


def _continues(at: _Walk, table: Table) -> bool:
    """Tell whether a table without headings goes on with the one before it, by its width and its numbers."""
    if at.grid is None or not table.rows:
        return False
    if max(len(row.cells) for row in table.rows) not in (at.grid.header.width, len(at.grid.header.spans)):
        return False
    if not at.text_between or _is_on_later_page(at.grid, table.rows[0]):
        return True
    numbered = sum(numbering.parse(squeeze(row.cells[0])) is not None for row in table.rows)
    return bool(at.grid.header.where(Column.NUMBER)) and numbered * 2 > len(table.rows)


def _is_on_later_page(grid: Grid, row: Row) -> bool:
    last = grid.lines[-1].page if grid.lines else None
    return last is not None and row.page is not None and row.page > last


def _take_heading_between(at: _Walk, grid: Grid) -> None:
    """Take a numbered paragraph above a further piece of the table as a heading inside it."""
    if at.text_between and _is_numbered(at.last_text):
        at.headings += 1
        _take_row(at, grid, Row((at.last_text,)))
    at.cut = at.cut and not at.text_between
    at.text_between = False


def _is_same(at: _Walk, header: Header, row: Row) -> bool:
    """Tell whether headings only repeat those of the table that goes on."""
    if at.grid is None or (at.text_between and not _is_on_later_page(at.grid, row)):
        return False
    return at.grid.header.words == header.words and at.grid.header.width == header.width


def _take_row(at: _Walk, grid: Grid, row: Row) -> None:
    if headers.is_repeated(row, grid.header) or headers.is_column_count(row):
        at.cut = True
    elif not lines.add(grid, row, after_cut=at.cut):
        at.grid = None
    elif any(cell.strip() for cell in row.cells):
        at.cut = False
