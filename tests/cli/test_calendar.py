"""nhacviec calendar and nhacviec explain: shown, changed, refused, asked on a terminal."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, plan
from tests.source import ROOT

CULTURE = "NHACVIEC_CULTURE_DAY_OFF"
TASKS = (
    ("1", "Báo cáo tháng", "Sở Tư pháp", "", "Hằng tháng", "Báo cáo"),
    ("2", "Tổng hợp báo cáo", "Sở Nội vụ", "", "Trước ngày 20/3/2026", "Báo cáo"),
)
AT = "2026-01-12T08:00:00+07:00"


@pytest.fixture
def issued(cli: Cli, offices: Path, tmp_path: Path) -> Cli:
    """An office with a plan issued in January 2026, whose periods of that time are open still."""
    assert cli("agency", "import", offices).code == 0
    plan_id = cli("plan", "import", plan(tmp_path / "kh.txt", TASKS), "--json").json["plan"]
    assert cli("plan", "issue", plan_id, "--accept-doubts", "--at", AT).code == 0
    return cli


def add(cli: Cli, day: str, *more: str, kind: str = "nghỉ lễ", source: str = "12/QĐ-TTg") -> Any:
    return cli("calendar", "add", day, "--kind", kind, "--source", source, *more)


def test_a_year_with_its_documents(cli: Cli) -> None:
    found = cli("calendar", "show", "--year", 2026, "--json").json
    assert (found["version"], found["year"], found["confirmed"]) == (1, 2026, True)
    days = {one["day"]: one for one in found["days"]}
    assert days["2026-01-10"]["kind"] == "makeup_work"
    assert "12729/VPCP-KGVX" in days["2026-01-02"]["source"]
    assert found["hours"] == {"morning": ["07:30", "11:30"], "afternoon": ["13:30", "17:00"], "source": None}
    text = cli("calendar", "show", "--year", 2026).out
    assert text.startswith("Lịch làm việc năm 2026 · đã xác nhận\n")
    assert "thứ Sáu 02/01/2026: nghỉ hoán đổi với thứ Bảy 10/01/2026, văn bản 12729/VPCP-KGVX" in text
    assert cli("calendar", "show", "--year", 2027, "--json").json["confirmed"] is False


def test_a_swap_is_one_act(cli: Cli) -> None:
    done = add(cli, "2027-03-05", "--swap-with", "2027-03-06", "--json", kind="swapped_off").json
    assert [(one["day"], one["before"], one["after"]["kind"]) for one in done["days"]] == [
        ("2027-03-05", None, "swapped_off"),
        ("2027-03-06", None, "makeup_work"),
    ]
    assert (done["version"], done["reminders"], done["dues"], done["dry_run"]) == (2, 0, 0, False)
    gone = cli("calendar", "remove", "06/03/2027", "--source", "13/QĐ-TTg", "--json").json
    assert [one["after"] for one in gone["days"]] == [None, None]


def test_the_effect_is_shown_and_a_dry_run_writes_nothing(issued: Cli) -> None:
    monthly = next(one for one in issued("task", "list", "--json").json if one["period"] == "2026-01")
    shown = add(issued, "2026-12-31", "--dry-run", "--json").json
    assert shown["dry_run"] is True
    assert shown["version"] == 1
    assert add(issued, "2026-12-31", "--dry-run").out.startswith("Nếu ghi ngày này, ")
    done = add(issued, "2026-12-31", "--json").json
    assert {**shown, "version": 2, "dry_run": False} == done
    assert monthly["due_on"] == "2026-01-30"
    assert issued("calendar", "show", "--year", 2026, "--json").json["version"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "2026-11-25", "--kind", "làm bù", "--source", "1/QĐ"), "vốn là ngày làm việc"),
        (("add", "2026-02-17", "--kind", "nghỉ lễ", "--source", "1/QĐ"), "đã có trong lịch"),
        (("add", "2066-02-17", "--kind", "nghỉ lễ", "--source", "1/QĐ"), "quá xa"),
        (("add", "2027-03-05", "--kind", "nghỉ lễ", "--source", " "), "Chưa ghi căn cứ"),
        (("add", "2027-03-05", "--kind", "tiệc", "--source", "1/QĐ"), "Loại ngày “tiệc” không có"),
        (("add", "2027-03-05", "--kind", "nghỉ hoán đổi", "--source", "1/QĐ"), "cần có ngày làm bù"),
        (("add", "hôm nay", "--kind", "nghỉ lễ", "--source", "1/QĐ"), "không hợp lệ"),
        (("remove", "2027-03-05", "--source", "1/QĐ"), "không có trong lịch"),
        (("confirm", "2026", "--source", "1/QĐ"), "đã được xác nhận"),
        (("confirm", "2035", "--source", "1/QĐ"), "chưa có ngày nghỉ nào"),
        (("confirm", "20270", "--source", "1/QĐ"), "Năm 20270 không hợp lệ"),
        (("hours", "07:30-13:30", "13:00-17:00", "--source", "1/QĐ"), "Giờ hành chính chưa đúng"),
        (("hours", "07:30-11:30", "--source", "1/QĐ"), "Giờ hành chính chưa đúng"),
        (("hours", "07:30-11:30", "13:00-17:00"), "Chưa ghi căn cứ"),
    ],
)
def test_nonsense_is_refused_in_one_sentence(cli: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in cli("calendar", *words).refusal
    assert cli("calendar", "show", "--json").json["version"] == 1


def test_confirming_a_year_quiets_the_doctor(cli: Cli) -> None:
    year = cli("calendar", "show", "--json").json["year"] + 1
    done = cli("calendar", "confirm", year, "--source", "99/TB-BNV", "--json").json
    assert (done["reminders"], done["dues"]) == (0, 0)
    assert cli("calendar", "show", "--year", year, "--json").json["confirmed"] is True
    told = next(line for line in cli("doctor").out.splitlines() if "Lịch làm việc" in line)
    assert told.startswith("[tốt]")
    assert "khớp gói holidays" in told


def test_the_doctor_tells_where_the_calendar_differs_from_what_we_ship(cli: Cli) -> None:
    year = cli("calendar", "show", "--json").json["year"]
    add(cli, f"{year + 1}-03-10" if year % 2 else f"{year + 1}-03-09")
    told = next(line for line in cli("doctor").out.splitlines() if "Lịch làm việc" in line)
    assert "ở 1 ngày" in told
    assert f"/03/{year + 1} (lịch nghỉ)" in told


def test_office_hours_with_their_document(cli: Cli) -> None:
    assert "mặc định của chương trình" in cli("calendar", "hours").out
    done = cli("calendar", "hours", "07:00-11:30", "13:30-16:30", "--source", "5/QĐ-UBND", "--json").json
    assert done == {"morning": ["07:00", "11:30"], "afternoon": ["13:30", "16:30"], "source": "5/QĐ-UBND"}
    assert cli("calendar", "show", "--json").json["hours"] == done


def test_the_switch_for_the_culture_day_works_on_an_existing_database_both_ways(issued: Cli) -> None:
    def holds(environment: dict[str, str]) -> bool:
        found = issued("calendar", "show", "--year", "2026", "--json", environment=environment).json
        return any(one["day"] == "2026-11-24" for one in found["days"])

    assert not holds({})
    assert holds({CULTURE: "1"})
    assert holds({}), "a command that says nothing of the switch leaves it"
    assert not holds({CULTURE: "0"})
    version = issued("calendar", "show", "--json").json["version"]
    assert version == 3
    assert not holds({CULTURE: "0"})
    assert issued("calendar", "show", "--json").json["version"] == version, "nothing was turned"


def test_a_day_that_somebody_entered_outlives_the_switch(cli: Cli) -> None:
    add(cli, "2026-11-24", source="Luật số 9/2026")
    for turned in ("1", "0"):
        days = cli("calendar", "show", "--year", "2026", "--json", environment={CULTURE: turned}).json["days"]
        assert [one["source"] for one in days if one["day"] == "2026-11-24"] == ["nghỉ lễ, Luật số 9/2026"]


def test_a_date_explains_itself(issued: Cli) -> None:
    works = {one["period"]: one for one in issued("task", "list", "--json").json}
    found = issued("explain", works["2026-01"]["code"].lower(), "--json").json
    assert (found["due_on"], found["target"], found["words"]) == ("2026-01-30", "2026-01-30", "Hằng tháng")
    assert found["skipped"] == [{"day": "2026-01-31", "reason": "thứ Bảy"}]
    assert found["calendar"]["version"] == 1
    assert [(one["old"], one["new"], one["reason"]) for one in found["dates"]] == [(None, "2026-01-30", "giao việc")]
    assert "lấy ngày làm việc cuối cùng của kỳ" in found["dates"][0]["said"]
    assert all(set(one) == {"at", "kind", "rung", "role", "agency", "held"} for one in found["reminders"])
    text = issued("explain", works[None]["code"]).out
    assert text.startswith(f"{works[None]['code']}: vì sao hạn là thứ Năm 19/03/2026\n")
    assert "“Trước ngày” không tính chính thứ Sáu 20/03/2026" in text


@pytest.mark.parametrize("code", ["NV-9999", "PAKN-SL-2026-000001", "gì"])
def test_an_unknown_code_is_refused(cli: Cli, code: str) -> None:
    assert code in cli("explain", code).refusal


def _on_a_terminal(folder: Path, answer: str, *more: str) -> tuple[int, str]:
    """Run `calendar add` with a terminal before it and type one answer."""
    ours, theirs = pty.openpty()
    words = ("calendar", "add", "2027-03-10", "--kind", "nghỉ lễ", "--source", "12/QĐ-TTg", *more)
    environment = {**os.environ, "NHACVIEC_DATA_DIR": str(folder), "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "app.cli", *words], cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    said = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end has closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    return process.wait(30), said.decode()


@pytest.mark.parametrize(("answer", "code", "version"), [("không", 1, 1), ("", 1, 1), ("có", 0, 2)])
def test_on_a_terminal_the_effect_comes_first_and_then_a_question(
    cli: Cli, answer: str, code: int, version: int
) -> None:
    assert cli("calendar", "show", "--json").json["version"] == 1
    left, said = _on_a_terminal(cli.folder, answer)
    assert (left, "Ghi vào lịch làm việc? [có/không]" in said) == (code, True), said
    assert said.index("Nếu ghi ngày này") < said.index("[có/không]")
    assert cli("calendar", "show", "--json").json["version"] == version


def test_yes_skips_the_question(cli: Cli) -> None:
    cli("calendar", "show")
    left, said = _on_a_terminal(cli.folder, "", "--yes")
    assert left == 0
    assert "[có/không]" not in said
