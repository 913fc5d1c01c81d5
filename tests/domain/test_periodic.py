"""The periodic report: tasks find their section, totals are the sum of the units, broken figures stop it."""

from datetime import date

import pytest

from domain.collections import Asks, Column, Outline, Section, Typed
from domain.errors import ActRefused
from domain.periodic import Chapter, Duty, Periodic, UnitRow, check, placed
from domain.reports.counting import Fate
from domain.reports.written import read, written

COLUMNS = (Column("c2", "Lĩnh vực"), *(Column(f"c{at}", f"({at})", Typed.NUMBER) for at in range(3, 14)))
RIGHT = {"c3": 12, "c4": 4, "c5": 4, "c6": 4, "c7": 8, "c8": 4, "c9": 4, "c10": 0, "c11": 4, "c12": 4, "c13": 0}


def duty(code: str, heading: str) -> Duty:
    return Duty(code, heading, "Nội dung", "Sở Tư pháp", date(2026, 3, 1), None, Fate.ON_TIME)


def report(*rows: UnitRow) -> Periodic:
    chapter = Chapter("giai-quyet", "Giải quyết", "II.06a", COLUMNS, True, rows=rows, duties=(duty("NV-0001", "I"),))
    return Periodic("2026-Q1", date(2025, 12, 15), date(2026, 3, 14), "Báo cáo", "", (chapter,), ("Sở Tư pháp",), ())


def test_tasks_go_to_the_first_section_whose_words_their_heading_holds() -> None:
    outline = Outline(
        "x",
        (
            Section("a", "A", plan=("công khai",)),
            Section("b", "B", Asks.OFFICE, plan=("rà soát", "Công bố")),
            Section("c", "C"),
        ),
    )
    duties = [duty("1", "II. CÔNG BỐ, CÔNG KHAI"), duty("2", "III. Rà soát TTHC / 1. Lĩnh vực"), duty("3", "IV. Khác")]
    found, rest = placed(outline, duties)
    assert {key: [one.code for one in those] for key, those in found.items()} == {"a": ["1"], "b": ["2"]}
    assert [one.code for one in rest] == ["3"]


def test_units_rows_are_added_up_and_make_the_totals() -> None:
    made = report(
        UnitRow("Sở Tư pháp", "Hộ tịch", RIGHT),
        UnitRow("Sở Tư pháp", "Chứng thực", RIGHT),
        UnitRow("Sở Y tế", "", RIGHT),
    )
    (chapter,) = made.chapters
    assert [(unit, values["c3"]) for unit, values in chapter.added()] == [("Sở Tư pháp", 24), ("Sở Y tế", 12)]
    assert chapter.totals()["c3"] == 36
    check(made, ())


def test_what_is_frozen_is_read_back_as_it_was() -> None:
    made = report(UnitRow("Sở Tư pháp", "Hộ tịch", RIGHT))
    assert read(Periodic, written(made)) == made


def test_a_report_whose_figures_are_broken_is_not_made() -> None:
    wrong = report(UnitRow("Sở Tư pháp", "Hộ tịch", {**RIGHT, "c13": 1}))
    with pytest.raises(ActRefused, match=r"Sở Tư pháp, dòng “Hộ tịch”: cột \(11\) .* ghi 4, trong khi .* là 5"):
        check(wrong, ())
    before = report(UnitRow("Sở Tư pháp", "Hộ tịch", {**RIGHT, "c11": 3})).chapters
    with pytest.raises(ActRefused, match=r"cột \(6\) từ kỳ trước ghi 4, trong khi .* là 3"):
        check(report(UnitRow("Sở Tư pháp", "Hộ tịch", RIGHT)), before)
    check(report(UnitRow("Sở Y tế", "", RIGHT)), before)
