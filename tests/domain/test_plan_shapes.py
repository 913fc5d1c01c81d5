"""Shapes of tables and letterheads that other provinces use: marks, sums, headings that name an agency, ticks."""

from datetime import date

import pytest

from domain import plans
from domain.plans import Draft, DraftTask, Facts
from domain.plans.repeats import is_mark
from domain.sources import Block, Document, Paragraph, Row, Table
from tests.corpus.layout import Rows, cells

HEADER = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời hạn")


def table(rows: Rows, page: int | None = None) -> Table:
    """Lay a table whose cells say "<" and "^" where they are merged."""
    texts = [[""] * len(row) for row in rows]
    across: list[set[int]] = [set() for _ in rows]
    down: list[set[int]] = [set() for _ in rows]
    for cell in cells(rows):
        for row in range(cell.top, cell.bottom + 1):
            for column in range(cell.left, cell.right + 1):
                texts[row][column] = cell.text
                across[row].update([column] if column > cell.left else [])
                down[row].update([column] if row > cell.top else [])
    laid = zip(texts, across, down, strict=True)
    return Table(tuple(Row(tuple(t), page, n, frozenset(a), frozenset(d)) for n, (t, a, d) in enumerate(laid, 1)))


def drafted(*blocks: Block | Rows) -> Draft:
    title = (Paragraph("KẾ HOẠCH"), Paragraph("Việc năm 2026"))
    shown = [block if isinstance(block, Table | Paragraph) else table(block) for block in blocks]
    return plans.draft(Document("a.docx", (*title, *shown)), file_name="a.docx")


def tasks(*blocks: Block | Rows) -> list[tuple[str, tuple[str, ...], str]]:
    return [_short(task) for task in drafted(*blocks).tasks]


def _short(task: DraftTask) -> tuple[str, tuple[str, ...], str]:
    return task.content, task.lead, task.deadline_raw


@pytest.mark.parametrize(
    "mark", ["-nt-", "nt", "- nt -", "(nt)", "như trên", "Như trên", '"', "“", "''", "-//-", "n/t"]
)
def test_a_mark_of_repetition(mark: str) -> None:
    assert is_mark(mark)
    found = tasks((HEADER, ("1", "Soạn", "Sở Y tế", "Quý I"), ("2", "Họp", mark, mark)))
    assert found[1] == ("Họp", ("Sở Y tế",), "Quý I")


@pytest.mark.parametrize("text", ["", "-", "Sở Nội vụ", "NT", "Như mục I", "Chi nhánh"])
def test_other_cells_are_no_marks(text: str) -> None:
    assert is_mark(text) is (text == "NT")


def test_a_mark_with_nothing_above_stays_and_is_asked_about() -> None:
    (task,) = drafted((HEADER, ("1", "Soạn", "Sở Y tế", "-nt-"))).tasks
    assert task.deadline_raw == "-nt-"
    assert task.warnings


def test_a_merged_agency_goes_on_over_the_page() -> None:
    first = table((HEADER, ("1", "Soạn", "Sở Y tế", "Quý I"), ("2", "Họp", "^", "Quý II")), page=1)
    second = table((("3", "Báo cáo", "", "Quý III"), ("4", "Tổng kết", "Sở Nội vụ", "Quý IV")), page=2)
    assert [lead for _, lead, _ in tasks(first, second)] == [("Sở Y tế",), ("Sở Y tế",), ("Sở Y tế",), ("Sở Nội vụ",)]


def test_an_empty_agency_on_the_next_page_is_not_guessed() -> None:
    first = table((HEADER, ("1", "Soạn", "Sở Y tế", "Quý I"), ("2", "Họp", "Sở Y tế", "Quý II")), page=1)
    second = table((("3", "Báo cáo", "", "Quý III"),), page=2)
    assert tasks(first, second)[-1] == ("Báo cáo", (), "Quý III")


