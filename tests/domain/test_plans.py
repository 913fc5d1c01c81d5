"""From the tables of a document to tasks: columns, headings, rows that belong together, facts."""

from datetime import date

import pytest

from domain import plans
from domain.deadlines import Continuous, Period, Unspecified
from domain.errors import DocumentRefused
from domain.plans import Draft, DraftTask
from domain.sources import Block, Document, Paragraph, Row, Table

HEADER = ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian", "Sản phẩm")
TITLE = ("KẾ HOẠCH", "Kiểm soát thủ tục hành chính năm 2026")


def table(*rows: tuple[str, ...] | Row) -> Table:
    return Table(tuple(row if isinstance(row, Row) else Row(row) for row in rows))


def drafted(*blocks: Block | str, title: tuple[str, ...] = TITLE) -> Draft:
    shown = [Paragraph(block) if isinstance(block, str) else block for block in (*title, *blocks)]
    return plans.draft(Document("a.docx", tuple(shown)), file_name="a.docx")


def tasks(*blocks: Block | str) -> tuple[DraftTask, ...]:
    return drafted(*blocks).tasks


def merged(number: str, text: str, width: int = 6) -> Row:
    return Row((number, *[text] * (width - 1)), across=frozenset(range(2, width)))


class TestColumns:
    def test_any_order_and_a_row_that_counts_the_columns(self) -> None:
        (task,) = tasks(
            table(
                ("STT", "Thời hạn hoàn thành", "Nhiệm vụ", "Kết quả", "Đơn vị phối hợp", "Đơn vị chủ trì"),
                ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
                ("1.", "Quý II", "Soạn đề án", "Đề án", "Sở Tài chính", "Sở Nội vụ"),
            )
        )
        assert (task.number, task.content, task.product) == ("1", "Soạn đề án", "Đề án")
        assert (task.lead, task.coordinating) == (("Sở Nội vụ",), ("Sở Tài chính",))
        assert task.deadline == Period(date(2026, 4, 1), date(2026, 6, 30))

    def test_one_column_for_both_roles(self) -> None:
        (task,) = tasks(
            table(
                ("TT", "Nội dung", "Cơ quan, đơn vị thực hiện", "Thời gian"),
                ("1", "Soạn đề án", "Sở Nội vụ chủ trì; Sở Tài chính phối hợp", "Quý II"),
            )
        )
        assert (task.lead, task.coordinating) == (("Sở Nội vụ",), ("Sở Tài chính",))

    def test_two_heading_rows_where_short_rows_have_one_merged_deadline(self) -> None:
        first, second = tasks(
            table(
                ("TT", "Nội dung", "Chủ trì", "Thời gian", "Sản phẩm"),
                ("", "", "", "Bắt đầu", "Kết thúc", ""),
                ("1", "Soạn", "Sở Y tế", "Tháng 1", "Tháng 3", "Đề án"),
                ("2", "Theo dõi", "Sở Y tế", "Thường xuyên", "Báo cáo"),
            )
        )
        assert first.deadline_raw == "Tháng 1 | Tháng 3"
        assert first.deadline == Period(date(2026, 1, 1), date(2026, 3, 31))
        assert (second.deadline_raw, second.product) == ("Thường xuyên", "Báo cáo")
        assert second.deadline == Continuous()

    def test_two_heading_rows_over_two_groups_of_columns(self) -> None:
        (task,) = tasks(
            table(
                ("TT", "Nội dung", "Phân công thực hiện", "Thời gian thực hiện", "Sản phẩm"),
                ("", "", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc", ""),
                ("1", "Soạn", "Sở Y tế", "UBND cấp xã", "Tháng 1", "Tháng 3", "Đề án"),
            )
        )
        assert (task.lead, task.coordinating) == (("Sở Y tế",), ("UBND cấp xã",))
        assert (task.deadline_raw, task.product) == ("Tháng 1 | Tháng 3", "Đề án")

    def test_quarters_that_are_ticked(self) -> None:
        (task,) = tasks(
            table(
                ("TT", "Nội dung", "Chủ trì", "Thời gian", "", "", ""),
                ("", "", "", "Quý I", "Quý II", "Quý III", "Quý IV"),
                ("1", "Báo cáo", "Sở Y tế", "x", "", "x", ""),
            )
        )
        assert task.deadline_raw == "Quý I, Quý III"

    def test_a_bare_figure_takes_the_word_of_its_column(self) -> None:
        (task,) = tasks(table(("TT", "Nội dung", "Chủ trì", "Tháng"), ("1", "Soạn", "Sở Y tế", "3")))
        assert (task.deadline_raw, task.deadline) == ("Tháng 3", Period(date(2026, 3, 1), date(2026, 3, 31)))

    def test_two_columns_of_deadlines_that_are_no_span(self) -> None:
        (task,) = tasks(
            table(
                ("TT", "Tên đề án", "Cơ quan soạn thảo", "Thời gian trình UBND", "Thời gian trình HĐND"),
                ("1", "Đề án", "Sở Y tế", "Tháng 3", "Tháng 6"),
            )
        )
        assert (task.deadline_raw, [due.raw for due in task.also]) == ("Tháng 3", ["Tháng 6"])

    def test_a_column_for_those_who_follow_and_one_for_the_day_of_assignment(self) -> None:
        draft = drafted(
            table(
                ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan theo dõi", "Ngày giao", "Thời hạn"),
                ("1", "Soạn", "Sở Y tế", "Văn phòng UBND tỉnh", "05/01/2026", "Quý I"),
            )
        )
        assert draft.tasks[0].following == ("Văn phòng UBND tỉnh",)
        assert draft.tasks[0].deadline_raw == "Quý I"
        assert "“Ngày giao”" in draft.warnings[0]

    def test_a_column_that_is_not_read_is_named(self) -> None:
        draft = drafted(table((*HEADER, "Ghi chú"), ("1", "Soạn", "Sở Y tế", "", "Quý I", "Đề án", "theo Nghị quyết")))
        assert draft.warnings[0] == "Cột “Ghi chú” không được đưa vào nhiệm vụ, cần xem lại trong văn bản."

    def test_a_group_heading_below_the_header_is_no_second_header(self) -> None:
        (task,) = tasks(
            table(HEADER, ("", "Nhiệm vụ chung", "", "", "", ""), ("1", "Soạn", "Sở Y tế", "", "Quý I", ""))
        )
        assert task.section == ("Nhiệm vụ chung",)


class TestHeadings:
    def test_roman_capital_and_decimal_numbers(self) -> None:
        found = tasks(
            table(
                HEADER,
                ("II", "Nhóm hai", "", "", "", ""),
                ("A", "Phần A", "", "", "", ""),
                ("1", "Việc một", "Sở Y tế", "", "Quý I", ""),
                ("2.", "Nhóm con", "", "", "", ""),
                ("2.1", "Việc con", "Sở Y tế", "", "Quý I", ""),
                ("B", "Phần B", "", "", "", ""),
                ("1", "Việc khác", "Sở Y tế", "", "Quý I", ""),
                ("III", "Nhóm ba", "Sở Y tế", "", "Quý I", ""),
            )
        )
        assert [(task.section, task.number) for task in found] == [
            (("II. Nhóm hai", "A. Phần A"), "1"),
            (("II. Nhóm hai", "A. Phần A", "2. Nhóm con"), "2.1"),
            (("II. Nhóm hai", "B. Phần B"), "1"),
            ((), "III"),
        ]

    def test_capital_letters_above_roman_numbers(self) -> None:
        rows = []
        for letter in "ABCD":
            rows += [(letter, f"Phần {letter}", "", "", "", ""), ("I", "Mục một", "", "", "", "")]
            rows += [("1", "Việc", "Sở Y tế", "", "Quý I", "")]
        assert [task.section[0] for task in tasks(table(HEADER, *rows))] == [
            f"{letter}. Phần {letter}" for letter in "ABCD"
        ]

    def test_a_merged_row_is_a_heading_also_where_its_text_is_written_out(self) -> None:
        first, second = tasks(
            table(
                HEADER,
                merged("I", "Nhóm một"),
                ("1", "Việc", "Sở Y tế", "", "Quý I", ""),
                ("II", *["Nhóm hai"] * 5),
                ("1", "Việc", "Sở Y tế", "", "Quý I", ""),
            )
        )
        assert (first.section, second.section) == (("I. Nhóm một",), ("II. Nhóm hai",))

    def test_a_numbered_parent_that_is_a_task_stands_above_its_children(self) -> None:
        parent, child = tasks(
            table(
                HEADER,
                ("4", "Việc lớn", "Sở Y tế", "", "Quý I", "Báo cáo"),
                ("4.1", "Việc nhỏ", "Sở Nội vụ", "", "Quý II", ""),
            )
        )
        assert parent.section == ()
        assert child.section == ("4. Việc lớn",)

    def test_a_row_without_number_is_a_task_beside_or_below(self) -> None:
        beside, other, below = tasks(
            table(
                HEADER,
                ("I", "Nhóm", "", "", "", ""),
                ("1", "Việc", "Sở Y tế", "", "Quý I", ""),
                ("", "Việc khác", "Sở Y tế", "", "Quý I", ""),
                ("6", "Đề mục", "", "", "", ""),
                ("", "Việc duy nhất", "Sở Y tế", "", "Quý I", ""),
            )
        )[0:3]
        assert (beside.section, other.section) == (("I. Nhóm",), ("I. Nhóm",))
        assert (below.number, below.section) == (None, ("I. Nhóm", "6. Đề mục"))

    def test_groups_without_number(self) -> None:
        found = tasks(
            table(
                HEADER,
                Row(("Lĩnh vực y tế",) * 6, across=frozenset(range(1, 6))),
                ("1", "Việc", "Sở Y tế", "", "Quý I", ""),
                Row(("Lĩnh vực nội vụ",) * 6, across=frozenset(range(1, 6))),
                ("2", "Việc", "Sở Nội vụ", "", "Quý I", ""),
            )
        )
        assert [task.section for task in found] == [("Lĩnh vực y tế",), ("Lĩnh vực nội vụ",)]

    def test_numbers_inside_the_content_where_no_column_has_them(self) -> None:
        (task,) = tasks(
            table(
                ("Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn"),
                ("I. Nhóm một", "", ""),
                ("1. Soạn đề án", "Sở Y tế", "Quý I"),
            )
        )
        assert (task.section, task.number, task.content) == (("I. Nhóm một",), "1", "Soạn đề án")

    def test_a_heading_with_nothing_below_is_named(self) -> None:
        draft = drafted(table(HEADER, ("1", "Việc", "Sở Y tế", "", "Quý I", ""), ("2", "Việc trống", "", "", "", "")))
        assert len(draft.tasks) == 1
        assert "“2. Việc trống”" in draft.warnings[0]


class TestPassingDown:
    def test_agency_and_deadline_of_a_group_reach_rows_that_lack_them(self) -> None:
        found = tasks(
            table(
                HEADER,
                ("1", "Nhóm báo cáo", "Sở Y tế", "Các sở", "", ""),
                ("1.1", "Báo cáo a", "", "", "Quý I", "Báo cáo"),
                ("1.2", "Báo cáo b", "Sở Nội vụ", "", "Quý I", "Báo cáo"),
                ("2", "Nhóm quý II", "", "", "Quý II", ""),
                ("2.1", "Việc c", "Sở Tài chính", "", "", "Báo cáo"),
            )
        )
        assert [(t.number, t.lead, t.deadline_raw) for t in found if t.number in ("1.1", "1.2", "2.1")] == [
            ("1.1", ("Sở Y tế",), "Quý I"),
            ("1.2", ("Sở Nội vụ",), "Quý I"),
            ("2.1", ("Sở Tài chính",), "Quý II"),
        ]
        assert "2" not in [task.number for task in found]

    def test_rows_with_content_alone_are_tasks_below_a_group_that_gives(self) -> None:
        found = tasks(table(HEADER, ("1", "Nhóm", "Sở Y tế", "", "", ""), ("1.1", "Việc a", "", "", "", "")))
        assert [(task.number, task.lead) for task in found] == [("1.1", ("Sở Y tế",))]

    def test_agencies_as_headings_of_a_table_without_an_agency_column(self) -> None:
        found = tasks(
            table(
                ("TT", "Nội dung", "Thời gian", "Sản phẩm"),
                ("I", "Sở Nội vụ", "", ""),
                ("1", "Soạn đề án", "Quý I", "Đề án"),
                ("II", "Sở Y tế", "", ""),
                ("1", "Báo cáo", "Quý I", "Báo cáo"),
            )
        )
        assert [task.lead for task in found] == [("Sở Nội vụ",), ("Sở Y tế",)]

    def test_quarters_as_headings_of_a_table_without_a_column_of_deadlines(self) -> None:
        found = tasks(
            table(
                ("TT", "Nội dung", "Chủ trì", "Phối hợp"),
                Row(("QUÝ I",) * 4, across=frozenset({1, 2, 3})),
                ("1", "Soạn", "Sở Y tế", ""),
                Row(("QUÝ II",) * 4, across=frozenset({1, 2, 3})),
                ("2", "Họp", "Sở Y tế", ""),
            )
        )
        assert [task.deadline for task in found] == [
            Period(date(2026, 1, 1), date(2026, 3, 31)),
            Period(date(2026, 4, 1), date(2026, 6, 30)),
        ]

    def test_listed_parts_without_agency_or_deadline_take_those_of_the_task_above(self) -> None:
        parent, part = tasks(
            table(
                HEADER,
                ("1", "Báo cáo", "Sở Y tế", "", "Thường xuyên", ""),
                ("", "- Báo cáo tháng", "", "", "", "Báo cáo"),
            )
        )
        assert parent.number == "1"
        assert (part.section, part.lead, part.deadline_raw) == (("1. Báo cáo",), ("Sở Y tế",), "Thường xuyên")

    def test_a_cell_merged_down_over_several_tasks(self) -> None:
        found = tasks(
            table(
                HEADER,
                ("1", "Việc a", "Sở Y tế", "", "Quý I", "A"),
                Row(("2", "Việc b", "Sở Y tế", "", "Quý I", "B"), down=frozenset({2, 4})),
            )
        )
        assert [(task.content, task.lead, task.deadline_raw) for task in found] == [
            ("Việc a", ("Sở Y tế",), "Quý I"),
            ("Việc b", ("Sở Y tế",), "Quý I"),
        ]


class TestRowsThatBelongTogether:
    def test_a_row_cut_by_a_page_break(self) -> None:
        (task,) = tasks(
            table(HEADER, ("1", "Soạn kế", "- Văn phòng", "", "Thường", "Theo 12/KH-")),
            table(HEADER, ("", "hoạch", "UBND tỉnh", "", "xuyên", "UBND")),
        )
        assert (task.content, task.lead, task.product) == ("Soạn kế hoạch", ("Văn phòng UBND tỉnh",), "Theo 12/KH-UBND")
        assert task.deadline_raw == "Thường xuyên"

    def test_a_piece_without_headings_and_a_page_number_between(self) -> None:
        found = tasks(
            table(HEADER, ("1", "Soạn", "Sở Y tế", "", "Quý I", "")),
            "2",
            table(("2", "Họp", "Sở Nội vụ", "", "Quý II", "")),
        )
        assert [task.number for task in found] == ["1", "2"]

    def test_numbered_lines_between_pieces_are_headings(self) -> None:
        found = tasks(
            "I. Nhóm một",
            table(HEADER, ("1", "Soạn", "Sở Y tế", "", "Quý I", "")),
            "II. Nhóm hai",
            table(("1", "Họp", "Sở Nội vụ", "", "Quý II", ""), ("2", "Viết", "Sở Nội vụ", "", "Quý II", "")),
        )
        assert [task.section for task in found] == [("I. Nhóm một",), ("II. Nhóm hai",), ("II. Nhóm hai",)]

    def test_lines_printed_on_every_page_do_not_cut_a_row(self) -> None:
        (task,) = tasks(
            Table((Row(HEADER, page=1), Row(("1", "Soạn kế", "Sở Y tế", "", "Quý I", ""), page=1))),
            Paragraph("UBND TỈNH LÀO CAI", page=2),
            Table((Row(HEADER, page=2), Row(("", "hoạch", "", "", "", ""), page=2))),
        )
        assert task.content == "Soạn kế hoạch"

    def test_points_below_a_task_belong_to_its_content(self) -> None:
        (task,) = tasks(table(HEADER, ("1", "Soạn:", "Sở Y tế", "", "Quý I", ""), ("", "- kế hoạch", "", "", "", "")))
        assert task.content == "Soạn: - kế hoạch"

    def test_a_new_row_without_number_after_a_page_break(self) -> None:
        found = tasks(
            table(HEADER, ("1", "Soạn kế hoạch", "Sở Y tế", "", "Quý I", "")),
            table(HEADER, ("", "Tổng kết", "Sở Nội vụ", "", "Quý IV", "Báo cáo")),
        )
        assert [task.content for task in found] == ["Soạn kế hoạch", "Tổng kết"]

    def test_a_second_deadline_and_product_of_one_task(self) -> None:
        (task,) = tasks(
            table(
                HEADER,
                ("1", "Soạn", "Sở Y tế", "", "Quý I", "Kế hoạch"),
                ("", "", "", "", "Quý II", "Báo cáo"),
                Row(("1", "Soạn", "Sở Y tế", "", "Quý II", "Phụ lục"), down=frozenset({0, 1, 2, 3, 4})),
            )
        )
        assert [(due.raw, due.product) for due in task.also] == [("Quý II", "Báo cáo"), ("Quý II", "Phụ lục")]

    def test_the_same_content_for_another_agency_is_a_task_of_its_own(self) -> None:
        found = tasks(
            table(
                HEADER,
                ("1", "Báo cáo", "Sở Y tế", "", "Quý I", "A"),
                ("", "", "Sở Nội vụ", "", "Quý II", "B"),
            )
        )
        assert [(task.number, task.content, task.lead) for task in found] == [
            ("1", "Báo cáo", ("Sở Y tế",)),
            ("1", "Báo cáo", ("Sở Nội vụ",)),
        ]

    def test_a_cell_merged_over_both_agency_columns(self) -> None:
        (task,) = tasks(table(HEADER, Row(("1", "Soạn", "Sở Y tế", "Sở Y tế", "Quý I", ""), across=frozenset({3}))))
        assert (task.lead, task.coordinating) == (("Sở Y tế",), ("Sở Y tế",))

    def test_remarks_and_signatures_below_are_no_tasks(self) -> None:
        found = tasks(
            table(
                HEADER,
                ("1", "Soạn", "Sở Y tế", "", "Quý I", ""),
                ("Ghi chú: báo cáo đúng hạn", "", "", "", "", ""),
                ("", "NGƯỜI LẬP BIỂU", "", "", "CHỦ TỊCH", ""),
                ("", "Họ tên", "Sở Y tế", "", "Quý I", ""),
            ),
            table(("Nơi nhận:\n- Như trên", "TM. ỦY BAN NHÂN DÂN")),
        )
        assert len(found) == 1


class TestAppendices:
    @pytest.mark.parametrize(
        ("heading", "name"),
        [
            ("PHỤ LỤC I", "Phụ lục I"),
            ("Phụ lục II:", "Phụ lục II"),
            ("PHỤ LỤC", "Phụ lục"),
            ("Phụ lục 01: Danh mục nhiệm vụ", "Phụ lục 01"),
            ("PHỤ LỤC SỐ 2 (Kèm theo Kế hoạch)", "Phụ lục số 2"),
        ],
    )
    def test_the_heading_above_names_it(self, heading: str, name: str) -> None:
        (task,) = tasks(heading, table(HEADER, ("1", "Soạn", "Sở Y tế", "", "Quý I", "")))
        assert task.appendix == name

    def test_a_sentence_about_an_appendix_is_none(self) -> None:
        (task,) = tasks(
            "Phụ lục ban hành kèm theo Kế hoạch này gồm các nhiệm vụ sau",
            table(HEADER, ("1", "Soạn", "Sở Y tế", "", "Quý I", "")),
        )
        assert task.appendix is None

    def test_two_appendices_on_one_sheet(self) -> None:
        blank = ("",) * 5
        found = tasks(
            table(
                ("PHỤ LỤC I", *blank),
                HEADER,
                ("I", "Nhóm", "", "", "", ""),
                ("1", "Soạn", "Sở Y tế", "", "Quý I", ""),
                ("PHỤ LỤC II", *blank),
                ("DANH MỤC KHÁC", *blank),
                HEADER,
                ("1", "Họp", "Sở Y tế", "", "Quý I", ""),
            )
        )
        assert [(task.appendix, task.section) for task in found] == [
            ("Phụ lục I", ("I. Nhóm",)),
            ("Phụ lục II", ()),
        ]


class TestIndicators:
    def test_operators_units_and_parts(self) -> None:
        draft = drafted(
            table(
                ("TT", "Nội dung chỉ tiêu", "Đơn vị", "Chỉ tiêu năm 2026", "Cơ quan thực hiện"),
                ("1", "Hài lòng", "%", "Tối thiểu 90", "Các sở"),
                ("2", "Trễ hạn", "%", "không quá 2,5", "Các sở"),
                ("3", "Thu ngân sách", "tỷ đồng", "Trên 12.500", "Sở Tài chính"),
                ("", "Trong đó: thu nội địa", "tỷ đồng", "10.000", "Sở Tài chính"),
                ("4", "Hồ sơ trên môi trường mạng", "", "", ""),
                ("4.1", "Cấp tỉnh", "%", "từ 80 trở lên", "Các sở"),
                ("5", "Nghèo", "%", "dưới 1%", ""),
                ("6", "Khoảng", "%", "80-85", ""),
            )
        )
        assert [(i.number, i.parent, i.operator, i.target, i.unit) for i in draft.indicators] == [
            ("1", None, ">=", 90, "%"),
            ("2", None, "<=", 2.5, "%"),
            ("3", None, ">", 12500, "tỷ đồng"),
            (None, "3", "=", 10000, "tỷ đồng"),
            ("4.1", "4", ">=", 80, "%"),
            ("5", None, "<", 1, "%"),
            ("6", None, "=", None, "%"),
        ]
        assert draft.indicators[4].scope == {"year": 2026, "of": "Hồ sơ trên môi trường mạng"}
        assert draft.tasks == ()
        assert "“80-85”" in draft.warnings[0]


class TestFacts:
    LINE = table(HEADER, ("1", "Soạn", "Sở Y tế", "", "Quý I", ""))

    def facts(self, *lines: str) -> plans.Facts:
        return drafted(*lines, self.LINE, title=()).document

    def test_from_the_letterhead(self) -> None:
        found = self.facts(
            "ỦY BAN NHÂN DÂN",
            "THÀNH PHỐ HỒ CHÍ MINH",
            "Số: 1234/QĐ-UBND",
            "Thành phố Hồ Chí Minh, ngày 15 tháng 01 năm 2025",
            "QUYẾT ĐỊNH",
            "Ban hành Chương trình công tác năm 2025",
        )
        assert (found.kind, found.number, found.date) == ("Quyết định", "1234/QĐ-UBND", date(2025, 1, 15))
        assert (found.issuer, found.place) == ("UBND thành phố Hồ Chí Minh", "Hồ Chí Minh")
        assert (found.year, found.title) == (2025, "Ban hành Chương trình công tác năm 2025")

    def test_from_the_line_that_ties_the_appendix(self) -> None:
        found = self.facts(
            "PHỤ LỤC I",
            "(Kèm theo Chỉ thị số 02/CT-UBND ngày 10/01/2025",
            "của Chủ tịch UBND thành phố Đà Nẵng)",
        )
        assert (found.kind, found.number, found.date) == ("Chỉ thị", "02/CT-UBND", date(2025, 1, 10))
        assert (found.issuer, found.place, found.year) == ("Chủ tịch UBND thành phố Đà Nẵng", "Đà Nẵng", 2025)

    @pytest.mark.parametrize(
        ("lines", "number", "day"),
        [
            (("Số: /KH-UBND", "Lào Cai, ngày tháng 01 năm 2024"), None, None),
            (("Số: …/KH-UBND", "Lào Cai, ngày 05 tháng 01 năm 2024"), None, date(2024, 1, 5)),
            (("Số: 7/KH-UBND", "Lào Cai, ngày ... tháng ... năm 2024"), "7/KH-UBND", None),
        ],
    )
    def test_a_part_left_blank_is_none(self, lines: tuple[str, ...], number: str | None, day: date | None) -> None:
        found = self.facts("UBND TỈNH LÀO CAI", *lines, "KẾ HOẠCH", "Công tác năm 2024")
        assert (found.number, found.date, found.kind) == (number, day, "Kế hoạch")
        assert (found.place, found.year) == ("Lào Cai", 2024)

    def test_a_letterhead_whose_halves_were_read_as_one_line(self) -> None:
        found = self.facts(
            "UBND TỈNH LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 24/KH-UBND Lào Cai, ngày 29 tháng 01 năm 2026",
        )
        assert (found.number, found.date) == ("24/KH-UBND", date(2026, 1, 29))
        assert (found.issuer, found.place) == ("UBND tỉnh Lào Cai", "Lào Cai")

    def test_numbers_and_dates_of_documents_it_rests_on_are_not_its_own(self) -> None:
        found = self.facts("KẾ HOẠCH", "Công tác năm 2026", "Căn cứ Quyết định số 12/QĐ-TTg ngày 05/01/2024;")
        assert (found.number, found.date, found.year) == (None, None, 2026)

    def test_the_chair_who_signs_alone_issues_it(self) -> None:
        found = self.facts("UBND TỈNH LÀO CAI", "KẾ HOẠCH", "năm 2026", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn Mẫu")
        assert (found.issuer, found.signer) == ("Chủ tịch UBND tỉnh Lào Cai", "Trần Văn Mẫu")

    def test_the_office_that_follows_the_plan(self) -> None:
        draft = drafted("Giao Sở Y tế theo dõi, đôn đốc việc thực hiện.", self.LINE)
        assert draft.document.coordinating_office == "Sở Y tế"

    def test_missing_facts_are_named(self) -> None:
        draft = drafted(self.LINE)
        assert draft.warnings == ("Văn bản không ghi đủ số, ngày ban hành; cần bổ sung trước khi giao việc.",)


def test_a_task_without_agency_says_so_and_an_empty_deadline_does_not() -> None:
    first, second = tasks(table(HEADER, ("1", "Soạn", "", "", "Quý I", ""), ("2", "Họp", "Sở Y tế", "", "-", "")))
    assert first.warnings == ("Không thấy cơ quan chủ trì của việc này trong văn bản.",)
    assert (second.deadline_raw, second.deadline, second.warnings) == ("", Unspecified(), ())


def test_a_document_without_a_table_of_tasks_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="Không tìm thấy bảng nhiệm vụ"):
        drafted(table(("STT", "Họ và tên", "Chức vụ"), ("1", "Trần Văn Mẫu", "Chuyên viên")))


def test_json_holds_optional_keys_only_where_they_say_something() -> None:
    draft = drafted(table(HEADER, ("1", "Soạn", "Sở Y tế", "", "Quý I", "Đề án"), ("2", "Họp", "", "", "", "")))
    data = plans.to_json(draft)
    assert list(data) == ["document", "tasks", "indicators", "warnings"]
    assert data["tasks"][0] == {
        "appendix": None,
        "section": [],
        "number": "1",
        "content": "Soạn",
        "lead": ["Sở Y tế"],
        "coordinating": [],
        "deadline_raw": "Quý I",
        "deadline": {"kind": "period", "start": "2026-01-01", "end": "2026-03-31"},
        "product": "Đề án",
    }


@pytest.mark.parametrize("odd", ["IIII", "LCX", "CV"])
def test_a_misspelt_roman_number_is_still_a_heading(odd: str) -> None:
    (_, task) = tasks(
        table(
            HEADER,
            ("III", "Nhóm ba", "", "", "", ""),
            ("1", "Soạn", "Sở Y tế", "", "Quý I", ""),
            (odd, "Nhóm sau", "", "", "", ""),
            ("1", "Họp", "Sở Y tế", "", "Quý I", ""),
        )
    )
    assert task.section == (f"{odd}. Nhóm sau",)
