"""Workbooks as values: numbers stay numbers, percentages are as shown, and what is no workbook is refused."""

import io
from datetime import date

import openpyxl
import pytest

from documents import values
from domain.errors import DocumentRefused


def test_cells_come_as_what_they_are() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Số liệu"
    sheet.append(["Đơn vị ", "1.234", 1.234, 178_842, 0.955, date(2026, 3, 14), None, True])
    sheet["E1"].number_format = "0.0%"
    hidden = book.create_sheet("Ẩn")
    hidden.append(["không đọc"])
    hidden.sheet_state = "hidden"
    written = io.BytesIO()
    book.save(written)
    (found,) = values.read("so-lieu.xlsx", written.getvalue())
    assert found.name == "Số liệu"
    assert found.rows == (("Đơn vị", "1.234", 1.234, 178_842, 95.5, "2026-03-14", None, "x"),)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.7\n", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused_by_the_name_its_sender_gave(content: bytes) -> None:
    with pytest.raises(DocumentRefused) as refused:
        values.read("bảng của tôi.xlsx", content)
    assert "bảng của tôi.xlsx" in refused.value.sentence
