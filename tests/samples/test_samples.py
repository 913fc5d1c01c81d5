"""The sample province holds together: every code that is named exists, both forms of the plan say the same."""

import csv
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

import samples
from domain.people import Role, role_named
from domain.words import fold, nfc

ISSUED = date(2026, 1, 12)
COLUMNS = ["code", "name", "aliases", "level", "parent", "valid_from", "valid_to", "coordinating"]
LEVELS = {
    "province_department",
    "district_committee",
    "commune_committee",
    "central_agency",
    "press",
    "mass_organisation",
    "other",
}


@pytest.fixture(scope="module")
def agencies() -> list[dict[str, str]]:
    with samples.path(samples.AGENCIES) as place, place.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        assert reader.fieldnames == [*COLUMNS, "successor", "relation"]
        return list(reader)


@pytest.fixture(scope="module")
def people() -> list[tuple[Any, ...]]:
    with samples.path(samples.PEOPLE) as place:
        book = load_workbook(place, read_only=True)
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        book.close()
    assert rows[0] == ("agency", "name", "chức vụ", "phone", "role")
    return rows[1:]


@pytest.fixture(scope="module")
def text() -> str:
    with samples.path(samples.PLAN_AS_TEXT) as place:
        return place.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(text: str) -> list[list[str]]:
    """The rows of the appendix, its header first."""
    lines = text.splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("TT\t"))
    return [line.split("\t") for line in lines[head:]]


def is_valid(agency: dict[str, str], on: date) -> bool:
    first, last = agency["valid_from"], agency["valid_to"]
    return (not first or date.fromisoformat(first) <= on) and (not last or on <= date.fromisoformat(last))


def test_codes_are_unique_and_point_to_each_other(agencies: list[dict[str, str]]) -> None:
    codes = [one["code"] for one in agencies]
    assert len(set(codes)) == len(codes) == 116
    for one in agencies:
        assert re.fullmatch(r"[A-Z0-9]+", one["code"])
        assert one["level"] in LEVELS
        assert one["relation"] in {"subordinate", "central", "mass_or_press"}
        assert {one["parent"], one["successor"]} <= {"", *codes}
        assert not one["successor"] or one["valid_to"]
    assert [one["code"] for one in agencies if one["coordinating"] == "1"] == ["VPUBND"]


def test_how_many_of_each_level_stand_on_the_day_of_issue(agencies: list[dict[str, str]]) -> None:
    assert Counter(one["level"] for one in agencies if is_valid(one, ISSUED)) == {
        "province_department": 15,
        "commune_committee": 60,
        "central_agency": 11,
        "mass_organisation": 7,
        "other": 3,
        "press": 1,
    }


@pytest.mark.parametrize("on", [date(2025, 2, 28), ISSUED])
def test_no_two_agencies_of_one_day_share_a_name(agencies: list[dict[str, str]], on: date) -> None:
    names = Counter(
        fold(name)
        for one in agencies
        if is_valid(one, on)
        for name in (one["name"], *filter(None, one["aliases"].split("|")))
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_successors_stand_where_their_predecessors_have_ended(agencies: list[dict[str, str]]) -> None:
    by_code = {one["code"]: one for one in agencies}
    for one in agencies:
        if one["successor"]:
            assert not is_valid(one, ISSUED)
            assert is_valid(by_code[one["successor"]], ISSUED)


def test_people_belong_to_standing_agencies(agencies: list[dict[str, str]], people: list[tuple[Any, ...]]) -> None:
    standing = {one["code"] for one in agencies if is_valid(one, ISSUED)}
    roles = Counter(role_named(role) for *_, role in people)
    assert set(roles) == {Role.OFFICER, Role.HEAD, Role.COORDINATOR, Role.LEADER}
    assert {code for code, *_ in people} <= standing
    assert len({name for _, name, *_ in people}) == len(people) == 33


def test_people_are_clearly_samples(people: list[tuple[Any, ...]]) -> None:
    for at, (_, name, _, phone, _) in enumerate(people, 1):
        assert " Mẫu " in name
        assert phone == f"0900 000 {at:03}"


def test_the_plan_has_its_number_date_and_tasks(text: str, rows: list[list[str]]) -> None:
    assert "Số: 15/KH-UBND\tSông Lam, ngày 09 tháng 01 năm 2026" in text
    assert text == nfc(text)
    assert {len(row) for row in rows} == {6}
    assert sum(row[0].isdigit() for row in rows) == 29
    assert [row[0] for row in rows[1:] if not row[0].isdigit()] == ["I", "II", "III", "IV", "V"]


def test_both_forms_of_the_plan_have_the_same_appendix(rows: list[list[str]]) -> None:
    with samples.path(samples.PLAN) as place:
        document = Document(str(place))
    table = document.tables[-1]
    for row, expected in zip(table.rows, rows, strict=True):
        cells = [cell.text for cell in row.cells]
        if expected[0] in {"I", "II", "III", "IV", "V"}:
            assert cells[0] == expected[0]
            assert set(cells[1:]) == {expected[1]}  # merged over the rest of the row
        else:
            assert cells == expected


def test_an_unknown_sample_is_refused() -> None:
    with pytest.raises(FileNotFoundError, match="no-such"), samples.path("no-such.csv"):
        pass
