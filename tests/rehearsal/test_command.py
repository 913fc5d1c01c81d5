"""nhacviec rehearse for people: what it tells, the texts, the workbook."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Cli, cli, offices, small_plan

__all__ = ["cli", "offices", "small_plan"]

DAYS = ("--from", "2026-01-12", "--to", "2026-01-30")


def test_it_tells_how_much_whom_and_when(cli: Cli, offices: Path, small_plan: Path) -> None:
    said = cli("rehearse", small_plan, "--agencies", offices, *DAYS)
    assert said.code == 0, said.err
    assert "Diễn tập Kế hoạch số 15/KH-UBND, 12/01/2026 đến 30/01/2026" in said.out
    assert "Nhiều nhất trong một tuần: 1 tin (" in said.out
    assert "Đã kiểm: mọi tin trong giờ hành chính" in said.out
    assert "Người nhận nhiều nhất" in said.out
    assert "Ngày nhiều tin nhất" in said.out
    assert "Giao Sở Tư pháp chủ trì" not in said.out


def test_texts_are_told_on_request(cli: Cli, offices: Path, small_plan: Path) -> None:
    said = cli("rehearse", small_plan, "--agencies", offices, *DAYS, "--texts").out
    assert "08:00 thứ Hai 12/01/2026 · officer:STP" in said or "07:30 thứ Hai 12/01/2026 · officer:STP" in said
    assert "Giao Sở Tư pháp chủ trì" in said


def test_the_workbook_holds_what_json_tells(cli: Cli, offices: Path, small_plan: Path, tmp_path: Path) -> None:
    book = tmp_path / "dien-tap.xlsx"
    rows = cli("rehearse", small_plan, "--agencies", offices, *DAYS, "--json", "--xlsx", book).lines
    sheet = load_workbook(book)["Tin nhắn"]
    assert [cell.value for cell in sheet["G"]][1:] == [row["text"] for row in rows]


def test_the_offices_own_calendar_and_hotline_count(cli: Cli, offices: Path, small_plan: Path) -> None:
    assert cli("agency", "import", offices).code == 0
    added = cli("calendar", "add", "2026-01-19", "--kind", "holiday", "--source", "12/UBND-VX ngày 02/01/2026", "--yes")
    assert added.code == 0, added.err
    hotline = {"NHACVIEC_HOTLINE": "Phòng Mẫu, 0900 000 000"}
    rows = cli("rehearse", small_plan, *DAYS, "--json", environment=hotline).lines
    assert "2026-01-19" not in {row["at"][:10] for row in rows}
    assert any("0900 000 000" in row["text"] for row in rows)
    plain = cli("rehearse", small_plan, "--agencies", offices, *DAYS, "--json").lines
    assert "2026-01-19" in {row["at"][:10] for row in plain}


@pytest.mark.parametrize("name", ["khong-co/dien-tap.xlsx", "."])
def test_a_workbook_that_cannot_be_written(
    cli: Cli, offices: Path, small_plan: Path, tmp_path: Path, name: str
) -> None:
    said = cli("rehearse", small_plan, "--agencies", offices, *DAYS, "--xlsx", tmp_path / name).refusal
    assert "--xlsx" in said
