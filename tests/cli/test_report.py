"""nhacviec report: five counts that add up, in JSON, on paper and in tables; refusals; what is frozen stays."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from sqlalchemy import create_engine, text

from tests.cli.conftest import Cli, directory, plan

ISSUED_AT = "2026-01-12T08:00:00+07:00"
COUNTS = ("total", "on_time", "late", "open_in_time", "open_overdue")
DIRECTORY = (
    {"code": "VP", "name": "Văn phòng UBND tỉnh", "level": "province_department", "coordinating": "1"},
    {"code": "STP", "name": "Sở Tư pháp", "level": "province_department"},
    {"code": "SNV", "name": "Sở Nội vụ", "level": "province_department"},
    {"code": "X1", "name": "UBND xã Lam Sơn", "level": "commune_committee"},
    {"code": "X2", "name": "UBND xã Lam Thủy", "level": "commune_committee"},
    {"code": "CA", "name": "Công an tỉnh", "level": "central_agency"},
)
TASKS = (
    ("1", "Ban hành kế hoạch", "Sở Tư pháp", "Sở Nội vụ", "Trước ngày 20/3/2026", "Kế hoạch"),
    ("2", "Tổng hợp báo cáo", "Sở Nội vụ", "", "Quý I năm 2026", "=Báo cáo"),
    ("3", "Niêm yết thủ tục", "UBND cấp xã", "", "Tháng 02/2026", "Biên bản"),
    ("4", "Phối hợp xác thực", "Công an tỉnh", "", "Tháng 02/2026", "Văn bản"),
    ("5", "Theo dõi, đôn đốc", "Văn phòng UBND tỉnh", "", "Thường xuyên", "Văn bản"),
    ("6", "Sơ kết", "Sở Tư pháp", "", "Quý II năm 2026", "Báo cáo"),
)
DONE = {  # by code: the product's day, the day of the click, the state
    "NV-0001": ("2026-03-19", "2026-04-20", "confirmed"),
    "NV-0002": ("2026-04-02", "2026-04-03", "reported"),
    "NV-0003": ("2026-02-10", "2026-02-11", "confirmed"),
}


@pytest.fixture
def filled(cli: Cli, tmp_path: Path) -> Cli:
    """An office whose plan of six tasks is partly done: a product dated in time and reported late among them."""
    assert cli("agency", "import", directory(tmp_path / "danh-muc.csv", DIRECTORY)).code == 0
    assert cli("plan", "import", plan(tmp_path / "ke-hoach.txt", TASKS)).code == 0
    assert cli("plan", "issue", 1, "--accept-doubts", "--at", ISSUED_AT).code == 0
    for code, (day, click, state) in DONE.items():
        change(
            cli,
            "UPDATE assignments SET completed_on = :day, reported_at = :click, state = :state WHERE code = :code",
            {"day": day, "click": f"{click} 02:00:00.000000", "state": state, "code": code},
        )
    return cli


def change(cli: Cli, words: str, values: dict[str, Any]) -> None:
    """Change a row as an act of a later day would have."""
    engine = create_engine(f"sqlite:///{cli.folder / 'nhacviec.db'}")
    with engine.begin() as connection:
        connection.execute(text(words), values)
    engine.dispose()


def report(cli: Cli, period: str, *words: object, day: str = "2026-04-30") -> Any:
    """Return the report as data, as of a day."""
    return cli("report", "--period", period, "--as-of", day, *words, "--json").json


def test_parts_make_the_total_and_agencies_the_totals(filled: Cli) -> None:
    told = report(filled, "2026-Q1")
    assert told["totals"] == {"total": 6, "on_time": 2, "late": 1, "open_in_time": 1, "open_overdue": 2}
    for period in ("2026-Q1", "2026-02", "2026-03", "2026-H1", "2026-9M", "2026", "2026-Q2"):
        told = report(filled, period)
        for each in (told["totals"], told["by_original_date"], *told["agencies"], *told["levels"], *told["sections"]):
            assert each["total"] == sum(each[name] for name in COUNTS[1:])
        for name in COUNTS:
            for parts in ("agencies", "levels", "sections"):
                assert sum(each[name] for each in told[parts]) == told["totals"][name]
    assert {one["agency"]: one["on_time"] for one in report(filled, "2026-Q1")["agencies"]} == {
        "VP": 0, "STP": 1, "SNV": 0, "X1": 1, "X2": 0, "CA": 0,
    }  # fmt: skip
    assert report(filled, "2026-Q1")["apart"]["waiting_for_confirmation"] == 1


def test_what_earlier_periods_left_is_told_beside_the_totals(filled: Cli, tmp_path: Path) -> None:
    word, sheet = tmp_path / "bao-cao.docx", tmp_path / "bao-cao.xlsx"
    told = report(filled, "2026-Q2", "--docx", word, "--xlsx", sheet, day="2026-04-14")
    assert told["totals"] == {"total": 2, "on_time": 0, "late": 0, "open_in_time": 2, "open_overdue": 0}
    left = told["carried_overdue"]
    assert left == {"total": 2, "agencies": [{"agency": "X2", "total": 1}, {"agency": "CA", "total": 1}]}
    assert left["total"] == report(filled, "2026-Q1", day="2026-04-14")["totals"]["open_overdue"]
    assert report(filled, "2026-Q1", day="2026-04-14")["carried_overdue"] == {"total": 0, "agencies": []}

    paper = Document(str(word))
    said = "\n".join(one.text for one in paper.paragraphs)
    assert "Kỳ trước chuyển sang: 02 nhiệm vụ quá hạn chưa xong (ngoài tổng số trong kỳ)." in said
    assert "quá hạn chưa xong 02 (trong kỳ 0, kỳ trước chuyển sang 02), không đổi" in said
    lists = ["\n".join(cell.text for row in one.rows for cell in row.cells) for one in paper.tables]
    assert sum("Niêm yết thủ tục" in one and "UBND xã Lam Thủy" in one for one in lists) == 1
    table = next(one for one in paper.tables if one.rows[0].cells[1].text == "Cơ quan, đơn vị")
    carried = [int(row.cells[7].text) for row in table.rows[1:]]
    assert (sum(carried[:-1]), carried[-1]) == (2, 2)

    book = openpyxl.load_workbook(sheet)
    whole = [row[8].value for row in book["Tổng hợp"].iter_rows(min_row=5)]
    assert (sum(whole[:-1]), whole[-1]) == (2, 2)
    assert [row[0].value for row in book["Kỳ trước chuyển sang"].iter_rows(min_row=6)] == ["NV-0004", "NV-0005"]
    summary = filled("report", "--period", "2026-Q2", "--as-of", "2026-04-14").out
    assert "- Kỳ trước chuyển sang: 02 nhiệm vụ quá hạn chưa xong" in summary
    assert "quá hạn giảm" not in summary


def test_it_tells_how_things_stood_on_a_day(filled: Cli) -> None:
    assert report(filled, "2026-Q1", day="2026-02-15")["totals"]["open_overdue"] == 0
    march = report(filled, "2026-Q1", day="2026-03-31")["totals"]
    assert march == {"total": 6, "on_time": 2, "late": 0, "open_in_time": 2, "open_overdue": 2}
    assert report(filled, "2025", day="2026-03-31")["totals"]["total"] == 0


def test_the_paper_and_the_tables_state_the_same_figures(filled: Cli, tmp_path: Path) -> None:
    word, sheet = tmp_path / "bao-cao.docx", tmp_path / "bao-cao.xlsx"
    told = report(filled, "2026-Q1", "--docx", word, "--xlsx", sheet)
    paper = Document(str(word))
    said = "\n".join(one.text for one in paper.paragraphs)
    assert "Tổng số nhiệm vụ trong kỳ là 06; đã hoàn thành 03 nhiệm vụ, trong đó đúng hạn 02 (đạt 66,67%)" in said
    assert "trễ 01 (chiếm 33,33%); đang thực hiện 03 nhiệm vụ (trong hạn 01, quá hạn 02)" in said
    assert "[Tồn tại, hạn chế: người soạn bổ sung]" in said
    agencies = next(one for one in paper.tables if one.rows[0].cells[1].text == "Cơ quan, đơn vị")
    rows = [[cell.text for cell in row.cells] for row in agencies.rows[1:]]
    for at in range(2, 7):
        assert sum(int(row[at]) for row in rows[:-1]) == int(rows[-1][at])
    assert [int(cell) for cell in rows[-1][2:7]] == [told["totals"][name] for name in COUNTS]

    book = openpyxl.load_workbook(sheet)
    whole = [[cell.value for cell in row] for row in book["Tổng hợp"].iter_rows(min_row=5)]
    assert [sum(row[at] for row in whole[:-1]) for at in range(3, 8)] == whole[-1][3:8]
    assert whole[-1][3:8] == [told["totals"][name] for name in COUNTS]
    tasks = book["Nhiệm vụ"]
    assert tasks.auto_filter.ref == "A4:N10"
    by_code = {row[0].value: row for row in tasks.iter_rows(min_row=5)}
    first, second = by_code["NV-0001"], by_code["NV-0002"]
    assert (first[6].value.isoformat()[:10], first[9].value.isoformat()[:10]) == ("2026-03-19", "2026-03-19")
    assert second[10].value == 2  # working days: Wednesday and Thursday
    assert (second[11].data_type, second[11].value) == ("s", "=Báo cáo")


def test_what_is_frozen_is_told_again_whatever_changes(filled: Cli, tmp_path: Path) -> None:
    assert "chưa được chốt" in filled("report", "--period", "2026-Q1", "--frozen").refusal
    first = report(filled, "2026-Q1", "--freeze")
    assert first["frozen"]["number"] == 1
    assert report(filled, "2026-Q1", "--freeze")["frozen"] == first["frozen"]  # nothing moved: no second one
    change(filled, "UPDATE assignments SET state = 'returned', completed_on = NULL, reported_at = NULL", {})
    assert report(filled, "2026-Q1")["totals"]["on_time"] == 0
    word = tmp_path / "chot.docx"
    again = filled("report", "--period", "2026-Q1", "--frozen", "--docx", word, "--json").json
    assert again == first
    assert "số liệu chốt ngày" in "\n".join(one.text for one in Document(str(word)).paragraphs)
    assert report(filled, "2026-Q1", "--freeze")["frozen"]["number"] == 2
    change(filled, "UPDATE snapshots SET data = replace(data, '2026-Q1', '2026-Q2')", {})
    assert "không còn nguyên vẹn" in filled("report", "--period", "2026-Q1", "--frozen").refusal


REFUSED = (
    (("--period", "quý 5"), "Kỳ báo cáo “quý 5” không đọc được"),
    (("--period", "2026-Q1", "--as-of", "2199-01-01"), "chưa đến"),
    (("--period", "2026-Q1", "--as-of", "hôm qua"), "--as-of không hợp lệ"),
    (("--period", "2026-Q1", "--plan", "7"), "Không có kế hoạch số 7"),
    (("--period", "2026-Q1", "--frozen", "--freeze"), "không đi cùng --freeze"),
    (("--period", "2026-Q1", "--docx", "bao-cao.txt"), "phải có đuôi .docx"),
    (("--period", "2026-Q1", "--cases", "--plan", "1"), "--cases đếm sổ phản ánh theo kỳ"),
    (("--period", "2031-Q1", "--cases"), "nên chưa lập được báo cáo"),
    (("--period", "2026-Q1", "--xlsx", "/khong/co/bao-cao.xlsx"), "Không ghi được tệp"),
)


def test_what_cannot_be_reported_is_refused_in_one_sentence(filled: Cli) -> None:
    for words, said in REFUSED:
        assert said in filled("report", *words).refusal


def test_one_file_that_cannot_be_written_leaves_none(filled: Cli, tmp_path: Path) -> None:
    (tmp_path / "giay").mkdir()
    word, taken = tmp_path / "giay" / "bao-cao.docx", tmp_path / "giay" / ("b" * 248 + ".xlsx")
    refused = filled("report", "--period", "2026-Q1", "--docx", word, "--xlsx", taken)
    assert "Không ghi được tệp báo cáo" in refused.refusal
    assert not list((tmp_path / "giay").iterdir())


def test_people_read_a_summary(filled: Cli) -> None:
    told = filled("report", "--period", "2026-Q1", "--as-of", "2026-04-30", "--plan", "1").out
    assert told.startswith("Tiến độ thực hiện Kế hoạch số 15/KH-UBND ngày 09/01/2026, quý I năm 2026\nSố liệu tính đến")
    assert "Tổng số: 06 nhiệm vụ\n- Hoàn thành đúng hạn: 02 (đạt 66,67%)\n- Hoàn thành trễ: 01 (chiếm 33,33%)" in told
    assert filled("report", "--period", "2024").out.endswith("Trong kỳ chưa có nhiệm vụ nào.\n")


def test_citizens_feedback_has_a_report_of_its_own(filled: Cli, tmp_path: Path) -> None:
    told = filled("report", "--period", "2026-Q1", "--cases").out
    assert told.startswith("Tình hình, kết quả tiếp nhận và xử lý phản ánh, kiến nghị, quý I năm 2026\nSố liệu từ ngày")
    assert told.endswith("Trong kỳ chưa có phản ánh, kiến nghị nào.\n")
    word, tables = tmp_path / "pakn.docx", tmp_path / "pakn.xlsx"
    filled("report", "--period", "2026-Q1", "--cases", "--docx", word, "--xlsx", tables)
    assert (word.read_bytes()[:2], tables.read_bytes()[:2]) == (b"PK", b"PK")
    found = filled("report", "--period", "2026-Q1", "--cases", "--json").json
    assert found["qd766"] == {"competent": 0, "on_time": 0, "satisfied": 0, "refused": 0, "without_limit": 0}
    assert (found["from"], found["totals"]["received"]) == ("2025-12-15", 0)
