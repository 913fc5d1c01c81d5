"""Duties in the running text and figures inside the words of tasks."""

from datetime import date

import pytest

from domain import plans
from domain.deadlines import ByDate, Recurring, Unspecified
from domain.plans import Draft
from domain.sources import Document, Paragraph, Row, Table

HEADER = ("TT", "Nội dung", "Cơ quan chủ trì", "Thời hạn", "Sản phẩm")


def drafted(*lines: str, content: str = "Làm việc", product: str = "", page: int | None = None) -> Draft:
    table = Table((Row(HEADER), Row(("1", content, "Sở Nội vụ", "Quý I", product))))
    title = (Paragraph("KẾ HOẠCH"), Paragraph("Việc năm 2026"))
    body = tuple(Paragraph(line, page=page, line=place) for place, line in enumerate(lines, start=1))
    return plans.draft(Document("a.txt", (*title, *body, table)), file_name="a.txt")


def offered(*lines: str) -> list[tuple[tuple[str, ...], str]]:
    return [(one.agencies, one.deadline_raw) for one in drafted(*lines).suggestions]


@pytest.mark.parametrize(
    ("line", "agencies", "when"),
    [
        ("1. Sở Tài chính bố trí kinh phí thực hiện Kế hoạch.", ("Sở Tài chính",), ""),
        ("2. Giao Văn phòng UBND tỉnh theo dõi, đôn đốc.", ("Văn phòng UBND tỉnh",), ""),
        (
            "Căn cứ Kế hoạch này, các sở, ban, ngành xây dựng kế hoạch, hoàn thành trước ngày 20/01/2026.",
            ("các sở, ban, ngành",),
            "trước ngày 20/01/2026",
        ),
        (
            "- UBND các xã, phường báo cáo trước ngày 25 hằng tháng.",
            ("UBND các xã, phường",),
            "trước ngày 25 hằng tháng",
        ),
        (
            "Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức thành viên phối hợp giám sát.",
            ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các tổ chức thành viên"),
            "",
        ),
    ],
)
def test_a_duty_in_the_part_on_organising(line: str, agencies: tuple[str, ...], when: str) -> None:
    assert offered("III. TỔ CHỨC THỰC HIỆN", line) == [(agencies, when)]


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/02/2025;",
        "Trong quá trình thực hiện, nếu có vướng mắc thì báo cáo để xem xét.",
        "Sở Tài chính, các cơ quan có liên quan chịu trách nhiệm thi hành Quyết định này.",
        "Kinh phí thực hiện do ngân sách nhà nước bảo đảm theo quy định.",
    ],
)
def test_what_charges_nobody_is_not_offered(line: str) -> None:
    assert offered("III. TỔ CHỨC THỰC HIỆN", line) == []


def test_recipients_are_not_offered() -> None:
    assert offered("III. TỔ CHỨC THỰC HIỆN", "Nơi nhận:", "- Sở Tài chính thực hiện theo chức năng, nhiệm vụ;") == []


def test_elsewhere_only_what_is_dated_or_told_in_words() -> None:
    assert offered(
        "II. NỘI DUNG",
        "1. Các sở, ngành kịp thời trình công bố danh mục thủ tục.",
        "2. Sở Nội vụ hoàn thành việc rà soát trước ngày 30/6/2026.",
        "3. Yêu cầu Công an tỉnh rà soát cơ sở dữ liệu dân cư.",
    ) == [(("Sở Nội vụ",), "trước ngày 30/6/2026"), (("Công an tỉnh",), "")]


def test_points_below_a_heading_of_agencies_are_theirs() -> None:
    chairs = ("Thủ trưởng các cơ quan, đơn vị", "Chủ tịch UBND các xã")
    assert offered(
        "Điều 2. Thủ trưởng các cơ quan, đơn vị; Chủ tịch UBND các xã",
        "1. Bám sát mục tiêu, tổ chức thực hiện các nhiệm vụ được giao.",
        "2. Căn cứ nhiệm vụ, xây dựng văn bản chỉ đạo tại cơ quan, đơn vị, địa phương.",
        "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
    ) == [(chairs, ""), (chairs, "")]