@pytest.mark.parametrize(
    "row",
    [
        ("", "Tổng cộng", "", ""),
        ("", "Cộng", "", "12"),
        ("Tổng số: 12 nhiệm vụ", "<", "<", "<"),
        ("Ghi chú:", "Thời hạn tính theo ngày ký", "", ""),
        ("Người lập biểu", "<", "GIÁM ĐỐC", "<"),
    ],
)
def test_sums_remarks_and_signatures_are_no_tasks(row: tuple[str, ...]) -> None:
    assert tasks((HEADER, ("1", "Soạn", "Sở Y tế", "Quý I"), row)) == [("Soạn", ("Sở Y tế",), "Quý I")]


def test_a_heading_that_begins_like_a_sum_is_kept() -> None:
    draft = drafted((HEADER, ("Tổng hợp, báo cáo", "<", "<", "<"), ("1", "Soạn", "Sở Y tế", "Quý I")))
    assert draft.tasks[0].section == ("Tổng hợp, báo cáo",)


@pytest.mark.parametrize("heading", ["Sở Nội vụ", "Nhiệm vụ của Sở Nội vụ", "Giao Sở Nội vụ:", "Đối với Sở Nội vụ"])
def test_a_heading_that_names_the_agency(heading: str) -> None:
    found = tasks((("TT", "Nội dung", "Thời hạn"), ("I", heading, "<"), ("1", "Soạn", "Quý I")))
    assert found == [("Soạn", ("Sở Nội vụ",), "Quý I")]


@pytest.mark.parametrize("heading", ["BAN HÀNH VĂN BẢN", "Phòng, chống tham nhũng", "Sơ kết, tổng kết"])
def test_a_heading_that_only_looks_like_one(heading: str) -> None:
    (task,) = drafted((("TT", "Nội dung", "Thời hạn"), ("I", heading, "<"), ("1", "Soạn", "Quý I"))).tasks
    assert task.lead == ()
    assert task.warnings


def test_months_numbered_below_their_word() -> None:
    rows = (("TT", "Nội dung", "Chủ trì", "Tháng", "<", "<"), ("^", "^", "^", "1", "2", "3"))
    assert tasks((*rows, ("1", "Soạn", "Sở Y tế", "x", "", "x")))[0][2] == "Tháng 1, Tháng 3"


def test_years_that_are_ticked_are_times_not_figures() -> None:
    draft = drafted((("TT", "Nội dung", "Chủ trì", "2026", "2027"), ("1", "Soạn", "Sở Y tế", "x", "")))
    assert [task.deadline_raw for task in draft.tasks] == ["2026"]
    assert draft.indicators == ()


def test_a_table_of_figures_with_a_deadline() -> None:
    rows = (("TT", "Chỉ tiêu", "Mục tiêu", "Chủ trì", "Thời hạn"), ("1", "Đúng hạn", "≥ 98%", "Sở Y tế", "31/12"))
    (one,) = drafted(rows).indicators
    assert (one.content, one.operator, one.target, one.unit) == ("Đúng hạn", ">=", 98, "%")


def test_short_words_for_the_roles() -> None:
    header = ("TT", "ND", "Đơn vị thực hiện", "TGHT", "SP")
    (task,) = drafted((header, ("1", "Soạn", "CT: Sở Y tế\nPH: Sở Tài chính", "Quý I", "Đề án"))).tasks
    assert (task.lead, task.coordinating, task.product) == (("Sở Y tế",), ("Sở Tài chính",), "Đề án")


def facts(*lines: str) -> Facts:
    body = (Paragraph(line) for line in lines)
    rows = table((HEADER, ("1", "Soạn", "Sở Y tế", "Quý I")))
    return plans.draft(Document("a.docx", (*body, rows)), file_name="a.docx").document


@pytest.mark.parametrize("number", ["Số: 15 /KH-UBND", "Số 15/KH-UBND", "Số:15/ KH-UBND", "Số : 15/KH - UBND"])
def test_a_number_written_with_gaps(number: str) -> None:
    assert facts("UBND TỈNH LAM SƠN", number, "KẾ HOẠCH", "Việc năm 2026").number == "15/KH-UBND"


