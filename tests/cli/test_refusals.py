"""Wrong calls, files, settings and databases: one Vietnamese sentence, nothing on standard output, nothing written."""

import os
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
import sqlalchemy

from app.settings import FILE_SUFFIX, names
from tests.cli.conftest import COLUMNS, OFFICES, Cli, directory
from tests.commands import every_command


@pytest.mark.parametrize("words", every_command())
def test_help_needs_neither_settings_nor_database(cli: Cli, words: tuple[str, ...]) -> None:
    done = cli(*words, "--help", environment={"NHACVIEC_PORT": "wrong", "NHACVIEC_DATABASE_URL": "wrong"})
    assert done.code == 0
    assert "nhacviec" in done.out
    assert done.err == ""
    assert not cli.folder.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "còn thiếu tên lệnh (các lệnh: "),
        (("plan",), "còn thiếu tên lệnh (các lệnh: read, import, "),
        (("xoa",), "không có lệnh “xoa” (các lệnh: "),
        (("plan", "isue"), "không có lệnh “isue” (các lệnh: read, import, "),
        (("--sai",), "không có tuỳ chọn --sai"),
        (("plan", "list", "--jsn"), "không có tuỳ chọn --jsn"),
        (("plan", "list", "-j"), "không có tuỳ chọn -j"),
        (("plan", "read"), "thiếu TỆP"),
        (("plan", "settle", "1", "2"), "thiếu TRẢ_LỜI"),
        (("invite", "STP"), "thiếu --role"),
        (("plan", "issue", "1", "2", "3"), "thừa tham số 2 3"),
        (("plan", "issue", "một"), "MÃ cần là một số nguyên từ 1 đến 2147483647"),
        (("plan", "issue", "0"), "MÃ cần là một số nguyên từ 1 đến 2147483647"),
        (("plan", "issue", "9" * 20), "MÃ cần là một số nguyên từ 1 đến 2147483647"),
        (("plan", "settle", "1", "1.5", "x"), "ĐIỂM cần là một số nguyên"),
        (("plan", "issue", "1", "--at"), "tuỳ chọn --at cần một giá trị đi kèm"),
        (("plan", "list", "--json=1"), "tuỳ chọn --json không nhận giá trị"),
        (("deadline", "x", "--year", "nay"), "--year cần là một số nguyên từ 1900 đến 2999"),
        (("incident", "step", "SC-0001", "x"), "BƯỚC cần là một trong: contain, record, authority, people, remedy"),
        (("incident", "open"), "thiếu MÔ_TẢ"),
        (("run", "--port", "70000"), "--port cần là một số nguyên từ 0 đến 65535"),
    ],
)
def test_a_wrong_call_is_said_in_one_line(cli: Cli, words: tuple[str, ...], said: str) -> None:
    done = cli(*words)
    assert done.code == 2
    assert done.out == ""
    assert re.fullmatch(rf"Lệnh chưa đúng: {re.escape(said)}.*\. Xem: nhacviec[ \w-]* --help\.\n", done.err), done.err
    assert not cli.folder.exists()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize("command", ["read", "import"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Không tìm thấy tệp"),
        (b"", "trống"),
        (b"\x7fELF\x02\x01\x01" + bytes(range(256)), "không phải văn bản đọc được"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "có mật khẩu"),
        (b"PK\x03\x04 cut short", "bị hỏng"),
        ("Thư mời họp lúc 8 giờ.".encode(), "Không tìm thấy bảng nhiệm vụ"),
        ("TT\tHọ tên\tNăm sinh\n1\tNguyễn Mẫu An\t1990\n".encode(), "Không tìm thấy bảng nhiệm vụ"),
    ],
)
def test_a_file_that_holds_no_plan(cli: Cli, tmp_path: Path, command: str, content: bytes | None, said: str) -> None:
    file = tmp_path / "ke-hoach.docx"
    if content is not None:
        file.write_bytes(content)
    refusal = cli("plan", command, file, "--json").refusal
    assert said in refusal
    assert file.name in refusal
    assert not cli.folder.exists()


