"""nhacviec agency, people, invite, task, case, outbox: what goes in by a table, what comes out as JSON."""

import csv
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from actions import people as people_actions
from actions.cases import opening
from actions.cases.opening import Feedback, Origin
from app.settings import read
from app.wiring import open_store
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.local import VIETNAM, today
from storage.database import Unit
from tests.cli.conftest import COLUMNS, OFFICES, Cli, directory, plan

ISSUED_AT = "2026-01-12T08:00:00+07:00"
CODE = re.compile(r"[A-Za-z0-9_-]{4,64}")
NOW = datetime(2026, 1, 12, 9, 0, tzinfo=VIETNAM)
PEOPLE = ("agency", "name", "chức vụ", "phone", "role")


def people(path: Path, rows: Sequence[tuple[str, ...]], header: tuple[str, ...] = PEOPLE) -> Path:
    """Write a people list as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (header, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def filled(cli: Cli, offices: Path) -> Cli:
    assert cli("agency", "import", offices).code == 0
    return cli


def test_a_directory_is_upserted_by_code(cli: Cli, offices: Path, tmp_path: Path) -> None:
    assert cli("agency", "import", offices, "--json").json == {"added": 4, "updated": 0}
    assert cli("agency", "import", offices, "--json").json == {"added": 0, "updated": 4}
    more = directory(
        tmp_path / "them.csv",
        [
            {"code": "STP", "name": "Sở Tư pháp tỉnh", "level": "province_department"},
            {"code": "SYT", "name": "Sở Y tế", "level": "province_department", "valid_to": "30/06/2026"},
        ],
    )
    assert cli("agency", "import", more).out.startswith("Đã nhập danh mục: 1 cơ quan mới, 1 cơ quan cập nhật")
    rows = {row["code"]: row for row in cli("agency", "list", "--json").json}
    assert set(rows) == {"VP", "STP", "SNV", "UBND", "SYT"}
    assert rows["STP"]["name"] == "Sở Tư pháp tỉnh"
    assert rows["SYT"]["valid_to"] == "2026-06-30"
    assert rows["VP"]["coordinating"]


def semicolons(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")


def with_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


def tabs(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace(",", "\t"), encoding="utf-8")


def blank_lines(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\r\n\r\n,,,,,,,\r\n"))


@pytest.mark.parametrize("change", [semicolons, with_mark, tabs, blank_lines])
def test_forms_of_csv_that_offices_have(cli: Cli, offices: Path, change: Callable[[Path], None]) -> None:
    change(offices)
    assert cli("agency", "import", offices, "--json").json == {"added": 4, "updated": 0}


def test_a_workbook_is_a_directory_too(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "danh-muc.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(COLUMNS))
    for row in OFFICES:
        book.worksheets[0].append([row.get(name) for name in COLUMNS])
    book.worksheets[0].append(["SYT", "Sở Y tế", None, "province_department", None, datetime(2025, 3, 1), None, 0])  # noqa: DTZ001
    book.save(file)
    assert cli("agency", "import", file, "--json").json == {"added": 5, "updated": 0}
    found = cli("agency", "match", "Sở Y tế", "--date", "2025-02-28", "--json").json
    assert found["agencies"] == []


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+84", "-1", "@SUM(A1)", "[red]Sở[/red] :warning:"])
def test_what_looks_like_a_formula_or_markup_stays_text(cli: Cli, tmp_path: Path, text: str) -> None:
    rows = [{"code": "VP", "name": text, "level": "other", "coordinating": "1"}]
    assert cli("agency", "import", directory(tmp_path / "a.csv", rows)).code == 0
    assert cli("agency", "list", "--json").json[0]["name"] == text
    assert text in cli("agency", "list").out


def test_a_phrase_is_split_without_a_directory(cli: Cli) -> None:
    found = cli("agency", "split", "Sở Nội vụ; Các sở, ban, ngành (trừ Sở Ngoại vụ)", "--json").json
    assert set(found) == {"names", "groups", "except", "warnings"}
    assert found["names"] == ["Sở Nội vụ"]
    assert [group["level"] for group in found["groups"]] == ["province_departments"]
    assert found["except"] == ["Sở Ngoại vụ"]
    assert not cli.folder.exists()
    assert "Cơ quan: Sở Nội vụ" in cli("agency", "split", "Sở Nội vụ").out


def test_a_phrase_is_matched_in_the_directory(filled: Cli) -> None:
    found = filled("agency", "match", "STP, Sở Xây dựng; Các sở, ban, ngành", "--date", "2026-01-09", "--json").json
    assert set(found) >= {"agencies", "groups", "unknown"}
    assert found["agencies"] == ["STP"]
    assert found["unknown"] == ["Sở Xây dựng"]
    assert found["groups"][0]["level"] == "province_departments"
    assert "Chưa biết: Sở Xây dựng" in filled("agency", "match", "Sở Xây dựng").out


class Page(HTMLParser):
    """What a page holds: its text, and whether every element that was opened was closed."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "hr", "path"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


