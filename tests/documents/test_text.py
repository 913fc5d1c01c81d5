"""Tables in plain text: tabbed rows, a cell a line, pipes, separated values; markup and line ends."""

import unicodedata

import pytest

from documents import text
from domain.sources import Paragraph, Table


def tables(source: str) -> list[list[tuple[str, ...]]]:
    blocks = text.read("a.txt", source).blocks
    return [[row.cells for row in block.rows] for block in blocks if isinstance(block, Table)]


def paragraphs(source: str) -> list[str]:
    return [b.text for b in text.read("a.txt", source).blocks if isinstance(b, Paragraph)]


def test_tabbed_rows_come_page_by_page() -> None:
    source = "KẾ HOẠCH\n\nTT\tViệc\tHạn\n1\tSoạn kế\tQuý I\n\nTT\tViệc\tHạn\n\thoạch\t\n"
    assert tables(source) == [
        [("TT", "Việc", "Hạn"), ("1", "Soạn kế", "Quý I")],
        [("TT", "Việc", "Hạn"), ("", "hoạch", "")],
    ]
    assert paragraphs(source) == ["KẾ HOẠCH"]


def test_rows_know_their_line() -> None:
    blocks = text.read("a.txt", "Đầu\n\nTT\tViệc\tHạn\n1\tSoạn\tQuý I\n").blocks
    assert isinstance(blocks[1], Table)
    assert [row.line for row in blocks[1].rows] == [3, 4]


def test_form_feeds_count_pages() -> None:
    blocks = text.read("a.txt", "Trang một\nTT\tViệc\tHạn\n\f1\tSoạn\tQuý I\n").blocks
    rows = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    assert [(row.cells[0], row.page) for row in rows] == [("TT", 1), ("1", 2)]


def test_a_row_broken_inside_a_cell_is_mended() -> None:
    assert tables("TT\tViệc\tCơ quan\tHạn\n1\tSoạn\nkế hoạch\tSở Y tế\tQuý I\n2\tHọp\tSở Nội vụ\tQuý II") == [
        [
            ("TT", "Việc", "Cơ quan", "Hạn"),
            ("1", "Soạn\nkế hoạch", "Sở Y tế", "Quý I"),
            ("2", "Họp", "Sở Nội vụ", "Quý II"),
        ]
    ]


def test_a_cell_a_line_with_rows_after_blank_lines() -> None:
    source = (
        "PHỤ LỤC\n\tTT\n\tViệc\n\tCơ quan\n\tHạn\n\n\tI\n\tNhóm việc\n\n"
        "\t1\n\tSoạn kế hoạch\n\n\t- Sở Y tế;\n\n- Sở Nội vụ\n\tQuý I\n\n\t2\n\tHọp\n\tSở Nội vụ\n\tQuý II\n"
    )
    assert tables(source) == [
        [
            ("TT", "Việc", "Cơ quan", "Hạn"),
            ("I", "Nhóm việc"),
            ("1", "Soạn kế hoạch", "- Sở Y tế;\n- Sở Nội vụ", "Quý I"),
            ("2", "Họp", "Sở Nội vụ", "Quý II"),
        ]
    ]


def test_a_cell_a_line_where_the_row_has_no_number_and_no_blank_line() -> None:
    source = (
        "\tTT\n\tViệc\n\tCơ quan\n\tHạn\n\n\t1\n\tSoạn\n\tSở Y tế\n\tQuý I\n \tHọp\n\tSở Nội vụ\n\tQuý II\n\n"
        "\t\n\t\n\tSở Tài chính\n\tQuý III\n\n\t2\n\tViết\n\tSở Y tế\n\tQuý IV\n"
    )
    assert [row[:2] for row in tables(source)[0]] == [
        ("TT", "Việc"),
        ("1", "Soạn"),
        ("", "Họp"),
        ("", ""),
        ("2", "Viết"),
    ]


