"""PDF files with text: ruled tables, merged cells, text around them, tables over two pages."""

from pathlib import Path

from documents import pdf
from domain.sources import Paragraph, Table
from tests.documents.tiny_pdf import Page, save

EDGES = (20, 60, 300, 500)


def test_text_and_table_in_reading_order(tmp_path: Path) -> None:
    page = Page()
    page.write(20, 20, "PHỤ LỤC I")
    page.row(EDGES, 50, 70, "TT", "Nội dung", "Thời hạn")
    page.row(EDGES, 70, 110, "1", "Soạn kế hoạch\nnăm 2026", "Quý I")
    page.write(20, 130, "Nơi nhận:")
    first, table, last = pdf.read(save(tmp_path / "a.pdf", [page])).blocks
    assert first == Paragraph("PHỤ LỤC I", page=1)
    assert last == Paragraph("Nơi nhận:", page=1)
    assert isinstance(table, Table)
    assert [row.cells for row in table.rows] == [
        ("TT", "Nội dung", "Thời hạn"),
        ("1", "Soạn kế hoạch năm 2026", "Quý I"),
    ]


def test_merged_cells_repeat_their_text_and_say_so(tmp_path: Path) -> None:
    page = Page()
    page.write(20, 20, "Danh mục nhiệm vụ trọng tâm")
    page.cell(20, 50, 60, 70, "I")
    page.cell(60, 50, 500, 70, "Nhóm việc")
    page.cell(20, 70, 60, 110, "1")
    page.cell(60, 70, 300, 110, "Soạn")
    page.cell(300, 70, 500, 90, "Quý I")
    page.cell(300, 90, 500, 110, "Quý II")
    table = pdf.read(save(tmp_path / "a.pdf", [page])).blocks[1]
    assert isinstance(table, Table)
    section, _, more = table.rows
    assert (section.cells, section.across) == (("I", "Nhóm việc", "Nhóm việc"), {2})
    assert (more.cells, more.down) == (("1", "Soạn", "Quý II"), {0, 1})


def test_a_piece_on_the_next_page_has_the_same_columns(tmp_path: Path) -> None:
    first, second = Page(), Page()
    first.row(EDGES, 50, 70, "TT", "Nội dung", "Thời hạn")
    first.row(EDGES, 70, 90, "1", "Soạn kế hoạch số 12/KH-", "Quý I")
    second.cell(20, 20, 60, 40, "")
    second.cell(60, 20, 500, 40, "Nhóm hai")
    blocks = pdf.read(save(tmp_path / "a.pdf", [first, second])).blocks
    assert [row.cells for b in blocks if isinstance(b, Table) for row in b.rows][-1] == (
        "",
        "Nhóm hai",
        "Nhóm hai",
    )
    assert [row.page for b in blocks if isinstance(b, Table) for row in b.rows] == [1, 1, 2]


def test_wrapped_lines_join_and_list_items_stay_apart(tmp_path: Path) -> None:
    page = Page()
    page.write(20, 20, "Danh mục nhiệm vụ trọng tâm")
    page.row(EDGES, 50, 70, "TT", "Nội dung", "Cơ quan")
    page.row(EDGES, 70, 130, "1", "Theo Nghị định 63/2010/NĐ\n-CP và 12/KH-\nUBND", "- Văn phòng\nUBND;\n- Sở Y tế")
    table = pdf.read(save(tmp_path / "a.pdf", [page])).blocks[1]
    assert isinstance(table, Table)
    assert table.rows[1].cells == (
        "1",
        "Theo Nghị định 63/2010/NĐ-CP và 12/KH-UBND",
        "- Văn phòng UBND;\n- Sở Y tế",
    )
