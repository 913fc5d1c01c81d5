"""nhacviec collect, periodic, figures: forms and figures by the command line, and what is refused."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.cli.conftest import Cli, plan

FIGURES = ("STT", "Đơn vị", "Tổng tiếp nhận", "Trực tuyến", "Trực tiếp, BCCI", "Kỳ trước", "Đã giải quyết", "Trước hạn",
           "Đúng hạn", "Quá hạn", "Đang giải quyết", "Trong hạn", "Đang quá hạn")  # fmt: skip
DUE = "2199-12-30"


def book(path: Path, *rows: Sequence[Any]) -> Path:
    """Write a workbook of one sheet."""
    made = openpyxl.Workbook()
    for row in rows:
        made.worksheets[0].append(list(row))
    made.save(path)
    return path


@pytest.fixture
def filled(cli: Cli, offices: Path) -> Cli:
    assert cli("agency", "import", offices).code == 0
    return cli


def test_a_form_is_opened_shown_merged_and_closed(filled: Cli, tmp_path: Path) -> None:
    cli = filled
    made = cli("collect", "open", "--period", "2026-Q1", "--due", DUE, "--units", "Sở Tư pháp; Sở Nội vụ", "--json")
    assert made.json == {"collection": 1, "units": 2, "unreached": ["Sở Tư pháp", "Sở Nội vụ"]}
    again = cli("collect", "open", "--period", "2026-Q1", "--due", DUE, "--units", "Sở Tư pháp")
    assert "đang mở" in again.refusal
    for wrong in (
        ("--period", "2026-Q2", "--due", "2026-01-01", "--units", "Sở Tư pháp"),
        ("--period", "2026-Q2", "--due", DUE, "--units", "Sở Lạ"),
        ("--period", "2026-Q2", "--due", DUE),
        ("--period", "2026-Q9", "--due", DUE, "--units", "Sở Tư pháp"),
        ("--period", "2026-Q2", "--due", DUE, "--task", "NV-0001"),
    ):
        assert cli("collect", "open", *wrong).refusal
    (listed,) = cli("collect", "list", "--json").json
    assert (listed["kind"], listed["asked"], listed["sent"], listed["open"]) == ("periodic", 2, 0, True)
    assert "chưa gửi 2: Sở Tư pháp; Sở Nội vụ" in cli("collect", "show", 1).out
    out = tmp_path / "gop.xlsx"
    assert cli("collect", "merge", 1, out).code == 0
    assert "Tình hình gửi" in openpyxl.load_workbook(out).sheetnames
    assert "Đã đóng đợt thu thập 1" in cli("collect", "close", 1).out
    assert cli("collect", "close", 1).refusal


def test_a_table_for_one_task_takes_its_columns_from_a_workbook(filled: Cli, tmp_path: Path) -> None:
    cli = filled
    assert cli("plan", "import", plan(tmp_path / "ke-hoach.txt")).code == 0
    assert cli("plan", "issue", 1, "--accept-doubts", "--at", "2026-01-12T08:00:00+07:00").code == 0
    code = cli("task", "list", "--json").json[0]["code"]
    columns = book(tmp_path / "mau.xlsx", ("Tên thủ tục", "Số hồ sơ"), ("", "số"))
    ask = ("collect", "open", "--period", "2026-Q1", "--due", DUE, "--task", code, "--title", "Rà soát TTHC")
    assert cli(*ask).refusal
    assert cli(*ask, "--columns", columns, "--json").json["units"] >= 1
    assert cli("collect", "list", "--json").json[0]["kind"] == "task"


def test_the_office_puts_its_own_outline_in_force(filled: Cli, tmp_path: Path) -> None:
    shipped = filled("collect", "outline", "--template").out
    own = tmp_path / "de-cuong.toml"
    own.write_text(shipped.replace("II.06a/VPCP/KSTT", "06/VPCP/KSTT"), encoding="utf-8")
    assert "biểu 06/VPCP/KSTT" in filled("collect", "outline", own).out
    own.write_text("title = 'x'", encoding="utf-8")
    assert "ít nhất một mục" in filled("collect", "outline", own).refusal
    assert "biểu 06/VPCP/KSTT" in filled("collect", "outline").out


def test_figures_come_in_once_and_hold_the_report_to_them(filled: Cli, tmp_path: Path) -> None:
    cli = filled
    head = ("figures", "import")
    january = book(tmp_path / "t1.xlsx", FIGURES, (1, "Sở Tư pháp", 12, 4, 4, 4, 8, 4, 4, 0, 4, 4, 0))
    options = ("--series", "dossiers", "--period", "2026-01", "--json")
    assert cli(*head, january, *options).json["rows"] == 1
    assert cli(*head, january, *options).json["again"]
    report = ("periodic", "--period", "2026-01")
    out = tmp_path / "kstt.docx"
    assert cli(*report, "--docx", out, "--xlsx", tmp_path / "kstt.xlsx", "--freeze").code == 0
    assert "Tổng số hồ sơ tiếp nhận 12" in " ".join(
        one.text for one in Document(io.BytesIO(out.read_bytes())).paragraphs
    )

    slip = book(tmp_path / "t1-sai.xlsx", FIGURES, (1, "Sở Tư pháp", 13, 4, 4, 4, 8, 4, 4, 0, 4, 4, 0))
    done = cli(*head, slip, *options).json
    assert done["replaced"]
    assert len(done["warnings"]) == 2
    assert cli(*report, "--docx", tmp_path / "sai.docx").refusal == (
        "Sở Tư pháp: cột (3) tổng số tiếp nhận ghi 13, trong khi (4) + (5) + (6) là 12. "
        "Báo cáo chưa được xuất; xin đơn vị sửa số liệu rồi lập lại."
    )
    assert not (tmp_path / "sai.docx").exists()
    totals = {one["key"]: one["totals"] for one in cli(*report, "--frozen", "--json").json["sections"]}
    assert totals["giai-quyet"]["c3"] == 12, "what was frozen is not what was imported since"

    february = book(tmp_path / "t2.xlsx", FIGURES, (1, "Sở Tư pháp", 13, 4, 4, 5, 8, 4, 4, 0, 5, 5, 0))
    assert cli(*head, february, "--series", "dossiers", "--period", "2026-02").code == 0
    said = cli("periodic", "--period", "2026-02").refusal
    assert "cột (6) từ kỳ trước ghi 5, trong khi đang giải quyết (11) của kỳ trước là 4" in said
    assert [one["period"] for one in cli("figures", "list", "--json").json] == ["2026-02", "2026-01"]


def test_strangers_and_persons_are_refused_in_imported_figures(filled: Cli, tmp_path: Path) -> None:
    ask = ("--series", "late_dossiers", "--period", "2026-03")
    head = ("Mã hồ sơ", "Đơn vị", "Số ngày trễ", "Lý do trễ")
    stranger = book(tmp_path / "a.xlsx", head, ("H01", "Sở Lạ", 3, ""), ("H02", "Sở Tư pháp", 1, ""))
    assert "“Sở Lạ” (dòng 2)" in filled("figures", "import", stranger, *ask).refusal
    person = book(tmp_path / "b.xlsx", head, ("H01", "Sở Tư pháp", 3, "gọi 0912345678"))
    assert "dòng 2 có số điện thoại" in filled("figures", "import", person, *ask).refusal
    twice = book(tmp_path / "c.xlsx", head, ("H01", "Sở Tư pháp", 3, ""), ("H01", "Sở Tư pháp", 3, ""))
    assert "Dòng 3 trùng với dòng 2" in filled("figures", "import", twice, *ask).refusal
    assert filled("figures", "list", "--json").json == []
    for asked, said in (
        (("figures", "list"), "Chưa nhập bảng số liệu nào."),
        (("collect", "list"), "Chưa có đợt thu thập nào."),
        (("indicator", "list"), "chưa có chỉ tiêu nào."),
        (("indicator", "list", "--suggested"), "Không có đề xuất chỉ tiêu nào"),
    ):
        shown = filled(*asked)
        assert said in shown.out
        assert "┃" not in shown.out
    (tmp_path / "d.xlsx").write_text("không phải bảng", encoding="utf-8")
    assert filled("figures", "import", tmp_path / "d.xlsx", *ask).refusal
    assert filled("figures", "import", tmp_path / "không-có.xlsx", *ask).refusal
