"""The official letter that urges (công văn đôn đốc): to whom, on what grounds, a table of the tasks, a new date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.official import MEDIA_TYPE, Column, Letterhead, OfficialPaper, Signatory
from messages.render import number
from messages.word import CENTER

__all__ = ["MEDIA_TYPE", "Entry", "UrgingLetter", "docx"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One task in the letter's table."""

    content: str
    source: str
    """"Kế hoạch số 15/KH-UBND, mục II.4"."""
    agency: str
    due_on: date
    late_days: int
    """Calendar days past the last day on time."""
    late_working_days: int


@dataclass(frozen=True, slots=True)
class UrgingLetter:
    """What one letter says; the number is left blank."""

    head: Letterhead
    signatory: Signatory
    office: str
    agencies: Sequence[str]
    """In the office's order, each once."""
    grounds: Sequence[str]
    """The plans that assign, each once."""
    entries: Sequence[Entry]
    counted_on: date
    wanted_by: date | None


_ADDRESSED = 12
"""So many agencies are named behind "Kính gửi"; more are named in the table alone."""

_COLUMNS = (
    Column("TT", 1.0, CENTER),
    Column("Nhiệm vụ", 6.1),
    Column("Cơ quan chủ trì", 3.1),
    Column("Thời hạn", 2.3, CENTER),
    Column("Quá hạn (ngày)", 1.7, CENTER),
    Column("Trong đó ngày làm việc", 1.9, CENTER),
)


def docx(letter: UrgingLetter) -> bytes:
    """Return the letter as a Word file in the form of Nghị định 30/2020/NĐ-CP."""
    paper = OfficialPaper(letter.head, subject="V/v đôn đốc thực hiện nhiệm vụ đã quá hạn")
    many = len(letter.agencies) > _ADDRESSED
    paper.addressed(["Các cơ quan, đơn vị có tên trong danh sách dưới đây"] if many else list(letter.agencies))
    for line in _body(letter):
        paper.paragraph(line)
    rows = [
        [
            f"{at}",
            f"{one.content}\n({one.source})",
            one.agency,
            f"{one.due_on:%d/%m/%Y}",
            f"{one.late_days:02}",
            f"{one.late_working_days:02}",
        ]
        for at, one in enumerate(letter.entries, 1)
    ]
    paper.caption(f"Danh sách nhiệm vụ quá hạn (tính đến ngày {letter.counted_on:%d/%m/%Y})")
    paper.table(_COLUMNS, rows)
    for line in _asks(letter):
        paper.paragraph(line)
    paper.signed(["Như trên", "Lãnh đạo Văn phòng (để báo cáo)"], letter.signatory)
    return paper.saved()


def _body(letter: UrgingLetter) -> list[str]:
    tasks, agencies = _two(len(letter.entries)), _two(len(letter.agencies))
    return [
        f"Căn cứ {'; '.join(letter.grounds)};",
        f"Qua theo dõi, tính đến ngày {letter.counted_on:%d/%m/%Y} còn {tasks} nhiệm vụ của {agencies} cơ quan, đơn vị "
        f"đã quá thời hạn mà {letter.office} chưa nhận được kết quả (danh sách dưới đây).",
    ]


def _two(count: int) -> str:
    """Return a count as offices write it: 03, 12, 1.204."""
    return f"{count:02}" if count < 10 else number(count)


def _asks(letter: UrgingLetter) -> list[str]:
    wanted = letter.wanted_by
    by = f"hoàn thành chậm nhất ngày {wanted:%d/%m/%Y}" if wanted is not None else "sớm hoàn thành"
    return [
        f"{letter.office} đề nghị các cơ quan, đơn vị khẩn trương thực hiện, {by} và báo cáo kết quả (số, ngày "
        f"văn bản) về {letter.office}.",
        "Nhiệm vụ còn khó khăn, vướng mắc, đề nghị nêu rõ nguyên nhân và thời gian dự kiến hoàn thành để tổng hợp, báo "
        "cáo cấp có thẩm quyền./.",
    ]
