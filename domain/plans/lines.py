"""From blocks to the body rows of each table: pieces and cut rows joined, repeated headings dropped."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from domain.plans import headers
from domain.plans.headers import Column, Header
from domain.sources import Document, Paragraph, Row, Table
from domain.words import fold, squeeze

_APPENDIX = re.compile(r"(phu luc|bieu)( so)?[ .:]*([ivxlc]+|\d+[a-z]?|[a-z])?(?=$|[ .:(\-–/])")
_PAGE_MARK = re.compile(r"[-–—\s\d./|*_]*|(trang|page) ?\d+( ?/ ?\d+)?")
_EMPTY_CELL = re.compile(r"[-–—·•*+.…\s]*")
_BULLET = re.compile(r"[-–+•·*]\s*\S")
_CLOSING = re.compile(r"(ghi chu|luu y|tong( so| cong)?|noi nhan|\(?\*+\)?|(tm|kt|tl|tuq)\.)( ?:|[. ]|$)")


@dataclass(slots=True)
class Line:
    """A body row laid on the header's grid; `number` and `source` are those of its first piece."""

    cells: list[str]
    across: frozenset[int]
    down: frozenset[int]
    page: int | None
    line: int | None
    after_cut: bool = False
    first_page: int | None = None

    def text(self, place: int) -> str:
        """Return a cell's text with single spaces."""
        return squeeze(self.cells[place])

    def is_own(self, place: int) -> bool:
        """Tell whether the cell has text and begins in this row."""
        return bool(self.cells[place]) and place not in self.down

    def begins(self, place: int) -> bool:
        """Tell whether a cell with text begins exactly here, neither further left nor further up."""
        return self.is_own(place) and place not in self.across

    def own_part(self) -> "Line":
        """Return the row without the cells that begin in a row above."""
        cells = ["" if place in self.down else cell for place, cell in enumerate(self.cells)]
        return replace(self, cells=cells, down=frozenset())


@dataclass(slots=True)
class Grid:
    """A table with known columns, the appendix it stands in, and its body rows."""

    header: Header
    appendix: str | None
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """Where the walk over the blocks stands."""

    appendix: str | None = None
    grid: Grid | None = None
    text_between: bool = False
    cut: bool = False


def grids(document: Document) -> tuple[Grid, ...]:
    """Return the tables of tasks and of indicators in reading order."""
    at = _Reading()
    found: list[Grid] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _note_text(at, block.text)
        else:
            found.extend(_take_table(at, block))
    return tuple(found)


def appendix_name(text: str) -> str | None:
    """Return "Phụ lục I" for a line that begins an appendix, None for any other line."""
    line = squeeze(text)
    match = _APPENDIX.match(fold(line))
    if match is None or len(line) > 150 or (match[1] == "bieu" and not match[3]):
        return None
    words = line[: match.end()].rstrip(" .:")
    rest = line[match.end() :].strip()
    if rest and not match[3] and not rest.startswith(("(", ":", "-", "–")) and words.isupper() != rest.isupper():
        return None
    shown = words.split(" ")
    small = [word if word.isdigit() or (n == len(shown) - 1 and match[3]) else word.lower() for n, word in enumerate(shown)]
    return " ".join([small[0].capitalize(), *small[1:]])


def _note_text(at: _Reading, text: str) -> None:
    for line in text.split("\n"):
        name = appendix_name(line)
        if name is not None:
            at.appendix, at.grid = name, None
        elif not _PAGE_MARK.fullmatch(fold(line)):
            at.text_between = True


def _take_table(at: _Reading, table: Table) -> Iterator[Grid]:
    """Lay the rows of one table on their grid; yields each grid that begins here."""
    at.cut = True
    first = _first_header(table.rows)
    if first is None and not _continues(at, table):
        for row in table.rows:
            for cell in row.cells:
                _note_text(at, cell)
        return
    place = 0
    while place < len(table.rows):
        row = table.rows[place]
        header = headers.read(table.rows[place:])
        if header is not None and (at.grid is None or place == 0 or Column.NUMBER in header.columns):
            if not _is_same(at, header):
                at.grid = Grid(header, at.appendix)
                yield at.grid
            at.text_between = False
            place += header.height
            continue
        if at.grid is None:
            for cell in dict.fromkeys(row.cells):
                _note_text(at, cell)
        else:
            _take_row(at, at.grid, row)
        place += 1


