"""Portfolios and readers of leaders' digests by the operator's commands."""

from pathlib import Path

from openpyxl import Workbook

from tests.cli.conftest import Cli, cli, offices

__all__ = ["cli", "offices"]

ROWS = (
    ("agency", "name", "chức vụ", "phone", "role", "Thư điện tử"),
    ("STP", "Nguyễn Mẫu An", "Chuyên viên", "", "officer", "an@stp.example.vn"),
    ("VP", "Lê Mẫu Quang", "Phó Chủ tịch", "", "leader", "quang@ub.example.vn"),
)


def test_who_looks_after_what_and_who_reads_it_too(cli: Cli, offices: Path, tmp_path: Path) -> None:
    assert cli("agency", "import", offices).code == 0
    book = Workbook()
    for row in ROWS:
        book.worksheets[0].append(row)
    book.save(tmp_path / "people.xlsx")
    assert cli("people", "import", tmp_path / "people.xlsx", "--json").code == 0
    ids = {one["name"]: one["id"] for one in cli("people", "list", "--json").json}
    an, quang = ids["Nguyễn Mẫu An"], ids["Lê Mẫu Quang"]
    assert cli("people", "portfolio", "--json").json == [
        {"id": quang, "name": "Lê Mẫu Quang", "portfolio": [], "readers": []}
    ]
    assert cli("people", "follow", quang, "STP").code == 0
    assert cli("people", "reader", quang, an, "--json").json == {"leader": quang, "reader": an, "reads": True}
    assert "đã xem bản tin này rồi" in cli("people", "reader", quang, an).refusal
    assert "lãnh đạo UBND" in cli("people", "reader", an, quang).refusal
    assert "Không có người nào mang mã 99" in cli("people", "reader", quang, 99).refusal
    (told,) = cli("people", "portfolio", "--json").json
    assert told["portfolio"] == ["Sở Tư pháp"]
    assert told["readers"] == [{"id": an, "name": "Nguyễn Mẫu An"}]
    assert "Sở Tư pháp" in cli("people", "portfolio").out
    assert "thôi xem" in cli("people", "reader", quang, an, "--end").out
    assert "Không tìm thấy" in cli("people", "reader", quang, an, "--end").refusal
