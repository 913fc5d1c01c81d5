"""nhacviec case: lists of the national system come in and go out, papers, numbers, what is refused."""

import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.cli.conftest import Cli

HEAD = (
    *("STT", "Số PA", "Nội dung", "Người gửi", "Địa chỉ", "Điện thoại", "Ngày tiếp nhận", "Đơn vị xử lý"),
    *(
        "Ngày chuyển",
        "Hạn xử lý",
        "Trạng thái",
        "Nội dung trả lời",
        "Ngày trả lời",
        "Số văn bản",
        "Đường dẫn",
        "Ghi chú",
    ),
)
NEW = (1, "PA-1", "Hồ sơ đất đai nộp ba tháng chưa trả", "Nguyễn Mẫu An", "xã Mẫu", 912345678, date(2024, 3, 2))
HANDED = (2, "PA-2", "Thủ tục đăng ký kinh doanh yêu cầu thêm giấy tờ", "Trần Mẫu Bình", "xã Mẫu", "", date(2024, 3, 3),
          "Sở Tư pháp", date(2024, 3, 4), date(2024, 3, 20), "Đang xử lý")  # fmt: skip
DONE = (3, "PA-3", "Thái độ tiếp công dân chưa đúng mực", "", "", "", date(2024, 2, 2), "Sở Nội vụ", date(2024, 2, 3),
        date(2024, 2, 20), "Đã công khai", "Đã chấn chỉnh và xin lỗi công dân.", date(2024, 2, 18), "12/SNV",
        "https://dichvucong.gov.vn/pa/3")  # fmt: skip
STRAY = (4, "PA-4", "Chờ lâu tại bộ phận một cửa", "", "", "", date(2024, 3, 5), "Sở Lạ", date(2024, 3, 6), None,
         "Đang xử lý")  # fmt: skip


def book(path: Path, *rows: Sequence[Any]) -> Path:
    made = openpyxl.Workbook()
    for row in (HEAD, *rows):
        made.worksheets[0].append(list(row))
    made.save(path)
    return path


@pytest.fixture
def filled(cli: Cli, offices: Path) -> Cli:
    assert cli("agency", "import", offices).code == 0
    return cli


def cases(cli: Cli, *options: object) -> dict[str, dict[str, Any]]:
    return {one["external_code"]: one for one in cli("case", "list", "--json", *options).json}


def test_a_list_comes_in_once_is_brought_up_to_date_and_never_set_back(filled: Cli, tmp_path: Path) -> None:
    cli = filled
    first = book(tmp_path / "a.xlsx", NEW, HANDED, DONE, STRAY, (5, "", "Không có mã", "", "", "", date(2024, 3, 5)))
    assert "thiếu cột “Mã phản ánh, kiến nghị”" in cli("case", "import", first).refusal
    told = cli("case", "import", first, "--map", "Số PA=code", "--dry-run", "--json").json
    assert (told["dry_run"], told["new"], len(told["refused"])) == (True, 4, 1)
    assert cli("case", "list", "--json").json == []
    done = cli("case", "import", first, "--map", "Số PA=code", "--map", "Ghi chú=-", "--json").json
    assert (done["new"], done["changed"], done["unchanged"], done["again"]) == (4, 0, 0, False)
    assert any("“Sở Lạ” không có trong danh mục" in one for one in done["warnings"])
    assert any("Dòng 6: thiếu mã" in one for one in done["warnings"])
    found = cases(cli)
    stands = {code: (one["state"], one["agency"], one["received_on"], one["due_on"]) for code, one in found.items()}
    assert stands == {
        "PA-1": ("waiting_reception", None, "2024-03-02", "2024-03-08"),
        "PA-2": ("forwarded", "STP", "2024-03-03", "2024-03-20"),
        "PA-3": ("answered", "SNV", "2024-02-02", "2024-02-20"),
        "PA-4": ("waiting_reception", None, "2024-03-05", "2024-03-12"),
    }
    assert found["PA-3"]["answered_on"] == "2024-02-18"
    shown = cli("case", "show", found["PA-3"]["code"], "--json").json
    assert shown["posted_url"] == "https://dichvucong.gov.vn/pa/3"
    assert (shown["answers"][0]["number"], shown["answers"][0]["date"]) == ("12/SNV", "2024-02-18")
    assert "Nguyễn Mẫu An" not in cli("case", "show", found["PA-1"]["code"]).out

    again = cli("case", "import", first, "--json").json
    assert (again["new"], again["changed"], again["unchanged"], again["again"]) == (0, 0, 4, True)
    handed = cli("case", "forward", found["PA-1"]["code"], "STP", "--number", "7/VP", "--date", "2024-03-06")
    assert "chưa có ai của cơ quan nhận tin ở đây" in handed.out
    assert "chưa có kết quả để đăng" in cli("case", "posted", found["PA-1"]["code"]).refusal
    assert re.search(r"- \d{2}:\d{2} \d{2}/\d{2}/\d{4}: chuyển", cli("case", "show", found["PA-1"]["code"]).out)
    assert cli("case", "import", tmp_path / "nope.xlsx").refusal == (
        "Không đọc được tệp “nope.xlsx”. Kiểm tra đường dẫn rồi thử lại."
    )
    later = book(
        tmp_path / "b.xlsx",
        (*NEW, "", None, None, "Mới tiếp nhận"),
        (*HANDED[:10], "Đã trả lời", "Thủ tục đã được bãi bỏ theo quy định mới.", date(2024, 3, 12), "40/STP"),
        DONE,
        (6, "PA-6", "Một phản ánh vừa gửi đến hệ thống", "", "", "", date(2024, 3, 9)),
    )
    changed = cli("case", "import", later, "--json").json
    assert (changed["new"], changed["changed"], changed["unchanged"]) == (1, 1, 2)
    stands_now = {code: one["state"] for code, one in cases(cli).items()}
    assert stands_now == {
        "PA-1": "forwarded",
        "PA-2": "answered",
        "PA-3": "answered",
        "PA-4": "waiting_reception",
        "PA-6": "waiting_reception",
    }
    history = cli("case", "show", found["PA-2"]["code"], "--json").json["history"]
    assert [one["act"] for one in history] == ["open", "import", "forward", "import", "record_answer"]
    assert "Đã nhập: 0 phản ánh mới, 0 có thay đổi, 4 không đổi" in cli("case", "import", later).out


