"""Tables as .xlsx: typed cells, a heading that stays in sight, filters, and nothing that a program would execute.

A text never becomes a formula: cells that hold text are written as text, whatever sign they begin with.
"""

import io
import math
import zipfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Value = str | int | float | Decimal | date | None

_FONT = "Times New Roman"
_LINE = Side(style="thin", color="999999")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="DCE6F1")
_LONGEST = 32_767
"""Characters that a cell may hold."""
_NAME_LONGEST = 31
_LINE_HEIGHT, _HIGHEST = 15.0, 409.0
"""Points: of one line, and the most that a row can be."""
_ALWAYS = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Field:
    """One column: its heading, its width in characters, and how numbers are shown ("0.00%", "#,##0"; "" for plain)."""

    title: str
    width: float = 14
    form: str = ""


class Workbook:
    """Sheets added one after the other, then saved."""

    def __init__(self) -> None:
        self._book = Book()
        self._book.remove(self._book.worksheets[0])
        self._looks: dict[tuple[bool, bool, bool, str], StyleArray] = {}
        """How cells look, composed once: to compose it for each cell takes ten times as long."""

    def sheet(
        self,
        name: str,
        fields: Sequence[Field],
        rows: Sequence[Sequence[Value]],
        *,
        title: Sequence[str] = (),
        totals: Sequence[Value] = (),
    ) -> None:
        """Add a sheet: title lines, the heading, the rows with filters, and a last line of totals in bold."""
        sheet: Worksheet = self._book.create_sheet(_sheet_name(name))
        for at, line in enumerate(title, 1):
            _put(sheet, at, 1, line).font = Font(name=_FONT, size=13 if at == 1 else 11, bold=at == 1)
        head = len(title) + (2 if title else 1)
        for at, field in enumerate(fields, 1):
            cell = _put(sheet, head, at, field.title)
            cell.font, cell.fill, cell.border = Font(name=_FONT, size=11, bold=True), _HEAD, _FRAME
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            sheet.column_dimensions[get_column_letter(at)].width = field.width
        sheet.row_dimensions[head].height = _height(fields, [one.title for one in fields])
        for down, row in enumerate(rows, head + 1):
            self._line(sheet, down, fields, row, bold=False)
        if totals:
            self._line(sheet, head + len(rows) + 1, fields, totals, bold=True)
        sheet.freeze_panes = f"A{head + 1}"
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(fields))}{head + len(rows)}"
        sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = f"{head}:{head}"

    def _line(self, sheet: Worksheet, down: int, fields: Sequence[Field], row: Sequence[Value], *, bold: bool) -> None:
        sheet.row_dimensions[down].height = _height(fields, row)
        for at, (field, value) in enumerate(zip(fields, row, strict=True), 1):
            cell: Any = _put(sheet, down, at, value)
            text = isinstance(value, str)
            form = "dd/mm/yyyy" if isinstance(value, date) else "" if text else field.form
            look = bold, text, cell.quotePrefix, form
            if look in self._looks:
                cell._style = copy(self._looks[look])
                continue
            cell.font, cell.border = Font(name=_FONT, size=11, bold=bold), _FRAME
            cell.alignment = Alignment(vertical="top", wrap_text=text)
            cell.number_format = form or "General"
            self._looks[look] = copy(cell._style)

    def saved(self) -> bytes:
        """Return the file; the same contents are the same bytes."""
        self._book.properties.creator = ""
        written, fixed = io.BytesIO(), io.BytesIO()
        self._book.save(written)
        with zipfile.ZipFile(written) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for part in parts.infolist():
                content = parts.read(part)
                entry = zipfile.ZipInfo(part.filename, _ALWAYS)
                entry.compress_type = zipfile.ZIP_DEFLATED
                target.writestr(entry, _undated(content) if part.filename == "docProps/core.xml" else content)
        return fixed.getvalue()


def _height(fields: Sequence[Field], row: Sequence[Value]) -> float:
    """Return the height in points in which every text of a row can be read: nobody fits rows when a file is opened."""
    lines = [
        sum(max(1, math.ceil(1.1 * len(line) / field.width)) for line in value.split("\n"))
        for field, value in zip(fields, row, strict=True)
        if isinstance(value, str)
    ]
    return min(_HIGHEST, max([1, *lines]) * _LINE_HEIGHT)


def _put(sheet: Worksheet, down: int, across: int, value: Value) -> Cell:
    """Write a value as what it is; a text stays a text even where it begins with = + - @, also once it is edited."""
    cell = sheet.cell(down, across)
    if not isinstance(cell, Cell):
        raise TypeError("nothing is written into merged cells")
    if isinstance(value, str):
        cell.value = "".join(one for one in value if one.isprintable() or one == "\n")[:_LONGEST]
        cell.data_type, cell.quotePrefix = "s", str(cell.value).startswith(("=", "+", "-", "@"))
    else:
        cell.value = value
    return cell


def _sheet_name(name: str) -> str:
    """Return a name that a sheet may have."""
    return "".join(one for one in name if one not in "[]:*?/\\")[:_NAME_LONGEST] or "Bảng"


def _undated(core: bytes) -> bytes:
    """Return the file's own properties without the moments at which it was made and saved."""
    for name in (b"dcterms:created", b"dcterms:modified"):
        head, found, rest = core.partition(b"<" + name)
        if found:
            core = head + rest.partition(b"</" + name + b">")[2]
    return core
