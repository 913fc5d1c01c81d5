"""Lists of other registers: headings by many names, cells of every kind, states in words, and the second time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.collections.cells import Cell, kept
from domain.collections.sheets import Sheet
from domain.errors import ActRefused
from domain.register_files import (
    WITHOUT_PERSONS,
    WRITTEN,
    ColumnMap,
    Comparison,
    Field,
    Known,
    ReadList,
    RegisterRow,
    Stage,
    Tally,
    Verdict,
    cells_of,
    compare,
    field_named,
    read_list,
)
from domain.register_files.cells import day_of, lines_of, phone_of, word_of
from domain.register_files.states import stage_of

TODAY = date(2026, 11, 20)
HEAD = ("STT", "Mã PAKN", "Nội dung phản ánh", "Họ và tên", "Ngày gửi", "Tình trạng xử lý")
LINE = ("1", "PA-001", "Hồ sơ đất đai nộp ba tháng chưa trả", "Nguyễn Mẫu An", "01/11/2026", "Mới tiếp nhận")


def listed(*rows: Sequence[Cell], mapping: ColumnMap | None = None, name: str = "Sheet1") -> ReadList:
    return read_list([Sheet(name, tuple(tuple(row) for row in rows))], mapping or ColumnMap(), TODAY)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-03-14", date(2026, 3, 14)),
        ("2026-03-14T09:15:00", date(2026, 3, 14)),
        ("14/03/2026", date(2026, 3, 14)),
        ("14/3/2026 22:05", date(2026, 3, 14)),
        ("08:30 14/03/2026", date(2026, 3, 14)),
        ("14-3-2026", date(2026, 3, 14)),
        ("14.03.26", date(2026, 3, 14)),
        ("14 / 3 / 2026", date(2026, 3, 14)),
        ("thứ Bảy, 14/03/2026", date(2026, 3, 14)),
        ("14h30 ngày 14/3/2026", date(2026, 3, 14)),
        ("ngày 05 tháng 02 năm 2026", date(2026, 2, 5)),
        ("Ngày 14 tháng 3 năm 2026", date(2026, 3, 14)),
        (46095, date(2026, 3, 14)),
        (46095.9, date(2026, 3, 14)),
        ("46095", date(2026, 3, 14)),
        ("\u200b14/03/2026 ", date(2026, 3, 14)),
        (None, None),
        ("", None),
        ("-", None),
        ("Chưa có", None),
    ],
)
def test_days_are_read_as_people_and_machines_write_them(cell: Cell, day: date | None) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize("cell", ["03/14/2026", "31/02/2026", "hôm qua", "14/03", 12, 99999.0, "14/03/1926", "2026"])
def test_what_is_no_day_says_what_is_wanted(cell: Cell) -> None:
    with pytest.raises(ValueError, match="14/03/2026"):
        day_of(cell)


@pytest.mark.parametrize(
    ("cell", "text"),
    [(2026000123.0, "2026000123"), ("  PA \u200b001 ", "PA 001"), ("=HYPERLINK(1)", "=HYPERLINK(1)"), ("-", "")],
)
def test_codes_stay_texts(cell: Cell, text: str) -> None:
    assert word_of(cell) == text


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (912345678.0, "0912345678"),
        ("0912.345.678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("(0204) 3854 123", "02043854123"),
        ("hỏi tổ trưởng", "hỏi tổ trưởng"),
    ],
)
def test_telephone_numbers_get_back_what_excel_dropped(cell: Cell, number: str) -> None:
    assert phone_of(cell) == number


def test_lines_of_a_cell_stay_apart() -> None:
    assert lines_of("Dòng một  \r\n\r\n\r\n\r\n dòng hai_x000D_\ndòng ba") == "Dòng một\n\ndòng hai\ndòng ba"
    with pytest.raises(ValueError, match=r"20\.000"):
        lines_of("x" * 20_001)


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("Đang xử lý - quá hạn", Stage.FORWARDED),
        ("ĐÃ XỬ LÝ (đúng hạn)", Stage.ANSWERED),
        ("Đã công khai", Stage.PUBLISHED),
        ("từ chối tiếp nhận", Stage.REFUSED),
        ("Trình ký", None),
        ("Đang trình lãnh đạo", Stage.FORWARDED),
        *((one.label, one) for one in Stage),
    ],
)
def test_states_by_their_words(words: str, stage: Stage | None) -> None:
    assert stage_of(words, {"dang trinh lanh dao": Stage.FORWARDED}) is stage


def test_every_column_is_found_by_each_heading_it_is_written_under() -> None:
    assert {one: field_named(one.label) for one in Field} == {one: one for one in Field}
    assert {one: field_named(one.value) for one in Field} == {one: one for one in Field}
    assert field_named("cột lạ") is None


def test_a_list_with_titles_numbering_groups_and_sums() -> None:
    found = listed(
        ("DANH SÁCH PHẢN ÁNH, KIẾN NGHỊ",),
        ("(Từ ngày 01/11 đến ngày 20/11/2026)",),
        (),
        HEAD,
        tuple(f"({one})" for one in range(1, 7)),
        ("I. Sở Nông nghiệp và Môi trường",),
        LINE,
        ("2", 2026000124.0, "Nội dung\nhai dòng", None, 46330.5, "Đang xử lý"),
        ("3", None, None, None, None, None),
        ("Tổng cộng", 2, None, None, None, None),
        ("4", "PA-003", "Không có ngày", "", None, ""),
        ("5", "pa-001", "Mã đã có", "", "02/11/2026", ""),
        ("6", "PA-004", "Ngày sai", "", "30/02/2026", ""),
        ("7", "PA-005", "Chưa tới", "", "21/11/2026", ""),
        ("8", "PA-006", "Xong mà không có ngày", "", "01/11/2026", "Đã trả lời"),
        ("9", "PA-007", "Trạng thái lạ", "", "01/11/2026", "Trình ký"),
        ("10", "", "Không có mã", "", "01/11/2026", ""),
        ("11", "PA-008", "", "", "01/11/2026", ""),
    )
    first, second = found.rows
    assert (first.line, first.code, first.who.name, first.received_on) == (
        7,
        "PA-001",
        "Nguyễn Mẫu An",
        date(2026, 11, 1),
    )
    assert (second.code, second.content, second.received_on) == ("2026000124", "Nội dung\nhai dòng", date(2026, 11, 4))
    assert (first.stage, second.stage) == (Stage.RECEIVED, Stage.FORWARDED)
    assert [one.line for one in found.refused] == [11, 12, 13, 14, 15, 16, 17, 18]
    said = "\n".join(one.sentence for one in found.refused)
    for words in ("thiếu ngày", "trùng mã với dòng 7", "“30/02/2026”", "tương lai", "thiếu ngày trả lời", "“Trình ký”"):
        assert words in said
    assert "thiếu mã phản ánh" in said
    assert "thiếu nội dung" in said
    (warning,) = found.warnings
    assert "6, 10" in warning


def test_a_heading_on_two_lines_and_cells_merged_downwards() -> None:
    rows = (
        ("STT", "Mã phản ánh", "Người phản ánh", None, None, "Nội dung (tóm tắt)", "Ngày nhận", "Đơn vị xử lý"),
        (None, None, "Họ tên", "Địa chỉ", "SĐT", None, None, None),
        (1, "A1", "Nguyễn Mẫu An", "Xã Mẫu", "an@mau.vn, 0912 345 678", "Chờ lâu", "1/11/2026", "Sở Mẫu"),
        (2, "A2", "Trần Mẫu Bình", None, 987654321.0, "Thái độ chưa đúng mực", "2/11/2026", None),
    )
    found = read_list([Sheet("Bìa", ()), Sheet("DS", rows, ((1, 0, 1), (7, 2, 3)))], ColumnMap(), TODAY)
    one, two = found.rows
    assert one.who == Reporter("Nguyễn Mẫu An", "Xã Mẫu", "0912345678", email="an@mau.vn")
    assert (two.who.phone, two.agency, two.line) == ("0987654321", "Sở Mẫu", 4)
    assert (found.refused, found.warnings) == ((), ())


def test_unknown_columns_are_named_and_the_office_says_what_they_are() -> None:
    head = ("Số PA", "Diễn giải", "Ngày vào", "Ghi chú", "Kết quả", "Nội dung trả lời")
    line = ("7", "Đèn đường hỏng", "01/11/2026", "x", "Xong", "Đã sửa")
    with pytest.raises(ActRefused) as refused:
        listed(("Mã", "Diễn giải", "Trạng thái", "Cơ quan xử lý"), line[:4])
    assert "“Nội dung”, “Ngày tiếp nhận” (hoặc “Ngày gửi”)" in refused.value.sentence
    assert "“Diễn giải”" in refused.value.sentence
    said = ColumnMap().with_said(
        ["Số PA=code", "diễn giải = Nội dung", "Ngày vào=received_on", "trạng thái:Trình=forwarded"]
    )
    kept_map = ColumnMap.from_json(said.to_json())
    assert kept_map == said
    found = listed(head, line, mapping=kept_map)
    assert (found.rows[0].code, found.rows[0].content, found.rows[0].answer) == ("7", "Đèn đường hỏng", "Đã sửa")
    assert found.warnings == (
        "Cột chưa rõ nghĩa, không đọc: “Ghi chú”.",
        "Đã có cột khác cùng ý nghĩa nên không đọc: “Kết quả”.",
    )
    assert len(listed(head, line, mapping=kept_map.with_said(["Ghi chú=-"])).warnings) == 1


@pytest.mark.parametrize("said", ["code", "=code", "Cột=gì đó", "trạng thái:Trình=lạ"])
def test_a_wrong_word_on_columns_is_refused(said: str) -> None:
    with pytest.raises(ActRefused):
        ColumnMap().with_said([said])


def test_no_list_and_columns_twice() -> None:
    with pytest.raises(ActRefused, match="không có dòng tiêu đề"):
        listed(("Kế hoạch",), ("Nội dung", "Cơ quan"))
    with pytest.raises(ActRefused, match="hai cột “Nội dung”"):
        listed(("Mã", "Nội dung", "Nội dung", "Ngày gửi"), ("1", "a", "b", "01/11/2026"))


ROW = RegisterRow(
    line=2, code="PA-1", content="Chờ lâu", received_on=date(2026, 11, 1), who=Reporter("Nguyễn Mẫu An", "Xã Mẫu")
)
FACTS = ROW.facts()


@pytest.mark.parametrize(
    ("here", "there", "comes_to"),
    [
        (Stage.RECEIVED, Stage.RECEIVED, Comparison(Verdict.UNCHANGED)),
        (Stage.RECEIVED, Stage.FORWARDED, Comparison(Verdict.CHANGED, advance=Stage.FORWARDED)),
        (Stage.FORWARDED, Stage.ANSWERED, Comparison(Verdict.CHANGED, advance=Stage.ANSWERED)),
        (Stage.ANSWERED, Stage.PUBLISHED, Comparison(Verdict.CHANGED, advance=Stage.PUBLISHED)),
        (Stage.RECEIVED, Stage.REFUSED, Comparison(Verdict.CHANGED, advance=Stage.REFUSED)),
        (Stage.ANSWERED, Stage.FORWARDED, Comparison(Verdict.UNCHANGED, ahead=True)),
        (Stage.PUBLISHED, Stage.RECEIVED, Comparison(Verdict.UNCHANGED, ahead=True)),
        (Stage.REFUSED, Stage.ANSWERED, Comparison(Verdict.UNCHANGED, conflict=True)),
        (Stage.ANSWERED, Stage.WITHDRAWN, Comparison(Verdict.UNCHANGED, conflict=True)),
        (Stage.REFUSED, Stage.PUBLISHED, Comparison(Verdict.UNCHANGED, conflict=True)),
    ],
)
def test_a_list_brings_a_case_forward_and_never_back(here: Stage, there: Stage, comes_to: Comparison) -> None:
    assert compare(Known(here, FACTS), replace(ROW, stage=there)) == comes_to


def test_what_a_second_list_changes() -> None:
    known = Known(Stage.RECEIVED, {**FACTS, "agency": "Sở Mẫu"})
    later = replace(ROW, answer_number="12/SM", own_code="PAKN-VN-2026-000001")
    assert compare(known, later).changed == (Field.ANSWER_NUMBER,), "an empty cell takes nothing away"
    assert compare(replace(known, same_sender=False), ROW) == Comparison(Verdict.CHANGED, sender_changed=True)
    assert compare(None, ROW).verdict is Verdict.NEW
    assert Tally.of([compare(None, ROW), compare(known, later), compare(known, ROW)]) == Tally(1, 1, 1)
    assert "Nguyễn Mẫu An" not in str(FACTS)


words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=30).map(word_of)
days = st.none() | st.dates(date(2026, 1, 1), date(2026, 6, 1))
rows = st.builds(
    RegisterRow,
    line=st.just(2),
    code=words.filter(bool).map(lambda one: f"PA {one}"),
    content=st.lists(words.filter(bool), min_size=1, max_size=3).map("\n".join),
    received_on=st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    who=st.builds(
        Reporter, words, words, st.sampled_from(["", "0912345678"]), email=st.sampled_from(["", "an@mau.vn"])
    ),
    stage=st.sampled_from([Stage.RECEIVED, Stage.FORWARDED, Stage.REFUSED, Stage.WITHDRAWN]),
    kind=st.sampled_from([None, Kind.CONDUCT, Kind.REGULATION, Kind.FIELD]),
    own_code=words,
    title=words,
    subject=words,
    about=words,
    sent_on=days,
    incoming_number=words,
    incoming_on=days,
    agency=words,
    forwarded_on=days,
    forward_number=words,
    due_on=days,
    answer=words,
    answered_on=st.none() | st.dates(date(2026, 6, 2), TODAY),
    answer_number=words,
    posted_on=days,
    link=st.sampled_from(["", "https://dichvucong.gov.vn/x?y=1"]),
)


@given(rows)
def test_what_is_written_is_read_again(row: RegisterRow) -> None:
    head = tuple(one.label for one in WRITTEN)
    found = listed(head, tuple(kept(one) for one in cells_of(row)))
    assert found == ReadList((row,))
    assert compare(Known(row.stage, row.facts()), found.rows[0]) == Comparison(Verdict.UNCHANGED)


def test_a_list_without_persons_names_nobody() -> None:
    told = cells_of(
        replace(ROW, who=Reporter("Nguyễn Mẫu An", "Xã Mẫu", "0912345678", email="an@mau.vn")), WITHOUT_PERSONS
    )
    assert not {"Nguyễn Mẫu An", "Xã Mẫu", "0912345678", "an@mau.vn"} & {str(one) for one in told}
