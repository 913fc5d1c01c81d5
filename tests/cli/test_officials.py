"""Ranks and follows by the operator's commands, and heads who confirm first."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Cli

COLUMNS = ("agency", "name", "chức vụ", "phone", "role", "Thư điện tử")
ROWS = (
    ("STP", "Nguyễn Mẫu An", "Chuyên viên", "", "officer", "an@stp.example.vn"),
    ("VP", "Hoàng Mẫu Lan", "Trưởng phòng Tổng hợp", "", "coordinator", "lan@vp.example.vn"),
)


@pytest.fixture
def office(cli: Cli, offices: Path, tmp_path: Path) -> Cli:
    """An office with a directory and an officer who holds a seat."""
    assert cli("agency", "import", offices).code == 0
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (COLUMNS, *ROWS):
        sheet.append(row)
    book.save(tmp_path / "people.xlsx")
    assert cli("people", "import", tmp_path / "people.xlsx", "--json").code == 0
    return cli


def test_ranks_are_given_and_what_is_followed_is_listed(office: Cli) -> None:
    ids = {one["name"]: one["id"] for one in office("people", "list", "--json").json}
    lan, an = ids["Hoàng Mẫu Lan"], ids["Nguyễn Mẫu An"]
    assert office("people", "rank", lan, "Phó Chánh Văn phòng", "--json").json == {"id": lan, "rank": 2}
    assert "“giám đốc”" in office("people", "rank", lan, "giám đốc").refusal
    assert "không thuộc Văn phòng" in office("people", "rank", an, "1").refusal

    assert office("people", "follow", lan, "--json").json == []
    assert office("people", "follow", lan, "sở tư pháp", "--json").json == [{"id": 1, "follows": "Sở Tư pháp"}]
    said = office("people", "follow", lan, "các xã, phường", "--json").json
    assert said[-1]["follows"] == "các xã, phường, đặc khu"
    assert "rồi" in office("people", "follow", lan, "STP").refusal
    assert "không có trong danh mục" in office("people", "follow", lan, "Sở Vũ trụ").refusal
    assert "không có trong danh mục" in office("people", "follow", lan, "99/KH-UBND phần II").refusal
    assert "mang mã 9" in office("people", "follow", lan, "--end", "9").refusal
    assert [one["id"] for one in office("people", "follow", lan, "--end", "1", "--json").json] == [2]
    for stranger in (an, 999):
        assert "không thuộc Văn phòng" in office("people", "follow", stranger, "STP").refusal


def test_heads_confirm_first_where_the_plan_is_set_so(office: Cli, small_plan: Path) -> None:
    plan = office("plan", "import", small_plan, "--json").json["plan"]
    assert "cách xác nhận" in office("plan", "set", plan, "--head-confirms").out
    assert "số, ngày" in office("plan", "set", plan, "--head-confirms", "--number", "16/KH-UBND").out
    assert "cách xác nhận" in office("plan", "set", plan, "--no-head-confirms").out
    assert "--number" in office("plan", "set", plan).refusal
