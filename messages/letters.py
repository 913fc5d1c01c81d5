"""A notice as a letter to be printed and filed (.docx): to whom, about what, and a table of the tasks."""

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from domain.letters import Entry, Letter
from domain.local import local, long_day
from messages.word import CENTER, LEFT, MEDIA_TYPE, RIGHT, Column, prepare, saved, space, table, write

__all__ = ["MEDIA_TYPE", "docx"]

_COLUMNS = (
    Column("TT", 1.1),
    Column("Mã việc", 2.2),
    Column("Nội dung", 9.2),
    Column("Hạn", 3.6),
    Column("Sản phẩm", 4.2),
    Column("Văn bản giao", 4.4),
)


def docx(letter: Letter) -> bytes:
    """Return the letter as a Word file, A4 across."""
    paper = Document()
    _shape(paper)
    _say(paper, letter.office.upper(), bold=True, align=LEFT)
    day = local(letter.written_at)
    _say(paper, f"Ngày {day:%d} tháng {day:%m} năm {day:%Y}", italic=True, align=RIGHT)
    _say(paper, "THÔNG BÁO VIỆC ĐƯỢC GIAO", bold=True, align=CENTER, after=4)
    _say(paper, letter.subject, align=CENTER, after=12)
    to = ", ".join(filter(None, (letter.position, letter.person)))
    _say(paper, f"Kính gửi: {to}", bold=True, after=6)
    table(paper, _COLUMNS, [_cells(number, entry) for number, entry in enumerate(letter.entries, 1)])
    foot = (
        "Để nhận việc, báo tiến độ, báo hoàn thành, báo vướng mắc hoặc xin gia hạn, xin mở liên kết trong thư điện tử."
    )
    _say(paper, foot, before=10)
    if letter.hotline:
        _say(paper, f"Cần hỗ trợ: {letter.hotline}")
    return saved(paper)


def _shape(paper: Paper) -> None:
    prepare(paper, 13, "Thông báo việc được giao")
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)


def _say(
    paper: Paper,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = LEFT,
    before: int = 0,
    after: int = 3,
) -> None:
    write(space(paper.add_paragraph(), align, before, after), text, bold=bold, italic=italic)


def _cells(number: int, entry: Entry) -> tuple[str, ...]:
    due = long_day(entry.due_on) if entry.due_on else "Chưa có ngày cụ thể"
    said = f"\n(văn bản ghi: {entry.deadline})" if entry.deadline else ""
    what = f"{entry.content}\nCơ quan: {entry.agency}"
    return str(number), entry.code, what, due + said, entry.product, entry.plan
