"""A notice as a letter to be printed and filed (.docx): to whom, about what, and a table of the tasks."""

import io
import zipfile

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from domain.letters import Entry, Letter
from domain.local import local, long_day

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FONT, _SIZE, _SMALL = "Times New Roman", Pt(13), Pt(11)
_COLUMNS = (
    ("TT", Cm(1.1)),
    ("Mã việc", Cm(2.2)),
    ("Nội dung", Cm(9.2)),
    ("Hạn", Cm(3.6)),
    ("Sản phẩm", Cm(4.2)),
    ("Văn bản giao", Cm(4.4)),
)
_ALWAYS = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file: the same letter is the same bytes."""


def docx(letter: Letter) -> bytes:
    """Return the letter as a Word file, A4 across."""
    paper = Document()
    _shape(paper)
    _say(paper, letter.office.upper(), bold=True, align=WD_ALIGN_PARAGRAPH.LEFT)
    day = local(letter.written_at)
    _say(paper, f"Ngày {day:%d} tháng {day:%m} năm {day:%Y}", italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _say(paper, "THÔNG BÁO VIỆC ĐƯỢC GIAO", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER, after=4)
    _say(paper, letter.subject, align=WD_ALIGN_PARAGRAPH.CENTER, after=12)
    to = ", ".join(filter(None, (letter.position, letter.person)))
    _say(paper, f"Kính gửi: {to}", bold=True, after=6)
    _table(paper, letter.entries)
    foot = (
        "Để nhận việc, báo tiến độ, báo hoàn thành, báo vướng mắc hoặc xin gia hạn, xin mở liên kết trong thư điện tử."
    )
    _say(paper, foot, before=10)
    if letter.hotline:
        _say(paper, f"Cần hỗ trợ: {letter.hotline}")
    return _bytes(paper)


def _shape(paper: Paper) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, _SIZE
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    paper.core_properties.author, paper.core_properties.title = "", "Thông báo việc được giao"
    paper.core_properties.comments = ""


def _say(
    paper: Paper,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    before: int = 0,
    after: int = 3,
) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(_sayable(text))
    run.bold, run.italic = bold, italic
    _space(paragraph, align, before, after)


def _space(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH, before: int, after: int) -> None:
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)


def _table(paper: Paper, entries: tuple[Entry, ...]) -> None:
    table: Table = paper.add_table(rows=1 + len(entries), cols=len(_COLUMNS))
    table.style = "Table Grid"
    table.autofit = False
    for cell, (title, _) in zip(table.rows[0].cells, _COLUMNS, strict=True):
        _fill(cell, title, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for number, (row, entry) in enumerate(zip(table.rows[1:], entries, strict=True), 1):
        _mark(row, "w:cantSplit")
        for cell, text in zip(row.cells, _cells(number, entry), strict=True):
            _fill(cell, text)
    for column, (_, width) in zip(table.columns, _COLUMNS, strict=True):
        column.width = width
    for row in table.rows:
        for cell, (_, width) in zip(row.cells, _COLUMNS, strict=True):
            cell.width = width


def _cells(number: int, entry: Entry) -> tuple[str, ...]:
    due = long_day(entry.due_on) if entry.due_on else "Chưa có ngày cụ thể"
    said = f"\n(văn bản ghi: {entry.deadline})" if entry.deadline else ""
    what = f"{entry.content}\nCơ quan: {entry.agency}"
    return str(number), entry.code, what, due + said, entry.product, entry.plan


def _fill(cell: _Cell, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(_sayable(text))
    run.bold, run.font.size = bold, _SMALL
    _space(paragraph, WD_ALIGN_PARAGRAPH.CENTER if bold else WD_ALIGN_PARAGRAPH.LEFT, 2, 2)


def _mark(row: _Row, name: str) -> None:
    """Give a row a property: repeated on each page, or never cut in two."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _sayable(text: str) -> str:
    """Return the text without signs that XML cannot hold."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _bytes(paper: Paper) -> bytes:
    """Return the file with every part dated alike."""
    written, fixed = io.BytesIO(), io.BytesIO()
    paper.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _ALWAYS)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts.read(part))
    return fixed.getvalue()
