"""The progress report on paper and in tables: what is left to a person, who is not blamed, what is left to the sums."""

from dataclasses import replace
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
from messages.progress_sums import NOT_COUNTED
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


def test_a_report_frozen_before_the_carried_over_were_counted_does_not_call_them_none() -> None:
    old = replace(report([SOUND, LATE, ASKED]), carried=None)
    assert "lập khi chưa có số nhiệm vụ quá hạn kỳ trước chuyển sang" in summary(old)
    assert "Kỳ trước chuyển sang: không có" not in summary(old)
    made = Document(BytesIO(paper(old, ABOUT)))
    assert NOT_COUNTED in [one.text for one in made.paragraphs]
    tables = openpyxl.load_workbook(BytesIO(book(old)))
    assert "Kỳ trước chuyển sang" not in tables.sheetnames
    assert tables["Tổng hợp"]["A3"].value == NOT_COUNTED
    assert {row[8] for row in tables["Tổng hợp"].iter_rows(min_row=6, values_only=True)} == {None}


def test_the_two_rates_have_two_names() -> None:
    told = report([SOUND, LATE, Entry("NV-0004", 1, 2, State.ASSIGNED, PLAN_DAY, DUE, DUE)])
    assert "trên số đã hoàn thành: 50%; trên số đã đến hạn: 33,33%" in summary(told)
    said = words(SOUND, LATE, ASKED)
    assert "Tỷ lệ đúng hạn trên số đã hoàn thành (02 nhiệm vụ): 50%" in said
    assert "tỷ lệ đúng hạn trên số đã đến hạn (03 nhiệm vụ" in said
    assert "Tỷ lệ đúng hạn trên số đã hoàn thành" in said.split("\n"), "the tables name theirs"
    assert "Tỷ lệ đúng hạn" not in said.split("\n")


def test_the_same_figures_make_the_same_files() -> None:
    told = report([SOUND, LATE, ASKED])
    assert paper(told, ABOUT) == paper(told, ABOUT)
    assert book(told) == book(told)
