"""The progress report on paper and in tables: what is left to a person, who is not blamed, what is left to the sums."""

from datetime import date
from io import BytesIO

import openpyxl
from docx import Document

from domain.assignments import State
from domain.reports.counting import Entry
from messages.official import Letterhead, Signatory
from messages.progress_book import book
from messages.progress_report import Heading, paper
from messages.progress_summary import summary
from tests.domain.test_progress import ANY, DUE, PLAN_DAY, report

ABOUT = Heading(Letterhead("", "Văn phòng UBND tỉnh", "BC-VP", "Sông Lam"), Signatory("", "", ""))
SOUND = Entry("NV-0001", 1, 2, State.CONFIRMED, PLAN_DAY, DUE, DUE, DUE, DUE)
LATE = Entry("NV-0002", 2, 3, State.CONFIRMED, PLAN_DAY, DUE, DUE, date(2026, 3, 21), ANY)
ASKED = Entry("NV-0003", 2, 4, State.ASSIGNED, PLAN_DAY, DUE, DUE)


def words(*entries: Entry) -> str:
    """Return everything that the paper of these assignments says."""
    made = Document(BytesIO(paper(report(list(entries)), ABOUT)))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def test_a_paper_leaves_judgement_to_a_person_and_blames_nobody_it_only_asks() -> None:
    said = words(SOUND, LATE, ASKED)
    for place in ("chỉ đạo, điều hành", "kết quả nổi bật", "Tồn tại, hạn chế", "Nguyên nhân", "Giải pháp"):
        assert any(line.startswith("[") and place in line for line in said.split("\n")), place
    assert "Hoàn thành, trễ chưa đến 01 ngày làm việc" in said  # over a weekend
    assert "Chưa có kết quả, sau thời hạn đề nghị 73 ngày làm việc" in said
    assert "Chưa xong, quá hạn" not in said


def test_a_period_without_anything_is_a_paper_too() -> None:
    said = words()
    assert "Trong kỳ chưa có nhiệm vụ nào." in said
    assert "Trong kỳ không có nhiệm vụ quá hạn." in said
    assert summary(report([])).endswith("Trong kỳ chưa có nhiệm vụ nào.")


def test_a_long_table_keeps_what_is_not_as_it_should_be() -> None:
    told = report([SOUND, LATE, ASKED])
    whole, short = (openpyxl.load_workbook(BytesIO(book(told, most=most)))["Nhiệm vụ"] for most in (3, 2))
    assert [row[0] for row in whole.iter_rows(min_row=5, values_only=True)] == ["NV-0001", "NV-0002", "NV-0003"]
    assert short["A3"].value == "Chỉ gồm nhiệm vụ trễ, quá hạn, gia hạn sang kỳ khác, không thực hiện."
    assert [row[0] for row in short.iter_rows(min_row=6, values_only=True)] == ["NV-0002", "NV-0003"]


def test_the_same_figures_make_the_same_files() -> None:
    told = report([SOUND, LATE, ASKED])
    assert paper(told, ABOUT) == paper(told, ABOUT)
    assert book(told) == book(told)