@pytest.mark.parametrize(
    "lines",
    [
        ("Lam Sơn, ngày 05/02/2026",),
        ("Lam Sơn, ngày 05 tháng 02 năm", "2026"),
        ("Số: 1/KH-UBND", "Lam Sơn, ngày 5 tháng 2 năm 2026"),
    ],
)
def test_a_date_in_numbers_or_over_two_lines(lines: tuple[str, ...]) -> None:
    assert facts("UBND TỈNH LAM SƠN", *lines, "KẾ HOẠCH", "Việc năm 2026").date == date(2026, 2, 5)


def test_a_letterhead_whose_motto_breaks() -> None:
    found = facts("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "TỈNH LAM SƠN VIỆT NAM", "KẾ HOẠCH", "Việc năm 2026")
    assert (found.issuer, found.place) == ("UBND tỉnh Lam Sơn", "Lam Sơn")


def test_notes_of_the_reader_are_warnings_of_the_draft() -> None:
    rows = table((HEADER, ("1", "Soạn", "Sở Y tế", "Quý I")))
    draft = plans.draft(Document("a.xlsx", (rows,), ("Có cột bị ẩn.",)), file_name="a.xlsx")
    assert "Có cột bị ẩn." in draft.warnings


def test_levels_below_one_wide_heading() -> None:
    head = (("TT", "Nội dung", "Cơ quan chủ trì", "<", "Thời hạn"), ("^", "^", "Cấp tỉnh", "Cấp xã", "^"))
    assert tasks((*head, ("1", "Soạn", "Sở Y tế", "UBND các xã", "Quý I"))) == [
        ("Soạn", ("Sở Y tế", "UBND các xã"), "Quý I")
    ]


def test_figures_by_level_below_one_wide_heading() -> None:
    head = (("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2026", "<"), ("^", "^", "^", "Cấp tỉnh", "Cấp xã"))
    found = drafted((*head, ("1", "Đúng hạn", "%", "98", "≥ 95"))).indicators
    assert [(one.operator, one.target, one.scope["level"]) for one in found] == [
        ("=", 98, "Cấp tỉnh"),
        (">=", 95, "Cấp xã"),
    ]


def test_a_first_row_below_a_plain_heading_is_no_heading() -> None:
    assert len(tasks((HEADER, ("1", "Soạn", "Sở Y tế", "Quý I"), ("2", "Họp", "Sở Y tế", "Quý I")))) == 2


def test_a_month_of_completion_in_figures() -> None:
    rows = (("TT", "Nội dung", "Chủ trì", "Tháng hoàn thành"), ("1", "Soạn", "Sở Y tế", "6, 12"))
    assert tasks(rows)[0][2] == "Tháng 6, 12"


@pytest.mark.parametrize("mark", ["a) ", "- "])
def test_points_that_only_have_the_deadline(mark: str) -> None:
    rows = (HEADER, ("1", "Sửa quy chế:", "Sở Y tế", ""), ("", f"{mark}Dự thảo", "", "Quý I"))
    (task,) = drafted(rows).tasks
    assert (task.section, task.lead, task.deadline_raw) == (("1. Sửa quy chế:",), ("Sở Y tế",), "Quý I")


def test_a_column_of_groups_is_the_heading_of_its_rows() -> None:
    header = ("TT", "Nhóm nhiệm vụ", "Nhiệm vụ cụ thể", "Chủ trì", "Thời hạn")
    rows = (header, ("1", "Thể chế", "Soạn", "Sở Y tế", "Quý I"), ("2", "^", "Họp", "Sở Y tế", "Quý II"))
    found = drafted(rows, Paragraph("Hết")).tasks
    assert [(task.section, task.number, task.content) for task in found] == [
        (("Thể chế",), "1", "Soạn"),
        (("Thể chế",), "2", "Họp"),
    ]
