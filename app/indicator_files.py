"""Filled forms of indicators from .xlsx and .csv: columns by their folded names."""

from collections.abc import Sequence
from pathlib import Path

from actions.indicator_files import COLUMNS, Entry
from app.tables import table
from domain.errors import ActRefused
from domain.words import fold

_NEEDED = {"indicator": "Mã chỉ tiêu", "agency": "Mã cơ quan"}


def read_entries(path: Path) -> list[Entry]:
    """Return the rows of a filled form. Raises ActRefused where a column that is needed is missing."""
    header, rows = table(path, comma=True)
    columns = {field: _named(header, names) for field, names in COLUMNS.items()}
    missing = [label for field, label in _NEEDED.items() if columns[field] is None]
    if columns["value"] is None and (columns["part"] is None or columns["whole"] is None):
        missing.append("Giá trị (hoặc Phần và Tổng)")
    if missing:
        raise ActRefused(
            f"Tệp “{path.name}” thiếu cột: {', '.join(missing)}. Lấy biểu mẫu bằng lệnh: "
            "nhacviec indicator form TỆP.xlsx --period 2026-Q1."
        )
    return [
        Entry(row.line, **{field: row.cells.get(name, "") if name else "" for field, name in columns.items()})
        for row in rows
    ]


def _named(header: Sequence[str], names: Sequence[str]) -> str | None:
    """Return the heading that is called by the first of these names that is there."""
    folded = {fold(name): name for name in reversed(header)}
    return next((folded[name] for name in names if name in folded), None)
