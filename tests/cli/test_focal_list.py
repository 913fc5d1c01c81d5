"""The list of focal officers as files: who is missing first, everybody else, no phone number anywhere."""

from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from tests.cli.conftest import Cli
from tests.cli.test_people_mail import AN, people


def test_the_list_is_written_as_a_paper_and_a_workbook(cli: Cli, offices: Path, tmp_path: Path) -> None:
    assert cli("agency", "import", offices).code == 0
    row = (*AN[:3], "0900 000 123", *AN[4:])
    head = ("SNV", "Lý Mẫu Hòa", "Giám đốc", "", "head", "hoa@snv.example.vn")
    assert len(cli("people", "import", people(tmp_path / "a.xlsx", row, head), "--json").json) == 2
    xlsx, docx = tmp_path / "ds.xlsx", tmp_path / "ds.docx"
    assert cli("people", "list", "--xlsx", xlsx, "--docx", docx).code == 0
    book = load_workbook(xlsx)
    assert book.sheetnames == ["Chưa có đầu mối", "Cán bộ đầu mối"]
    cells = [[str(one.value) for one in line] for sheet in book for line in sheet.iter_rows()]
    missing = {str(line[1].value): line[2].value for line in book["Chưa có đầu mối"].iter_rows() if line[1].value}
    assert missing.pop("Sở Nội vụ") == "mới có lãnh đạo"
    assert "chưa có ai" in missing.values()
    assert "mới có lãnh đạo" not in missing.values()
    assert "Sở Tư pháp" not in missing
    assert any(": 1 cơ quan đã có cán bộ đầu mối" in cell for line in cells for cell in line)
    (listed,) = [line for line in cells if "Nguyễn Mẫu An" in line]
    assert listed[2:6] == ["Nguyễn Mẫu An", "Chuyên viên", "Cán bộ đầu mối", "thư điện tử"]
    paper = Document(str(docx))
    said = [cell.text for table in paper.tables for line in table.rows for cell in line.cells]
    assert "Nguyễn Mẫu An" in said
    assert any("chưa có cán bộ đầu mối" in one.text for one in paper.paragraphs)
    assert not any("0900" in one for line in [*cells, said] for one in line)
    assert "đuôi .xlsx" in cli("people", "list", "--xlsx", tmp_path / "ds.pdf").refusal
