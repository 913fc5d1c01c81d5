"""Mail addresses in a people list: who holds a seat by one, and which are refused."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.conftest import Cli

COLUMNS = ("agency", "name", "chức vụ", "phone", "role", "Thư điện tử")


def people(file: Path, *rows: tuple[str, ...]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (COLUMNS, *rows):
        sheet.append(row)
    book.save(file)
    return file


AN = ("STP", "Nguyễn Mẫu An", "Chuyên viên", "", "officer", "An.Nguyen@stp.example.vn")
HOA = ("STP", "Lý Mẫu Hòa", "Giám đốc", "", "head", "")


@pytest.fixture
def office(cli: Cli, offices: Path) -> Cli:
    """An office with a directory."""
    assert cli("agency", "import", offices).code == 0
    return cli


def test_who_has_an_address_holds_the_seat_and_can_be_reached(office: Cli, tmp_path: Path) -> None:
    assert len(office("people", "import", people(tmp_path / "a.xlsx", AN, HOA), "--json").json) == 2
    (listed,) = office("people", "list", "--json").json
    assert (listed["name"], listed["state"], listed["reachable"], listed["by_mail"]) == (AN[1], "active", True, True)
    said = office("people", "list").out
    assert "nhận qua thư" in said
    assert "stp.example.vn" not in said


def test_importing_again_changes_nothing_of_the_seat(office: Cli, tmp_path: Path) -> None:
    file = people(tmp_path / "a.xlsx", AN)
    for _ in range(2):
        office("people", "import", file, "--json")
    assert len(office("people", "list", "--json").json) == 1


@pytest.mark.parametrize(
    "address", ["an", "an@stp, b@stp", "nguyễn@stp.vn", "An <a@b.vn>", f"{'a' * 80}@b.vn", "a@b..vn"]
)
def test_what_is_no_address_refuses_the_whole_list(office: Cli, tmp_path: Path, address: str) -> None:
    refused = office("people", "import", people(tmp_path / "a.xlsx", (*AN[:5], address)), "--json").refusal
    assert "Dòng 2, cột thư điện tử" in refused
    assert office("people", "list", "--json").json == []


def test_an_address_of_two_people_refuses_the_whole_list(office: Cli, tmp_path: Path) -> None:
    twice = (*HOA[:5], AN[5].lower())
    refused = office("people", "import", people(tmp_path / "a.xlsx", AN, twice), "--json").refusal
    assert refused.startswith("Dòng 3: Địa chỉ thư")
    assert office("people", "list", "--json").json == []
