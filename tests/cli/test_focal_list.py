"""The list of focal officers as files: who is missing first, everybody else, no phone number anywhere."""

from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from tests.cli.conftest import Cli
from tests.cli.test_people_mail import AN, people


def test_the_list_is_written_as_a_paper_and_a_workbook(cli: Cli, offices: Path, tmp_path: Path) -> None:
    assert cli("agency", "import", offices).code == 0
    row = (*AN[:3], "0900 000 123", *AN[4:])
    assert len(cli("people", "import", people(tmp_path / "a.xlsx", row), "--json").json) == 1
    xlsx, docx = tmp_path / "ds.xlsx", tmp_path / "ds.docx"
    assert cli("people", "list", "--xlsx", xlsx, "--docx", docx).code == 0
    book = load_workbook(xlsx)
    assert book.sheetnames == ["Chưa có đầu mối", "Cán bộ đầu mối"]
    cells = [[str(one.value) for one in line] for sheet in book for line in sheet.iter_rows()]
    (listed,) = [line for line in cells if "Nguyễn Mẫu An" in line]
    assert listed[2:6] == ["Nguyễn Mẫu An", "Chuyên viên", "Cán bộ đầu mối", "thư điện tử"]
    paper = Document(str(docx))
    said = [cell.text for table in paper.tables for line in table.rows for cell in line.cells]
    assert "Nguyễn Mẫu An" in said
    assert any("chưa có người tham gia" in one.text for one in paper.paragraphs)
    assert not any("0900" in one for line in [*cells, said] for one in line)
    assert "đuôi .xlsx" in cli("people", "list", "--xlsx", tmp_path / "ds.pdf").refusal