def _first_header(rows: tuple[Row, ...]) -> Header | None:
    found = (headers.read(rows[i:]) for i in range(len(rows)))
    return next((header for header in found if header is not None), None)


def _continues(at: _Reading, table: Table) -> bool:
    """Tell whether a table without headings goes on with the one before it."""
    if at.grid is None or not table.rows:
        return False
    widest = max(len(row.cells) for row in table.rows)
    last = at.grid.lines[-1].page if at.grid.lines else None
    new_page = last is not None and table.rows[0].page is not None and table.rows[0].page > last
    return widest in (at.grid.header.width, len(at.grid.header.spans)) and (new_page or not at.text_between)


def _is_same(at: _Reading, header: Header) -> bool:
    """Tell whether headings only repeat those of the table that goes on."""
    if at.grid is None or at.text_between:
        return False
    return [fold(x) for x in at.grid.header.labels] == [fold(x) for x in header.labels]


def _take_row(at: _Reading, grid: Grid, row: Row) -> None:
    if headers.is_repeated(row, grid.header) or headers.is_column_count(row):
        at.cut = True
        return
    line = _lay(row, grid.header)
    if not any(line.cells) or _closes(line):
        return
    previous = grid.lines[-1] if grid.lines else None
    new_page = previous is not None and row.page is not None and row.page != previous.page
    line.after_cut = previous is not None and (at.cut or new_page)
    at.cut = False
    if previous is not None and _is_rest(line, previous, grid.header):
        for place, text in enumerate(line.cells):
            if text and place not in line.down:
                previous.cells[place] = _joined(previous.cells[place], text)
        previous.page = line.page
        return
    grid.lines.append(line)


def _lay(row: Row, header: Header) -> Line:
    """Lay a row on the grid; a row shorter than the grid has merged cells or lacks its last ones."""
    cells = ["" if _EMPTY_CELL.fullmatch(cell) else cell.strip() for cell in row.cells]
    across, width = row.across, header.width
    if len(cells) < width and len(cells) == len(header.spans):
        spread = [(place, cells[i]) for i, places in enumerate(header.spans) for place in places]
        across = frozenset(place for places in header.spans for place in places[1:])
        cells = [text for _, text in spread]
    elif len(cells) == 1:
        cells, across = cells * width, frozenset(range(1, width))
    elif len(cells) > width:
        cells = [*cells[: width - 1], "\n".join(text for text in cells[width - 1 :] if text)]
    cells += [""] * (width - len(cells))
    return Line(cells, across, row.down, row.page, row.line, first_page=row.page)


def _closes(line: Line) -> bool:
    """Tell whether a row is a remark or a signature below the tasks."""
    texts = list(dict.fromkeys(cell for cell in line.cells if cell))
    return bool(_CLOSING.match(fold(texts[0]))) and (len(texts) == 1 or "noi nhan" in fold(texts[0]))


def _is_rest(line: Line, previous: Line, header: Header) -> bool:
    """Tell whether a row is the rest of the one before, cut by a page break or a stray line."""
    numbers, contents = header.where(Column.NUMBER), header.where(Column.CONTENT)
    if any(line.is_own(place) for place in numbers) or _is_one_cell(line):
        return False
    content = next((line.cells[place] for place in contents if line.is_own(place)), "")
    if content and _begins_small(content):
        return True
    if not line.after_cut or line.down:
        return False
    if any(_begins_small(text) for text in line.cells):
        return True
    dues = header.where(Column.DEADLINE, Column.START)
    begins_anew = any(line.cells[place] for place in dues)
    waits = any(previous.cells[i] for i in _agencies(header)) and not any(previous.cells[i] for i in dues)
    return not begins_anew or waits


def _agencies(header: Header) -> tuple[int, ...]:
    return header.where(Column.LEAD, Column.COORDINATING, Column.AGENCY)


def _is_one_cell(line: Line) -> bool:
    texts = {fold(cell) for cell in line.cells if cell}
    return len(texts) == 1 and sum(1 for cell in line.cells if cell) > 2


def _begins_small(text: str) -> bool:
    first = text.lstrip("“\"'(")[:1]
    return first.islower() and not re.match(r"[a-zđ]\)", text)


def _joined(before: str, after: str) -> str:
    if not before:
        return after
    return f"{before}{chr(10) if _BULLET.match(after) else ' '}{after}"
