"""Figures that add up pass, and no single one of them can be changed unseen; persons are never shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.collections import Sheet, rows_of
from domain.errors import ActRefused
from domain.figures import PERSONAL_HEADINGS, SERIES, breaks, carried_over, first_break, personal_in, series_named
from domain.publications import kind_named, public_list, read_link

COUNT = st.integers(0, 10**6)


@st.composite
def rows(draw: st.DrawFn) -> dict[str, int]:
    """A row of II.06a that adds up: what came in is what was done and what is being done."""
    online, direct, before = draw(COUNT), draw(COUNT), draw(COUNT)
    whole = online + direct + before
    done = draw(st.integers(0, whole))
    early = draw(st.integers(0, done))
    in_time = draw(st.integers(0, done - early))
    open_in_time = draw(st.integers(0, whole - done))
    parts = (online, direct, before, done, early, in_time, done - early - in_time)
    values = {f"c{at}": one for at, one in zip((4, 5, 6, 7, 8, 9, 10), parts, strict=True)}
    rest = whole - done
    return {"c3": whole, **values, "c11": rest, "c12": open_in_time, "c13": rest - open_in_time}


@given(rows())
def test_figures_that_add_up_pass(values: dict[str, int]) -> None:
    assert breaks("Sở Tư pháp", "Hộ tịch", values) == []


@given(rows(), st.integers(3, 13), st.integers(-(10**6), 10**6).filter(bool))
def test_any_single_change_is_seen(values: dict[str, int], column: int, by: int) -> None:
    changed = {**values, f"c{column}": values[f"c{column}"] + by}
    assert first_break([("Sở Tư pháp", "Hộ tịch", changed)]) is not None


@given(st.lists(rows(), min_size=1, max_size=4), st.integers(-50, 50))
def test_what_was_left_open_is_what_is_carried_over(before: list[dict[str, int]], slip: int) -> None:
    left = sum(row["c11"] for row in before)
    then: list[tuple[str, dict[str, Any]]] = [("Sở Nội vụ", row) for row in before]
    found = carried_over([("Sở Nội vụ", {"c6": left + slip}), ("Sở Y tế", {"c6": 3})], then)
    assert (found is None) == (slip == 0)
    if found is not None:
        assert (found.written, found.made) == (left + slip, left)


def test_a_break_names_the_unit_the_row_and_both_numbers() -> None:
    (found,) = breaks(
        "Sở Tư pháp", "Hộ tịch", {"c3": 178_842, "c4": 178_842, "c7": 178_841, "c8": 178_841, "c11": 1, "c12": 0}
    )
    assert found.sentence == ("Sở Tư pháp, dòng “Hộ tịch”: cột (11) đang giải quyết ghi 1, trong khi (12) + (13) là 0.")
    assert breaks("Sở Tư pháp", "Sở Tư pháp", {"c3": 178_842})[0].sentence.startswith(
        "Sở Tư pháp: cột (3) tổng số tiếp nhận ghi 178.842, trong khi (4) + (5) + (6) là 0"
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("liên hệ 0912 345 678", "số điện thoại"),
        ("+84 912345678", "số điện thoại"),
        ("001098012345", "số định danh cá nhân"),
        ("an.nguyen@example.vn", "thư điện tử"),
        ("hồ sơ của bà Nguyễn Mẫu An", "tên người"),
        ("H01.21-260105-0007", None),
        ("000.00.15.H01-260105-0007", None),
        ("Cấp phiếu lý lịch tư pháp số 1", None),
        ("09/01/2026", None),
        (178_842, None),
    ],
)
def test_what_of_a_person_is_seen_in_a_cell(text: object, what: str | None) -> None:
    assert personal_in(text) == what


def late(*header: str, row: tuple[Any, ...]) -> Sheet:
    return Sheet("Sheet1", (header, row))


def test_columns_of_persons_are_left_out_and_unknown_ones_refused() -> None:
    columns = SERIES["late_dossiers"].columns
    sheet = late("Mã hồ sơ", "Cơ quan", "Số điện thoại", "Số ngày trễ", row=("H01", "Sở Tư pháp", "0912345678", 3))
    found = rows_of(sheet, columns, PERSONAL_HEADINGS)
    assert found.left_out == ("Số điện thoại",)
    assert "0912345678" not in str(found.rows)
    odd = late("Mã hồ sơ", "Cơ quan", "Số ngày trễ", "Ghi chú nội bộ", row=("H01", "Sở Tư pháp", 3, "x"))
    with pytest.raises(ActRefused, match="“Ghi chú nội bộ” không thuộc biểu mẫu"):
        rows_of(odd, columns, PERSONAL_HEADINGS)
    with pytest.raises(ActRefused, match="thiếu cột “Số ngày trễ”"):
        rows_of(late("Mã hồ sơ", "Cơ quan", row=("H01", "Sở Tư pháp")), columns, PERSONAL_HEADINGS)


def test_the_official_heading_of_several_levels_is_read_by_its_numbers() -> None:
    head = ("TT", "Đơn vị", "Số lượng hồ sơ tiếp nhận", *[None] * 3, "Đã giải quyết", *[None] * 3, "Đang giải quyết")
    numbers = tuple(f"({at})" for at in range(1, 14))
    figures = (1, "Sở Tư pháp", 12, 4, 4, 4, 8, 4, 4, 0, 4, 4, 0)
    total = ("", "Tổng số", 12, 4, 4, 4, 8, 4, 4, 0, 4, 4, 0)
    found = rows_of(Sheet("II.06a", (head, numbers, figures, total)), SERIES["dossiers"].columns)
    assert [(line, values["c2"], values["c13"]) for line, values in found.rows] == [(3, "Sở Tư pháp", 0)]


def test_a_public_list_shows_public_columns_alone() -> None:
    rows = [("Sở Tư pháp", {"code": "H01", "agency": "so tu phap", "days": 3, "reason": "do ông Nguyễn nộp bù"})]
    made = public_list(SERIES["late_dossiers"], "2026-03", rows, "a.xlsx")
    assert [one.key for one in made.columns] == ["code", "agency", "days"]
    assert made.rows == (("H01", "Sở Tư pháp", 3),)
    with pytest.raises(ActRefused, match="Sở Tư pháp có số điện thoại"):
        public_list(SERIES["late_dossiers"], "2026-03", [("Sở Tư pháp", {"code": "0912345678"})], "a.xlsx")


@pytest.mark.parametrize("name", ["dossiers", "progress", "tasks", "assignments", ""])
def test_late_tasks_of_plans_cannot_be_made_public(name: str) -> None:
    with pytest.raises(ActRefused, match="Chỉ công khai được"):
        kind_named(name)


def test_names_of_series_and_links_are_read_strictly() -> None:
    assert series_named("Late-Dossiers").name == "late_dossiers"
    with pytest.raises(ActRefused, match="Dùng một trong: dossiers"):
        series_named("khác")
    assert read_link(" https://songlam.example/cong-khai ") == "https://songlam.example/cong-khai"
    for wrong in ("đã đăng", "javascript:alert(1)", "https://", "https://a b.vn", "http://x" + "a" * 600 + ".vn"):
        with pytest.raises(ActRefused):
            read_link(wrong)
