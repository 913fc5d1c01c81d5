"""Workbooks and words that nobody sends in good faith: refused in Vietnamese, nothing half-written, no person told."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from actions import figures
from documents import values
from domain import office_settings
from domain.collections import Sheet
from domain.collections.cells import Cell, Typed, kept, typed
from domain.errors import ActRefused
from domain.figures import personal_in, series_named
from domain.indicators import read_goal
from domain.publications import public_list
from messages.workbook import Field, Workbook
from storage.database import Unit
from tests.office import make_office

pytestmark = pytest.mark.anyio

ENDLESS = "9" * 5000
HEADING = ("Đơn vị", "Tổng điểm")


def _refusal(rows: tuple[tuple[Cell, ...], ...], folder: Path) -> str:
    """Return why a table is refused; fails where it is taken, or where a refusal has written something."""
    office = make_office(folder)

    def work(unit: Unit) -> tuple[str, int]:
        with pytest.raises(ActRefused) as refused:
            figures.import_figures(unit, None, "scores766", "2026-01", [Sheet("A", rows)], "a", "d", office.clock())
        return refused.value.sentence, unit.conn.exec_driver_sql("select count(*) from figure_rows").scalar_one()

    sentence, written = office.inner.db.run_now(work)
    assert not written
    return sentence


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((HEADING, ("Sở Tư pháp", 1), ("Sở Ma", 2)), "Không có trong danh mục"),
        ((HEADING, ("Sở Tư pháp", 1), ("Sở Tư pháp", 2)), "trùng với dòng"),
        ((HEADING, ("Sở Tư pháp", ENDLESS)), "cần một số không âm"),
        (((f"({ENDLESS})",) * 13, HEADING, ("Sở Tư pháp", "x")), "cần một số"),
        ((HEADING, *((("Sở Tư pháp", 1),) * 5001)), "nhiều hơn 5000 dòng"),
    ],
)
def test_a_bad_table_is_refused_whole(rows: tuple[tuple[Cell, ...], ...], said: str, tmp_path: Path) -> None:
    assert said in _refusal(rows, tmp_path)


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), float("-inf"), ENDLESS, 10**300, -1, "=1+1", "1e309", "٣x"]
)
def test_what_is_no_count_is_refused_in_vietnamese(value: object) -> None:
    with pytest.raises(ValueError, match=r"^cần một số nguyên"):
        typed(kept(value), Typed.NUMBER)


def test_a_workbook_with_numbers_that_are_none() -> None:
    book, written = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append([7])
    book.save(written)
    broken = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(broken, "w") as target:
        for one in parts.namelist():
            target.writestr(one, parts.read(one).replace(b"<v>7</v>", b"<v>1e999</v>"))
    (sheet,) = values.read("a.xlsx", broken.getvalue())
    assert sheet.rows == (("inf",),)


def test_a_goal_without_end_is_none() -> None:
    with pytest.raises(ActRefused, match="Chưa đọc được con số"):
        read_goal(f"Tỷ lệ hồ sơ đạt {'9' * 400}%")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("(0912) 345 678", "số điện thoại"),
        ("84912345678", "số điện thoại"),
        ("CCCD 001 090 012 345", "số định danh cá nhân"),
        ("ÔNG NGUYỄN MẪU AN", "tên người"),
        ("000.00.15.H42-260912-123456", None),
        ("CÔNG TY TNHH MẪU", None),
    ],
)
def test_what_tells_a_person(text: str, what: str | None) -> None:
    assert personal_in(text) == what


def test_a_place_that_is_called_like_a_person_may_be_listed() -> None:
    row = {"code": "H42-1", "agency": "x", "days": 3}
    listed = public_list(series_named("late_dossiers"), "2026-01", [("UBND phường Bà Mẫu", row)], "a.xlsx")
    assert listed.rows[0][1] == "UBND phường Bà Mẫu"


def test_no_text_becomes_a_formula_when_it_is_edited() -> None:
    book = Workbook()
    book.sheet("../../[x]", [Field("A")], [[one] for one in ("=1+1", "\u200b\x07=cmd|x", "+1", "-1", "@a")])
    sheet = openpyxl.load_workbook(io.BytesIO(book.saved())).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(2, 7)]
    assert [(one.data_type, one.quotePrefix) for one in cells] == [("s", True)] * 5


def test_a_setting_holds_only_what_can_be_seen() -> None:
    assert office_settings.read("place", "Sông\x07 \x1b[31mLam\u202e") == "Sông [31mLam"
