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
_WITHIN = 12
"""So many tasks stand in the letter itself; more stand in an appendix behind the signature."""
_GROUNDS = 6
"""So many plans are named as the grounds; the others stand beside their tasks."""

_COLUMNS = (
    Column("TT", 1.0, CENTER),
    Column("Nhiệm vụ", 6.1),
    Column("Cơ quan chủ trì", 3.1),
    Column("Thời hạn", 2.3, CENTER),
    Column("Quá hạn (ngày)", 1.7, CENTER),
    Column("Trong đó ngày làm việc", 1.9, CENTER),
)
_WIDE = (
    Column("TT", 1.2, CENTER),
    Column("Nhiệm vụ", 12.4),
    Column("Văn bản giao", 4.9),
    Column("Thời hạn", 2.3, CENTER),
    Column("Quá hạn (ngày)", 1.8, CENTER),
    Column("Trong đó ngày làm việc", 2.2, CENTER),
)


def docx(letter: UrgingLetter) -> bytes:
    """Return the letter as a Word file in the form of Nghị định 30/2020/NĐ-CP.

    A few tasks stand in a table of the letter itself; of many the letter gives the figures, is signed, and the table
    follows as an appendix, by agency.
    """
    paper = OfficialPaper(letter.head, subject="V/v đôn đốc thực hiện nhiệm vụ đã quá hạn")
    apart = len(letter.entries) > _WITHIN
    many = len(letter.agencies) > _ADDRESSED
    where = "Phụ lục kèm theo" if apart else "danh sách dưới đây"
    paper.addressed([f"Các cơ quan, đơn vị có tên trong {where}"] if many else list(letter.agencies))
    for line in _body(letter, where):
        paper.paragraph(line)
    if not apart:
        paper.caption(f"Danh sách nhiệm vụ quá hạn (tính đến ngày {letter.counted_on:%d/%m/%Y})")
        paper.table(_COLUMNS, [_line(at, one) for at, one in enumerate(letter.entries, 1)])
    for line in _asks(letter):
        paper.paragraph(line)
    paper.signed(["Như trên", "Lãnh đạo Văn phòng (để báo cáo)"], letter.signatory)
    if apart:
        _appendix(paper, letter)
    return paper.saved()


def _line(at: int, one: Entry) -> list[str]:
    return [f"{at}", f"{one.content}\n({one.source})", one.agency, *_dates(one)]


def _dates(one: Entry) -> list[str]:
    return [f"{one.due_on:%d/%m/%Y}", f"{one.late_days:02}", f"{one.late_working_days:02}"]


def _appendix(paper: OfficialPaper, letter: UrgingLetter) -> None:
    """Add the table across, under a line for each agency with how much it owes."""
    belongs_to = (
        f"Kèm theo Công văn số        /{letter.head.code} ngày       tháng       năm         của {letter.office}"
    )
    paper.across("PHỤ LỤC", belongs_to=belongs_to)
    paper.caption(f"DANH SÁCH NHIỆM VỤ QUÁ HẠN (tính đến ngày {letter.counted_on:%d/%m/%Y})")
    rows: list[list[str]] = []
    at = 0
    for number_of, name in enumerate(letter.agencies, 1):
        owed = [one for one in letter.entries if one.agency == name]
        rows.append([f"{number_of}. {name}: {_two(len(owed))} nhiệm vụ"])
        rows += [[f"{row}", one.content, one.source, *_dates(one)] for row, one in enumerate(owed, at + 1)]
        at += len(owed)
    paper.table(_WIDE, rows, size=10)


def _body(letter: UrgingLetter, where: str) -> list[str]:
    tasks, agencies = _two(len(letter.entries)), _two(len(letter.agencies))
    longest = max((one.late_days for one in letter.entries), default=0)
    over = f" (lâu nhất {_two(longest)} ngày)" if len(letter.entries) > _WITHIN else ""
    return [
        f"Căn cứ {'; '.join(letter.grounds[:_GROUNDS])}{_more(len(letter.grounds) - _GROUNDS)};",
        f"Qua theo dõi, tính đến ngày {letter.counted_on:%d/%m/%Y} còn {tasks} nhiệm vụ của {agencies} cơ quan, đơn vị "
        f"đã quá thời hạn{over} mà {letter.office} chưa nhận được kết quả ({where}).",
    ]


def _more(grounds: int) -> str:
    return f" và {_two(grounds)} văn bản khác ghi bên từng nhiệm vụ" if grounds > 0 else ""


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