def test_a_word_document_without_a_table(cli: Cli, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Báo cáo kết quả năm 2025")
    document.save(str(tmp_path / "a.docx"))
    assert "Không tìm thấy bảng nhiệm vụ" in cli("plan", "import", tmp_path / "a.docx").refusal


ROW = OFFICES[1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**ROW, "code": ""}, "Dòng 3, cột code: mã “” trống, có dấu cách"),
        ({**ROW, "code": "S TP"}, "Dòng 3, cột code: mã “S TP” trống, có dấu cách"),
        ({**ROW, "code": "X" * 41}, "Dòng 3, cột code"),
        ({**ROW, "code": "VP"}, "Dòng 3, cột code: mã “VP” đã có ở dòng 2"),
        ({**ROW, "name": "  "}, "Dòng 3, cột name: thiếu tên cơ quan"),
        ({**ROW, "level": "sở"}, "Dòng 3, cột level: cấp “sở” không hợp lệ"),
        ({**ROW, "coordinating": "có"}, "Dòng 3, cột coordinating: chỉ ghi 1"),
        ({**ROW, "valid_from": "30/02/2026"}, "Dòng 3, cột valid_from: ngày “30/02/2026” không hợp lệ"),
        ({**ROW, "valid_to": "2026"}, "Dòng 3, cột valid_to: ngày “2026” không hợp lệ"),
        (
            {**ROW, "valid_from": "2026-02-01", "valid_to": "2026-01-31"},
            "Dòng 3, cột valid_to: ngày cuối trước ngày đầu",
        ),
        ({**ROW, "coordinating": "1"}, "nhiều hơn một dòng coordinating = 1"),
    ],
)
def test_a_row_with_a_fault_is_named_by_line_and_column(
    cli: Cli, tmp_path: Path, row: dict[str, str], said: str
) -> None:
    file = directory(tmp_path / "a.csv", [OFFICES[0], row, OFFICES[2]])
    assert said in cli("agency", "import", file, "--json").refusal
    assert cli("agency", "list", "--json").json == []


def test_a_second_coordinating_office_beside_the_one_known(cli: Cli, offices: Path, tmp_path: Path) -> None:
    assert cli("agency", "import", offices).code == 0
    other = directory(tmp_path / "b.csv", [{**ROW, "code": "VP2", "coordinating": "1"}])
    assert "nhiều hơn một cơ quan điều phối" in cli("agency", "import", other).refusal
    assert {row["code"] for row in cli("agency", "list", "--json").json} == {"VP", "STP", "SNV", "UBND"}


HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "trống"),
        ("\n\n", "không có dòng tiêu đề"),
        (HEADER + "\n", "không có dòng dữ liệu nào"),
        ("code,name\nVP,Văn phòng\n", "thiếu cột: aliases, level, parent, valid_from, valid_to, coordinating"),
        (HEADER + ",địa chỉ\nVP,Văn phòng,,other,,,,1,số 1\n", "có cột lạ: địa chỉ"),
        (HEADER + ",name\nVP,Văn phòng,,other,,,,1,khác\n", "có cột lặp lại: name"),
        (HEADER + "\nVP,Văn phòng,,other,,,,1,thừa\n", "Dòng 2: ô “thừa” không nằm dưới cột nào"),
        (HEADER + '\nVP,"Văn phòng,,other,,,,1\n', "không đọc được như CSV ở dòng"),
        ("Văn phòng".encode("cp1258", "ignore").decode("latin-1"), "không phải CSV UTF-8"),
    ],
)
def test_a_file_that_is_no_directory(cli: Cli, tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content.encode("latin-1" if "CSV UTF-8" in said else "utf-8"))
    assert said in cli("agency", "import", file, "--json").refusal
    assert cli("agency", "list", "--json").json == []


@pytest.mark.parametrize("command", ["agency", "people"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Không mở được tệp"),
        (b"PK\x03\x04 no workbook", "không mở được như một bảng Excel"),
        (OLE, "có mật khẩu hoặc là Excel kiểu cũ"),
        (bytes([0xFF, 0xFE]) + "code".encode("utf-16-le"), "không phải CSV UTF-8"),
    ],
)
def test_a_list_that_cannot_be_opened(cli: Cli, tmp_path: Path, command: str, content: bytes | None, said: str) -> None:
    file = tmp_path / "a.xlsx"
    if content is not None:
        file.write_bytes(content)
    assert said in cli(command, "import", file, "--json").refusal


def test_a_second_sheet_is_not_passed_over(cli: Cli, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(COLUMNS))
    book.worksheets[0].append(["VP", "Văn phòng", None, "other", None, None, None, 1])
    book.create_sheet("Cấp xã").append(["XA01", "UBND xã"])
    book.save(tmp_path / "a.xlsx")
    assert "dữ liệu ở nhiều trang tính" in cli("agency", "import", tmp_path / "a.xlsx").refusal


