"""People, mergers and the year's end by command: nhacviec people list/leave, agency succeed, plan close."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from actions import people
from app.settings import read
from app.wiring import open_store
from domain.local import VIETNAM
from storage.database import Unit
from tests.cli.conftest import OFFICES, Cli, directory

ISSUED_AT = "2026-01-12T08:00:00+07:00"
NOW = datetime(2026, 1, 13, 9, 0, tzinfo=VIETNAM)
BASIS = "18/NQ-HĐND ngày 20/02/2026"
MEMBER = {"id", "name", "position", "agency", "role", "state", "reachable", "by_mail", "substitute", "until"}
MERGER = {
    "from", "to", "on", "dry_run", "assignments", "merged", "cases", "requests", "tasks", "reminders", "people",
    "invites"
}  # fmt: skip


@pytest.fixture
def issued(cli: Cli, offices: Path, small_plan: Path) -> Cli:
    """An office with a plan in force: STP by 20/3, SNV in the second quarter, VP all year."""
    assert cli("agency", "import", offices).code == 0
    assert cli("plan", "import", small_plan).code == 0
    assert cli("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    return cli


def test_a_merger_is_tried_then_done_once(issued: Cli) -> None:
    words = ("agency", "succeed", "STP", "SNV", "--on", "2026-03-01", "--basis", BASIS)
    trial = issued(*words, "--dry-run", "--json").json
    assert set(trial) == MERGER
    assert (trial["assignments"], trial["dry_run"]) == (1, True)
    assert [one["agency"] for one in issued("task", "list", "--agency", "STP", "--json").json] == ["STP"]
    assert issued(*words, "--json").json == {**trial, "dry_run": False}
    assert issued("task", "list", "--agency", "STP", "--json").json == []
    assert len(issued("task", "list", "--agency", "SNV", "--json").json) == 2
    old = next(one for one in issued("agency", "list", "--json").json if one["code"] == "STP")
    assert (old["valid_to"], old["successor"]) == ("2026-02-28", "SNV")
    assert "đã được cơ quan khác kế thừa" in issued(*words).refusal


def test_a_merger_for_people(issued: Cli) -> None:
    words = ("agency", "succeed", "STP", "SNV", "--on", "01/03/2026", "--basis", BASIS)
    assert issued(*words, "--dry-run").out.startswith("Sẽ chuyển từ STP sang SNV từ Chủ nhật 01/03/2026: 1 việc")
    assert "Việc đã đóng vẫn ở STP" in issued(*words).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("STP", "KHONG", "--on", "2026-03-01", "--basis", BASIS), "mã KHONG"),
        (("STP", "STP", "--on", "2026-03-01", "--basis", BASIS), "một cơ quan khác"),
        (("STP", "SNV", "--on", "hôm qua", "--basis", BASIS), "“hôm qua” ở --on"),
        (("STP", "SNV", "--on", "2199-03-01", "--basis", BASIS), "chưa đến"),
        (("STP", "SNV", "--on", "2026-03-01", "--basis", " "), "--basis"),
    ],
)
def test_a_merger_that_is_refused(issued: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in issued("agency", "succeed", *words, "--json").refusal


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"STP": {"parent": "KHONG"}}, "Dòng mã STP, cột parent: không có cơ quan nào mang mã “KHONG”"),
        ({"STP": {"successor": "KHONG"}}, "Dòng mã STP, cột successor: không có cơ quan nào mang mã “KHONG”"),
        ({"STP": {"parent": "STP"}}, "Dòng mã STP, cột parent: các mã chỉ vòng quanh (STP → STP)"),
        ({"STP": {"successor": "SNV"}, "SNV": {"successor": "STP"}}, "vòng quanh (STP → SNV → STP)"),
    ],
)
def test_a_directory_that_points_nowhere_or_in_a_ring(
    cli: Cli, tmp_path: Path, changes: Mapping[str, Mapping[str, str]], said: str
) -> None:
    rows = [{**row, **changes.get(row["code"], {})} for row in OFFICES]
    columns = ("code", "name", "aliases", "level", "parent", "valid_from", "valid_to", "coordinating", "successor")
    file = directory(tmp_path / "a.csv", rows, columns)
    assert said in cli("agency", "import", file, "--json").refusal
    assert cli("agency", "list", "--json").json == []


def test_a_ring_that_only_the_directory_closes(cli: Cli, tmp_path: Path, offices: Path) -> None:
    assert cli("agency", "import", offices).code == 0
    for parent, child in (("SNV", "STP"), ("STP", "SNV")):
        row = {"code": child, "name": f"Sở {child}", "level": "province_department", "parent": parent}
        done = cli("agency", "import", directory(tmp_path / "b.csv", [row]))
    assert "vòng quanh (SNV → STP → SNV)" in done.refusal


def test_people_are_listed_without_their_phones_and_leave(issued: Cli, tmp_path: Path) -> None:
    assert issued("people", "list", "--json").json == []
    _join(issued, "STP", "officer")
    (one,) = issued("people", "list", "--agency", "STP", "--json").json
    assert set(one) == MEMBER
    assert (one["agency"], one["role"], one["state"], one["reachable"]) == ("STP", "officer", "active", True)
    assert issued("people", "list", "--agency", "SNV", "--json").json == []
    assert "đầu mối" in issued("people", "list").out
    left = issued("people", "leave", one["id"], "--agency", "STP", "--json").json
    assert left == [{"agency": "STP", "role": "officer", "unheard": 1}]
    assert issued("people", "list", "--json").json == []
    assert "không còn vai trò nào" in issued("people", "leave", one["id"]).refusal


def _join(cli: Cli, agency: str, role: str) -> None:
    """Let somebody join by a code, as the chat does."""
    code = cli("invite", agency, "--role", role, "--json").json["code"]

    def by_code(unit: Unit) -> None:
        endpoint = people.endpoint(unit, "web", "mot-chat", NOW)
        people.join(unit, endpoint.id, None, code, "Trần Mẫu Bình", NOW)

    database = open_store(read({"NHACVIEC_DATA_DIR": str(cli.folder)}), lambda: NOW)
    try:
        database.run_now(by_code)
    finally:
        database.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--agency", "KHONG"), "mã KHONG"),
        (("leave", "7"), "mã 7"),
        (("leave", "7", "--agency", "KHONG"), "mã 7"),
    ],
)
def test_people_that_are_not_there(issued: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in issued("people", *words, "--json").refusal


def test_a_plan_lists_what_is_unfinished_and_closes_when_all_is_decided(issued: Cli) -> None:
    listed = issued("plan", "close", 1, "--json").json
    assert (listed["plan"], listed["closed"], listed["carried"], listed["ended"]) == (1, False, 0, 0)
    assert [(one["code"], one["agency"], one["state"]) for one in listed["open"] if one["group"] == "undated"] == [
        ("NV-0003", "VP", "assigned")
    ]
    assert all(set(one) == {"code", "agency", "due_on", "state", "group"} for one in listed["open"])
    assert "còn 3 việc chưa xong" in issued("plan", "close", 1).out
    assert "Còn 1 việc chưa quyết định: NV-0002" in issued("plan", "close", 1, "--carry", "nv-0001").refusal
    done = issued(
        "plan", "close", 1, "--carry", "NV-0001=2035-01-31", "--end", "NV-0002=đã gửi qua hệ thống", "--json"
    ).json
    assert (done["closed"], done["carried"], done["ended"]) == (True, 1, 2)
    assert [(one["code"], one["due_on"]) for one in done["open"]] == [("NV-0001", "2035-01-31")]
    states = {one["code"]: one["state"] for one in issued("task", "list", "--json").json}
    assert states == {"NV-0001": "assigned", "NV-0002": "cancelled", "NV-0003": "cancelled"}
    assert [one["state"] for one in issued("plan", "list", "--json").json] == ["closed"]
    assert "đã kết thúc" in issued("plan", "list").out
    assert "đã kết thúc từ" in issued("plan", "close", 1, "--json").refusal


def test_all_that_is_left_is_carried_by_one_word(issued: Cli) -> None:
    done = issued("plan", "close", 1, "--end", "NV-0003=hết năm", "--carry-all", "2035-01-31", "--json").json
    assert (done["closed"], done["carried"], done["ended"]) == (True, 2, 1)
    assert {one["due_on"] for one in done["open"]} == {"2035-01-31"}


def test_a_plan_with_nothing_open_closes_at_once(issued: Cli) -> None:
    assert issued("plan", "close", 1, "--end-all", "không còn phù hợp").out.startswith(
        "Đã kết thúc kế hoạch 1: 0 việc chuyển sang năm sau, 3 việc kết thúc."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((9,), "Không có kế hoạch số 9"),
        ((1, "--carry", "NV-0009"), "NV-0009 không phải việc chưa xong"),
        ((1, "--carry", "NV-0001=mai"), "“mai” ở --carry"),
        ((1, "--carry", "NV-0001", "--carry", "nv-0001=2035-01-31"), "NV-0001 được ghi hai lần"),
        ((1, "--end", "NV-0001"), "phải kèm lý do"),
        ((1, "--end-all", " "), "phải kèm lý do"),
        ((1, "2035-01-31"), "chỉ đi cùng --carry-all"),
        ((1, "--carry-all", "2020-01-31"), "đã qua"),
        ((1, "--carry-all", "--end-all", "x"), "Chỉ dùng một trong hai"),
    ],
)
def test_a_closing_that_is_refused_writes_nothing(issued: Cli, words: tuple[object, ...], said: str) -> None:
    before = issued("task", "list", "--json").out
    assert said in issued("plan", "close", *words, "--json").refusal
    assert issued("task", "list", "--json").out == before
    assert json.loads(issued("plan", "list", "--json").out)[0]["state"] == "issued"


def test_a_draft_is_not_closed(cli: Cli, offices: Path, small_plan: Path) -> None:
    cli("agency", "import", offices)
    cli("plan", "import", small_plan)
    assert "chưa ban hành" in cli("plan", "close", 1).refusal