def test_lists_are_narrowed_and_go_on_after_a_code(filled: Cli, tmp_path: Path) -> None:
    cli = filled
    assert cli("case", "import", book(tmp_path / "a.xlsx", NEW, HANDED, DONE, STRAY), "--map", "Số PA=code").code == 0
    for options, codes in (
        (("--state", "open"), {"PA-1", "PA-2", "PA-4"}),
        (("--state", "đã trả lời"), {"PA-3"}),
        (("--agency", "STP"), {"PA-2"}),
        (("--late",), {"PA-1", "PA-2", "PA-4"}),
        (("--source", "chat"), set()),
        (("--since", "2024-03-03", "--until", "2024-03-04"), {"PA-2"}),
        (("--words", "một cửa"), {"PA-4"}),
        (("--unposted",), {"PA-3"}),
    ):
        assert set(cases(cli, *options)) == codes, options
    two = cli("case", "list", "--limit", 2, "--json").json
    rest = cli("case", "list", "--after", two[-1]["code"], "--json").json
    assert [one["external_code"] for one in (*two, *rest)] == ["PA-1", "PA-2", "PA-3", "PA-4"]
    assert "Còn nữa: thêm --after" in cli("case", "list", "--limit", 2).out
    for wrong in (("--state", "lạ"), ("--agency", "LẠ"), ("--source", "lạ"), ("--after", "PAKN-XX-2026-000009")):
        assert cli("case", "list", *wrong).refusal


def test_a_list_goes_out_for_entry_and_names_people_only_with_a_reason(filled: Cli, tmp_path: Path) -> None:
    cli = filled
    assert cli("case", "import", book(tmp_path / "a.xlsx", NEW, HANDED, DONE), "--map", "Số PA=code").code == 0
    out = tmp_path / "ra.xlsx"
    assert cli("case", "export", out, "--json").json["cases"] == 3
    assert "Nguyễn Mẫu An" not in texts(out)
    again = cli("case", "import", out, "--json").json
    assert (again["unchanged"], again["new"], again["refused"]) == (3, 0, [])
    assert cli("case", "export", out, "--state", "open", "--json").json["cases"] == 2
    assert cli("case", "export", out, "--changed-since", "2199-01-01", "--json").json["cases"] == 0
    assert cli("case", "export", out, "--with-persons", " ").refusal
    assert cli("case", "export", out, "--with-persons", "nhập vào hệ thống quốc gia").code == 0
    assert {"Nguyễn Mẫu An", "0912345678", "PA-1"} <= texts(out)
    assert cli("case", "export", tmp_path / "ra.csv").refusal


