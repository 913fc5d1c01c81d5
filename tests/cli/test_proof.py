"""nhacviec task proof: for people, for scripts, for paper."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

KEYS = {
    "code", "task", "agency", "plan", "due_on", "due_dates", "state", "told_at", "acknowledged_at", "told",
    "unreached", "deeds",
}  # fmt: skip


@pytest.fixture
def issued(cli: Cli, offices: Path, small_plan: Path) -> Cli:
    assert cli("agency", "import", offices).code == 0
    assert cli("plan", "import", small_plan).code == 0
    assert cli("plan", "issue", 1, "--at", "2026-01-12T08:00:00+07:00").code == 0
    return cli


def test_json_holds_the_plan_the_dates_and_what_was_told(issued: Cli) -> None:
    found = issued("task", "proof", "nv-0001", "--json").json
    assert set(found) == KEYS
    assert found["plan"] == {"kind": "Kế hoạch", "number": "15/KH-UBND", "date": "2026-01-09"}
    assert found["due_on"] == "2026-03-19"
    assert [one["due_on"] for one in found["due_dates"]] == ["2026-03-19"]
    assert (found["told"], found["told_at"], found["acknowledged_at"]) == ([], None, None)


def test_all_agencies_are_a_list(issued: Cli) -> None:
    found = issued("task", "proof", "NV-0001", "--all", "--json").json
    assert [one["code"] for one in found] == ["NV-0001"]


def test_a_page_is_written_that_needs_nothing_else(issued: Cli, tmp_path: Path) -> None:
    page = tmp_path / "NV-0001.html"
    said = issued("task", "proof", "NV-0001", "--html", page)
    assert "Đã ghi" in said.out
    text = page.read_text(encoding="utf-8")
    assert "Bảng chứng minh đã thông báo" in text
    assert "@page" in text
    assert "<link" not in text
    assert "/static/" not in text


def test_people_read_it_in_a_terminal(issued: Cli) -> None:
    said = issued("task", "proof", "NV-0001").out
    assert "NV-0001 · Sở Tư pháp · hạn 19/03/2026 · chưa nhận" in said
    assert "Hạn 19/03/2026: giao việc" in said


@pytest.mark.parametrize("code", ["NV-9999", "việc đầu"])
def test_what_is_no_task_is_refused(issued: Cli, code: str) -> None:
    assert code.split("-")[-1] in issued("task", "proof", code).refusal


def test_a_page_that_cannot_be_written_is_refused(issued: Cli, tmp_path: Path) -> None:
    done = issued("task", "proof", "NV-0001", "--html", tmp_path / "khong-co" / "a.html")
    assert done.code == 1
    assert done.out == ""
    assert done.err.count("\n") == 1
