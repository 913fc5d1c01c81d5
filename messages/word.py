"""What every Word file of ours is made of: one type face, clean text, tables that break well, the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"

LEFT, CENTER, RIGHT, JUSTIFY = (
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.RIGHT,
    WD_ALIGN_PARAGRAPH.JUSTIFY,
)
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The date of every part of a file: the same contents are the same bytes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, its width in centimetres, and how its cells stand."""

    title: str
    width: float
    align: WD_ALIGN_PARAGRAPH = LEFT


def prepare(paper: Paper, size: int, title: str) -> None:
    """Give a paper its type face, its size in points, and no author."""
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    properties = paper.core_properties
    properties.author, properties.title, properties.comments = "", sayable(title), ""


def sayable(text: str) -> str:
    """Return the text without signs that XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def space(
    paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH = LEFT, before: float = 0, after: float = 0, indent: float = 0
) -> Paragraph:
    """Place a paragraph: its side, points before and after, centimetres of its first line."""
    paragraph.alignment = align
    form = paragraph.paragraph_format
    form.space_before, form.space_after, form.first_line_indent = Pt(before), Pt(after), Cm(indent)
    return paragraph


def write(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False, size: float | None = None
) -> Paragraph:
    """Add words to a paragraph; `size` in points."""
    run = paragraph.add_run(sayable(text))
    run.bold, run.italic = bold, italic
    if size is not None:
        run.font.size = Pt(size)
    return paragraph


def fill(cell: _Cell, text: str, align: WD_ALIGN_PARAGRAPH = LEFT, *, bold: bool = False, size: float = 11) -> None:
    """Write into an empty cell of a table."""
    write(space(cell.paragraphs[0], align, 2, 2), text, bold=bold, size=size)


def table(paper: Paper, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 11) -> Table:
    """Add a ruled table whose heading is repeated on every page and whose rows are never cut in two."""
    made: Table = paper.add_table(rows=1 + len(rows), cols=len(columns))
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    mark(made.rows[0], "w:tblHeader")
    for cell, column in zip(made.rows[0].cells, columns, strict=True):
        fill(cell, column.title, CENTER, bold=True, size=size)
    for line, row in zip(made.rows[1:], rows, strict=True):
        mark(line, "w:cantSplit")
        for cell, text, column in zip(line.cells, row, columns, strict=True):
            fill(cell, text, column.align, size=size)
    for at, column in enumerate(columns):
        made.columns[at].width = Cm(column.width)
        for cell in made.columns[at].cells:
            cell.width = Cm(column.width)
    return made


def mark(row: _Row, name: str) -> None:
    """Give a row a property: repeated on each page (w:tblHeader), or never cut in two (w:cantSplit)."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def saved(paper: Paper) -> bytes:
    """Return the file with every part dated alike."""
    written, fixed = io.BytesIO(), io.BytesIO()
    paper.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts.read(part))
    return fixed.getvalue()
