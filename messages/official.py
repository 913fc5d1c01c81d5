"""Papers in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I: reports and letters, ready to be numbered and signed.

A4 upright; margins 20–25 mm above and below, 30–35 left, 15–20 right; Times New Roman 13–14; page numbers in the middle
above, from page 2 on.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from messages.word import CENTER, JUSTIFY, LEFT, MEDIA_TYPE, Column, prepare, saved, sayable, space, table, write

__all__ = ["MEDIA_TYPE", "Column", "Letterhead", "OfficialPaper", "Signatory"]

_BODY, _SMALL, _TINY = 14, 12, 11
_STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO = "Độc lập - Tự do - Hạnh phúc"
_INDENT = 1.27
"""Centimetres."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands at the head: who is above, who issues, the sign behind the number, where and when.

    The number is left blank: the registry gives it. Without a day the day is left blank too.
    """

    superior: str
    issuer: str
    code: str
    place: str
    day: date | None = None

    @property
    def place_and_day(self) -> str:
        """ "Bắc Ninh, ngày 05 tháng 02 năm 2026"; days under 10 and the months 1 and 2 with a zero."""
        place = f"{self.place}, " if self.place else ""
        if self.day is None:
            return f"{place}ngày      tháng      năm       "
        month = f"{self.day.month:02}" if self.day.month < 3 else str(self.day.month)
        return f"{place}ngày {self.day:%d} tháng {month} năm {self.day.year}"


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: in whose stead ("KT. CHÁNH VĂN PHÒNG" or ""), as what, and the name."""

    capacity: str
    position: str
    name: str


