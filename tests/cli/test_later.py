"""What comes after the first issue: rehearsing, amending, hanging a later document under a row."""

from pathlib import Path

import pytest

from tests.cli.conftest import TASKS, Cli, plan

ISSUED_AT = "2026-01-12T08:00:00+07:00"
MESSAGE = {"at", "recipient", "role", "agency", "kind", "subjects", "channel", "text"}
SUBJECT = {"code", "kind", "due_on"}
ROLES = {"officer", "head", "coordinator", "leader"}


@pytest.fixture
def filled(cli: Cli, offices: Path) -> Cli:
    assert cli("agency", "import", offices).code == 0
    return cli


@pytest.fixture
def issued(filled: Cli, small_plan: Path) -> Cli:
    assert filled("plan", "import", small_plan).code == 0
    assert filled("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    return filled


DAYS = ("--from", "2026-01-12", "--to", "2026-01-30", "--json")


def test_a_rehearsal_prints_one_message_a_line_and_keeps_nothing(cli: Cli, offices: Path, small_plan: Path) -> None:
    rows = cli("rehearse", small_plan, "--agencies", offices, *DAYS).lines
    assert rows
    for row in rows:
        assert set(row) == MESSAGE
        assert row["at"].endswith("+07:00")
        assert row["role"] in ROLES
        assert all(set(subject) == SUBJECT for subject in row["subjects"])
    assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)
    assert not (cli.folder / "nhacviec.db").exists()


def test_a_rehearsal_by_id_and_by_file_say_the_same(filled: Cli, small_plan: Path) -> None:
    assert filled("plan", "import", small_plan).code == 0
    by_id, by_file = filled("rehearse", 1, *DAYS).lines, filled("rehearse", small_plan, *DAYS).lines
    assert [(row["at"], row["agency"], row["text"]) for row in by_id] == [
        (row["at"], row["agency"], row["text"]) for row in by_file
    ]
    assert filled("task", "list", "--json").json == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2026-02-01", "--to", "2026-01-01"), "--to"),
        (("--from", "hôm nay", "--to", "2026-01-01"), "“hôm nay” ở --from"),
        (("--from", "2026-01-12", "--to", "2026-01-13", "--answers", "always"), "--answers"),
        (("--from", "2026-01-12", "--to", "2026-01-13", "--agencies", "khong-co.csv"), "khong-co.csv"),
    ],
)
def test_a_rehearsal_that_cannot_be(filled: Cli, small_plan: Path, words: tuple[str, ...], said: str) -> None:
    assert said in filled("rehearse", small_plan, *words, "--json").refusal


@pytest.mark.parametrize("named", ["9", "99999999999999999999", "khong-co.docx"])
def test_a_plan_that_cannot_be_rehearsed(filled: Cli, named: str) -> None:
    assert filled("rehearse", named, *DAYS).refusal


AMENDED = (
    TASKS[0],
    ("2", "Tổng hợp báo cáo", "Sở Nội vụ", "", "Quý III năm 2026", "Báo cáo"),
    ("3", "Tập huấn cán bộ đầu mối", "Văn phòng UBND tỉnh", "", "Tháng 5/2026", "Hội nghị"),
)


def test_a_difference_is_shown_and_then_taken_into_force(issued: Cli, tmp_path: Path) -> None:
    file = plan(tmp_path / "sua-doi.txt", AMENDED)
    shown = issued("plan", "diff", 1, file, "--json").json
    assert set(shown) == {"added", "changed", "dropped", "same"}
    assert [one["content"] for one in shown["added"]] == ["Tập huấn cán bộ đầu mối"]
    assert [set(one["changes"]) for one in shown["changed"]] == [{"deadline"}]
    assert [one["content"] for one in shown["dropped"]] == ["Theo dõi, đôn đốc"]
    before = {row["code"]: row for row in issued("task", "list", "--json").json}
    done = issued("plan", "amend", 1, file, "--accept-doubts", "--json").json
    assert done == {"added": 1, "moved": 1, "cancelled": 1}
    after = {row["code"]: row for row in issued("task", "list", "--json").json}
    assert set(before) < set(after)
    assert sorted(row["due_on"] or "" for row in after.values() if row["state"] != "cancelled") == [
        "2026-03-19",
        "2026-05-31",
        "2026-09-30",
    ]


@pytest.mark.parametrize("command", ["diff", "amend"])
def test_a_plan_that_is_not_there_has_no_amendment(filled: Cli, small_plan: Path, command: str) -> None:
    assert "Không có kế hoạch số 9" in filled("plan", command, 9, small_plan).refusal


def test_a_draft_is_not_amended(filled: Cli, tmp_path: Path, small_plan: Path) -> None:
    assert filled("plan", "import", small_plan).code == 0
    assert filled("plan", "amend", 1, plan(tmp_path / "b.txt", AMENDED)).refusal


def test_a_later_document_hangs_under_the_row_that_waits(filled: Cli, tmp_path: Path) -> None:
    waiting = plan(tmp_path / "cho.txt", [("1", "Kiểm tra", "Sở Nội vụ", "", "Theo Kế hoạch riêng", "")])
    assert filled("plan", "import", waiting).code == 0
    assert filled("plan", "issue", 1, "--accept-doubts", "--at", ISSUED_AT).code == 0
    later = plan(tmp_path / "rieng.txt", TASKS, number="20/KH-UBND")
    assert filled("plan", "attach", "nv-0001", later, "--json").json == {"plan": 2, "tasks": 3}


@pytest.mark.parametrize("code", ["NV-9999", "X"])
def test_a_document_under_no_row_is_not_imported(issued: Cli, tmp_path: Path, code: str) -> None:
    later = plan(tmp_path / "rieng.txt", TASKS[:1], number="20/KH-UBND")
    assert issued("plan", "attach", code, later).refusal
    assert len(issued("plan", "list", "--json").json) == 1
