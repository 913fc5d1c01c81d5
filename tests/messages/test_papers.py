"""Papers and tables: the form of Nghị định 30/2020, the same bytes each time, nothing that a program would execute."""

import io
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook

from messages.official import Column, Letterhead, OfficialPaper, Signatory
from messages.workbook import Field, Workbook

HEAD = Letterhead("Ủy ban nhân dân tỉnh Mẫu", "Văn phòng", "BC-VP", "Mẫu", date(2026, 2, 5))


def paper(head: Letterhead = HEAD) -> bytes:
    made = OfficialPaper(head, kind="Báo cáo", subject="Tiến độ quý I")
    made.heading("I. KẾT QUẢ")
    made.paragraph("Chữ có dấu điều khiển\x07 bị bỏ.")
    made.to_fill_in("Nguyên nhân")
    made.table([Column("TT", 1), Column("Cơ quan", 8)], [["1", "Sở Mẫu"]])
    made.signed(["UBND tỉnh"], Signatory("KT. Chánh Văn phòng", "Phó Chánh Văn phòng", "Nguyễn Mẫu An"))
    made.across("PHỤ LỤC")
    return made.saved()


def test_a_paper_has_the_parts_that_the_decree_asks_for() -> None:
    read = Document(io.BytesIO(paper()))
    head = [cell.text for row in read.tables[0].rows for cell in row.cells]
    assert head[0].startswith("ỦY BAN NHÂN DÂN TỈNH MẪU\nVĂN PHÒNG")
    assert head[1].startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert head[2] == "Số:        /BC-VP"
    assert head[3] == "Mẫu, ngày 05 tháng 02 năm 2026"
    assert "PHÓ CHÁNH VĂN PHÒNG" in read.tables[-1].rows[0].cells[1].text
    upright, across = read.sections
    assert (upright.different_first_page_header_footer, across.different_first_page_header_footer) == (True, False)
    assert "PAGE" in upright.header._element.xml
    assert across.header.is_linked_to_previous
    assert [round(one.cm, 1) for one in (upright.left_margin, upright.right_margin, upright.top_margin)] == [3, 1.8, 2]
    assert read.styles["Normal"].font.name == "Times New Roman"
    marked = [run for one in read.paragraphs for run in one.runs if run.font.highlight_color]
    assert [run.text for run in marked] == ["[Nguyên nhân]"]


def test_a_letter_has_its_subject_under_the_number() -> None:
    made = OfficialPaper(Letterhead("", "Văn phòng", "VP", ""), subject="V/v đôn đốc")
    made.addressed(["Sở A", "Sở B"])
    read = Document(io.BytesIO(made.saved()))
    assert read.tables[0].rows[1].cells[0].text == "Số:        /VP\nV/v đôn đốc"
    assert [one.text for one in read.paragraphs if one.text] == ["Kính gửi:", "- Sở A;", "- Sở B."]


@pytest.mark.parametrize(("day", "said"), [(date(2026, 3, 4), "04 tháng 3"), (date(2026, 12, 14), "14 tháng 12")])
def test_days_under_ten_and_the_first_two_months_have_a_zero(day: date, said: str) -> None:
    assert said in Letterhead("", "", "", "", day).place_and_day


def test_the_same_paper_is_the_same_bytes() -> None:
    assert paper() == paper()


def table() -> Workbook:
    made = Workbook()
    rows = [[1, '=HYPERLINK("http://x")', Decimal("0.9892"), date(2026, 1, 2)], [2, "+1\x00", None, None]]
    fields = [Field("TT", 5), Field("Cơ quan", 30), Field("Tỷ lệ", 10, "0.00%"), Field("Ngày", 12)]
    made.sheet("Tổng/hợp: [1]", fields, rows, title=["BÁO CÁO"], totals=[None, "Tổng", Decimal(1), None])
    return made


def test_cells_are_typed_and_texts_never_become_formulas() -> None:
    sheet = load_workbook(io.BytesIO(table().saved())).worksheets[0]
    assert sheet.title == "Tổnghợp 1"
    assert [(one.value, one.data_type) for one in sheet[4][:3]] == [
        (1, "n"),
        ('=HYPERLINK("http://x")', "s"),
        (0.9892, "n"),
    ]
    assert sheet["B4"].quotePrefix
    assert (sheet["D4"].data_type, sheet["D4"].number_format) == ("d", "dd/mm/yyyy")
    assert sheet["B5"].value == "+1"
    assert sheet["C4"].number_format == "0.00%"
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A3:D5", "A4")
    assert sheet["B6"].value == "Tổng"
    assert sheet["B6"].font.bold


def test_the_same_table_is_the_same_bytes() -> None:
    assert table().saved() == table().saved()
