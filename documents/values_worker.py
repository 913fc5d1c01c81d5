"""The child process that reads a workbook's values: `python -m documents.values_worker FILE SECONDS MEMORY_MB`.

Prints one line: "sheets" or "refused", a tab, and JSON: a list of [name, rows, merged cells], or the sentence of the
refusal.
"""

import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from documents import sheet_formats, sniff
from documents.confine import confine
from documents.limits import BROKEN_ARCHIVE
from documents.sniff import DAMAGED, PASSWORD, Kind
from documents.values import NO_WORKBOOK
from domain.collections.cells import Cell, kept
from domain.errors import DocumentRefused
from domain.words import nfc

_Down = list[tuple[int, int, int]]


def sheets_of(path: Path) -> list[tuple[str, list[list[Cell]], _Down]]:
    """Return name, rows and cells merged downwards of every visible sheet. Raises DocumentRefused."""
    if sniff.kind(path) is not Kind.SHEET:
        raise DocumentRefused(NO_WORKBOOK.format(name=path.name))
    try:
        with zipfile.ZipFile(path) as archive:
            book = CalamineWorkbook.from_path(path)
            names = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            return [_sheet(book, archive, name) for name in names]
    except PasswordError as error:
        raise DocumentRefused(PASSWORD.format(name=path.name)) from error
    except (CalamineError, *BROKEN_ARCHIVE) as error:
        raise DocumentRefused(DAMAGED.format(name=path.name)) from error


def _sheet(book: CalamineWorkbook, archive: zipfile.ZipFile, name: str) -> tuple[str, list[list[Cell]], _Down]:
    sheet = book.get_sheet_by_name(name)
    rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    while rows and not any(value not in {"", None} for value in rows[-1]):
        rows.pop()
    codes = sheet_formats.of_sheet(archive, name)
    values = [
        [_value(value, codes.get((down, across), "")) for across, value in enumerate(row)]
        for down, row in enumerate(rows)
    ]
    return nfc(name), values, _down(sheet, values)


def _down(sheet: CalamineSheet, rows: Sequence[Sequence[Cell]]) -> _Down:
    """Return the cells that are merged over several rows and hold a value: column, first row, last row there is."""
    return [
        (left, top, min(bottom, len(rows) - 1))
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or []
        if bottom > top and top < len(rows) and left < len(rows[top]) and rows[top][left] is not None
    ]


def _value(value: Any, code: str) -> Cell:
    found = kept(value)
    if isinstance(found, str):
        return nfc(found).strip()
    if isinstance(found, float) and "%" in code:
        return round(found * 100, 10)
    return found


def main(arguments: list[str]) -> None:
    """Read the file within the limits and print what came of it."""
    confine(float(arguments[1]), int(arguments[2]))
    try:
        answer = f"sheets\t{json.dumps(sheets_of(Path(arguments[0])))}"
    except DocumentRefused as refusal:
        answer = f"refused\t{json.dumps(refusal.sentence)}"
    sys.stdout.write(answer)


if __name__ == "__main__":
    main(sys.argv[1:])
