"""Excel workbooks (.xlsx): every visible sheet as one table, cells as Excel shows them."""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from documents import sheet_formats, sheet_hidden
from documents.limits import BROKEN_ARCHIVE
from documents.progress import ROWS_A_TIME, Told, silent
from documents.sniff import DAMAGED, PASSWORD
from domain.errors import DocumentRefused
from domain.sources import Block, Document, Paragraph, Row, Table
from domain.words import nfc

HIDDEN_COLUMNS = "Trang tính “{sheet}” có cột bị ẩn ({columns}) nên không đọc; nếu cần, xin bỏ ẩn rồi gửi lại."
HIDDEN_ROWS = "Trang tính “{sheet}” có {count} hàng bị ẩn, vẫn được đọc; xin kiểm tra các hàng này."

_NONE: Mapping[int, tuple[int, int]] = {}

Value = int | float | str | bool | time | date | datetime | timedelta


def read(path: Path, told: Told = silent) -> Document:
    """Return the sheets of a workbook, telling its rows.

    Raises DocumentRefused where it is damaged or has a password.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            book = CalamineWorkbook.from_path(path)
            notes: list[str] = []
            return Document(path.name, tuple(_blocks(book, archive, notes, told)), tuple(notes))
    except PasswordError as error:
        raise DocumentRefused(PASSWORD.format(name=path.name)) from error
    except (CalamineError, *BROKEN_ARCHIVE) as error:
        raise DocumentRefused(DAMAGED.format(name=path.name)) from error


def _blocks(book: CalamineWorkbook, archive: zipfile.ZipFile, notes: list[str], told: Told) -> Iterator[Block]:
    names = [s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible]
    for name in names:
        if len(names) > 1:
            yield Paragraph(nfc(name))
        rows = tuple(_rows(book.get_sheet_by_name(name), archive, notes, told))
        if rows:
            yield Table(rows)


def _rows(sheet: CalamineSheet, archive: zipfile.ZipFile, notes: list[str], told: Told) -> Iterator[Row]:
    values: list[list[Value]] = sheet.to_python(skip_empty_area=False)
    width = _width(values)
    special = any(type(value) is not str for row in values for value in row)
    codes = sheet_formats.of_sheet(archive, sheet.name) if special else {}
    texts = _Texts()
    origin = _merged(sheet)
    hidden = sheet_hidden.of_sheet(archive, sheet.name)
    shown = [column for column in range(width) if column not in hidden.columns]
    _note_hidden(sheet.name, values, width, hidden, notes)
    for number, row in enumerate(values):
        if number % ROWS_A_TIME == 0:
            told("dòng", number, len(values))
        cells = [
            texts[value] if type(value) is str else _shown(value, codes.get((number, column)))
            for column, value in enumerate(row[:width])
        ]
        cells += [""] * (width - len(cells))
        across: set[int] = set()
        down: set[int] = set()
        for column, (top, left) in origin.get(number, _NONE).items():
            if column < width:
                first = values[top][left]
                cells[column] = texts[first] if type(first) is str else _shown(first, codes.get((top, left)))
                across.update([column] if left < column else [])
                down.update([column] if top < number else [])
        if any(cells):
            yield _without_hidden(Row(tuple(cells), None, number + 1, frozenset(across), frozenset(down)), shown)


def _without_hidden(row: Row, shown: Sequence[int]) -> Row:
    """Return a row without the columns that Excel does not show."""
    if len(shown) == len(row.cells):
        return row
    across = frozenset(at for at, column in enumerate(shown) if column in row.across)
    down = frozenset(at for at, column in enumerate(shown) if column in row.down)
    return replace(row, cells=tuple(row.cells[column] for column in shown), across=across, down=down)


def _note_hidden(
    name: str, values: Sequence[Sequence[Value]], width: int, hidden: sheet_hidden.Hidden, notes: list[str]
) -> None:
    """Say which hidden columns with text were left out, and how many hidden rows with text were read."""
    columns = [
        column for column in sorted(hidden.columns) if column < width and any(row[column] != "" for row in values)
    ]
    rows = [row for row in hidden.rows if row < len(values) and any(value != "" for value in values[row])]
    if columns:
        letters = ", ".join(sheet_hidden.letters(column) for column in columns)
        notes.append(HIDDEN_COLUMNS.format(sheet=nfc(name), columns=letters))
    if rows:
        notes.append(HIDDEN_ROWS.format(sheet=nfc(name), count=len(rows)))


class _Texts(dict[str, str]):
    """Texts of a sheet as they are shown; the same text comes many times and is looked at once."""

    def __missing__(self, value: str) -> str:
        shown = self[value] = nfc(value).replace("\r\n", "\n").strip()
        return shown


def _width(values: Sequence[Sequence[Value]]) -> int:
    """Return the number of columns up to the last one that holds anything."""
    width = 0
    for row in values:
        end = len(row)
        while end > width and row[end - 1] == "":
            end -= 1
        width = max(width, end)
    return width


def _merged(sheet: CalamineSheet) -> Mapping[int, Mapping[int, tuple[int, int]]]:
    """Return by row and column the cell that holds the text of each cell inside a merged range."""
    origin: dict[int, dict[int, tuple[int, int]]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for row in range(top, bottom + 1):
            origin.setdefault(row, {}).update(dict.fromkeys(range(left, right + 1), (top, left)))
    return origin


def _shown(value: Value, code: str | None) -> str:
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, date):
        return sheet_formats.shown_date(value, code)
    if isinstance(value, int | float):
        return sheet_formats.shown_number(value, code)
    return str(value)
