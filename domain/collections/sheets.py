"""Rows out of a workbook's sheet: the heading is found by its names, every cell is read as its column wants it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.collections.cells import Cell, barely_named, named, typed
from domain.collections.columns import Column
from domain.errors import ActRefused
from domain.words import fold, squeeze

_LOOKED_AT = 30
"""So many rows from the top may hold the heading."""
MOST_ROWS = 5000
_TOTALS = {"tong", "tong so", "tong cong", "cong", "tong toan tinh"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as its reader hands it over: its name, and rows of values; empty rows at the end are left out.

    `down` tells cells merged over several rows: (column, first row, last row), from 0; only the first holds the value.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    down: tuple[tuple[int, int, int], ...] = ()

    @property
    def filled(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows with the value of merged cells in each row that they cover."""
        rows = [list(row) for row in self.rows] if self.down else []
        for column, first, last in self.down:
            for below in rows[first + 1 : last + 1]:
                below[column] = rows[first][column]
        return tuple(tuple(row) for row in rows) if self.down else self.rows


@dataclass(frozen=True, slots=True)
class Found:
    """What a sheet holds: (line in the sheet from 1, values by column key), and headings that were left out."""

    rows: tuple[tuple[int, dict[str, Cell]], ...]
    left_out: tuple[str, ...] = ()


def sheet_for(sheets: Sequence[Sheet], title: str) -> Sheet | None:
    """Return the sheet that bears a section's name; a workbook of one sheet needs no name."""
    wanted = sheet_name(title)
    named_so = [one for one in sheets if fold(one.name) == fold(wanted)]
    return named_so[0] if named_so else sheets[0] if len(sheets) == 1 else None


def sheet_name(title: str) -> str:
    """Return the name under which a section stands in a workbook (31 characters at most)."""
    return "".join(one for one in squeeze(title) if one not in "[]:*?/\\'")[:31].strip() or "Bảng"


def rows_of(sheet: Sheet, columns: Sequence[Column], dropped: Mapping[str, str] | None = None) -> Found:
    """Return the rows of a sheet under these columns. Lines of totals are left out: totals are counted, not copied.

    `dropped` holds folded headings that may stand in the file and are never read, by why. Raises ActRefused with one
    sentence where the heading lacks a required column or has one that is unknown, and for the first wrong cell.
    """
    at, places, left_out = _heading(sheet, columns, dropped or {})
    rows: list[tuple[int, dict[str, Cell]]] = []
    for line, cells in enumerate(sheet.rows[at + 1 :], at + 2):
        raw = {column.key: cells[place] if place < len(cells) else None for column, place in places}
        if _blank(raw) or _is_total(raw) or (line == at + 2 and _is_numbering(raw)):
            continue
        rows.append((line, _read(sheet, line, raw, [column for column, _ in places])))
        if len(rows) > MOST_ROWS:
            raise ActRefused(f"Trang tính “{sheet.name}” có nhiều hơn {MOST_ROWS} dòng. Xin chia nhỏ rồi gửi lại.")
    return Found(tuple(rows), left_out)


def _read(sheet: Sheet, line: int, raw: Mapping[str, Cell], columns: Sequence[Column]) -> dict[str, Cell]:
    values: dict[str, Cell] = {}
    for column in columns:
        try:
            value = typed(raw[column.key], column.kind)
        except ValueError as wrong:
            shown = str(raw[column.key])[:40]
            raise ActRefused(
                f"Trang tính “{sheet.name}”, dòng {line}, cột “{column.title}” ghi “{shown}”: {wrong}. "
                "Chưa có gì được ghi; xin sửa rồi gửi lại."
            ) from None
        if value is None and column.required:
            raise ActRefused(
                f"Trang tính “{sheet.name}”, dòng {line}: cột “{column.title}” còn trống. "
                "Chưa có gì được ghi; xin sửa rồi gửi lại."
            )
        values[column.key] = value
    return values


def _blank(raw: Mapping[str, Cell]) -> bool:
    return all(value is None or (isinstance(value, str) and not value.strip()) for value in raw.values())


def _is_total(raw: Mapping[str, Cell]) -> bool:
    return any(isinstance(value, str) and named(value) in _TOTALS for value in raw.values())


