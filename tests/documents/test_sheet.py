"""Excel workbooks: titles above the table, merged cells, several sheets, values as Excel shows them."""

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from documents import sheet
from domain.sources import Paragraph, Table


def read(book: Workbook, folder: Path) -> list[Paragraph | Table]:
    path = folder / "a.xlsx"
    book.save(path)
    return list(sheet.read(path).blocks)


def only(book: Workbook, folder: Path) -> Table:
    (table,) = read(book, folder)
    assert isinstance(table, Table)
    return table


def test_rows_keep_their_number_and_empty_rows_go(tmp_path: Path) -> None:
    book = Workbook()
    for line in (["PHỤ LỤC I"], [], ["TT", "Việc", "Hạn"], [1, "Soạn\nkế hoạch", "Quý I"]):
        book.active.append(line)
    rows = only(book, tmp_path).rows
    assert [(row.line, row.cells) for row in rows] == [
        (1, ("PHỤ LỤC I", "", "")),
        (3, ("TT", "Việc", "Hạn")),
        (4, ("1", "Soạn\nkế hoạch", "Quý I")),
    ]


def test_merged_cells_repeat_their_text_and_say_so(tmp_path: Path) -> None:
    book = Workbook()
    for line in (["I", "Nhóm", None], [1, "Soạn", "Quý I"], [None, None, "Quý II"]):
        book.active.append(line)
    book.active.merge_cells("B1:C1")
    book.active.merge_cells("B2:B3")
    section, _, more = only(book, tmp_path).rows
    assert (section.cells, section.across) == (("I", "Nhóm", "Nhóm"), {2})
    assert (more.cells, more.down) == (("", "Soạn", "Quý II"), {1})


def test_sheets_come_in_order_under_their_names_and_hidden_ones_not(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Phụ lục I"
    book.active.append(["a", "b"])
    book.create_sheet("Phụ lục II").append(["c", "d"])
    hidden = book.create_sheet("Nháp")
    hidden.append(["e"])
    hidden.sheet_state = "hidden"
    found = [b.text if isinstance(b, Paragraph) else b.rows[0].cells for b in read(book, tmp_path)]
    assert found == ["Phụ lục I", ("a", "b"), "Phụ lục II", ("c", "d")]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (date(2026, 1, 30), "dd/mm/yyyy", "30/01/2026"),
        (date(2026, 1, 5), "d/m/yyyy", "5/1/2026"),
        (date(2026, 3, 1), "mm/yyyy", "03/2026"),
        (date(2026, 3, 1), "yyyy", "2026"),
        (date(2026, 3, 1), "mm-dd-yy", "01/03/2026"),
        (date(2026, 3, 1), "[$-42A]dd mmmm yyyy", "01/03/2026"),
        (datetime.fromisoformat("2026-03-01T17:00"), "dd/mm/yyyy hh:mm", "01/03/2026"),
        (0.9, "0%", "90%"),
        (0.985, "0.0%", "98.5%"),
        (1.1, "0.00", "1.10"),
        (1.1, "General", "1.1"),
        (12500, "#,##0", "12500"),
        (3.0, "General", "3"),
        (True, "General", "x"),
        ("Tháng 3 ", "General", "Tháng 3"),
    ],
)
def test_values_as_shown(value: object, code: str, shown: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].number_format = code
    assert only(book, tmp_path).rows[0].cells == (shown,)


def test_hidden_columns_are_left_out_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    page = book.worksheets[0]
    for row in (("TT", "Nháp", "Nội dung", "Hạn"), (1, "x", "Soạn", "Quý I"), (2, "y", "Họp", "Quý II")):
        page.append(row)
    page.merge_cells("C3:D3")
    page.column_dimensions["B"].hidden = True
    page.row_dimensions[3].hidden = True
    book.save(path)
    document = sheet.read(path)
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [("TT", "Nội dung", "Hạn"), ("1", "Soạn", "Quý I"), ("2", "Họp", "Họp")]
    assert table.rows[2].across == {2}
    assert document.notes == (
        sheet.HIDDEN_COLUMNS.format(sheet="Sheet", columns="B"),
        sheet.HIDDEN_ROWS.format(sheet="Sheet", count=1),
    )


@pytest.mark.parametrize("text", ["=SUM(A1:A2)", "+ Soạn thảo", "- Họp", "@lan", "=1+1"])
def test_text_that_looks_like_a_formula_stays_text(text: str, tmp_path: Path) -> None:
    book = Workbook()
    cell = book.active["A1"]
    cell.value, cell.data_type = text, "s"
    assert only(book, tmp_path).rows[0].cells == (text,)


def test_a_formula_is_never_evaluated(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["TT", "=1+1"])
    assert only(book, tmp_path).rows[0].cells == ("TT",)


def test_numbers_keep_the_decimals_that_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    for row, (value, code) in enumerate(((1.1, "0.00"), (5.1, "0.0"), (0.9, "0%")), start=1):
        cell = book.active.cell(row, 1, value)
        cell.number_format = code
    assert [row.cells for row in only(book, tmp_path).rows] == [("1.10",), ("5.1",), ("90%",)]