WRONG = {
    "NHACVIEC_DATABASE_URL": ["abc", "mysql://u:p@h/d", "postgresql://u:p@h:x/d", "sqlite://", "sqlite:///:memory:"],
    "NHACVIEC_PORT": ["abc", "-1", "65536", "80.5"],
    "NHACVIEC_PUBLIC_URL": ["nhacviec.example", "ftp://x", "http://", "http://[x", "http://x:y"],
    "NHACVIEC_SECRET_KEY": ["abc", "abc,def"],
    "NHACVIEC_PROVINCE_CODE": ["sl", "S", "SƠNLA", "TOOLONGCODE"],
    "NHACVIEC_PREVIEW": ["soon", "1"],
    "NHACVIEC_AUTO_CONFIRM_DAYS": ["-1", "61", "ba"],
    "NHACVIEC_CULTURE_DAY_OFF": ["có", "2"],
    "NHACVIEC_HEARTBEAT_URL": ["x", "file:///etc/passwd"],
    "NHACVIEC_BURST_CAP": ["-1", "nhiều"],
    "NHACVIEC_FALLBACK_HOURS": ["-1", "101", "4.5"],
    "NHACVIEC_BRIEF_CHANNELS": ["viber", "telegram,thư"],
    "NHACVIEC_ALARM_URL": ["truc", "smtp://mail.example"],
    "NHACVIEC_ALARM_MAIL": ["truc", "a@b, c@d"],
    "SMTP_URL": ["mail.example:25", "http://mail.example", "smtp://"],
    "NHACVIEC_MAIL_FROM": ["nhacviec", "a@b, c@d", "Văn phòng <a@b.vn>", "nhắc@việc.vn"],
    "NHACVIEC_MAIL_PER_MINUTE": ["0", "x"],
    "NHACVIEC_LINK_DAYS": ["0", "61"],
    "NHACVIEC_UPLOAD_HOURS": ["0", "169"],
    "NHACVIEC_LOG_FORMAT": ["xml"],
    "TELEGRAM_TOKEN": ["123:ab cd", "123:ab/cd"],
    "TELEGRAM_API_URL": ["api.telegram.org", "http://x:99999"],
    "TELEGRAM_MODE": ["push"],
    "TELEGRAM_PROXY": ["socks5://127.0.0.1:1080", "127.0.0.1:3128", "http://x:y"],
    "TELEGRAM_PER_SECOND": ["0", "1001", "nhanh"],
    "ZALO_BOT_TOKEN": ["123:ab cd", "123:ab/cd"],
    "ZALO_BOT_API_URL": ["bot-api.zaloplatforms.com", "http://x:99999"],
    "ZALO_BOT_MODE": ["push"],
    "ZALO_BOT_PER_SECOND": ["0", "1001", "nhanh"],
    "ZALO_BOT_FILE_HOSTS": ["zdn", "https://zdn.vn", "zdn.vn;zadn.vn", "zdn.vn,"],
    "ZALO_OA_APP_ID": ["nhacviec", "42 42", "٤٢"],
    "ZALO_OA_OAUTH_URL": ["oauth.zaloapp.com", "ftp://oauth.zaloapp.com"],
    "ZALO_OA_API_URL": ["openapi.zalo.me", "http://x:99999"],
    "ZALO_OA_PER_SECOND": ["0", "1001", "nhanh"],
    "ZALO_OA_FREE_HOURS": ["-1", "hai ngày"],
    "ZALO_OA_WINDOW_DAYS": ["-1", "366"],
    "ZALO_OA_FREE_IN_A_ROW": ["-1", "tám"],
    "ZALO_OA_PACKAGE": ["có", "2"],
    "ZALO_OA_FILE_HOSTS": ["zdn", "https://zdn.vn", "zdn.vn,"],
    "ZALO_OA_LARGEST_MB": ["0", "101"],
    "ZALO_ZNS_API_URL": ["business.openapi.zalo.me"],
    "ZALO_ZNS_FIELDS": ["so_viec", "tasks=so_viec", "count=số việc", "count=a,count=b", "count=", "count=a,"],
}
FREE_TEXT = {"NHACVIEC_HOTLINE", "ZALO_ZNS_TEMPLATE"}
TRIED_ELSEWHERE = {"NHACVIEC_DATA_DIR", "NHACVIEC_HOST", "TELEGRAM_WEBHOOK_SECRET", "ZALO_BOT_WEBHOOK_SECRET"} | {
    "ZALO_OA_APP_SECRET",
    "ZALO_OA_SECRET",
    "ZALO_OA_REFRESH_TOKEN",
}


