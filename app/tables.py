"""Directory and people lists from .csv and .xlsx: every row checked before anything is written."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

from python_calamine import CalamineError, CalamineWorkbook

from actions.people import Newcomer
from domain.agencies import Agency, AgencyLevel
from domain.errors import ActRefused
from domain.mailboxes import as_kept, is_mailbox
from domain.people import role_named
from domain.words import fold, squeeze, visible

DIRECTORY_COLUMNS = ("code", "name", "aliases", "level", "parent", "valid_from", "valid_to", "coordinating")
OPTIONAL_COLUMNS = ("successor", "relation")
_LEVELS: dict[str, AgencyLevel] = {one: one for one in get_args(AgencyLevel)}
_LONGEST_CODE = 40
_LONGEST_NAME = 300
_LONGEST_PERSON = 120
"""Characters; a longer cell is a slip of the hand, and no message could carry it."""

PEOPLE_COLUMNS = {
    "agency": ("agency", "co quan", "ma co quan", "don vi"),
    "name": ("name", "ho ten", "ho va ten", "ten"),
    "position": ("chuc vu", "position"),
    "phone": ("phone", "dien thoai", "so dien thoai", "sdt"),
    "role": ("role", "vai tro"),
    "mail": ("thu dien tu", "email", "e-mail", "mail"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name, and where it stands: its line in the file from 1."""

    line: int
    cells: dict[str, str]

    def wrong(self, column: str, problem: str) -> ActRefused:
        """Return the refusal that names line and column."""
        return ActRefused(f"Dòng {self.line}, cột {column}: {problem} Chưa có gì được ghi; sửa rồi nhập lại.")


def read_directory(path: Path) -> list[Agency]:
    """Return the agencies of a directory file. Raises ActRefused naming line and column of the first fault."""
    header, rows = table(path)
    missing = [name for name in DIRECTORY_COLUMNS if name not in header]
    if missing:
        raise ActRefused(
            f"Tệp “{path.name}” thiếu cột: {', '.join(missing)}. Cần các cột: {', '.join(DIRECTORY_COLUMNS)}."
        )
    _refuse_unknown(path, [name for name in header if name not in {*DIRECTORY_COLUMNS, *OPTIONAL_COLUMNS}])
    found = [_agency(row) for row in rows]
    _check_codes(found, rows)
    return found


def _agency(row: Row) -> Agency:
    code, name, level = row.cells["code"], row.cells["name"], _LEVELS.get(row.cells["level"])
    if not code or len(code) > _LONGEST_CODE or any(one.isspace() for one in code):
        raise row.wrong("code", f"mã “{code}” trống, có dấu cách hoặc dài quá {_LONGEST_CODE} ký tự.")
    if not name:
        raise row.wrong("name", "thiếu tên cơ quan.")
    if len(name) > _LONGEST_NAME:
        raise row.wrong("name", f"tên cơ quan dài quá {_LONGEST_NAME} ký tự.")
    if level is None:
        given = row.cells["level"]
        raise row.wrong("level", f"cấp “{given}” không hợp lệ (một trong: {', '.join(sorted(_LEVELS))}).")
    if row.cells["coordinating"] not in {"", "0", "1"}:
        raise row.wrong("coordinating", "chỉ ghi 1 cho cơ quan điều phối, 0 hoặc để trống cho các cơ quan khác.")
    first, last = _day(row, "valid_from"), _day(row, "valid_to")
    if first and last and last < first:
        raise row.wrong("valid_to", "ngày cuối trước ngày đầu.")
    return Agency(
        code=code,
        name=name,
        aliases=tuple(filter(None, (squeeze(one) for one in row.cells["aliases"].split("|")))),
        level=level,
        parent=row.cells["parent"] or None,
        valid_from=first,
        valid_to=last,
        successor=row.cells.get("successor") or None,
        relation=row.cells.get("relation") or None,
        coordinating=row.cells["coordinating"] == "1",
    )


def _check_codes(found: Sequence[Agency], rows: Sequence[Row]) -> None:
    lines: dict[str, int] = {}
    for agency, row in zip(found, rows, strict=True):
        if agency.code in lines:
            raise row.wrong("code", f"mã “{agency.code}” đã có ở dòng {lines[agency.code]}.")
        lines[agency.code] = row.line
    if sum(agency.coordinating for agency in found) > 1:
        raise ActRefused("Danh mục có nhiều hơn một dòng coordinating = 1. Chỉ để một cơ quan điều phối rồi nhập lại.")


def _day(row: Row, column: str) -> date | None:
    text = row.cells[column]
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day, no moment
        except ValueError:
            continue
    raise row.wrong(column, f"ngày “{text}” không hợp lệ (ghi như 2025-06-30 hoặc 30/06/2025).")


def read_people(path: Path) -> list[tuple[int, Newcomer]]:
    """Return (line, person) of a people list. Raises ActRefused naming line and column of the first fault."""
    header, rows = table(path)
    columns = {
        field: next((name for name in header if fold(name) in words), None) for field, words in PEOPLE_COLUMNS.items()
    }
    missing = [field for field in ("agency", "name", "role") if columns[field] is None]
    if missing:
        raise ActRefused(
            f"Tệp “{path.name}” thiếu cột: {', '.join(missing)}. Cần các cột: agency, name, chức vụ, phone, role."
            " Cột thư điện tử không bắt buộc."
        )
    _refuse_unknown(path, [name for name in header if name not in columns.values()])
    found = [(row.line, _newcomer(row, columns)) for row in rows]
    _check_people(found, rows)
    return found


