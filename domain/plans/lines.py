"""The body rows of a table laid on its columns: cut rows joined, remarks and signatures left out."""

import re
from dataclasses import dataclass, field, replace

from domain.plans.columns import Column
from domain.plans.headers import Header
from domain.sources import Row
from domain.words import fold, squeeze

_EMPTY_CELL = re.compile(r"[-–—·•*+.…\s]*")
_BULLET = re.compile(r"[-–+•·*]\s*\S")
_BROKEN = re.compile(r"\w[-/]$")
_REMARK = re.compile(r"(ghi chu|luu y|\(?\*+\)?)( ?:|[. ]|$)")
_SUM = re.compile(r"(tong so|tong cong|tong|cong)( so)?( cac)?( nhiem vu| muc| viec)?( ?[:(]| ?=| \d|$)")
_FIGURE = re.compile(r"[\d.,\s]+( ?%| ?(nhiem vu|viec|muc|trieu dong|trieu|dong))?")
_SIGNATURE = re.compile(
    r"noi nhan ?:|(tm|kt|tl|tuq)\. ?[a-z]|nguoi lap( bieu| bang)?$"
    r"|(kt\. ?)?(pho )?(chu tich|giam doc|chanh van phong|thu truong( don vi| co quan)?)$"
)


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
    """A table with known columns, the appendix it stands in, the line of text above it, and its body rows."""

    header: Header
    appendix: str | None
    heading: str = ""
    lines: list[Line] = field(default_factory=list)


def add(grid: Grid, row: Row, *, after_cut: bool) -> bool:
    """Add a row to a table, or to the row before it where it is that row's rest.

    `after_cut` says that the row follows a break of the table. Returns False where the row is a signature:
    the table ends there.
    """
    line = _lay(row, grid.header)
    if not any(line.cells) or _is_remark(line):
        return True
    if _is_signature(line, grid.header):
        return False
    previous = grid.lines[-1] if grid.lines else None
    if previous is None:
        grid.lines.append(line)
        return True
    line.after_cut = after_cut or (row.page is not None and row.page != previous.page)
    if not _is_rest(line, previous, grid.header):
        grid.lines.append(line)
        return True
    for place, text in enumerate(line.cells):
        if text and place not in line.down:
            _give_rest(grid, place, text)
    previous.page = line.page
    return True


def put_heading(grid: Grid, text: str) -> None:
    """Put a heading that stands above the table into it as its first row."""
    grid.lines.insert(0, _lay(Row((text,)), grid.header))


def _give_rest(grid: Grid, place: int, text: str) -> None:
    """Add the rest of a cut cell to the row it begins in, which a further deadline may have come between."""
    is_content = grid.header.columns[place] is Column.CONTENT
    for line in reversed(grid.lines):
        waits = place in line.down or (is_content and not line.cells[place])
        if line.cells[place] or not waits:
            line.cells[place] = _joined(line.cells[place], text)
        if not waits:
            return


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


def _is_remark(line: Line) -> bool:
    """Tell whether a row is a remark or a sum below the tasks."""
    first, *others = dict.fromkeys(fold(cell) for cell in line.cells if cell)
    if _SUM.match(first) is not None:
        return all(_FIGURE.fullmatch(other) for other in others)
    remark = _REMARK.match(first)
    return remark is not None and (not others or (len(others) == 1 and remark.end() == len(first)))


def _is_signature(line: Line, header: Header) -> bool:
    """Tell whether a row belongs to the signatures below a table, where the table ends."""
    if any(line.cells[place] for place in header.where(Column.NUMBER)):
        first = fold(line.cells[header.where(Column.NUMBER)[0]])
        return _SIGNATURE.match(first) is not None
    own = [fold(cell.split("\n")[0]) for cell in line.cells if cell]
    return bool(own) and len(own) <= 3 and all(_SIGNATURE.match(text) for text in own)


def _is_rest(line: Line, previous: Line, header: Header) -> bool:
    """Tell whether a row is the rest of the one before, cut by a page break or a stray line."""
    numbers, contents = header.where(Column.NUMBER), header.where(Column.CONTENT)
    if any(line.is_own(place) for place in numbers) or _is_one_cell(line):
        return False
    content = next((line.cells[place] for place in contents if line.is_own(place)), "")
    if content and _begins_small(content) and (line.after_cut or not _is_complete(line, header)):
        return True
    if not line.after_cut or line.down:
        return False
    if any(_begins_small(text) for text in line.cells):
        return True
    dues = header.where(Column.DEADLINE, Column.START)
    begins_anew = any(line.cells[place] for place in dues)
    waits = any(previous.cells[i] for i in _agencies(header)) and not any(previous.cells[i] for i in dues)
    return not begins_anew or waits


def _is_complete(line: Line, header: Header) -> bool:
    """Tell whether a row names an agency and a deadline of its own, and neither begins in mid-sentence."""
    dues = [line.cells[p] for p in header.where(Column.DEADLINE, Column.START) if line.is_own(p)]
    agencies = [line.cells[p] for p in _agencies(header) if line.is_own(p)]
    return any(dues) and any(agencies) and not any(map(_begins_small, [*dues, *agencies]))


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
    gap = "\n" if _BULLET.match(after) else "" if _BROKEN.search(before) else " "
    return f"{before}{gap}{after}"
