"""Lists of other registers as real workbooks: what we write comes in again, and what is hostile harms nobody."""

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from documents import values
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.errors import ActRefused
from domain.register_files import WITHOUT_PERSONS, ColumnMap, Field, ReadList, RegisterRow, Stage, read_list
from messages import case_list

TODAY = date(2026, 11, 20)
ROWS = (
    RegisterRow(
        line=4,
        code="00012",
        content='=HYPERLINK("http://x.example";"mở")\nDòng hai của phản ánh',
        received_on=date(2026, 11, 2),
        who=Reporter("Nguyễn Mẫu An", "thôn Mẫu, xã Mẫu", "0912345678", email="an@mau.vn"),
        stage=Stage.ANSWERED,
        kind=Kind.CONDUCT,
        own_code="PAKN-BN-2026-000001",
        title="+84 gọi nhiều lần",
        agency="Sở Mẫu",
        forwarded_on=date(2026, 11, 3),
        forward_number="12/VP-KSTT",
        due_on=date(2026, 11, 25),
        answer="- Đã xin lỗi\n- Đã trả kết quả",
        answered_on=date(2026, 11, 18),
        answer_number="@99/SM",
        link="https://dichvucong.gov.vn/pakn/12",
    ),
    RegisterRow(line=5, code="2026000124", content="Chờ lâu", received_on=date(2026, 11, 4), who=Reporter("", "")),
)


def read(content: bytes) -> ReadList:
    return read_list(values.read("danh-sach.xlsx", content), ColumnMap(), TODAY)


def saved(book: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_what_is_exported_is_imported_again() -> None:
    content = case_list.book(ROWS, ["Danh sách phản ánh, kiến nghị"])
    assert read(content) == ReadList(ROWS)
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows() for cell in row]
    assert not [one for one in cells if one.data_type == "f"], "a text never becomes a formula"
    assert {one.data_type for one in cells if isinstance(one.value, datetime)} == {"d"}


def test_a_list_for_where_names_may_not_go_comes_in_again_without_them() -> None:
    content = case_list.book(ROWS, fields=WITHOUT_PERSONS)
    assert [one.who for one in read(content).rows] == [Reporter("", "")] * 2
    texts = {str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for cell in row}
    assert not {"Nguyễn Mẫu An", "0912345678", Field.NAME.label} & texts


def test_hostile_and_careless_workbooks() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["DANH SÁCH PAKN"])
    sheet.merge_cells("A1:F1")
    sheet.append(["STT", "Mã PAKN", "Người gửi", None, "Nội dung", "Ngày tiếp nhận"])
    sheet.append([None, None, "Họ tên", "Điện thoại", None, None])
    for cells in ("A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3", "F4:F5"):
        sheet.merge_cells(cells)
    for column, value in (("A", 1), ("B", 101), ("C", "Nguyễn Mẫu An"), ("D", 912345678), ("E", "=1+1")):
        sheet[f"{column}4"] = value
    sheet["F4"] = date(2026, 11, 2)
    for column, value in (("A", 2), ("B", "PA-2"), ("E", "Nội dung có thật")):
        sheet[f"{column}5"] = value
    for line in range(6, 100_000, 999):
        sheet.cell(line, 1).number_format = "0"
    sheet.cell(100_000, 6).fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    hidden = book.create_sheet("Ẩn")
    hidden.append(["Mã PAKN", "Nội dung", "Ngày gửi"])
    hidden.sheet_state = "hidden"
    found = read(saved(book))
    (row,) = found.rows
    assert (row.code, row.content, row.received_on, row.line) == ("PA-2", "Nội dung có thật", date(2026, 11, 2), 5)
    (refused,) = found.refused
    assert (refused.line, refused.code) == (4, "101"), "a formula without a value is an empty cell"
    assert "thiếu nội dung" in refused.why


def test_a_list_longer_than_may_be_is_refused() -> None:
    many = [replace(ROWS[1], code=f"PA-{at}", line=at) for at in range(20_001)]
    head = tuple(one.label for one in WITHOUT_PERSONS)
    day = date(2026, 11, 4).isoformat()
    rows = [
        tuple({Field.CODE: one.code, Field.CONTENT: "x", Field.RECEIVED_ON: day}.get(f) for f in WITHOUT_PERSONS)
        for one in many
    ]
    with pytest.raises(ActRefused, match=r"20\.000"):
        read_list([values.Sheet("x", (head, *rows))], ColumnMap(), TODAY)
