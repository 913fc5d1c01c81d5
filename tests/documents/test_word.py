"""Word documents: merged cells, automatic numbers, tracked changes, nested tables, wrappers."""

from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table as WordTable

from documents import word
from domain.sources import Paragraph, Row, Table


def read(book: Word, folder: Path) -> list[Paragraph | Table]:
    path = folder / "a.docx"
    book.save(str(path))
    return list(word.read(path).blocks)


def rows(book: Word, folder: Path) -> tuple[Row, ...]:
    table = next(block for block in read(book, folder) if isinstance(block, Table))
    return table.rows


def table_of(book: Word, *lines: tuple[str, ...]) -> WordTable:
    table = book.add_table(len(lines), len(lines[0]))
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    return table


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    book = docx.Document()
    book.add_paragraph("PHỤ LỤC I")
    table_of(book, ("TT", "Việc"), ("1", "Soạn\nkế hoạch"))
    book.add_paragraph("Nơi nhận:")
    first, table, last = read(book, tmp_path)
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert isinstance(table, Table)
    assert (first.text, last.text) == ("PHỤ LỤC I", "Nơi nhận:")
    assert [row.cells for row in table.rows] == [("TT", "Việc"), ("1", "Soạn\nkế hoạch")]
    assert [row.line for row in table.rows] == [1, 2]


def test_merged_cells_repeat_their_text_and_say_so(tmp_path: Path) -> None:
    book = docx.Document()
    table = table_of(book, ("I", "", ""), ("1", "Soạn", "Quý I"), ("", "", "Quý II"))
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Nhóm việc"
    table.cell(1, 1).merge(table.cell(2, 1)).text = "Soạn"
    section, task, more = rows(book, tmp_path)
    assert section.cells == ("I", "Nhóm việc", "Nhóm việc")
    assert (section.across, section.down) == ({2}, set())
    assert task.down == set()
    assert more.cells == ("", "Soạn", "Quý II")
    assert more.down == {1}


def test_edges_that_differ_by_a_hair_are_one_column(tmp_path: Path) -> None:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in (500, 3000, 90, 2000))
    cells = {
        ("TT", 1): "",
        ("Việc", 1): "",
        ("Hạn", 2): '<w:gridSpan w:val="2"/>',
        ("1", 1): "",
        ("Soạn", 2): '<w:gridSpan w:val="2"/>',
        ("Quý I", 1): "",
    }
    shown = [
        f"<w:tc><w:tcPr>{span}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        for (text, _), span in cells.items()
    ]
    xml = (
        f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>"
        f"<w:tr>{''.join(shown[:3])}</w:tr><w:tr>{''.join(shown[3:])}</w:tr></w:tbl>"
    )
    book = docx.Document()
    book.element.body.insert(0, parse_xml(xml))
    assert [row.cells for row in rows(book, tmp_path)] == [("TT", "Việc", "Hạn"), ("1", "Soạn", "Quý I")]


def number(paragraph: object, number_id: str, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>')
    )


def add_list(book: Word, *levels: tuple[str, str], number_id: str = "77") -> None:
    numbering = book.part.numbering_part.element
    shown = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    space = nsdecls("w")
    abstract = parse_xml(f'<w:abstractNum {space} w:abstractNumId="{number_id}">{shown}</w:abstractNum>')
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {space} w:numId="{number_id}"><w:abstractNumId w:val="{number_id}"/></w:num>'))


def test_automatic_numbers_are_printed(tmp_path: Path) -> None:
    book = docx.Document()
    add_list(book, ("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3"), ("lowerLetter", "%4)"))
    for level, text in ((0, "Một"), (1, "a"), (1, "b"), (2, "b1"), (2, "b2"), (3, "chi tiết"), (0, "Hai"), (1, "c")):
        number(book.add_paragraph(text), "77", level)
    found = [block.text for block in read(book, tmp_path) if isinstance(block, Paragraph)]
    assert found == ["I. Một", "1. a", "2. b", "2.1 b1", "2.2 b2", "a) chi tiết", "II. Hai", "1. c"]


def test_a_number_cell_that_holds_only_an_automatic_number(tmp_path: Path) -> None:
    book = docx.Document()
    add_list(book, ("decimal", "%1."))
    table = table_of(book, ("TT", "Việc"), ("", "Soạn"), ("", "Họp"))
    for row in table.rows[1:]:
        number(row.cells[0].paragraphs[0], "77", 0)
    assert [row.cells[0] for row in rows(book, tmp_path)] == ["TT", "1.", "2."]