LISTED = [
    ("STP", "Nguyễn Mẫu An", "Chuyên viên", "0900 000 001", "cán bộ đầu mối"),
    ("STP", "<b>Trần Mẫu & Bình</b>", "Giám đốc", "", "head"),
]


def test_people_get_codes_and_a_page_to_print(filled: Cli, tmp_path: Path) -> None:
    made = filled("people", "import", people(tmp_path / "a.xlsx", LISTED), "--json").json
    assert [(one["agency"], one["name"], one["role"]) for one in made] == [
        ("Sở Tư pháp", "Nguyễn Mẫu An", "officer"),
        ("Sở Tư pháp", "<b>Trần Mẫu & Bình</b>", "head"),
    ]
    printed = filled.folder / "invites.html"
    page = Page(printed.read_text(encoding="utf-8"))
    assert page.open == []
    assert page.seen.count("svg") == page.seen.count("article") == 2
    assert "b" not in page.seen
    assert "<b>Trần Mẫu & Bình</b>" in page.text
    for one in made:
        assert CODE.fullmatch(one["code"])
        assert one["code"] in page.text
        assert one["link"] is None
        assert datetime.fromisoformat(one["expires"]).tzinfo is not None
    assert printed.stat().st_mode & 0o777 == 0o600


def test_people_import_says_the_codes_once_and_where_the_page_lies(filled: Cli, tmp_path: Path) -> None:
    target = tmp_path / "thu-moi.html"
    said = filled("people", "import", people(tmp_path / "a.xlsx", LISTED), "--out", target)
    assert said.code == 0
    assert f"Trang in cho từng người: {target}" in said.out
    page = target.read_text(encoding="utf-8")
    codes = re.findall(r"\b[A-Z2-9]{10}\b", said.out)
    assert len(codes) == 2
    assert all(code in page for code in codes)


def test_people_by_csv_and_by_vietnamese_names_of_columns(filled: Cli, tmp_path: Path) -> None:
    file = tmp_path / "nguoi.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["Cơ quan", "Họ và tên", "Chức vụ", "Số điện thoại", "Vai trò"])
        writer.writerow(["SNV", "Lê Mẫu Chi", "", "", "Lãnh đạo cơ quan"])
    assert filled("people", "import", file, "--json").json[0]["role"] == "head"


def test_position_and_phone_may_be_left_out(filled: Cli, tmp_path: Path) -> None:
    file = people(tmp_path / "a.xlsx", [("STP", "Nguyễn Mẫu An", "head")], ("agency", "name", "role"))
    assert len(filled("people", "import", file, "--json").json) == 1


