"""The list of focal officers, as an official paper and as a workbook; phone numbers never stand in it."""

from domain.focal import Focal, FocalList
from domain.local import local
from messages.official import Column, Letterhead, OfficialPaper, Signatory
from messages.render import number, upper_first
from messages.word import CENTER
from messages.workbook import Field, Value, Workbook

TITLE = "Danh sách cán bộ đầu mối theo dõi, đôn đốc nhiệm vụ"
_NONE = "chưa liên lạc được"

_COLUMNS = (
    Column("TT", 1.0, CENTER),
    Column("Cơ quan", 4.0),
    Column("Họ và tên", 3.2),
    Column("Chức vụ", 2.8),
    Column("Vai trò", 2.2),
    Column("Kênh nhận tin", 2.8),
)
_MISSING = (Column("TT", 1.0, CENTER), Column("Cơ quan", 11.0), Column("Hiện có", 4.0))
_FIELDS = (
    Field("TT", 6),
    Field("Cơ quan", 36),
    Field("Họ và tên", 24),
    Field("Chức vụ", 24),
    Field("Vai trò", 18),
    Field("Kênh nhận tin", 24),
    Field("Hoạt động gần nhất", 16),
)


def paper(found: FocalList, head: Letterhead, signatory: Signatory) -> bytes:
    """Return the list as a Word file in the form of Nghị định 30/2020/NĐ-CP: who is missing first, then everybody."""
    made = OfficialPaper(head, kind="Danh sách", subject=TITLE.removeprefix("Danh sách ").capitalize())
    made.paragraph(f"({_counted(found)})", italic=True)
    if found.without:
        made.heading(f"I. Cơ quan chưa có cán bộ đầu mối: {number(len(found.without))}")
        made.table(_MISSING, _numbered([list(one) for one in found.missing]))
    made.heading(
        f"{'II. ' if found.without else ''}Cán bộ đầu mối và lãnh đạo các cơ quan: {number(len(found.members))}"
    )
    rows = [[one.agency, one.name, one.position, upper_first(one.role.label), _reached(one)] for one in found.members]
    made.table(_COLUMNS, _numbered(rows))
    made.signed(["Lãnh đạo Văn phòng (để báo cáo)", "Các cơ quan, đơn vị có tên"], signatory)
    return made.saved()


def book(found: FocalList) -> bytes:
    """Return the list as a workbook: a sheet of the agencies without a focal officer, and one of everybody."""
    made = Workbook()
    title = (TITLE, _counted(found))
    if found.without:
        rows: list[list[Value]] = [[at, *one] for at, one in enumerate(found.missing, 1)]
        fields = (Field("TT", 6), Field("Cơ quan", 60), Field("Hiện có", 20))
        made.sheet("Chưa có đầu mối", fields, rows, title=title)
    members: list[list[Value]] = [
        [at, one.agency, one.name, one.position, upper_first(one.role.label), _reached(one), one.active_on]
        for at, one in enumerate(found.members, 1)
    ]
    made.sheet("Cán bộ đầu mối", _FIELDS, members, title=title)
    return made.saved()


def _counted(found: FocalList) -> str:
    return f"tính đến {local(found.at):%H giờ %M ngày %d/%m/%Y}: {number(found.agencies)} cơ quan đã có cán bộ đầu mối"


def _reached(one: Focal) -> str:
    return ", ".join(one.channels) or _NONE


def _numbered(rows: list[list[str]]) -> list[list[str]]:
    return [[f"{at}", *row] for at, row in enumerate(rows, 1)]
