"""nhacviec incident: a breach from its discovery to its last step, and whom it touches."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from app.timing import system_clock
from domain.local import local
from tests.cli.citizens import WHO, open_one
from tests.cli.conftest import Cli


def _ago(hours: int) -> str:
    return f"{local(system_clock() - timedelta(hours=hours)):%Y-%m-%dT%H:%M}"


def test_an_incident_is_counted_down_and_closes_with_its_last_step(cli: Cli) -> None:
    made = cli("incident", "open", "Mất máy tính có dữ liệu phản ánh", "--found", _ago(30), "--json").json
    assert (made["code"], made["closed"]) == ("SC-0001", False)
    assert made["steps"]["authority"] == "open"
    shown = cli("incident", "show", "sc-0001").out
    assert "còn 41 giờ" in shown or "còn 42 giờ" in shown
    assert "hậu quả có thể xảy ra" in shown
    late = cli("incident", "open", "Gửi nhầm danh sách người phản ánh", "--found", _ago(80), "--json").json
    assert late["steps"]["authority"] == "late"
    assert "bắt buộc" in cli("incident", "step", "SC-0001", "authority", "--skip", "không cần").refusal
    for step in ("contain", "record", "authority", "remedy"):
        assert cli("incident", "step", "SC-0001", step).code == 0
    assert "đã được ghi" in cli("incident", "step", "SC-0001", "contain").refusal
    done = cli("incident", "step", "SC-0001", "people", "--skip", "dữ liệu đã mã hoá", "--json").json
    assert done["closed"]
    assert done["steps"]["people"] == "skipped"
    assert "đã đóng" in cli("incident", "step", "SC-0001", "people").refusal
    assert [one["code"] for one in cli("incident", "list", "--json").json] == ["SC-0002", "SC-0001"]


def test_whom_it_touches_is_written_once_and_the_reading_is_kept(cli: Cli, tmp_path: Path) -> None:
    code = open_one(cli).code
    assert cli("incident", "open", "Lộ danh sách phản ánh", "--case", code).code == 0
    out = tmp_path / "nguoi.csv"
    assert "Đã ghi 1 người" in cli("incident", "affected", "SC-0001", out).out
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[1] == [code, WHO.name, WHO.address, WHO.phone, WHO.email, ""]
    assert out.stat().st_mode & 0o077 == 0
    assert "đã có" in cli("incident", "affected", "SC-0001", out).refusal


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("open", "ngắn"), "10 đến 4000"),
        (("open", "Một sự cố đã xảy ra", "--found", "2999-01-01T00:00"), "tương lai"),
        (("open", "Một sự cố đã xảy ra", "--found", "hôm qua"), "không phải thời điểm"),
        (("open", "Một sự cố đã xảy ra", "--since", "31/01"), "không phải ngày"),
        (("open", "Một sự cố đã xảy ra", "--case", "PAKN-SL-2026-999999"), "Không có phản ánh mang mã"),
        (("show", "SC-0009"), "Không tìm thấy"),
    ],
)
def test_what_is_refused(cli: Cli, words: tuple[str, ...], said: str) -> None:
    assert said in cli("incident", *words).refusal