def test_a_second_import_gives_new_codes_and_the_old_ones_die(filled: Cli, tmp_path: Path) -> None:
    file = people(tmp_path / "a.xlsx", LISTED)
    first, second = (filled("people", "import", file, "--json").json for _ in range(2))
    assert {one["code"] for one in first}.isdisjoint(one["code"] for one in second)


@pytest.mark.parametrize(
    ("rows", "header", "said"),
    [
        ([("STP", "A", "", "", "trưởng nhóm")], PEOPLE, "Dòng 2, cột role: vai trò “trưởng nhóm” không hợp lệ"),
        ([("STP", "", "", "", "head")], PEOPLE, "Dòng 2, cột name: ô này còn trống"),
        ([("", "A", "", "", "head")], PEOPLE, "Dòng 2, cột agency: ô này còn trống"),
        (
            [("STP", "A", "", "", "head"), ("X9", "B", "", "", "head")],
            PEOPLE,
            "Dòng 3: Không có cơ quan nào mang mã X9",
        ),
        ([("STP", "A", "head")], ("agency", "name", "role", "fax"), "có cột lạ: fax"),
        ([("STP", "A")], ("agency", "name"), "thiếu cột: role"),
        ([], PEOPLE, "không có dòng dữ liệu nào"),
    ],
)
def test_a_people_list_with_a_fault_makes_no_code(
    filled: Cli, tmp_path: Path, rows: Sequence[tuple[str, ...]], header: tuple[str, ...], said: str
) -> None:
    assert said in filled("people", "import", people(tmp_path / "a.xlsx", rows, header), "--json").refusal
    assert not (filled.folder / "invites.html").exists()
    assert counted(filled, "invites") == 0


def test_a_page_that_cannot_be_written_makes_no_code(filled: Cli, tmp_path: Path) -> None:
    refused = filled("people", "import", people(tmp_path / "a.xlsx", LISTED), "--out", tmp_path).refusal
    assert "chưa tạo mã nào" in refused
    assert counted(filled, "invites") == 0