def test_bullets_are_dashes(tmp_path: Path) -> None:
    book = docx.Document()
    add_list(book, ("bullet", "\uf0b7"))
    number(book.add_paragraph("Sở Y tế"), "77", 0)
    assert read(book, tmp_path) == [Paragraph("- Sở Y tế")]


def test_a_style_brings_its_number(tmp_path: Path) -> None:
    book = docx.Document()
    add_list(book, ("decimal", "%1."))
    style = book.styles.add_style("Đánh số", 1)
    number_properties = f'<w:pPr {nsdecls("w")}><w:numPr><w:numId w:val="77"/></w:numPr></w:pPr>'
    style.element.append(parse_xml(number_properties))
    book.add_paragraph("Soạn", style=style)
    assert read(book, tmp_path) == [Paragraph("1. Soạn")]


def test_tracked_changes_are_taken_as_accepted(tmp_path: Path) -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("Trước ngày ")
    for tag, inner, text in (("w:del", "w:delText", "15/02"), ("w:ins", "w:t", "20/02")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    table = table_of(book, ("1", "Bỏ"), ("2", "Giữ"))
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:del"))
    first, kept = read(book, tmp_path)
    assert first == Paragraph("Trước ngày 20/02")
    assert isinstance(kept, Table)
    assert [row.cells for row in kept.rows] == [("2", "Giữ")]


def test_hidden_text_and_field_codes_are_not_read(tmp_path: Path) -> None:
    book = docx.Document()
    paragraph = book.add_paragraph("Thấy")
    paragraph.add_run(" ẩn").font.hidden = True
    code = OxmlElement("w:instrText")
    code.text = "PAGE"
    paragraph.add_run()._r.append(code)
    assert read(book, tmp_path) == [Paragraph("Thấy")]


def test_content_controls_are_looked_through(tmp_path: Path) -> None:
    book = docx.Document()
    table = table_of(book, ("TT", "Việc"), ("1", "Soạn"))
    for element in (table._tbl, table.rows[1]._tr, table.cell(0, 1)._tc):
        wrapper = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
        element.getparent().replace(element, wrapper)
        wrapper.find(qn("w:sdtContent")).append(element)
    assert [row.cells for row in rows(book, tmp_path)] == [("TT", "Việc"), ("1", "Soạn")]


def test_a_small_nested_table_is_text_and_a_large_one_a_table(tmp_path: Path) -> None:
    book = docx.Document()
    outer = book.add_table(1, 2)
    outer.cell(0, 0).text = "Khung"
    small = outer.cell(0, 0).add_table(1, 2)
    small.cell(0, 0).text, small.cell(0, 1).text = "a", "b"
    large = outer.cell(0, 1).add_table(2, 3)
    for place, text in enumerate(("TT", "Việc", "Hạn", "1", "Soạn", "Quý I")):
        large.cell(place // 3, place % 3).text = text
    blocks = [block for block in read(book, tmp_path) if isinstance(block, Table)]
    assert [row.cells for row in blocks[0].rows] == [("Khung\na b", "")]
    assert [row.cells for row in blocks[1].rows] == [("TT", "Việc", "Hạn"), ("1", "Soạn", "Quý I")]


@pytest.mark.parametrize(("start", "shown"), [(None, "2."), (5, "5.")])
def test_a_list_restarts_only_where_told(tmp_path: Path, start: int | None, shown: str) -> None:
    book = docx.Document()
    add_list(book, ("decimal", "%1."))
    override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    book.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/>{override}</w:num>')
    )
    number(book.add_paragraph("a"), "77", 0)
    number(book.add_paragraph("b"), "78", 0)
    assert read(book, tmp_path) == [Paragraph("1. a"), Paragraph(f"{shown} b")]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    book = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>Số: 24/KH-UBND</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    drawings = (
        f"<w:r {nsdecls('w')} {mc}><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    book.add_paragraph("UBND TỈNH")._p.append(parse_xml(drawings))
    assert set(read(book, tmp_path)) == {Paragraph("UBND TỈNH"), Paragraph("Số: 24/KH-UBND")}
