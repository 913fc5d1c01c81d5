"""Forms as data: what an outline may say, how cells are read, what a filled-in sheet gives."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.collections import (
    Asks,
    Column,
    Outline,
    Progress,
    Section,
    Sheet,
    Typed,
    from_json,
    of_header,
    read_outline,
    rows_of,
    to_json,
    typed,
)
from domain.collections.filled import ANSWER, ANSWERS, KEY, QUESTION, Filled, check, read_filled
from domain.errors import ActRefused
from messages.outlines import shipped

OUTLINE = Outline(
    "Báo cáo",
    (
        Section("a", "Chỉ đạo"),
        Section(
            "b",
            "Giải quyết",
            Asks.TABLE,
            columns=(
                Column("c2", "Lĩnh vực", required=True),
                Column("c3", "Tổng", Typed.NUMBER),
                Column("day", "Ngày", Typed.DATE),
            ),
        ),
        Section("c", "Nguyên nhân", Asks.OFFICE),
    ),
)
HEAD = ("Lĩnh vực", "Tổng", "Ngày")


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("178.842", Typed.NUMBER, 178_842),
        ("1 234", Typed.NUMBER, 1234),
        (120.0, Typed.NUMBER, 120),
        ("0", Typed.NUMBER, 0),
        ("-", Typed.NUMBER, None),
        ("", Typed.NUMBER, None),
        ("98,92", Typed.DECIMAL, 98.92),
        ("1.234,5", Typed.DECIMAL, 1234.5),
        (98.92, Typed.DECIMAL, 98.92),
        ("1.234", Typed.DECIMAL, 1234),
        ("98.92", Typed.DECIMAL, 98.92),
        ("95%", Typed.PERCENT, 95),
        (100, Typed.PERCENT, 100),
        ("14/3/2026", Typed.DATE, "2026-03-14"),
        ("2026-03-14", Typed.DATE, "2026-03-14"),
        ("  Sở   Tư pháp ", Typed.TEXT, "Sở Tư pháp"),
        (12.0, Typed.TEXT, "12"),
    ],
)
def test_cells_are_read_as_offices_write_them(value: Any, kind: Typed, read: Any) -> None:
    assert typed(value, kind) == read


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("12,5", Typed.NUMBER),
        (12.5, Typed.NUMBER),
        (-1, Typed.NUMBER),
        ("1.23", Typed.NUMBER),
        ("mười", Typed.NUMBER),
        ("²", Typed.NUMBER),
        ("nhiều", Typed.DECIMAL),
        ("101%", Typed.PERCENT),
        ("31/02/2026", Typed.DATE),
        ("tháng 3", Typed.DATE),
    ],
)
def test_what_a_column_does_not_take_is_told(value: Any, kind: Typed) -> None:
    with pytest.raises(ValueError, match="cần"):
        typed(value, kind)


@given(st.integers(0, 10**12))
def test_a_count_survives_being_written_the_vietnamese_way(value: int) -> None:
    assert typed(f"{value:,}".replace(",", "."), Typed.NUMBER) == value
    assert typed(float(value), Typed.NUMBER) == value


def test_the_shipped_outline_follows_the_decree_and_keeps_its_form() -> None:
    outline = read_outline(shipped())
    assert [one.code for one in outline.tables] == ["II.06a/VPCP/KSTT"]
    assert [one.code for one in outline.sections if one.register] == ["II.05/VPCP/KSTT"]
    assert [one.number for one in outline.tables[0].columns] == list(range(2, 14))
    letters = [f"(điểm {one})" for one in "abcdđegh"]
    assert [one for one in letters if not any(one in section.title for section in outline.sections)] == []
    assert from_json(to_json(outline)) == outline


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = ", "không đọc được"),
        ('title = "x"', "ít nhất một mục"),
        ('title = "x"\n[[sections]]\nkey = "a"', "cần key và title"),
        ('title = "x"\n[[sections]]\nkey = "mục"\ntitle = "x"', "chữ không dấu"),
        ('title = "x"\n[[sections]]\nkey = "a"\ntitle = "x"\nasks = "table"', "cần có columns"),
        ('title = "x"\n[[sections]]\nkey = "a"\ntitle = "x"\n[[sections]]\nkey = "a"\ntitle = "y"', "hai mục cùng key"),
        ('title = "x"\n[[sections]]\nkey = "a"\ntitle = "x"\nasks = "khác"', "asks cần là"),
    ],
)
def test_an_outline_that_is_wrong_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(ActRefused, match=said):
        read_outline(text)


def test_a_form_of_one_table_takes_its_columns_from_a_heading() -> None:
    outline = of_header("Rà soát", ("Tên thủ tục", "Số hồ sơ", "Tỷ lệ"), (None, "số", "tỷ lệ"))
    assert [one.kind for one in outline.tables[0].columns] == [Typed.TEXT, Typed.NUMBER, Typed.PERCENT]
    assert len(of_header("Rà soát", ("Hồ sơ (đúng hạn)", "Hồ sơ (quá hạn)")).tables[0].columns) == 2
    for header in ((), (None, ""), ("Tên", "tên (2)")):
        with pytest.raises(ActRefused):
            of_header("Rà soát", header)


def test_a_filled_form_gives_words_and_rows() -> None:
    words = Sheet(ANSWERS, (("Báo cáo",), (KEY, QUESTION, ANSWER), ("Chỉ đạo", "?", "Đã ban hành"), ("Khác", "?", "x")))
    table = Sheet("Giải quyết", (("Đề cương",), HEAD, ("Hộ tịch", "1.200", "14/03/2026"), ("Tổng cộng", 1200, None)))
    filled = read_filled(OUTLINE, [words, table])
    assert filled.texts == {"a": "Đã ban hành"}
    assert filled.rows == {"b": [{"c2": "Hộ tịch", "c3": 1200, "day": "2026-03-14"}]}
    assert Filled.from_json(filled.to_json()) == filled
    check(OUTLINE, filled)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((HEAD,), "chưa có nội dung nào"),
        ((HEAD, ("Hộ tịch", "nhiều", None)), "dòng 2, cột “Tổng” ghi “nhiều”: cần một số nguyên"),
        ((HEAD, (None, 3, None)), "dòng 2: cột “Lĩnh vực” còn trống"),
        ((("Lĩnh vực", "Ngày"), ("Hộ tịch", None)), "thiếu cột “Tổng”"),
        (((*HEAD, "Ghi thêm"), ("Hộ tịch", 1, None, "x")), "“Ghi thêm” không thuộc biểu mẫu"),
        (((*HEAD, "Tổng"), ("Hộ tịch", 1, None, 1)), "hai cột “Tổng”"),
        ((("Tên", "Khác"), ("Hộ tịch", 1)), "không có dòng tiêu đề"),
    ],
)
def test_a_sheet_that_is_wrong_is_refused_with_line_and_column(rows: tuple[Any, ...], said: str) -> None:
    with pytest.raises(ActRefused, match=said):
        read_filled(OUTLINE, [Sheet("Giải quyết", rows)])


def test_a_line_of_small_numbers_is_no_numbering_of_columns() -> None:
    columns = tuple(Column(f"c{at}", f"Cột {at}", Typed.NUMBER) for at in (1, 2, 3))
    head, numbering = tuple(one.title for one in columns), ("(1)", "(2)", "(3)")
    found = rows_of(Sheet("x", (head, numbering, (1, 2, 3), (5, 6, 7))), columns)
    assert [line for line, _ in found.rows] == [3, 4]


def test_only_what_a_form_asks_can_be_sent() -> None:
    for wrong in (Filled(), Filled({"c": "Nguyên nhân"}), Filled({"a": "x" * 4001})):
        with pytest.raises(ActRefused):
            check(OUTLINE, wrong)


def test_who_has_not_sent_is_always_named() -> None:
    progress = Progress(("Sở A",), ("Sở B", "Sở C", "Sở D"))
    assert progress.said() == "đã gửi 1/4, chưa gửi 3: Sở B; Sở C; Sở D"
    assert progress.said(1) == "đã gửi 1/4, chưa gửi 3: Sở B và 2 đơn vị khác"
    assert Progress(("Sở A",), ()).said() == "đã gửi 1/1, đủ tất cả đơn vị"