class OfficialPaper:
    """One paper, written from top to bottom, then signed and saved."""

    def __init__(self, head: Letterhead, *, kind: str = "", subject: str = "") -> None:
        """Begin a paper. With a kind ("BÁO CÁO") it has a title; without, it is a letter whose subject ("V/v …")
        stands under the number."""
        self._paper: Paper = Document()
        prepare(self._paper, _BODY, f"{kind} {subject}".strip())
        _upright(self._paper.sections[0])
        _number_pages(self._paper.sections[0])
        self._head(head, "" if kind else subject)
        if kind:
            self._say(kind.upper(), CENTER, bold=True, before=10)
            self._say(subject, CENTER, bold=True)
            self._rule(5)

    def addressed(self, to: Sequence[str]) -> None:
        """Write "Kính gửi:" and to whom, one a line where there are several."""
        if len(to) == 1:
            self._say(f"Kính gửi: {to[0]}", CENTER, before=8, after=8)
            return
        self._say("Kính gửi:", LEFT, indent=3, before=8)
        for at, name in enumerate(to):
            self._say(
                f"- {name}{'.' if at == len(to) - 1 else ';'}", LEFT, indent=4.5, after=8 if at == len(to) - 1 else 0
            )

    def heading(self, text: str) -> None:
        """Write a heading ("I. KẾT QUẢ THỰC HIỆN"), kept with what follows."""
        paragraph = self._say(text, JUSTIFY, bold=True, indent=_INDENT, before=6, after=3)
        paragraph.paragraph_format.keep_with_next = True

    def paragraph(self, text: str, *, bold: bool = False, italic: bool = False) -> None:
        """Write a paragraph of the body."""
        self._say(text, JUSTIFY, bold=bold, italic=italic, indent=_INDENT, after=4)

    def to_fill_in(self, text: str) -> None:
        """Write a place that a person fills in: in brackets, italic and marked, so that nobody overlooks it."""
        paragraph = self._say(f"[{text}]", JUSTIFY, italic=True, indent=_INDENT, after=4)
        for run in paragraph.runs:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def caption(self, text: str) -> None:
        """Write the title of a table, in the middle and kept with it."""
        paragraph = self._say(text, CENTER, bold=True, before=8, after=4, size=_SMALL + 1)
        paragraph.paragraph_format.keep_with_next = True

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], *, size: float = _TINY) -> None:
        """Add a ruled table; `size` in points. Widths together: 16 cm upright, 25 cm across."""
        table(self._paper, columns, rows, size)
        space(self._paper.add_paragraph(), after=2)

    def picture(self, png: bytes, width: float, caption: str = "") -> None:
        """Add a picture of so many centimetres in the middle, with what it shows."""
        paragraph = space(self._paper.add_paragraph(), CENTER, 4, 2)
        paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(width))
        if caption:
            self._say(caption, CENTER, italic=True, after=6, size=_SMALL)

    def across(self, title: str = "", *, belongs_to: str = "") -> None:
        """Go on across on a new page, for wide tables (an appendix).

        An appendix names the paper that it belongs to, in italics under its title (Phụ lục I, mục III.1).
        """
        section = self._paper.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.different_first_page_header_footer = False
        if title:
            self._say(title, CENTER, bold=True, after=0 if belongs_to else 6)
        if belongs_to:
            self._say(f"({belongs_to})", CENTER, italic=True, after=6)

    def signed(self, recipients: Sequence[str], signatory: Signatory) -> None:
        """Write to whom it goes, and the place for the signature."""
        left, right = _grid(self._paper, 1, (8, 8)).rows[0].cells
        write(space(left.paragraphs[0], before=10), "Nơi nhận:", bold=True, italic=True, size=_SMALL)
        for name in recipients:
            write(space(left.add_paragraph()), f"- {name};", size=_TINY)
        write(space(left.add_paragraph()), "- Lưu: VT.", size=_TINY)
        first, *more = [line for line in (signatory.capacity, signatory.position) if line] or ["NGƯỜI KÝ"]
        write(space(right.paragraphs[0], CENTER, before=10), first.upper(), bold=True)
        for line in more:
            write(space(right.add_paragraph(), CENTER), line.upper(), bold=True)
        write(space(right.add_paragraph(), CENTER, before=64), signatory.name, bold=True)

    def saved(self) -> bytes:
        """Return the Word file; the same contents are the same bytes."""
        return saved(self._paper)

    def _head(self, head: Letterhead, subject: str) -> None:
        grid = _grid(self._paper, 2, (6.4, 9.8))
        (left, right), (number, day) = (row.cells for row in grid.rows)
        above = head.superior.upper()
        if above:
            write(space(left.paragraphs[0], CENTER), above, size=_SMALL)
        issuer = space(left.add_paragraph() if above else left.paragraphs[0], CENTER)
        write(issuer, head.issuer.upper(), bold=True, size=_SMALL)
        _rule_in(left, 2)
        write(space(right.paragraphs[0], CENTER), _STATE, bold=True, size=_SMALL)
        write(space(right.add_paragraph(), CENTER), _MOTTO, bold=True, size=_SMALL + 1)
        _rule_in(right, 5.4)
        write(space(number.paragraphs[0], CENTER, before=2), f"Số:        /{head.code}", size=13)
        if subject:
            write(space(number.add_paragraph(), CENTER), subject, size=_SMALL)
        write(space(day.paragraphs[0], CENTER, before=2), head.place_and_day, italic=True, size=13)

    def _say(
        self,
        text: str,
        align: WD_ALIGN_PARAGRAPH,
        *,
        bold: bool = False,
        italic: bool = False,
        indent: float = 0,
        before: float = 0,
        after: float = 0,
        size: float | None = None,
    ) -> Paragraph:
        paragraph = space(self._paper.add_paragraph(), align, before, after, indent)
        return write(paragraph, sayable(text), bold=bold, italic=italic, size=size)

    def _rule(self, width: float) -> None:
        _ruled(space(self._paper.add_paragraph(), CENTER, after=8), width, 16.2)


def _grid(paper: Paper, rows: int, widths: tuple[float, ...]) -> Table:
    """Add a table without rules, its columns so many centimetres wide."""
    made: Table = paper.add_table(rows=rows, cols=len(widths))
    made.autofit = False
    for at, width in enumerate(widths):
        made.columns[at].width = Cm(width)
        for cell in made.columns[at].cells:
            cell.width = Cm(width)
    return made


def _upright(section: Section) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(2)


def _number_pages(section: Section) -> None:
    """Show the page's number in the middle above, save on the first page."""
    section.different_first_page_header_footer = True
    section.header_distance = Cm(1)
    paragraph = space(section.header.paragraphs[0], CENTER)
    run = paragraph.add_run()
    run.font.size = Pt(13)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _rule_in(cell: _Cell, width: float) -> None:
    """Draw the short line under what stands in a cell of the head."""
    _ruled(space(cell.add_paragraph(), CENTER), width, 6.4 if width < 4 else 9.8)


def _ruled(paragraph: Paragraph, width: float, room: float) -> None:
    """Make an empty paragraph a line of so many centimetres in the middle of the room it has."""
    form = paragraph.paragraph_format
    form.line_spacing = Pt(4)
    form.left_indent = form.right_indent = Cm((room - width) / 2 - 0.2)
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(border, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