def _is_numbering(raw: Mapping[str, Cell]) -> bool:
    """Whether a line under the heading only numbers the columns, one after the other: "(1)", "(2)", "(3)"."""
    found = [_number(value) for value in raw.values()]
    first = found[0] if found else None
    return len(found) > 2 and first in {1, 2} and found == list(range(first or 0, (first or 0) + len(found)))


def _number(value: Cell) -> int | None:
    text = str(value if value is not None else "").strip()
    bracketed = text.startswith("(") and text.endswith(")")
    digits = text.strip("() ")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < (5 if bracketed else 3) else None


_Places = list[tuple[Column, int]]


def _heading(
    sheet: Sheet, columns: Sequence[Column], dropped: Mapping[str, str]
) -> tuple[int, _Places, tuple[str, ...]]:
    """Return the last line of the heading (from 0), which column stands where, and the headings left out."""
    numbered = _by_numbers(sheet, columns)
    if numbered is not None:
        return numbered
    wanted = {name: column for column in columns for name in _names(column)}
    best = max(
        range(min(len(sheet.rows), _LOOKED_AT)),
        key=lambda at: (sum(_column(cell, wanted) is not None for cell in sheet.rows[at]), -at),
        default=-1,
    )
    known = sum(_column(cell, wanted) is not None for cell in sheet.rows[best]) if best >= 0 else 0
    if not known:
        titles = ", ".join(f"“{one.title}”" for one in columns[:6])
        raise ActRefused(f"Trang tính “{sheet.name}” không có dòng tiêu đề của biểu mẫu (các cột {titles}…).")
    return best, *_matched(sheet, best, columns, wanted, dropped)


def _matched(
    sheet: Sheet, at: int, columns: Sequence[Column], wanted: Mapping[str, Column], dropped: Mapping[str, str]
) -> tuple[_Places, tuple[str, ...]]:
    places: _Places = []
    left_out: list[str] = []
    for place, cell in enumerate(sheet.rows[at]):
        name = named(cell)
        column = _column(cell, wanted)
        if column is not None:
            if any(one.key == column.key for one, _ in places):
                raise ActRefused(f"Trang tính “{sheet.name}” có hai cột “{column.title}”. Xin bỏ một cột rồi gửi lại.")
            places.append((column, place))
        elif name and any(word in name for word in dropped):
            left_out.append(squeeze(str(cell)))
        elif name and name not in _COUNTING:
            raise ActRefused(
                f"Trang tính “{sheet.name}” có cột “{squeeze(str(cell))[:80]}” không thuộc biểu mẫu. "
                "Xin bỏ cột này hoặc dùng đúng biểu mẫu rồi gửi lại."
            )
    _complete(sheet, columns, places)
    return places, tuple(left_out)


def _column(cell: Cell, wanted: Mapping[str, Column]) -> Column | None:
    return wanted.get(named(cell)) or wanted.get(barely_named(cell))


_COUNTING = {"tt", "stt", "so tt", "so thu tu"}


def _names(column: Column) -> tuple[str, ...]:
    return tuple(named(one) for one in (column.title, *column.names))


def _complete(sheet: Sheet, columns: Sequence[Column], places: _Places) -> None:
    there = {column.key for column, _ in places}
    missing = [one.title for one in columns if one.key not in there and (one.required or one.is_count)]
    if missing:
        shown = ", ".join(f"“{one}”" for one in missing[:6])
        raise ActRefused(f"Trang tính “{sheet.name}” thiếu cột {shown}. Xin dùng đúng biểu mẫu rồi gửi lại.")


def _by_numbers(sheet: Sheet, columns: Sequence[Column]) -> tuple[int, _Places, tuple[str, ...]] | None:
    """Find the line "(1) (2) (3)…" that official forms print under a heading of several levels."""
    by_number = {one.number: one for one in columns if one.number}
    if len(by_number) < 5:
        return None
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        found = {number: place for place, cell in enumerate(row) if (number := _number(cell)) is not None}
        if len(found) >= len(by_number) and set(by_number) <= set(found) and list(found) == sorted(found):
            return at, [(column, found[number]) for number, column in by_number.items()], ()
    return None
