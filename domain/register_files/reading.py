"""A list of citizens' cases from another register is read: every line a case, or refused with its number and why."""

from collections.abc import Mapping, Sequence
from datetime import date

from domain.collections.cells import Cell, named
from domain.collections.sheets import Sheet
from domain.errors import ActRefused
from domain.register_files.cells import is_nothing
from domain.register_files.fields import Field
from domain.register_files.headings import Heading, heading_of
from domain.register_files.lines import row_of
from domain.register_files.mapping import ColumnMap
from domain.register_files.rows import ReadList, Refused, RegisterRow

MOST_ROWS = 20_000
"""Cases that one list may hold."""
_TOTALS = {"tong", "tong so", "tong cong", "cong"}


def read_list(sheets: Sequence[Sheet], mapping: ColumnMap, today: date) -> ReadList:
    """Return the cases in a workbook's first sheet that holds such a list.

    Raises ActRefused where no sheet does, where a column that every list needs is missing, and for too many rows.
    """
    for sheet in sheets:
        rows = sheet.filled
        heading = heading_of(rows, mapping)
        if heading is not None:
            others = [one.name for one in sheets if one is not sheet and one.rows]
            return _read(rows, heading, mapping, today, others)
    raise ActRefused(
        "Tệp không có dòng tiêu đề của một danh sách phản ánh, kiến nghị "
        "(các cột “Mã phản ánh, kiến nghị”, “Nội dung”, “Ngày tiếp nhận”…). Xin kiểm tra lại tệp."
    )


def _read(
    table: Sequence[Sequence[Cell]], heading: Heading, mapping: ColumnMap, today: date, others: Sequence[str]
) -> ReadList:
    lines, apart = _lines(table, heading)
    if len(lines) > MOST_ROWS:
        raise ActRefused(f"Danh sách có hơn {MOST_ROWS:,} phản ánh. Xin chia nhỏ rồi gửi lại.".replace(",", "."))
    rows: dict[str, RegisterRow] = {}
    refused: list[Refused] = []
    for line, raw in lines:
        one = row_of(line, raw, mapping, today)
        if isinstance(one, RegisterRow) and one.code.upper() in rows:
            one = Refused(line, one.code, f"trùng mã với dòng {rows[one.code.upper()].line}")
        if isinstance(one, Refused):
            refused.append(one)
        else:
            rows[one.code.upper()] = one
    return ReadList(tuple(rows.values()), tuple(refused), tuple(_warnings(heading, apart, others)))


def _lines(table: Sequence[Sequence[Cell]], heading: Heading) -> tuple[list[tuple[int, dict[Field, Cell]]], list[int]]:
    """Return the lines that tell a case, with their cells by column, and the numbers of those that stand apart."""
    lines: list[tuple[int, dict[Field, Cell]]] = []
    apart: list[int] = []
    for line, cells in enumerate(table[heading.last + 1 :], heading.last + 2):
        filled = [cell for cell in cells if not is_nothing(cell)]
        if not filled or _is_numbering(filled):
            continue
        raw = {field: cells[place] if place < len(cells) else None for field, place in heading.places.items()}
        if _is_apart(raw, filled):
            apart.append(line)
        elif not _is_number_alone(raw, filled):
            lines.append((line, raw))
    return lines, apart


def _warnings(heading: Heading, lines: Sequence[int], others: Sequence[str]) -> list[str]:
    said = []
    if heading.unknown:
        said.append(f"Cột chưa rõ nghĩa, không đọc: {_quoted(heading.unknown)}.")
    if heading.passed_over:
        said.append(f"Đã có cột khác cùng ý nghĩa nên không đọc: {_quoted(heading.passed_over)}.")
    if lines:
        shown = ", ".join(str(one) for one in lines[:10]) + ("…" if len(lines) > 10 else "")
        said.append(f"Dòng chỉ có tên mục hoặc tổng cộng, không phải phản ánh, đã bỏ qua: {shown}.")
    if others:
        said.append(f"Chỉ đọc trang tính đầu tiên có danh sách; không đọc: {_quoted(others)}.")
    return said


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{one}”" for one in names[:10]) + ("…" if len(names) > 10 else "")


def _is_numbering(filled: Sequence[Cell]) -> bool:
    """Whether a line only numbers the columns, as official forms do under their heading: "(1)", "(2)", "(3)"."""
    digits = [str(int(one)) if isinstance(one, float) else str(one).strip("() ") for one in filled]
    numbers = [int(one) for one in digits if one.isascii() and one.isdigit() and len(one) < 4]
    return len(numbers) == len(filled) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_number_alone(raw: Mapping[Field, Cell], filled: Sequence[Cell]) -> bool:
    """Whether a line holds its number and nothing else: prepared, never filled."""
    return len(filled) == 1 and is_nothing(raw[Field.CODE]) and str(filled[0]).strip(". ").removesuffix(".0").isdigit()


def _is_apart(raw: Mapping[Field, Cell], filled: Sequence[Cell]) -> bool:
    """Whether a line is no case: a heading of a group that stands alone in it, or a sum."""
    code = raw[Field.CODE]
    if _is_number_alone(raw, filled):
        return False
    if is_nothing(code):
        return len(filled) == 1 or any(isinstance(one, str) and named(one) in _TOTALS for one in filled)
    return named(filled[0]) in _TOTALS or (len(filled) == 1 and " " in str(code).strip())
