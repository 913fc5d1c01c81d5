"""What a sheet hides: columns and rows that Excel does not show."""

import re
import zipfile
from dataclasses import dataclass

from documents import sheet_formats

_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_HIDDEN = re.compile(rb"\bhidden=\"(?:1|true)\"")
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Hidden:
    """Columns and rows of a sheet that are hidden, counted from 0."""

    columns: frozenset[int] = frozenset()
    rows: frozenset[int] = frozenset()


def of_sheet(archive: zipfile.ZipFile, sheet_name: str) -> Hidden:
    """Return what a sheet hides, read from the sheet's tags alone, a piece at a time."""
    part = sheet_formats.part_of(archive, sheet_name)
    if part is None:
        return Hidden()
    columns: set[int] = set()
    rows: set[int] = set()
    for text in sheet_formats.tags(archive, part):
        if b"hidden" not in text:
            continue
        for tag in _COLUMN.findall(text):
            if _HIDDEN.search(tag):
                columns.update(range(_number(tag, b"min") - 1, min(_number(tag, b"max"), _LAST_COLUMN)))
        rows.update(_number(tag, b"r") - 1 for tag in _ROW.findall(text) if _HIDDEN.search(tag))
    return Hidden(frozenset(columns), frozenset(rows))


def letters(column: int) -> str:
    """Return the name Excel gives a column counted from 0: A, B, …, AA."""
    name, left = "", column + 1
    while left:
        left, place = divmod(left - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def _number(tag: bytes, name: bytes) -> int:
    found = re.search(rb"\b" + name + rb"=\"(\d+)\"", tag)
    return int(found[1]) if found else 0
