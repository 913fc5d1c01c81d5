"""nhacviec indicator …: the year's own goals, the form and back again, what is refused."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Cli

GOAL = "Tỷ lệ hồ sơ trực tuyến đạt tối thiểu 50% năm 2024"


@pytest.fixture
def goal(cli: Cli, offices: Path) -> Cli:
    """One goal of 2024 for two agencies, with one that is a part of it."""
    assert cli("agency", "import", offices).code == 0
    assert cli("indicator", "add", GOAL, "--year", 2024, "--agencies", "Sở Tư pháp; SNV").code == 0
    part = cli("indicator", "add", "Thanh toán trực tuyến trên 30%", "--year", 2024, "--part-of", "CT-1", "--json").json
    assert (part["parent"], part["operator"], part["target"], part["agencies"]) == (1, ">", 30.0, [])
    return cli


def fill(path: Path, cells: dict[int, dict[str, object]]) -> Path:
    """Write into a form, by row and heading."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    at = {str(cell.value): cell.column for cell in sheet[1]}
    for row, values in cells.items():
        for heading, value in values.items():
            sheet.cell(row, int(at[heading] or 0)).value = value  # type: ignore[assignment]
    filled = path.with_name("filled.xlsx")
    book.save(filled)
    return filled


def test_a_form_is_filled_in_and_read_back(goal: Cli, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    assert goal("indicator", "form", form, "--period", "2024-Q1").code == 0
    rows: dict[int, dict[str, object]] = {
        2: {"Phần": 450, "Tổng": 480, "Nguồn, số văn bản": "45/BC-STP"},
        3: {"Giá trị": "40,5%"},
        4: {"Giá trị": 31.25},
    }
    filled = fill(form, rows)
    first = goal("indicator", "import", filled, "--period", "2024-Q1", "--json").json
    assert first == {"period": "2024-Q1", "kept": 3, "same": 0, "blank": 0}
    assert goal("indicator", "import", filled, "--period", "2024-Q1", "--json").json["same"] == 3
    one, other = goal("indicator", "list", "--period", "2024-Q1", "--json").json
    assert [(each["agency"], each["value"], each["verdict"], each["source"]) for each in one["agencies"]] == [
        ("STP", 93.75, "met", "45/BC-STP"),
        ("SNV", 40.5, "missed", ""),
    ]
    assert (one["total"]["value"], one["total"]["basis"], one["verdict"]) == (67.125, "mean", "met")
    assert (other["whole"]["value"], other["verdict"]) == (31.25, "met")
    assert goal("indicator", "form", form, "--period", "2024-H1", "--agency", "SNV").code == 0
    second = fill(form, {2: {"Phần": 45, "Tổng": 90}})
    assert goal("indicator", "import", second, "--period", "2024-Q2").code == 0
    shown = goal("indicator", "show", "CT-1").out
    assert "Sở Nội vụ: 50% (45/90), quý II năm 2024 · đạt · tăng 9,5 điểm %" in shown
    book = tmp_path / "all.xlsx"
    assert goal("indicator", "export", book, "--year", 2024).code == 0
    assert openpyxl.load_workbook(book).sheetnames == ["Theo chỉ tiêu", "Theo cơ quan"]


WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"Phần": 9, "Tổng": 5}, "Phần (9) lớn hơn tổng (5)."),
    ({"Phần": 9}, "cột Phần và cột Tổng phải cùng có số"),
    ({"Giá trị": 0.935}, "“0,935” có thể là ô định dạng phần trăm."),
    ({"Giá trị": 120}, "Tỷ lệ 120% vượt quá 100%."),
    ({"Giá trị": 80, "Phần": 45, "Tổng": 90}, "giá trị 80 không khớp với phần/tổng (50)."),
    ({"Giá trị": "nhiều"}, "Chưa đọc được số liệu “nhiều”."),
    ({"Giá trị": "50%", "Mã chỉ tiêu": "CT-9"}, "không có chỉ tiêu “CT-9” trong năm 2024."),
    ({"Giá trị": "50%", "Mã cơ quan": "SYT"}, "danh mục không có cơ quan “SYT”."),
    ({"Giá trị": "50%", "Mã cơ quan": "VP"}, "Cơ quan này không thuộc các cơ quan thực hiện"),
    ({"Giá trị": "50%", "Mã cơ quan": "STP"}, "chỉ tiêu và cơ quan này đã có ở dòng 2."),
)


def test_a_row_that_cannot_be_read_refuses_the_whole_file(goal: Cli, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    goal("indicator", "form", form, "--period", "2024-Q1")
    for cells, why in WRONG:
        filled = fill(form, {2: {"Giá trị": "60%"}, 3: cells})
        assert goal("indicator", "import", filled, "--period", "2024-Q1").refusal.startswith(f"Dòng 3: {why}")
    assert goal("indicator", "show", "CT-1", "--json").json["total"]["of"] == 0


def test_what_cannot_be_is_refused_in_one_sentence(goal: Cli, tmp_path: Path) -> None:
    assert "đã có chỉ tiêu này" in goal("indicator", "add", GOAL, "--year", 2024).refusal
    assert "đúng một con số" in goal("indicator", "add", "Nâng cao chất lượng").refusal
    assert "Danh mục chưa có" in goal("indicator", "add", "Số hóa 80% hồ sơ", "--agencies", "Sở Không Có").refusal
    assert "Không có chỉ tiêu" in goal("indicator", "show", "CT-77").refusal
    assert "chưa có chỉ tiêu" in goal("indicator", "form", tmp_path / "x.xlsx", "--period", "2025-Q1").refusal
    blank = tmp_path / "blank.csv"
    blank.write_text("Mã chỉ tiêu,Cơ quan\nCT-1,STP\n", encoding="utf-8")
    assert "thiếu cột: Giá trị" in goal("indicator", "import", blank, "--period", "2024-Q1").refusal
    assert goal("indicator", "end", "CT-2").code == 0
    assert [one["code"] for one in goal("indicator", "list", "--year", 2024, "--json").json] == ["CT-1"]
