"""nhacviec plan …: read, import, list, doubts, settle, set, issue."""

import json
from pathlib import Path
from typing import Any

import pytest

import samples
from tests.cli.conftest import TASKS, Cli, plan, sample

ISSUED_AT = "2026-01-12T08:00:00+07:00"
DOUBT_KEYS = {"id", "task", "field", "said", "question"}
TASK_KEYS = {
    "appendix", "section", "number", "content", "lead", "coordinating", "deadline_raw", "deadline", "product"
}  # fmt: skip


@pytest.fixture
def filled(cli: Cli, offices: Path) -> Cli:
    """An office with its directory."""
    assert cli("agency", "import", offices).code == 0
    return cli


def imported(cli: Cli, file: Path) -> dict[str, Any]:
    found: dict[str, Any] = cli("plan", "import", file, "--json").json
    return found


def test_reading_prints_the_plan_and_keeps_nothing(cli: Cli, small_plan: Path) -> None:
    read = cli("plan", "read", small_plan, "--json").json
    assert read["document"] == {
        "file": "ke-hoach.txt",
        "kind": "Kế hoạch",
        "number": "15/KH-UBND",
        "date": "2026-01-09",
        "issuer": read["document"]["issuer"],
        "place": "Sông Lam",
        "year": 2026,
        "coordinating_office": read["document"]["coordinating_office"],
    }
    assert set(read) == {"document", "tasks", "indicators", "warnings"}
    assert all(set(task) >= TASK_KEYS for task in read["tasks"])
    first = read["tasks"][0]
    assert first["lead"] == ["Sở Tư pháp"]
    assert first["deadline"] == {"kind": "by_date", "date": "2026-03-20", "inclusive": False}
    assert first["deadline_raw"] == "Trước ngày 20/3/2026"
    assert not cli.folder.exists()


def test_reading_for_people(cli: Cli, small_plan: Path) -> None:
    said = cli("plan", "read", small_plan)
    assert said.code == 0
    assert said.out.startswith("Kế hoạch số 15/KH-UBND ngày 09/01/2026: 3 nhiệm vụ")
    assert said.err == ""


def test_a_plan_without_number_and_date_is_read(cli: Cli, tmp_path: Path) -> None:
    file = plan(tmp_path / "a.txt", number="    /KH-UBND", day="   ")
    document = cli("plan", "read", file, "--json").json["document"]
    assert (document["number"], document["date"]) == (None, None)


def test_importing_gives_an_id_a_count_and_the_doubts(filled: Cli, small_plan: Path) -> None:
    assert imported(filled, small_plan) == {"plan": 1, "tasks": 3, "doubts": []}
    (row,) = filled("plan", "list", "--json").json
    assert row["id"] == 1
    assert (row["number"], row["date"], row["state"], row["tasks"]) == ("15/KH-UBND", "2026-01-09", "draft", 3)


def test_the_same_file_twice_is_one_plan(filled: Cli, small_plan: Path) -> None:
    assert imported(filled, small_plan) == imported(filled, small_plan)
    assert len(filled("plan", "list", "--json").json) == 1
    assert "đã là bản nháp 1" in filled("plan", "import", small_plan).out


def test_the_same_file_again_is_read_against_the_directory_of_today(cli: Cli, offices: Path, small_plan: Path) -> None:
    assert {one["field"] for one in imported(cli, small_plan)["doubts"]} == {"agency"}
    assert cli("agency", "import", offices).code == 0
    assert imported(cli, small_plan)["doubts"] == []


def test_an_issued_file_is_not_imported_again(filled: Cli, small_plan: Path) -> None:
    imported(filled, small_plan)
    assert filled("plan", "issue", 1, "--at", ISSUED_AT, "--json").code == 0
    assert "đã được nhập và ban hành ở kế hoạch 1" in filled("plan", "import", small_plan).refusal


def test_issuing_counts_and_the_tasks_follow(filled: Cli, small_plan: Path) -> None:
    imported(filled, small_plan)
    issued = filled("plan", "issue", 1, "--at", ISSUED_AT, "--json").json
    assert issued["assignments"] == 3
    assert isinstance(issued["notices"], int)
    rows = filled("task", "list", "--json").json
    assert {(row["agency"], row["due_on"]) for row in rows} == {
        ("STP", "2026-03-19"),
        ("SNV", "2026-06-30"),
        ("VP", None),
    }
    assert {row["state"] for row in rows} == {"assigned"}
    assert filled("plan", "list", "--json").json[0]["state"] == "issued"


def test_issuing_says_it_to_people(filled: Cli, small_plan: Path) -> None:
    imported(filled, small_plan)
    assert filled("plan", "issue", 1, "--at", ISSUED_AT).out.startswith("Đã ban hành kế hoạch 1: 3 việc")