def test_a_sentence_broken_into_lines_is_one() -> None:
    draft = drafted(
        "III. TỔ CHỨC THỰC HIỆN",
        "1. Sở Tài chính chủ trì, phối hợp với các cơ quan có liên quan tham mưu",
        "bố trí kinh phí trước ngày 15/3/2026.",
        page=1,
    )
    (one,) = draft.suggestions
    assert one.content.endswith("tham mưu bố trí kinh phí trước ngày 15/3/2026.")
    assert one.deadline == ByDate(date(2026, 3, 15), inclusive=False)
    assert (one.source.page, one.source.line) == (1, 2)


def test_a_suggestion_is_no_task_and_comes_back_from_json() -> None:
    draft = drafted("III. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ tổng hợp báo cáo hằng quý gửi UBND tỉnh.")
    assert [task.content for task in draft.tasks] == ["Làm việc"]
    assert [one.deadline for one in draft.suggestions] == [Recurring(("quarter",))]
    written = plans.to_json(draft)
    assert "suggestions" not in plans.to_json(drafted())["document"]
    assert plans.from_json(written).suggestions == draft.suggestions


def test_words_of_time_that_are_not_understood_leave_no_date() -> None:
    (one,) = drafted("III. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ báo cáo trước ngày 31/02/2026 theo quy định.").suggestions
    assert (one.deadline_raw, one.deadline) == ("", Unspecified())


def figures(content: str, product: str = "") -> list[tuple[str, float, str, int | None]]:
    return [
        (one.operator, one.target, one.scope, one.parent) for one in drafted(content=content, product=product).targets
    ]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("Mức độ hài lòng đạt tối thiểu 90%", [(">=", 90, "", None)]),
        ("Hài lòng đạt tối thiểu 90%. Trong đó, lĩnh vực đất đai, xây dựng đạt tối thiểu 85%",
         [(">=", 90, "", None), (">=", 85, "lĩnh vực đất đai, xây dựng", 0)]),
        ("Trên 95% hồ sơ đúng hạn, riêng đất đai từ 80% trở lên",
         [(">", 95, "", None), (">=", 80, "đất đai", 0)]),
        ("Hồ sơ thực hiện trên môi trường mạng là 80%", [("=", 80, "", None)]),
        ("Tỷ lệ trễ hạn dưới 1,5%", [("<", 1.5, "", None)]),
        ("Số hóa ít nhất 50%, 40%, 35% kết quả của tỉnh, huyện, xã",
         [(">=", 50, "", None), ("=", 40, "", None), ("=", 35, "", None)]),
        ("Thực hiện 12 đợt kiểm tra", []),
    ],
)  # fmt: skip
def test_percentages_inside_a_task(content: str, found: list[tuple[str, float, str, int | None]]) -> None:
    assert figures(content) == found


def test_percentages_are_no_indicators_and_stand_under_their_own_key() -> None:
    draft = drafted(content="Làm việc", product="100% hồ sơ được số hóa; báo cáo")
    assert draft.indicators == ()
    (target,) = draft.targets
    assert (target.task, target.content, target.unit) == (0, "100% hồ sơ được số hóa", "%")
    assert plans.from_json(plans.to_json(draft)).targets == draft.targets
    assert "targets" not in plans.to_json(drafted())


def test_a_task_that_rests_on_a_text_that_has_ended() -> None:
    lines = ("Hà Châu, ngày 20 tháng 01 năm 2026",)
    draft = drafted(*lines, content="Xin lỗi khi trễ hạn theo Nghị định số 61/2018/NĐ-CP")
    assert any("Nghị định 118/2025/NĐ-CP từ ngày 01/07/2025" in warning for warning in draft.warnings)
    earlier = drafted("Hà Châu, ngày 20 tháng 01 năm 2025", content="Xin lỗi theo Nghị định số 61/2018/NĐ-CP")
    assert not any("118/2025" in warning for warning in earlier.warnings)