def texts(path: Path) -> set[str]:
    return {str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0] for cell in row}


def test_papers_and_numbers_of_a_case(filled: Cli, tmp_path: Path) -> None:
    cli = filled
    assert cli("case", "import", book(tmp_path / "a.xlsx", NEW, HANDED, DONE), "--map", "Số PA=code").code == 0
    code = {external: one["code"] for external, one in cases(cli).items()}
    out = tmp_path / "van-ban.docx"
    for external, kind, said in (
        ("PA-2", "chuyen", "Kính gửi: Sở Tư pháp"),
        ("PA-3", "tra-loi", "Đã chấn chỉnh và xin lỗi công dân."),
        ("PA-1", "tiep-nhan", "Nguyễn Mẫu An"),
        ("PA-1", "bo-sung", "[Ghi rõ từng nội dung"),
    ):
        assert cli("case", "paper", code[external], out, "--kind", kind).code == 0
        body = Document(io.BytesIO(out.read_bytes()))
        words = [one.text for one in body.paragraphs] + [
            cell.text for t in body.tables for r in t.rows for cell in r.cells
        ]
        assert any(said in one for one in words), (kind, words)
    assert "chưa chọn cơ quan" in cli("case", "paper", code["PA-1"], out, "--kind", "chuyen").refusal
    assert cli("case", "paper", code["PA-1"], out, "--kind", "chuyen", "--agency", "STP").code == 0
    assert "chưa có căn cứ" in cli("case", "paper", code["PA-1"], out, "--kind", "khong-tiep-nhan").refusal
    assert cli("case", "paper", code["PA-1"], out, "--kind", "giấy mời").refusal
    assert cli("case", "numbers", code["PA-1"]).refusal
    assert cli("case", "numbers", code["PA-1"], "--incoming-number", "45", "--incoming-on", "03/03/2024").code == 0
    assert "chưa có câu trả lời" in cli("case", "numbers", code["PA-1"], "--answer-number", "1/VP").refusal
    assert cli("case", "numbers", code["PA-3"], "--answer-on", "2024-02-18").refusal
    assert cli("case", "numbers", code["PA-3"], "--answer-number", "99/SNV", "--answer-on", "2024-02-17").code == 0
    answered = cli("case", "show", code["PA-3"], "--json").json["answers"][-1]
    assert (answered["number"], answered["date"]) == ("99/SNV", "2024-02-17")
    assert cli("case", "posted", code["PA-3"], "--on", "2024-02-19", "--link", "ở kia").refusal
    assert cli("case", "posted", code["PA-3"], "--on", "2024-02-19").code == 0
    shown = cli("case", "show", code["PA-1"], "--json").json
    assert (shown["incoming_number"], shown["incoming_on"]) == ("45", "2024-03-03")
    assert cli("case", "show", code["PA-3"], "--json").json["posted_on"] == "2024-02-19"
    assert cli("case", "forward", code["PA-1"], "LẠ").refusal


def test_what_is_no_list_is_refused(filled: Cli, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_text("không phải bảng", encoding="utf-8")
    assert filled("case", "import", tmp_path / "x.xlsx").refusal
    assert filled("case", "import", tmp_path / "không-có.xlsx").refusal
    only = book(tmp_path / "a.xlsx", (1, "PA-1", "", "", "", "", date(2024, 3, 2)))
    assert "Không dòng nào" in filled("case", "import", only, "--map", "Số PA=code").refusal
    fine = book(tmp_path / "b.xlsx", NEW)
    assert filled("case", "import", fine, "--map", "Số PA=gì đó").refusal
    assert filled("case", "import", fine, "--map", "Số PA=code", "--source", "chat").refusal
    assert filled("case", "list", "--json").json == []


def test_the_doctor_says_what_the_province_has_not_set_and_what_follows(filled: Cli) -> None:
    told = filled("doctor").out
    assert "[lưu ý] Phản ánh, kiến nghị:" in told
    assert "case_answer_normal): người gửi chỉ được báo ngày chuyển" in told
    assert filled("settings", "case_answer_normal", "15 ngày").code == 0
    assert "case_answer_normal" not in filled("doctor").out
