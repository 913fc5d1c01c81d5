"""Plain text and Markdown: tables as tab-separated rows, as cells on lines of their own, or between pipes."""

import html
import re
from collections.abc import Callable, Iterator

from documents import text_cells, text_csv, text_html
from documents.text_cells import Cell
from domain.sources import Block, Document, Paragraph, Row, Table
from domain.words import fold, nfc

_BREAKING_TAG = re.compile(r"<\s*(?:br|/p|/li|/div|/h\d|p|li|div|h\d)\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(r"<(p|div|body|h\d)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMPHASIS = re.compile(r"\*\*|__|^\s*#{1,6}\s+|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
_PIPE_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_AFTER_TABLE = re.compile(r"(phu luc( so)?( [ivxlc]+| \d+)?[.:]?$|(noi nhan|ghi chu|luu y) ?:|(tm|kt|tl|tuq)\. )")


def read(name: str, text: str) -> Document:
    """Return the blocks of a text; rows and paragraphs know their line, and their page where pages are marked."""
    lined = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    if text_html.has_table(lined):
        return Document(name, tuple(_html_blocks(lined)))
    separated = None if "\t" in lined else text_csv.read(lined)
    if separated is not None:
        return Document(name, (separated,))
    return Document(name, tuple(_Reader(lined.split("\n")).blocks()))


def _html_blocks(text: str) -> Iterator[Block]:
    for is_table, piece in text_html.split(text):
        if is_table:
            yield text_html.read(piece, clean)
        else:
            flowing = piece.replace("\n", " ") if _PARAGRAPH_TAG.search(piece) else piece
            yield from _Reader(_BREAKING_TAG.sub("\n", flowing).split("\n")).blocks()


def clean(text: str) -> str:
    """Return a cell or line without markup: tags that break lines become line breaks, the others go."""
    plain = html.unescape(_TAG.sub("", _BREAKING_TAG.sub("\n", text)))
    lines = (" ".join(_EMPHASIS.sub("", line).split()) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def _is_tabbed(line: str) -> bool:
    return line.count("\t") >= 2 and bool(line.strip())


def _is_piped(line: str) -> bool:
    return line.lstrip().startswith("|") and line.count("|") >= 3


def _is_cell(line: str) -> bool:
    return "\t" in line and not line.split("\t", 1)[0].strip()


def _ends_table(line: str) -> bool:
    return _AFTER_TABLE.match(fold(clean(line))) is not None


class _Reader:
    """Walks the lines once; at each line the line's own form chooses how the next block is read."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._at = 0
        self._page = 1 if any("\f" in line for line in lines) else None

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            if self._page is not None:
                self._page += line.count("\f")
                line = self._lines[self._at] = line.replace("\f", "")
            if _is_tabbed(line):
                yield self._split_rows(lambda text: "\t" in text.strip(" "), lambda text: text.split("\t"))
            elif _is_piped(line):
                yield self._split_rows(_is_piped, lambda text: text.strip().strip("|").split("|"))
            elif _is_cell(line):
                yield self._cells()
            else:
                self._at += 1
                if text := clean(line):
                    yield Paragraph(text, page=self._page, line=self._at)

    def _split_rows(self, belongs: Callable[[str], bool], split: Callable[[str], list[str]]) -> Table:
        """Read rows of one line each up to a line that is none; a row broken inside a cell is mended."""
        rows: list[Row] = []
        width = 0
        while self._at < len(self._lines) and "\f" not in (line := self._lines[self._at]):
            short = bool(rows) and len(rows[-1].cells) < width and bool(line.strip())
            if not belongs(line) and not short:
                break
            self._at += 1
            if _PIPE_RULE.fullmatch(line.strip()):
                continue
            cells = split(line)
            is_rest = short and cells[0].strip() and not text_cells.is_number(clean(cells[0]))
            if is_rest and len(rows[-1].cells) + len(cells) - 1 <= width:
                *kept, broken = rows[-1].cells
                cells = [*kept, f"{broken}\n{cells[0]}", *cells[1:]]
                rows.pop()
            width = max(width, len(cells))
            rows.append(Row(tuple(cells), page=self._page, line=self._at))
        cleaned = (Row(tuple(clean(c) for c in row.cells), row.page, row.line) for row in rows)
        return Table(tuple(cleaned))

    def _cells(self) -> Table:
        """Read cells that stand one a line behind a tab, up to the text after the table."""
        cells: list[Cell] = []
        blanks = 0
        while self._at < len(self._lines) and "\f" not in (line := self._lines[self._at]):
            if _is_cell(line):
                lead, text = line.split("\t", 1)
                if lead:
                    cells.append(Cell("", self._at + 1, after_blank=bool(blanks)))
                cells.append(Cell(text, self._at + 1, after_blank=bool(blanks) and not lead))
            elif not line.strip():
                blanks += 1
                self._at += 1
                continue
            elif blanks >= 2 or _ends_table(line):
                break
            else:
                cells[-1].text += f"\n{line}"
            blanks = 0
            self._at += 1
        for cell in cells:
            cell.text = clean(cell.text.replace("\t", " "))
        return Table(tuple(text_cells.rows(cells)))