def test_every_setting_is_tried_here() -> None:
    assert {*WRONG, *FREE_TEXT, *TRIED_ELSEWHERE} == set(names())


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_setting_is_named(cli: Cli, name: str, value: str) -> None:
    refusal = cli("task", "list", "--json", environment={name: value}).refusal
    assert refusal.startswith(f"Cấu hình {name} chưa đúng: ")
    assert not re.search(r"\b(?:input|should|valid|error|invalid)\b", refusal, re.IGNORECASE)
    assert name.endswith(("KEY", "TOKEN")) <= (value not in refusal)
    assert not (cli.folder / "nhacviec.db").exists()


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_WEBHOOK_SECRET": "có dấu"}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_WEBHOOK_SECRET": "a" * 257}, "TELEGRAM_WEBHOOK_SECRET"),
        ({"TELEGRAM_WEBHOOK_SECRET": "abc"}, "NHACVIEC_PUBLIC_URL"),
        ({"TELEGRAM_WEBHOOK_SECRET": "abc", "NHACVIEC_PUBLIC_URL": "http://x.example"}, "NHACVIEC_PUBLIC_URL"),
    ],
)
def test_a_webhook_needs_a_secret_and_an_https_address(cli: Cli, environment: dict[str, str], named: str) -> None:
    given = {"TELEGRAM_TOKEN": "123:abc", "TELEGRAM_MODE": "webhook", **environment}
    assert cli("task", "list", environment=given).refusal.startswith(f"Cấu hình {named} chưa đúng: ")


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, "ZALO_BOT_WEBHOOK_SECRET"),
        ({"ZALO_BOT_WEBHOOK_SECRET": "bay-chu"}, "ZALO_BOT_WEBHOOK_SECRET"),
        ({"ZALO_BOT_WEBHOOK_SECRET": "a" * 257}, "ZALO_BOT_WEBHOOK_SECRET"),
        ({"ZALO_BOT_WEBHOOK_SECRET": "du-tam-ky-tu"}, "NHACVIEC_PUBLIC_URL"),
    ],
)
def test_zalo_s_webhook_wants_a_secret_of_eight_signs(cli: Cli, environment: dict[str, str], named: str) -> None:
    given = {"ZALO_BOT_TOKEN": "123:abc", "ZALO_BOT_MODE": "webhook", **environment}
    assert cli("task", "list", environment=given).refusal.startswith(f"Cấu hình {named} chưa đúng: ")