@pytest.mark.parametrize("after", ["\n\n\nKết thúc bảng", "\nPHỤ LỤC II", "\nNơi nhận:"])
def test_text_below_a_table_is_not_its_last_cell(after: str) -> None:
    source = f"\tTT\n\tViệc\n\tHạn\n\n\t1\n\tSoạn\n\tQuý I{after}\n"
    assert tables(source) == [[("TT", "Việc", "Hạn"), ("1", "Soạn", "Quý I")]]
    assert paragraphs(source) == [after.strip()]


def test_markup_goes_and_list_items_become_lines() -> None:
    source = "**TT**\t<b>Việc</b>\tCơ quan\n1\tA &amp; B\t<ul style='x'><li>- Sở A;</li> <li>- Sở B</li></ul>\n"
    assert tables(source) == [[("TT", "Việc", "Cơ quan"), ("1", "A & B", "- Sở A;\n- Sở B")]]
    assert paragraphs("## **QUYẾT ĐỊNH:**\n\n*Căn cứ Luật;*\n") == ["QUYẾT ĐỊNH:", "Căn cứ Luật;"]


def test_a_comparison_is_no_tag() -> None:
    assert paragraphs("Tỷ lệ < 5% và > 3 việc") == ["Tỷ lệ < 5% và > 3 việc"]


def test_tables_between_pipes() -> None:
    source = "| TT | Việc | Hạn |\n|---|:---:|---|\n| 1 | Soạn | Quý I |\n"
    assert tables(source) == [[("TT", "Việc", "Hạn"), ("1", "Soạn", "Quý I")]]


@pytest.mark.parametrize("mark", [",", ";"])
def test_separated_values(mark: str) -> None:
    rows = [["TT", "Việc", "Hạn"], ["1", '"Soạn\nkế hoạch"', "Quý I"], ["2", f'"Họp{mark} bàn"', "Quý II"]]
    source = "\n".join(mark.join(row) for row in rows)
    assert tables(source) == [
        [("TT", "Việc", "Hạn"), ("1", "Soạn\nkế hoạch", "Quý I"), ("2", f"Họp{mark} bàn", "Quý II")]
    ]


def test_prose_with_commas_is_no_table() -> None:
    source = "Các sở, ban, ngành báo cáo.\nGồm: a, b.\nCăn cứ Luật, Nghị định, Thông tư, Quyết định.\n"
    assert tables(source) == []


def test_decomposed_text_and_other_line_ends_change_nothing() -> None:
    source = "TT\tNội dung việc\tThời hạn\n1\tSoạn kế hoạch\tQuý I\n"
    assert tables(unicodedata.normalize("NFD", source).replace("\n", "\r\n")) == tables(source)
    assert tables(source.replace("\n", "\r")) == tables(source)


def test_tables_written_in_html() -> None:
    source = (
        "<html><head><style>td { color: red }</style></head><h1>KẾ HOẠCH</h1>\n<p>năm 2026</p>"
        "<table>\n<tr><th>TT<th>Việc</th><th colspan=2>Hạn</th></tr>"
        "<tr><td rowspan='2'>1</td><td>Soạn &amp; trình<br>đề án</td><td>Quý I</td><td>A</td></tr>"
        "<tr><td>Họp\nbàn</td><td>Quý II</td><td><ul><li>- B</li></ul></td></tr></table><p>Nơi nhận:</p>"
    )
    blocks = text.read("a.html", source).blocks
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == ["KẾ HOẠCH", "năm 2026", "Nơi nhận:"]
    (found,) = (b for b in blocks if isinstance(b, Table))
    assert [row.cells for row in found.rows] == [
        ("TT", "Việc", "Hạn", "Hạn"),
        ("1", "Soạn & trình\nđề án", "Quý I", "A"),
        ("1", "Họp bàn", "Quý II", "- B"),
    ]
    assert [(row.across, row.down) for row in found.rows] == [({3}, set()), (set(), set()), (set(), {0})]
