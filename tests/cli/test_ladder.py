"""nhacviec ladder …: shown, chosen for the office, a plan, an agency, a task, and taken back."""

from pathlib import Path

import pytest

from domain.ladder import DEFAULT, WITH_DRAFT
from tests.cli.conftest import Cli, plan

ISSUED_AT = "2026-01-12T08:00:00+07:00"


@pytest.fixture
def drafted(cli: Cli, offices: Path, small_plan: Path) -> Cli:
    assert cli("agency", "import", offices).code == 0
    assert cli("plan", "import", small_plan).code == 0
    return cli


def chosen(cli: Cli, *words: object) -> str:
    return str(cli("ladder", "show", *words, "--json").json["name"])


def test_what_comes_with_the_program(cli: Cli) -> None:
    found = cli("ladder", "show", "--json").json
    assert set(found) == {"name", "internal_days", "rungs", "overrides", "shipped"}
    assert found["name"] == DEFAULT.name
    assert found["shipped"] == [DEFAULT.name, WITH_DRAFT.name]
    assert found["rungs"][0] == {
        "name": "issue",
        "base": "issue",
        "days": 0,
        "role": "officer",
        "at": "08:00",
        "kind": "assigned",
    }
    assert "trước hạn chính thức 5 ngày làm việc" in cli("ladder", "show", WITH_DRAFT.name).out


def test_a_file_that_was_shown_can_be_changed_and_used(drafted: Cli, tmp_path: Path) -> None:
    file = tmp_path / "rieng.toml"
    text = drafted("ladder", "show", "--toml").out
    file.write_text(text.replace("mặc định", "của tỉnh").replace("days = -3", "days = -4"), encoding="utf-8")
    assert "việc đã ban hành giữ nguyên" in drafted("ladder", "set", file).out
    assert chosen(drafted) == chosen(drafted, "--plan", 1) == "của tỉnh"
    assert chosen(drafted, "của tỉnh") == "của tỉnh"
    assert drafted("ladder", "clear").code == 0
    assert chosen(drafted) == DEFAULT.name


def test_the_nearest_choice_counts(drafted: Cli) -> None:
    assert drafted("ladder", "set", WITH_DRAFT.name, "--plan", 1).code == 0
    assert drafted("ladder", "set", DEFAULT.name, "--plan", 1, "--agency", "SNV").code == 0
    assert drafted("ladder", "set", DEFAULT.name, "--plan", 1, "--task", "1").code == 0
    assert chosen(drafted, "--plan", 1) == WITH_DRAFT.name
    assert chosen(drafted, "--plan", 1, "--agency", "SNV") == DEFAULT.name
    assert chosen(drafted, "--plan", 1, "--task", "1") == DEFAULT.name
    told = drafted("ladder", "show", "--plan", 1, "--json").json["overrides"]
    assert told == [
        {"task": None, "agency": None, "ladder": WITH_DRAFT.name},
        {"task": None, "agency": "SNV", "ladder": DEFAULT.name},
        {"task": "1", "agency": None, "ladder": DEFAULT.name},
    ]
    assert "Riêng mục 1" in drafted("ladder", "show", "--plan", 1).out
    assert drafted("ladder", "clear", "--plan", 1, "--task", "1").code == 0
    assert chosen(drafted, "--plan", 1, "--task", "1") == WITH_DRAFT.name


def test_a_task_by_its_assignments_code(drafted: Cli) -> None:
    assert drafted("plan", "issue", 1, "--at", ISSUED_AT).code == 0
    assert drafted("ladder", "set", WITH_DRAFT.name, "--task", "nv-0001").code == 0
    assert drafted("ladder", "show", "--plan", 1, "--json").json["overrides"][0]["task"] == "1"
    assert "NV-0009" in drafted("ladder", "set", WITH_DRAFT.name, "--task", "NV-0009").refusal


def test_a_row_that_stands_twice_is_named_in_full(cli: Cli, offices: Path, tmp_path: Path) -> None:
    assert cli("agency", "import", offices).code == 0
    twice = (
        ("I", "NHÓM MỘT", "", "", "", ""),
        ("1", "Ban hành kế hoạch", "Sở Tư pháp", "", "Trước ngày 20/3/2026", ""),
        ("II", "NHÓM HAI", "", "", "", ""),
        ("1", "Tổng hợp báo cáo", "Sở Nội vụ", "", "Trước ngày 20/4/2026", ""),
    )
    assert cli("plan", "import", plan(tmp_path / "hai-nhom.txt", twice)).code == 0
    assert "I.1, II.1" in cli("ladder", "set", WITH_DRAFT.name, "--plan", 1, "--task", "1").refusal
    assert cli("ladder", "set", WITH_DRAFT.name, "--plan", 1, "--task", "II.1").code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "không có"), "“không có”"),
        (("set", "khong-co.toml"), "khong-co.toml"),
        (("set", DEFAULT.name, "--plan", 9), "kế hoạch số 9"),
        (("set", DEFAULT.name, "--plan", 1, "--agency", "XX"), "mã XX"),
        (("set", DEFAULT.name, "--plan", 1, "--task", "9.9"), "mục 9.9"),
        (("set", DEFAULT.name, "--agency", "STP"), "--plan"),
        (("clear",), "không có lịch nhắc riêng"),
        (("clear", "--plan", 1), "không có lịch nhắc riêng"),
        (("show", "lạ"), "“lạ”"),
        (("show", "--plan", 9), "kế hoạch số 9"),
    ],
)
def test_refusals(drafted: Cli, words: tuple[object, ...], said: str) -> None:
    assert said in drafted("ladder", *words).refusal


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name = ", "TOML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"#" * 70_000, "quá lớn"),
        (
            b'name = "a"\n[[rung]]\nname = "issue"\nbase = "issue"\nrole = "officer"\nkind = "assigned"\n',
            "nhắc trước hạn",
        ),
    ],
)
def test_a_file_that_is_no_ladder(drafted: Cli, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "hong.toml"
    file.write_bytes(content)
    assert said in drafted("ladder", "set", file).refusal
    assert chosen(drafted) == DEFAULT.name
