"""A document as its reader hands it over: paragraphs and tables in reading order, before any meaning.

Readers of every file type produce these values, and the drafting of plans consumes nothing else. Text keeps
its line breaks where the source starts a new paragraph or list item; it is in Unicode form C.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text. `page` and `line` count from 1; None where the file type has no such thing."""

    text: str
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; `cells` repeats the text of a merged cell in every column it covers.

    `across` holds the columns whose text belongs to a cell that begins further left, `down` those whose
    text belongs to a cell that begins in a row above. Both are empty where the file does not tell.
    """

    cells: tuple[str, ...]
    page: int | None = None
    line: int | None = None
    across: frozenset[int] = frozenset()
    down: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand together in the source; a table cut by a page break may come as two."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that a reader found, in reading order; `name` is the file's name without its folder.

    `notes` are Vietnamese sentences about parts of the file that were left out or that a reader of the printed
    page would not see.
    """

    name: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """Yield every line of text in reading order, those in table cells included (merged cells once)."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from block.text.split("\n")
                continue
            for row in block.rows:
                for column, cell in enumerate(row.cells):
                    if column not in row.across and column not in row.down:
                        yield from cell.split("\n")
