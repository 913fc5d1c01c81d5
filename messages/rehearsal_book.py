"""A rehearsal as a workbook: every message, and who, which day and which task has how many."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from domain.local import WEEKDAYS, short_day
from domain.rehearsals import KIND_LABELS, Heard, Rehearsed, TaskFigures, by_day, by_person, by_task

Value = str | int | date | datetime | None

_FONT, _HEAD_FONT = Font(name="Arial", size=10), Font(name="Arial", size=10, bold=True, color="FFFFFF")
_TOP, _WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
_HEAD_ALIGNMENT = Alignment(vertical="center", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="1F4E79")
_LINE = Side(style="thin", color="BFBFBF")
_BORDER = Border(top=_LINE, bottom=_LINE, left=_LINE, right=_LINE)
_LONGEST_CELL = 32_000
"""Characters; a spreadsheet takes 32,767 in a cell."""
_LINE_HEIGHT, _HIGHEST = 13.5, 409.0
"""Points: of one line, and the most that a row can be."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column's title and its width in characters."""

    title: str
    width: int


def write(path: Path, rehearsed: Rehearsed) -> None:
    """Write the workbook with its sheets Tin nhắn, Người, Ngày and Việc. Raises OSError."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, rehearsed, "Tin nhắn", _MESSAGE, (_message(one, rehearsed) for one in rehearsed.messages))
    _sheet(book, rehearsed, "Người", _PERSON, _people(rehearsed))
    _sheet(book, rehearsed, "Ngày", _DAY, _days(rehearsed))
    _sheet(book, rehearsed, "Việc", _TASK, _tasks(rehearsed))
    book.save(path)


_MESSAGE = (
    _Column("Thời điểm", 18),
    _Column("Người nhận", 22),
    _Column("Vai trò", 18),
    _Column("Cơ quan", 28),
    _Column("Loại tin", 16),
    _Column("Việc", 20),
    _Column("Nội dung", 100),
)


def _message(one: Heard, rehearsed: Rehearsed) -> Sequence[Value]:
    codes = ", ".join(dict.fromkeys(subject.code for subject in one.subjects))
    agency = _agency(one.agency, rehearsed)
    return one.at, one.recipient, one.role.label, agency, KIND_LABELS[one.kind], codes, one.text


def _agency(code: str | None, rehearsed: Rehearsed) -> str:
    return rehearsed.agencies.get(code, code) if code else ""


_PERSON = (
    _Column("Người nhận", 26),
    _Column("Vai trò", 18),
    _Column("Cơ quan", 44),
    _Column("Số tin", 10),
    _Column("Nhiều nhất trong một tuần", 16),
    _Column("Tuần ấy từ", 14),
)


def _people(rehearsed: Rehearsed) -> Iterable[Sequence[Value]]:
    for one in by_person(rehearsed.messages):
        agency = _agency(one.agency, rehearsed)
        yield one.recipient, one.role.label, agency, one.messages, one.most_in_week, one.week


_DAY = (_Column("Ngày", 14), _Column("Thứ", 14), _Column("Số tin", 10))


def _days(rehearsed: Rehearsed) -> Iterable[Sequence[Value]]:
    for one in by_day(rehearsed.messages):
        yield one.day, WEEKDAYS[one.day.weekday()], one.messages


_TASK = (
    _Column("Mã", 10),
    _Column("Cơ quan", 30),
    _Column("Nội dung", 60),
    _Column("Hạn", 12),
    _Column("Giao việc", 18),
    _Column("Số lần nhắc hạn", 10),
    _Column("Báo quá hạn", 18),
    _Column("Báo lãnh đạo cơ quan", 18),
    _Column("Báo Văn phòng", 18),
    _Column("Số tin", 8),
    _Column("Cuối kỳ", 24),
)


def _tasks(rehearsed: Rehearsed) -> Iterable[Sequence[Value]]:
    told = by_task(rehearsed.messages)
    for one in rehearsed.tasks:
        figures = told.get(one.code, _SILENT)
        yield (
            one.code, one.agency, one.content, one.due_on, figures.assigned, figures.reminders, figures.overdue,
            figures.head, figures.office, figures.messages, one.state,
        )  # fmt: skip


_SILENT = TaskFigures(None, 0, None, None, None, 0)


def _sheet(
    book: Workbook, rehearsed: Rehearsed, title: str, columns: Sequence[_Column], rows: Iterable[Sequence[Value]]
) -> None:
    sheet: Worksheet = book.create_sheet(title)
    for at, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.freeze_panes = "A2"
    _set_print(sheet, f"Diễn tập {rehearsed.plan}, {short_day(rehearsed.first)} - {short_day(rehearsed.last)}: {title}")
    sheet.row_dimensions[1].height = 2 * _LINE_HEIGHT
    for at, column in enumerate(columns, 1):
        _head(sheet.cell(1, at), column.title)
    count = 1
    for count, row in enumerate(rows, 2):
        sheet.row_dimensions[count].height = _height(columns, row)
        for at, value in enumerate(row, 1):
            _write(sheet.cell(count, at), value)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count}"


def _height(columns: Sequence[_Column], row: Sequence[Value]) -> float:
    """Return the height in points in which every text of a row can be read: nobody fits rows when a file is opened."""
    lines = [
        sum(max(1, math.ceil(len(line) / column.width)) for line in value.split("\n"))
        for column, value in zip(columns, row, strict=True)
        if isinstance(value, str)
    ]
    return min(_HIGHEST, max([1, *lines]) * _LINE_HEIGHT)


def _set_print(sheet: Worksheet, heading: str) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.oddHeader.left.text = heading.replace("&", "&&")  # type: ignore[union-attr] # a new sheet has both
    sheet.oddFooter.right.text = "Trang &P/&N"  # type: ignore[union-attr]


def _head(cell: Cell | MergedCell, title: str) -> None:
    cell.value = title
    cell.font = _HEAD_FONT
    cell.fill = _HEAD
    cell.alignment = _HEAD_ALIGNMENT
    cell.border = _BORDER


def _write(cell: Cell | MergedCell, value: Value) -> None:
    if isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)  # a sheet knows no zones: the local hour
        cell.number_format = "dd/mm/yyyy hh:mm"
    elif isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST_CELL]
        cell.data_type = "s"  # never a formula, whatever the plan's words begin with
    else:
        cell.value = value
        cell.number_format = "dd/mm/yyyy" if isinstance(value, date) else "General"
    cell.alignment = _WRAPPED if isinstance(value, str) else _TOP
    cell.border = _BORDER
    cell.font = _FONT