def test_a_plan_is_issued_once(filled: Cli, small_plan: Path) -> None:
    imported(filled, small_plan)
    assert filled("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    assert "đã ban hành trước đó" in filled("plan", "issue", 1).refusal
    assert len(filled("task", "list", "--json").json) == 3


def test_a_twin_of_an_issued_plan_is_refused(filled: Cli, tmp_path: Path, small_plan: Path) -> None:
    imported(filled, small_plan)
    assert filled("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    again = imported(filled, plan(tmp_path / "khac.txt", TASKS[:2]))["plan"]
    assert "đã được ban hành (mã 1)" in filled("plan", "issue", again, "--at", ISSUED_AT).refusal


@pytest.mark.parametrize(("number", "day"), [("    /KH-UBND", "09"), ("15/KH-UBND", "   ")])
def test_issue_waits_for_number_and_date(filled: Cli, tmp_path: Path, number: str, day: str) -> None:
    imported(filled, plan(tmp_path / "a.txt", number=number, day=day))
    assert "plan set 1" in filled("plan", "issue", 1, "--accept-doubts", "--at", ISSUED_AT).refusal
    assert filled("task", "list", "--json").json == []
    assert filled("plan", "set", 1, "--number", "15/KH-UBND", "--date", "09/01/2026").code == 0
    issued = filled("plan", "issue", 1, "--accept-doubts", "--at", ISSUED_AT, "--json").json
    assert issued["assignments"] == 3


def test_set_refuses_nothing_at_all_and_what_is_issued(filled: Cli, small_plan: Path) -> None:
    imported(filled, small_plan)
    assert "thêm --number hoặc --date" in filled("plan", "set", 1).refusal
    assert "thêm --number hoặc --date" in filled("plan", "set", 1, "--number", "  ").refusal
    assert "“32/01/2026” ở --date" in filled("plan", "set", 1, "--date", "32/01/2026").refusal
    assert filled("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    assert "đã ban hành" in filled("plan", "set", 1, "--number", "16/KH-UBND").refusal


def test_issue_needs_a_directory(cli: Cli, small_plan: Path) -> None:
    imported(cli, small_plan)
    assert "nhacviec agency import" in cli("plan", "issue", 1, "--accept-doubts", "--at", ISSUED_AT).refusal


@pytest.mark.parametrize("words", [("issue", 9), ("doubts", 9), ("settle", 9, 1, "STP"), ("set", 9, "--number", "1")])
def test_a_plan_that_is_not_there(cli: Cli, words: tuple[object, ...]) -> None:
    assert cli("plan", *words).refusal.startswith("Không có kế hoạch số 9. Xem danh sách bằng lệnh")


@pytest.mark.parametrize(
    "at", ["hôm nay", "2026-13-01", "12/01/2026 08:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59"]
)
def test_a_moment_that_cannot_be_read(filled: Cli, small_plan: Path, at: str) -> None:
    imported(filled, small_plan)
    assert f"“{at}” ở --at" in filled("plan", "issue", 1, "--at", at).refusal


def test_a_moment_without_a_zone_is_meant_in_viet_nam(filled: Cli, tmp_path: Path) -> None:
    # Two working days before 20/01: the question is asked by the day in Viet Nam.
    file = plan(tmp_path / "a.txt", [("1", "Ban hành", "Sở Tư pháp", "", "Đến ngày 20/01/2026", "")])
    imported(filled, file)
    assert filled("plan", "issue", 1, "--at", "2026-01-15T00:30:00", "--json").code == 0


DOUBTFUL = (
    ("1", "Rà soát thủ tục", "Sở Tư pháp Hộ tịch", "", "Trước ngày 20/3/2026", "Báo cáo"),
    ("2", "Tổng hợp", "Sở Nội vụ", "", "lúc trời đẹp", "Báo cáo"),
    ("3", "Đánh giá tác động", "Các cơ quan chủ trì soạn thảo văn bản", "", "Khi có phát sinh", "Bản đánh giá"),
)


@pytest.fixture
def doubtful(filled: Cli, tmp_path: Path) -> Cli:
    """An office with a draft that asks three things."""
    found = imported(filled, plan(tmp_path / "ngo.txt", DOUBTFUL))
    assert [(one["task"], one["field"]) for one in found["doubts"]] == [
        ("1", "agency"),
        ("2", "deadline"),
        ("3", "group"),
    ]
    return filled


def doubts(cli: Cli) -> dict[str, dict[str, Any]]:
    """The open doubts by field."""
    found = cli("plan", "doubts", 1, "--json").json
    assert all(set(one) >= DOUBT_KEYS for one in found)
    return {one["field"]: one for one in found}


def test_doubts_quote_the_source_and_ask(doubtful: Cli) -> None:
    asked = doubts(doubtful)
    assert asked["agency"]["said"] == "Sở Tư pháp Hộ tịch"
    assert "Có phải Sở Tư pháp?" in asked["agency"]["question"]
    assert "lúc trời đẹp" in asked["deadline"]["question"]
    shown = doubtful("plan", "doubts", 1).out
    assert "3 điểm" in shown
    assert "nhacviec plan settle 1" in shown


def test_issue_refuses_while_doubts_are_open(doubtful: Cli) -> None:
    refusal = doubtful("plan", "issue", 1, "--at", ISSUED_AT).refusal
    assert "còn 3 điểm cần người quyết định" in refusal
    assert "--accept-doubts" in refusal
    assert doubtful("task", "list", "--json").json == []


def test_settling_every_doubt_opens_the_way(doubtful: Cli) -> None:
    asked = doubts(doubtful)
    for field, answer in (("agency", "STP"), ("deadline", "Quý III"), ("group", "STP, SNV")):
        assert doubtful("plan", "settle", 1, asked[field]["id"], answer).code == 0
    assert doubts(doubtful) == {}
    assert "Không còn điểm nào cần hỏi" in doubtful("plan", "doubts", 1).out
    assert doubtful("plan", "issue", 1, "--at", ISSUED_AT, "--json").json["assignments"] == 4
    rows = doubtful("task", "list", "--json").json
    assert sorted((row["agency"], row["due_on"]) for row in rows if row["due_on"]) == [
        ("SNV", "2026-09-30"),
        ("STP", "2026-03-19"),
    ]


def test_a_settled_name_is_known_from_then_on(doubtful: Cli) -> None:
    assert doubtful("plan", "settle", 1, doubts(doubtful)["agency"]["id"], "STP").code == 0
    found = doubtful("agency", "match", "Sở Tư pháp Hộ tịch", "--date", "2026-01-09", "--json").json
    assert found["agencies"] == ["STP"]


@pytest.mark.parametrize(
    ("field", "answer", "said"),
    [
        ("agency", "KHONGCO", "Không có cơ quan nào mang mã KHONGCO"),
        ("agency", ",", "mã cơ quan"),
        ("deadline", "lúc trời mưa", "Chưa hiểu thời hạn “lúc trời mưa”"),
        ("deadline", "30/02/2026", "Chưa hiểu thời hạn “30/02/2026”"),
        ("group", "STP, KHONGCO", "Không có cơ quan nào mang mã KHONGCO"),
    ],
)
def test_an_answer_that_cannot_be_used_settles_nothing(doubtful: Cli, field: str, answer: str, said: str) -> None:
    before = doubts(doubtful)
    assert said in doubtful("plan", "settle", 1, before[field]["id"], answer).refusal
    assert doubts(doubtful) == before


def test_a_doubt_of_another_plan(doubtful: Cli, small_plan: Path) -> None:
    other = imported(doubtful, small_plan)["plan"]
    number = doubts(doubtful)["agency"]["id"]
    assert f"không có điểm cần hỏi số {number}" in doubtful("plan", "settle", other, number, "STP").refusal


@pytest.mark.parametrize("answer", ["bỏ qua", "bo qua", "Giữ nguyên"])
def test_passing_a_doubt_over(doubtful: Cli, answer: str) -> None:
    assert doubtful("plan", "settle", 1, doubts(doubtful)["group"]["id"], answer).code == 0
    assert set(doubts(doubtful)) == {"agency", "deadline"}


def test_a_draft_begun_to_be_settled_is_not_read_anew(doubtful: Cli, tmp_path: Path) -> None:
    assert doubtful("plan", "settle", 1, doubts(doubtful)["agency"]["id"], "STP").code == 0
    assert set(doubts(doubtful)) == {"deadline", "group"}
    imported(doubtful, tmp_path / "ngo.txt")
    assert set(doubts(doubtful)) == {"deadline", "group"}


def test_accepting_doubts_issues_and_lists_what_reaches_nobody(doubtful: Cli) -> None:
    issued = doubtful("plan", "issue", 1, "--accept-doubts", "--at", ISSUED_AT, "--json").json
    assert issued["assignments"] == 1
    assert issued["skipped"] == ["Sở Tư pháp Hộ tịch", "Các cơ quan chủ trì soạn thảo văn bản"]
    (row,) = doubtful("task", "list", "--json").json
    assert (row["agency"], row["due_on"]) == ("SNV", None)


PAST_AND_NEAR = (
    ("1", "Đã qua hạn", "Sở Tư pháp", "", "Trước ngày 05/01/2026", ""),
    ("2", "Sát hạn", "Sở Nội vụ", "", "Đến ngày 14/01/2026", ""),
    ("3", "Còn xa", "Văn phòng UBND tỉnh", "", "Đến ngày 30/6/2026", ""),
)


@pytest.fixture
def pressed(filled: Cli, tmp_path: Path) -> Cli:
    """An office with a draft whose first deadlines are past and near at the moment of issue."""
    assert imported(filled, plan(tmp_path / "gap.txt", PAST_AND_NEAR))["doubts"] == []
    return filled


def near(cli: Cli) -> dict[str, int]:
    """The questions about near dates, by the task's number."""
    return {one["task"]: one["id"] for one in cli("plan", "doubts", 1, "--json").json if one["field"] == "due"}


def test_past_and_near_dates_are_asked_once_at_issue(pressed: Cli) -> None:
    assert "còn 2 điểm" in pressed("plan", "issue", 1, "--at", ISSUED_AT).refusal
    assert "còn 2 điểm" in pressed("plan", "issue", 1, "--at", ISSUED_AT).refusal
    assert set(near(pressed)) == {"1", "2"}
    shown = pressed("plan", "doubts", 1).out
    assert "đã qua tại lúc ban hành" in shown
    assert "còn dưới 3 ngày làm việc" in shown


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        (("giữ nguyên", "giữ nguyên"), {("STP", "2026-01-04", "assigned"), ("SNV", "2026-01-14", "assigned")}),
        (("bỏ qua", "giữ nguyên"), {("SNV", "2026-01-14", "assigned")}),
        (("đã xong", "bỏ qua"), {("STP", "2026-01-04", "confirmed")}),
        (("trước ngày 20/02/2026", "Quý II"), {("STP", "2026-02-19", "assigned"), ("SNV", "2026-06-30", "assigned")}),
    ],
)
def test_past_and_near_dates_settled(pressed: Cli, answers: tuple[str, str], left: set[tuple[str, str, str]]) -> None:
    assert pressed("plan", "issue", 1, "--at", ISSUED_AT).code == 1
    for number, answer in zip(("1", "2"), answers, strict=True):
        assert pressed("plan", "settle", 1, near(pressed)[number], answer).code == 0
    assert pressed("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    rows = pressed("task", "list", "--json").json
    assert {(row["agency"], row["due_on"], row["state"]) for row in rows} == {
        *left,
        ("VP", "2026-06-30", "assigned"),
    }


def test_accepting_doubts_lets_past_dates_stand(pressed: Cli) -> None:
    issued = pressed("plan", "issue", 1, "--accept-doubts", "--at", ISSUED_AT, "--json").json
    assert issued["assignments"] == 3
    assert issued["skipped"] == []
    rows = {row["agency"]: row for row in pressed("task", "list", "--json").json}
    assert rows["STP"]["late"]
    assert rows["STP"]["due_on"] == "2026-01-04"


def test_an_issue_in_the_past_asks_only_what_was_near_then(pressed: Cli) -> None:
    issued = pressed("plan", "issue", 1, "--at", "2025-12-01T08:00:00+07:00", "--json").json
    assert issued["assignments"] == 3


@pytest.mark.parametrize("name", [samples.PLAN, samples.PLAN_AS_TEXT])
def test_the_sample_plan_by_every_door(cli: Cli, tmp_path: Path, name: str) -> None:
    for command, file in (("agency", samples.AGENCIES), ("people", samples.PEOPLE)):
        assert cli(command, "import", sample(file, tmp_path)).code == 0
    found = imported(cli, sample(name, tmp_path))
    assert found["tasks"] == 29
    issued = cli("plan", "issue", found["plan"], "--accept-doubts", "--at", ISSUED_AT, "--json").json
    rows = cli("task", "list", "--json").json
    assert len(rows) == issued["assignments"] > 500
    assert len({row["code"] for row in rows}) == len(rows)


def test_json_is_text_not_escapes(filled: Cli, small_plan: Path) -> None:
    done = filled("plan", "read", small_plan, "--json")
    assert "Sở Tư pháp" in done.out
    assert json.loads(done.out)["tasks"][0]["content"] == "Ban hành kế hoạch"


def test_the_review_sets_the_tasks_beside_the_rows_of_the_table(filled: Cli, tmp_path: Path) -> None:
    shown = filled("plan", "import", sample(samples.PLAN, tmp_path)).out
    assert "Nhiệm vụ: 29, từ 34 dòng của bảng (5 dòng đề mục)" in shown


def test_questions_of_a_mistyped_moment_are_taken_back(filled: Cli, tmp_path: Path) -> None:
    plan = imported(filled, sample(samples.PLAN, tmp_path))["plan"]
    asked = len(filled("plan", "doubts", plan, "--json").json)
    assert filled("plan", "issue", plan, "--at", "2026-12-01T08:00:00+07:00").code == 1
    assert len(filled("plan", "doubts", plan, "--json").json) > asked
    assert filled("plan", "issue", plan, "--at", ISSUED_AT).code == 1
    assert len(filled("plan", "doubts", plan, "--json").json) == asked
