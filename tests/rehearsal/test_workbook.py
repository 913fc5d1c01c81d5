"""The rehearsal's workbook: four sheets that a person can filter, and nothing in them that is run."""

from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from domain.local import VIETNAM
from domain.people import Role
from domain.rehearsals import Heard, Rehearsed, Subject, Task
from messages import rehearsal_book

AT = datetime(2026, 1, 12, 8, 0, tzinfo=VIETNAM)
DUE = date(2026, 1, 20)


def rehearsed(text: str = "Sở Tư pháp có 1 việc mới", content: str = "Ban hành kế hoạch") -> Rehearsed:
    subject = Subject("NV-0001", "assigned", DUE)
    message = Heard(AT, "officer:STP", Role.OFFICER, "STP", "assigned", False, (subject,), "web", text)
    return Rehearsed(
        plan="Kế hoạch số 15/KH-UBND",
        first=date(2026, 1, 1),
        last=date(2026, 12, 31),
        messages=(message,),
        tasks=(Task("NV-0001", "Sở Tư pháp", content, DUE, "chưa nhận"), Task("NV-0002", "SNV", "Việc", None, "")),
        agencies={"STP": "Sở Tư pháp"},
        breaches=(),
    )


def sheets(path: Path, found: Rehearsed) -> dict[str, list[list[object]]]:
    rehearsal_book.write(path, found)
    book = load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def test_there_is_a_sheet_for_messages_people_days_and_tasks(tmp_path: Path) -> None:
    found = sheets(tmp_path / "dien-tap.xlsx", rehearsed())
    assert list(found) == ["Tin nhắn", "Người", "Ngày", "Việc"]
    moment = datetime(2026, 1, 12, 8, 0)  # noqa: DTZ001 a sheet's moment has no zone
    assert found["Tin nhắn"][1] == [
        moment, "officer:STP", "cán bộ đầu mối", "Sở Tư pháp", "giao việc", "NV-0001", "Sở Tư pháp có 1 việc mới",
    ]  # fmt: skip
    assert found["Người"][1][3:5] == [1, 1]
    assert found["Ngày"][1][1:] == ["thứ Hai", 1]
    assert found["Việc"][1][:2] == ["NV-0001", "Sở Tư pháp"]
    assert found["Việc"][1][4] == moment
    assert found["Việc"][2][4] is None


def test_what_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "dien-tap.xlsx"
    rehearsal_book.write(path, rehearsed(text="=1+1", content='=HYPERLINK("http://xau.vn")'))
    book = load_workbook(path)
    assert book["Tin nhắn"]["G2"].data_type == "s"
    assert book["Tin nhắn"]["G2"].value == "=1+1"
    assert book["Việc"]["C2"].data_type == "s"


def test_what_no_cell_can_hold_is_left_out(tmp_path: Path) -> None:
    found = sheets(tmp_path / "dien-tap.xlsx", rehearsed(text="a\x00b\x0bc" + "x" * 40_000))
    text = str(found["Tin nhắn"][1][6])
    assert text.startswith("ab")
    assert "\x00" not in text
    assert len(text) < 32_767


def test_rows_are_high_enough_to_read(tmp_path: Path) -> None:
    path = tmp_path / "dien-tap.xlsx"
    rehearsal_book.write(path, rehearsed(text="\n".join(["một dòng"] * 10)))
    heights = load_workbook(path)["Tin nhắn"].row_dimensions
    assert heights[2].height > 9 * 13