@pytest.mark.parametrize(
    ("environment", "named"),
    [({}, "ZALO_OA_APP_SECRET"), ({"ZALO_OA_APP_SECRET": "x"}, "ZALO_OA_SECRET")],
)
def test_an_official_account_needs_both_its_keys(cli: Cli, environment: dict[str, str], named: str) -> None:
    given = {"ZALO_OA_APP_ID": "4242", **environment}
    assert cli("task", "list", environment=given).refusal.startswith(f"Cấu hình {named} chưa đúng: ")


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe\xff"])
@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "NHACVIEC_DATABASE_URL", "NHACVIEC_PORT"])
def test_a_settings_file_that_says_nothing(cli: Cli, tmp_path: Path, name: str, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    refusal = cli("task", "list", environment={name + FILE_SUFFIX: str(file)}).refusal
    assert refusal.startswith(f"Cấu hình {name}_FILE chưa đúng: ")
    assert str(file) in refusal


def test_a_setting_may_stand_in_a_file(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("https://nhacviec.example\n", encoding="utf-8")
    (tmp_path / "port").write_text("abc\n", encoding="utf-8")
    assert cli("task", "list", environment={"NHACVIEC_PUBLIC_URL_FILE": str(tmp_path / "url")}).code == 0
    port = {"NHACVIEC_PORT_FILE": str(tmp_path / "port")}
    assert "NHACVIEC_PORT chưa đúng" in cli("task", "list", environment=port).refusal
    assert cli("task", "list", environment={**port, "NHACVIEC_PORT": "8081"}).code == 0


ASKING = [("task", "list"), ("plan", "list"), ("agency", "list"), ("case", "list"), ("outbox",)]


@pytest.mark.parametrize("words", ASKING)
def test_a_data_folder_that_is_a_file(cli: Cli, tmp_path: Path, words: tuple[str, ...]) -> None:
    cli.folder = tmp_path / "data"
    cli.folder.write_text("", encoding="utf-8")
    assert f"đây không phải thư mục: {cli.folder}" in cli(*words, "--json").refusal


def test_a_data_folder_that_cannot_be_made(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    cli.folder = tmp_path / "file" / "data"
    assert "đây không phải thư mục" in cli("migrate").refusal


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written(cli: Cli) -> None:
    cli.folder.mkdir(mode=0o500)
    assert f"không có quyền ghi vào thư mục {cli.folder}" in cli("task", "list").refusal


def test_a_file_that_is_no_database(cli: Cli) -> None:
    cli.folder.mkdir()
    (cli.folder / "nhacviec.db").write_text("không phải cơ sở dữ liệu " * 100, encoding="utf-8")
    assert "không phải cơ sở dữ liệu của nhacviec" in cli("task", "list", "--json").refusal
    assert "không phải cơ sở dữ liệu của nhacviec" in cli("migrate").refusal


def test_a_folder_in_the_databases_place(cli: Cli) -> None:
    (cli.folder / "nhacviec.db").mkdir(parents=True)
    assert "đường dẫn không phải là tệp" in cli("task", "list", "--json").refusal


def test_a_key_that_cannot_be_read(cli: Cli) -> None:
    (cli.folder / "secret.key").mkdir(parents=True)
    assert cli("task", "list").refusal.startswith("Cấu hình NHACVIEC_SECRET_KEY chưa đúng: tệp khoá ")


def test_who_migrates_first_has_an_office_that_opens(cli: Cli) -> None:
    assert cli("migrate").code == 0
    assert cli("task", "list", "--json").code == 0


def test_a_database_of_a_newer_program(cli: Cli) -> None:
    assert cli("migrate").code == 0
    engine = sqlalchemy.create_engine(f"sqlite:///{cli.folder / 'nhacviec.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    refusal = cli("task", "list", "--json").refusal
    assert "phiên bản mới hơn chương trình (bản di trú 9999)" in refusal
    assert "[cần xử lý] Cơ sở dữ liệu" in cli("doctor").out


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine that is bound and does not listen."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_a_database_server_that_does_not_answer(cli: Cli, closed_port: int) -> None:
    url = {"NHACVIEC_DATABASE_URL": f"postgresql://nv:bi-mat@127.0.0.1:{closed_port}/nhacviec"}
    refusal = cli("task", "list", "--json", environment=url).refusal
    assert refusal.startswith("Không mở được cơ sở dữ liệu (máy chủ không nhận kết nối). Kiểm tra")
    assert "bi-mat" not in refusal


def test_migrate_says_the_version(cli: Cli) -> None:
    first, second = cli("migrate"), cli("migrate")
    assert first.code == second.code == 0
    assert re.fullmatch(r"Cơ sở dữ liệu đã ở phiên bản \w+\.\n", first.out)
    assert first.out == second.out


def test_doctor_says_what_must_be_mended(cli: Cli, offices: Path, closed_port: int) -> None:
    cli.environment["NHACVIEC_PORT"] = str(closed_port)
    sick = cli("doctor")
    assert sick.code == 1
    assert "[cần xử lý] Danh mục cơ quan: chưa có cơ quan điều phối" in sick.out
    assert sick.out.count("[cần xử lý]") == 1
    assert cli("agency", "import", offices).code == 0
    well = cli("doctor")
    assert well.code == 0, well.out
    assert "[tốt] Danh mục cơ quan: 4 cơ quan" in well.out
    assert "Kênh nhắn tin: chỉ có trò chuyện trên web" in well.out


def test_doctor_says_that_telegram_cannot_be_reached(cli: Cli, offices: Path, closed_port: int) -> None:
    assert cli("agency", "import", offices).code == 0
    dead = f"http://127.0.0.1:{closed_port}"
    sick = cli("doctor", environment={"TELEGRAM_TOKEN": "123:abc", "TELEGRAM_API_URL": dead, "NHACVIEC_PORT": "1"})
    assert sick.code == 1
    assert "[cần xử lý] Kênh nhắn tin: không gọi được telegram" in sick.out
    assert "123:abc" not in sick.out + sick.err


def test_run_on_a_port_that_is_taken(cli: Cli) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = cli("run", "--port", port)
    assert done.code == 1
    assert done.out == ""
    assert f"Không mở được cổng 127.0.0.1:{port}" in done.err
