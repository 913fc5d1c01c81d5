"""The child process that reads a workbook's values: `python -m documents.values_worker FILE SECONDS MEMORY_MB`.

Prints one line: "sheets" or "refused", a tab, and JSON: a list of [name, rows], or the sentence of the refusal.
"""

import json
import sys
import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from documents import sheet_formats, sniff
from documents.confine import confine
from documents.limits import BROKEN_ARCHIVE
from documents.sniff import DAMAGED, PASSWORD, Kind
from documents.values import NO_WORKBOOK
from domain.collections.cells import Cell, kept
from domain.errors import DocumentRefused
from domain.words import nfc


def sheets_of(path: Path) -> list[tuple[str, list[list[Cell]]]]:
    """Return name and rows of every visible sheet. Raises DocumentRefused."""
    if sniff.kind(path) is not Kind.SHEET:
        raise DocumentRefused(NO_WORKBOOK.format(name=path.name))
    try:
        with zipfile.ZipFile(path) as archive:
            book = CalamineWorkbook.from_path(path)
            names = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            return [(nfc(name), _rows(book, archive, name)) for name in names]
    except PasswordError as error:
        raise DocumentRefused(PASSWORD.format(name=path.name)) from error
    except (CalamineError, *BROKEN_ARCHIVE) as error:
        raise DocumentRefused(DAMAGED.format(name=path.name)) from error


def _rows(book: CalamineWorkbook, archive: zipfile.ZipFile, name: str) -> list[list[Cell]]:
    rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    codes = sheet_formats.of_sheet(archive, name)
    return [
        [_value(value, codes.get((down, across), "")) for across, value in enumerate(row)]
        for down, row in enumerate(rows)
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
