"""PDF files with a text layer: ruled tables and the lines of text around them, page by page."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from documents import limits
from documents.progress import Told, silent
from documents.sniff import DAMAGED, PASSWORD
from domain.errors import DocumentRefused
from domain.sources import Block, Document, Paragraph, Row, Table
from domain.words import nfc

SCAN = (
    "Tệp “{name}” là bản chụp (scan), không có chữ để đọc; xin gửi bản Word, Excel "
    "hoặc PDF xuất từ Word của văn bản này."
)
_BROKEN_PDF = (
    MalformedPDFException,
    PDFException,
    PSException,
    AttributeError,
    IndexError,
    KeyError,
    RecursionError,
    TypeError,
    ValueError,
)
_NEAR = 4.0
_LINE_GAP = 3.0
_BULLETS = ("-", "–", "+", "•", "·", "*")
_FEWEST_LETTERS = 20
_BROKEN = re.compile(r"\w[-/]$")
_NUMBER_SO_FAR = re.compile(r"\d+(/\d{4})?/[A-ZĐ]+$")

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def read(path: Path, told: Told = silent) -> Document:
    """Return the blocks of a PDF, telling each page.

    Raises DocumentRefused where it is locked, damaged, too long or a scan.
    """
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > limits.PDF_PAGES:
                raise DocumentRefused(limits.TOO_LONG.format(name=path.name, limit=limits.PDF_PAGES))
            blocks = tuple(_blocks(pdf.pages, told))
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        locked = isinstance(cause, PDFPasswordIncorrect | PDFTextExtractionNotAllowed)
        raise DocumentRefused((PASSWORD if locked else DAMAGED).format(name=path.name)) from error
    except _BROKEN_PDF as error:
        raise DocumentRefused(DAMAGED.format(name=path.name)) from error
    document = Document(path.name, blocks)
    if sum(letter.isalpha() for line in document.lines() for letter in line) < _FEWEST_LETTERS:
        raise DocumentRefused(SCAN.format(name=path.name))
    return document


def _blocks(pages: Sequence[Any], told: Told) -> Iterator[Block]:
    edges: list[float] = []
    for number, page in enumerate(pages, start=1):
        told("trang", number, len(pages))
        words = [_word(word) for word in page.extract_words(x_tolerance=2, keep_blank_chars=False)]
        tables = [found for found in page.find_tables() if found.cells]
        inside = [[word for word in words if _holds(found.bbox, word)] for found in tables]
        taken = {id(word) for own in inside for word in own}
        placed: list[tuple[float, Block]] = [
            (line[0].top, Paragraph(nfc(" ".join(word.text for word in line)), page=number))
            for line in _lines([word for word in words if id(word) not in taken])
        ]
        for found, own in zip(tables, inside, strict=True):
            edges = _same_edges([edge for cell in found.cells for edge in (cell[0], cell[2])], edges)
            placed.append((found.bbox[1], Table(tuple(_rows(found.cells, own, edges, number)))))
        placed.sort(key=lambda pair: pair[0])
        yield from (block for _, block in placed)
        page.close()


def _word(word: dict[str, Any]) -> _Word:
    return _Word(word["text"], word["x0"], word["top"], word["x1"], word["bottom"])


def _holds(box: Box, word: _Word) -> bool:
    across, down = word.middle
    return box[0] <= across <= box[2] and box[1] <= down <= box[3]


def _lines(words: Sequence[_Word]) -> list[list[_Word]]:
    """Gather words into lines from top to bottom, each from left to right."""
    lines: list[list[_Word]] = []
    for word in sorted(words, key=lambda w: (w.middle[1], w.left)):
        if lines and abs(lines[-1][0].middle[1] - word.middle[1]) <= _LINE_GAP:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.left) for line in lines]


def _same_edges(found: Iterable[float], known: Sequence[float]) -> list[float]:
    """Return the edges of the columns; a piece of the table before it has that table's columns."""
    own = _distinct(found)
    if known and all(any(abs(edge - other) <= _NEAR for other in known) for edge in own):
        return list(known)
    return own


def _distinct(found: Iterable[float]) -> list[float]:
    edges: list[float] = []
    for edge in sorted(found):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges


def _rows(cells: Sequence[Box], words: Sequence[_Word], edges: Sequence[float], page: int) -> Iterator[Row]:
    """Lay the cells on columns and rows; a cell that covers several repeats its text in each."""
    tops = _distinct(cell[1] for cell in cells)
    grid = [["" for _ in edges[1:]] for _ in tops]
    across: list[set[int]] = [set() for _ in tops]
    down: list[set[int]] = [set() for _ in tops]
    for cell in cells:
        text = _text([word for word in words if _holds(cell, word)])
        left, right = _place(edges, cell[0]), max(_place(edges, cell[2]), _place(edges, cell[0]) + 1)
        top, bottom = _place(tops, cell[1]), bisect_right(tops, cell[3] - _NEAR)
        for row in range(top, bottom):
            for column in range(left, min(right, len(edges) - 1)):
                grid[row][column] = text
                across[row].update([column] if column > left else [])
                down[row].update([column] if row > top else [])
    for row, texts in enumerate(grid):
        yield Row(tuple(texts), page, row + 1, frozenset(across[row]), frozenset(down[row]))


def _place(edges: Sequence[float], at: float) -> int:
    return max(0, bisect_right(edges, at + _NEAR) - 1)


def _text(words: Sequence[_Word]) -> str:
    """Return a cell's text: wrapped lines joined, a new line only where a list item or sentence begins."""
    text = ""
    for line in _lines(words):
        piece = " ".join(word.text for word in line)
        in_number = bool(_BROKEN.search(text) or (_NUMBER_SO_FAR.search(text) and piece.startswith("-")))
        begins = piece.startswith(_BULLETS) or (text.endswith((";", ".")) and piece[:1].isupper())
        text += ("" if in_number else "\n" if begins else " ") + piece
    return nfc(text).strip()
