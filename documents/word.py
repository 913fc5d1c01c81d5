"""Word documents (.docx), read from their XML: merged cells, automatic numbers, tracked changes as accepted."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from documents.limits import BROKEN_ARCHIVE
from documents.sniff import DAMAGED
from documents.word_numbers import Numbers, W
from domain.errors import DocumentRefused
from domain.sources import Block, Document, Paragraph, Row, Table
from domain.words import nfc

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}txbxContent", f"{_MC}Fallback"})
_TRANSPARENT = frozenset(
    {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag", f"{W}hyperlink"}
)
_SIGNS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": " ", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
_SAME_EDGE = 170
_PLAIN_WIDTH = 1_000
_MOST_COLUMNS = 200


def read(path: Path) -> Document:
    """Return the blocks of a Word document. Raises DocumentRefused where it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            body = _part(archive, "word/document.xml")
            numbers = Numbers(partial(_part, archive, "word/numbering.xml"), partial(_part, archive, "word/styles.xml"))
            content = None if body is None else body.find(f"{W}body")
            blocks = None if content is None else tuple(_Reader(numbers).blocks(content))
    except BROKEN_ARCHIVE as error:
        raise DocumentRefused(DAMAGED.format(name=path.name)) from error
    if blocks is None:
        raise DocumentRefused(DAMAGED.format(name=path.name))
    return Document(path.name, blocks)


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    if name not in archive.namelist():
        return None
    return ElementTree.fromstring(archive.read(name))


def _children(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the children, looking through wrappers that change nothing about them."""
    for child in element:
        if child.tag in _TRANSPARENT:
            yield from _children(child)
        elif child.tag == f"{_MC}AlternateContent":
            for choice in child.findall(f"{_MC}Choice"):
                yield from _children(choice)
        else:
            yield child


def _text(element: ElementTree.Element) -> str:
    """Return the visible text of a paragraph, tracked changes accepted."""
    parts: list[str] = []
    for child in element:
        if child.tag in _GONE:
            continue
        if child.tag == f"{W}t":
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag != f"{W}r" or child.find(f"{W}rPr/{W}vanish") is None:
            parts.append(_text(child))
    return "".join(parts)


def _text_boxes(element: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the text boxes anchored in a paragraph, each once though Word stores two drawings of it."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != f"{_MC}Fallback":
            yield from _text_boxes(child)


@dataclass(slots=True)
class _Cell:
    """A cell of a Word row: the edges it stands between, its text, and whether it goes on from above."""

    left: int
    right: int
    text: str
    is_below: bool


class _Reader:
    """Walks the body once, in order, because automatic numbers count as they go."""

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers

    def blocks(self, content: ElementTree.Element) -> Iterator[Block]:
        """Yield paragraphs and tables; the part of a paragraph whose end was deleted joins the next."""
        kept = ""
        for child in _children(content):
            if child.tag == f"{W}p":
                kept += self._paragraph(child)
                for box in _text_boxes(child):
                    yield from self.blocks(box)
                if child.find(f"{W}pPr/{W}rPr/{W}del") is None:
                    if kept.strip():
                        yield Paragraph(kept.strip())
                    kept = ""
            elif child.tag == f"{W}tbl":
                yield from self._table(child)

    def _paragraph(self, paragraph: ElementTree.Element) -> str:
        text = "\n".join(" ".join(line.split()) for line in _text(paragraph).split("\n"))
        label = self._numbers.label(paragraph)
        return nfc(f"{label} {text}".strip() if label else text)

    def _table(self, table: ElementTree.Element) -> Iterator[Table]:
        """Yield a table, and after it the tables of three columns or more that stand inside its cells."""
        edges = _edges(table)
        inner: list[Table] = []
        rows = [
            list(self._cells(row, edges, inner))
            for row in _children(table)
            if row.tag == f"{W}tr" and row.find(f"{W}trPr/{W}del") is None
        ]
        laid = _lay([row for row in rows if row])
        if laid:
            yield Table(tuple(laid))
        yield from inner

    def _cells(self, row: ElementTree.Element, edges: list[int], inner: list[Table]) -> Iterator[_Cell]:
        before = row.find(f"{W}trPr/{W}gridBefore")
        at = min(max(0, int(before.get(f"{W}val", "0"))), _MOST_COLUMNS) if before is not None else 0
        while len(edges) <= at:
            edges.append(edges[-1] + _PLAIN_WIDTH)
        for cell in _children(row):
            if cell.tag != f"{W}tc":
                continue
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            covered = int(span.get(f"{W}val", "1")) if span is not None else 1
            end = at + min(max(1, covered), _MOST_COLUMNS)
            while len(edges) <= end:
                edges.append(edges[-1] + _PLAIN_WIDTH)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            is_below = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            yield _Cell(edges[at], edges[end], self._cell_text(cell, inner), is_below)
            at = end

    def _cell_text(self, cell: ElementTree.Element, inner: list[Table]) -> str:
        lines: list[str] = []
        for block in self.blocks(cell):
            if isinstance(block, Paragraph):
                lines.append(block.text)
            elif max(len(row.cells) for row in block.rows) >= 3 and len(block.rows) >= 2:
                inner.append(block)
            else:
                lines.extend(" ".join(filter(None, row.cells)) for row in block.rows)
        return "\n".join(lines)


def _edges(table: ElementTree.Element) -> list[int]:
    """Return where the columns of the table's grid begin and end, in twentieths of a point."""
    widths = [int(float(c.get(f"{W}w", "0"))) for c in table.findall(f"{W}tblGrid/{W}gridCol")]
    if not all(width > 0 for width in widths):
        widths = [_PLAIN_WIDTH] * len(widths)
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def _lay(rows: list[list[_Cell]]) -> list[Row]:
    """Lay the rows on common columns; edges that differ by a hair between rows are the same edge."""
    columns = _columns(rows)
    last = max(columns.values(), default=0)
    laid: list[Row] = []
    for line, row in enumerate(rows, start=1):
        cells = [""] * last
        across: set[int] = set()
        down: set[int] = set()
        for cell in row:
            first, end = columns[cell.left], max(columns[cell.right], columns[cell.left] + 1)
            for place in range(first, min(end, last)):
                above = laid[-1].cells[place] if cell.is_below and laid else ""
                cells[place] = above or cell.text
                down.update([place] if cell.is_below and laid else [])
                across.update([place] if place > first else [])
        laid.append(Row(tuple(cells), line=line, across=frozenset(across), down=frozenset(down)))
    return laid


def _columns(rows: list[list[_Cell]]) -> dict[int, int]:
    """Number the edges from left to right; near edges share a number unless one row has both."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    together = [{edge for cell in row for edge in (cell.left, cell.right)} for row in rows]
    groups: list[set[int]] = []
    for edge in edges:
        near = bool(groups) and edge - min(groups[-1]) <= _SAME_EDGE
        if near and not any(edge in own and groups[-1] & own for own in together):
            groups[-1].add(edge)
        else:
            groups.append({edge})
    return {edge: number for number, group in enumerate(groups) for edge in group}
