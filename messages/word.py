"""What every Word file of ours is made of: one type face, clean text, tables that break well, the same bytes."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table
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


def table(paper: Paper, columns: Sequence[Column], rows: Sequence[Sequence[str]], size: float = 11) -> Table:
    """Add a ruled table whose heading is repeated on every page and whose rows are never cut in two.

    A row of one cell alone is a heading of the rows below it: bold, across the whole table, kept with them.
    """
    made: Table = paper.add_table(rows=0, cols=len(columns))
    made.style, made.autofit, made.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
    for at, column in enumerate(columns):
        made.columns[at].width = Cm(column.width)
    titles = [(column.title, column.width, CENTER) for column in columns]
    lines = [_row("<w:tblHeader/>", titles, size, bold=True)]
    whole = sum(column.width for column in columns)
    for row in rows:
        if len(row) == 1 < len(columns):
            lines.append(_row("<w:cantSplit/>", [(row[0], whole, LEFT)], size, bold=True, span=len(columns)))
            continue
        cells = [(text, column.width, column.align) for text, column in zip(row, columns, strict=True)]
        lines.append(_row("<w:cantSplit/>", cells, size))
    # One parse for all rows: cell by cell through the library a thousand rows take ten seconds.
    for line in parse_xml(f"<w:tbl {nsdecls('w')}>{''.join(lines)}</w:tbl>").iterchildren():
        made._tbl.append(line)
    return made


def _row(
    kind: str, cells: Sequence[tuple[str, float, WD_ALIGN_PARAGRAPH]], size: float, *, bold: bool = False, span: int = 1
) -> str:
    """Return a row's XML (ECMA-376, 17.4.78): each cell its text, its width in centimetres, its side.

    A cell over several columns (`span`) is kept on one page with the row that follows.
    """
    weight = "<w:b/>" if bold else ""
    form = f'<w:rPr>{weight}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
    return f"<w:tr><w:trPr>{kind}</w:trPr>{''.join(_cell(*one, form, span) for one in cells)}</w:tr>"


def _cell(text: str, width: float, align: WD_ALIGN_PARAGRAPH, form: str, span: int) -> str:
    over, kept = (f'<w:gridSpan w:val="{span}"/>', "<w:keepNext/>") if span > 1 else ("", "")
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in sayable(text).replace("\t", " ").split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS)}" w:type="dxa"/>{over}</w:tcPr>'
        f'<w:p><w:pPr>{kept}<w:spacing w:before="40" w:after="40"/><w:jc w:val="{_SIDES[align]}"/></w:pPr>'
        f"<w:r>{form}{lines}</w:r></w:p></w:tc>"
    )


_TWIPS = 1440 / 2.54
"""Twentieths of a point in a centimetre."""
_SIDES = {LEFT: "left", CENTER: "center", RIGHT: "right", JUSTIFY: "both"}


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