def _check_people(found: Sequence[tuple[int, Newcomer]], rows: Sequence[Row]) -> None:
    """Refuse a person who stands twice: the second code would end the first, and both would be printed."""
    lines: dict[tuple[str, str, str], int] = {}
    for (line, one), row in zip(found, rows, strict=True):
        seat = (one.agency_code, fold(one.name), one.role.value)
        if seat in lines:
            raise row.wrong("name", f"“{one.name}” đã có ở dòng {lines[seat]} với cùng cơ quan và vai trò.")
        lines[seat] = line


def _refuse_unknown(path: Path, unknown: Sequence[str]) -> None:
    """Refuse columns that nobody would read: silence would look like agreement."""
    named = [name for name in unknown if name]
    if named:
        raise ActRefused(f"Tệp “{path.name}” có cột lạ: {', '.join(named)}. Bỏ hoặc đổi tên cột rồi nhập lại.")


def _newcomer(row: Row, columns: dict[str, str | None]) -> Newcomer:
    cells = {field: row.cells.get(name, "") if name else "" for field, name in columns.items()}
    role = role_named(cells["role"])
    if role is None:
        raise row.wrong("role", f"vai trò “{cells['role']}” không hợp lệ (officer, head, coordinator, leader).")
    for field in ("agency", "name"):
        if not cells[field]:
            raise row.wrong(field, "ô này còn trống.")
    for field in ("name", "position", "phone"):
        if len(cells[field]) > _LONGEST_PERSON:
            raise row.wrong(field, f"ô này dài quá {_LONGEST_PERSON} ký tự.")
    if cells["mail"] and not is_mailbox(cells["mail"]):
        raise row.wrong("thư điện tử", f"“{cells['mail']}” không phải một địa chỉ thư.")
    return Newcomer(cells["agency"], cells["name"], cells["position"], cells["phone"], role, as_kept(cells["mail"]))


def table(path: Path, *, comma: bool = False) -> tuple[list[str], list[Row]]:
    """Return the header (squeezed) and the rows that are not empty; with `comma` decimals as Vietnamese write them.

    Raises ActRefused for a file that is no table.
    """
    try:
        content = path.read_bytes()
    except OSError:
        raise ActRefused(f"Không mở được tệp “{path}”. Kiểm tra đường dẫn rồi chạy lại.") from None
    if not content:
        raise ActRefused(f"Tệp “{path.name}” trống. Chọn tệp có dòng tiêu đề và dữ liệu rồi nhập lại.")
    if content.startswith(_OLD_CONTAINER):
        raise ActRefused(
            f"Tệp “{path.name}” có mật khẩu hoặc là Excel kiểu cũ (.xls). Bỏ mật khẩu, lưu thành .xlsx rồi nhập lại."
        )
    raw = list(_sheet(content, path, comma=comma) if content.startswith(b"PK") else _csv(content, path))
    filled = [(line, cells) for line, cells in raw if any(cell.strip() for cell in cells)]
    if not filled:
        raise ActRefused(f"Tệp “{path.name}” không có dòng tiêu đề. Dòng đầu phải là tên các cột.")
    header = [squeeze(cell) for cell in filled[0][1]]
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise ActRefused(f"Tệp “{path.name}” có cột lặp lại: {', '.join(twice)}. Chỉ để một cột rồi nhập lại.")
    rows = [Row(line, _named(header, line, cells)) for line, cells in filled[1:]]
    if not rows:
        raise ActRefused(f"Tệp “{path.name}” không có dòng dữ liệu nào. Điền ít nhất một dòng rồi nhập lại.")
    return header, rows


_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old Office files begin, and new ones under a password."""


def _named(header: list[str], line: int, cells: list[str]) -> dict[str, str]:
    """Return the cells by column name. Raises ActRefused for a cell under no name: it would be lost."""
    padded = [*header, *[""] * (len(cells) - len(header))]
    stray = [cell for name, cell in zip(padded, cells, strict=False) if not name and cell.strip()]
    if stray:
        raise ActRefused(
            f"Dòng {line}: ô “{squeeze(stray[0])}” không nằm dưới cột nào (có thể thừa dấu phân cách). "
            "Chưa có gì được ghi; sửa rồi nhập lại."
        )
    found = {name: squeeze(visible(cell)) for name, cell in zip(padded, cells, strict=False) if name}
    return {name: found.get(name, "") for name in header if name}


def _csv(content: bytes, path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ActRefused(f"Tệp “{path.name}” không phải CSV UTF-8 hay Excel .xlsx. Lưu lại dạng CSV UTF-8.") from None
    first = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(",;\t", key=lambda mark: first.count(mark)), strict=True
    )
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise ActRefused(
            f"Tệp “{path.name}” không đọc được như CSV ở dòng {reader.line_num} (thường do dấu ngoặc kép chưa đóng). "
            "Sửa dòng đó rồi nhập lại."
        ) from None


def _sheet(content: bytes, path: Path, *, comma: bool) -> Iterator[tuple[int, list[str]]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(at).to_python(skip_empty_area=False) for at in range(len(book.sheet_names))]
    except (CalamineError, ValueError, IndexError, OSError):
        raise ActRefused(f"Tệp “{path.name}” không mở được như một bảng Excel .xlsx. Lưu lại rồi nhập lại.") from None
    if any(any(cell not in {"", None} for row in rows for cell in row) for rows in sheets[1:]):
        raise ActRefused(
            f"Tệp “{path.name}” có dữ liệu ở nhiều trang tính. Chỉ để một trang tính có dữ liệu rồi nhập lại."
        )
    for line, cells in enumerate(sheets[0] if sheets else [], 1):
        yield line, [_cell(cell, comma=comma) for cell in cells]


def _cell(value: Any, *, comma: bool) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if comma and isinstance(value, float):
        return f"{value:.10f}".rstrip("0").replace(".", ",")
    return "" if value is None else str(value)