def counted(cli: Cli, table: str) -> int:
    """How many rows a table has."""

    def count(unit: Unit) -> int:
        return int(unit.conn.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    database = open_store(read({"NHACVIEC_DATA_DIR": str(cli.folder)}))
    try:
        return database.run_now(count)
    finally:
        database.close()


@pytest.mark.parametrize("role", ["officer", "head", "coordinator", "leader"])
def test_an_invite_needs_no_network(filled: Cli, role: str) -> None:
    made = filled("invite", "STP", "--role", role, "--json").json
    assert set(made) == {"code", "link", "expires"}
    assert CODE.fullmatch(made["code"])
    assert made["link"] is None
    assert datetime.fromisoformat(made["expires"]).tzinfo is not None


def test_an_invite_links_to_the_web_chat_where_its_address_is_known(filled: Cli) -> None:
    filled.environment["NHACVIEC_PUBLIC_URL"] = "https://nhacviec.example/"
    made = filled("invite", "STP", "--role", "officer", "--json").json
    assert made["link"] == f"https://nhacviec.example/chat#{made['code']}"
    assert made["link"][:-10] in filled("invite", "STP", "--role", "officer").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("XYZ", "--role", "officer"), "Không có cơ quan nào mang mã XYZ"),
        (("STP", "--role", "vua"), "Vai trò “vua” không hợp lệ"),
        (("STP", "--role", "admin"), "Vai trò “admin” không hợp lệ"),
    ],
)
def test_an_invite_that_cannot_be_made(filled: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in filled("invite", *words).refusal


TASK_KEYS = {"id", "code", "task", "agency", "due_on", "state", "late"}


@pytest.fixture
def issued(filled: Cli, small_plan: Path) -> Cli:
    assert filled("plan", "import", small_plan).code == 0
    assert filled("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    return filled


def test_tasks_are_listed_by_agency_and_by_lateness(issued: Cli) -> None:
    rows = issued("task", "list", "--json").json
    assert all(set(row) >= TASK_KEYS for row in rows)
    assert all(re.fullmatch(r"NV-\d{4,}", row["code"]) for row in rows)
    assert [row["code"] for row in issued("task", "list", "--agency", "STP", "--json").json] == ["NV-0001"]
    late = {row["code"] for row in rows if row["late"]}
    assert {row["code"] for row in issued("task", "list", "--late", "--json").json} == late
    shown = issued("task", "list").out
    assert all(row["code"] in shown for row in rows)


def test_tasks_of_an_agency_that_is_not_there(issued: Cli) -> None:
    assert "Không có cơ quan nào mang mã XYZ" in issued("task", "list", "--agency", "XYZ", "--json").refusal


def test_an_office_without_anything_lists_nothing(cli: Cli) -> None:
    for words in (("task", "list"), ("case", "list"), ("plan", "list"), ("agency", "list")):
        assert cli(*words, "--json").json == []
        assert cli(*words).code == 0


def test_a_case_is_listed_and_shown(cli: Cli) -> None:
    code, secret = citizens_case(cli)
    (row,) = cli("case", "list", "--json").json
    assert set(row) >= {"code", "state", "agency", "received_on", "due_on", "class"}
    assert (row["code"], row["state"], row["agency"]) == (code, "waiting_reception", None)
    shown = cli("case", "show", code.lower(), "--json").json
    assert shown["code"] == code
    assert shown["content"].startswith("Bộ phận Một cửa")
    assert shown["explanation"]
    for said in (cli("case", "list").out, cli("case", "show", code).out, cli("case", "show", code, "--json").out):
        assert code in said
        assert "Phạm Mẫu Dân" not in said
        assert secret not in said


def citizens_case(cli: Cli) -> tuple[str, str]:
    """Open a case as the conversation does; return its code and its secret part."""
    database = open_store(read({"NHACVIEC_DATA_DIR": str(cli.folder)}), lambda: NOW)
    try:
        opened = database.run_now(_open)
    finally:
        database.close()
    return opened


def _open(unit: Unit) -> tuple[str, str]:
    endpoint = people_actions.endpoint(unit, "webchat", "mot-chat", NOW)
    feedback = Feedback(
        Kind.REGULATION,
        "Bộ phận Một cửa yêu cầu thêm giấy tờ không có trong quy định.",
        "Sở Tư pháp",
        Reporter("Phạm Mẫu Dân", "Xã Lam Hạ, tỉnh Sông Lam", "0900000009"),
    )
    opened = opening.open_case(unit, feedback, Origin("webchat", endpoint_id=endpoint.id), "thông báo", NOW)
    assert opened.due_on > today(NOW)
    return opened.code, opened.secret


def test_a_case_that_is_not_there(cli: Cli) -> None:
    assert "mang mã PAKN-XX-2026-000001" in cli("case", "show", "PAKN-XX-2026-000001", "--json").refusal


STATES = {"waiting", "sending", "sent", "unknown", "failed", "cancelled"}


def test_the_outbox_is_counted_by_state(issued: Cli) -> None:
    found = issued("outbox", "--json").json
    assert set(found) == {"states", "oldest_waiting", "held"}
    assert set(found["states"]) == STATES
    assert found["oldest_waiting"] is None
    assert "Chờ gửi: 0" in issued("outbox").out


def test_one_plan_more_goes_on_with_the_codes(issued: Cli, tmp_path: Path) -> None:
    file = plan(tmp_path / "hai.txt", [("1", "Việc khác", "Sở Tư pháp", "", "Quý III", "")], number="16/KH-UBND")
    assert issued("plan", "import", file).code == 0
    assert issued("plan", "issue", 2, "--at", ISSUED_AT).code == 0
    codes = [row["code"] for row in issued("task", "list", "--json").json]
    assert sorted(codes) == ["NV-0001", "NV-0002", "NV-0003", "NV-0004"]
