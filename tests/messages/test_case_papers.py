"""Papers about a citizen's case: who is named in them and who is not, what is left to be filled in."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.oxml.ns import qn

from domain.case_papers import PaperKind, paper_named
from domain.errors import ActRefused
from messages import case_papers as papers
from messages.case_papers import Addressee, Answer, Case, Forwarding, Receipt, Refusal, Supplement
from messages.official import Letterhead, Signatory

HEAD = Letterhead("Ủy ban nhân dân tỉnh Mẫu", "Văn phòng", "VP-KSTT", "Mẫu")
AGENCY_HEAD = Letterhead("Ủy ban nhân dân tỉnh Mẫu", "Sở Nông nghiệp và Môi trường", "", "Mẫu")
SIGNED = Signatory("KT. Chánh Văn phòng", "Phó Chánh Văn phòng", "Trần Mẫu Bình")
OFFICE = "Văn phòng UBND tỉnh Mẫu"
CASE = Case(
    "PAKN-BN-2026-000123",
    date(2026, 11, 2),
    "Cổng Dịch vụ công quốc gia",
    "Tôi nộp hồ sơ cấp đổi giấy chứng nhận từ ngày 03/8/2026, đã quá hẹn hai tháng.\n"
    "Cán bộ tiếp nhận không có văn bản xin lỗi, hẹn lại nhiều lần.",
    external_code="PA.2026.7788",
)
WHO = Addressee("Nguyễn Mẫu An", "thôn Mẫu, xã Mẫu, tỉnh Mẫu")
FORWARDING = Forwarding(HEAD, SIGNED, OFFICE, CASE, "Sở Nông nghiệp và Môi trường", date(2026, 11, 23), files=2)
REFUSAL = Refusal(
    HEAD,
    SIGNED,
    OFFICE,
    CASE,
    WHO,
    "nội dung chưa rõ ràng",
    "Nghị định 20/2008/NĐ-CP, Điều 7 khoản 1 điểm c",
    "Phản ánh chưa nêu nơi nộp hồ sơ và mã hồ sơ",
    "Ông/bà kể lại rõ việc gì, ở đâu, khi nào, phản ánh được xem xét lại theo mã cũ.",
)
SUPPLEMENT = Supplement(
    HEAD,
    SIGNED,
    OFFICE,
    CASE,
    WHO,
    ["Nơi nộp hồ sơ (tên Trung tâm phục vụ hành chính công)", "Mã hồ sơ hoặc ảnh giấy hẹn"],
    date(2026, 11, 16),
    "số 10 đường Mẫu, điện thoại 0204 3854 000",
)
ANSWER = Answer(
    AGENCY_HEAD,
    Signatory("", "Giám đốc", "Lê Mẫu Chi"),
    "Sở Nông nghiệp và Môi trường",
    OFFICE,
    CASE,
    WHO,
    "Hồ sơ chậm do phải đo đạc lại thửa đất.\nSở đã xin lỗi ông/bà và trả kết quả ngày 18/11/2026.",
    "đã khắc phục",
    date(2026, 11, 4),
    "512/VP-KSTT",
)
RECEIPT = Receipt(
    HEAD,
    SIGNED,
    OFFICE,
    replace(CASE, external_code="", source="trực tiếp"),
    WHO,
    date(2026, 11, 9),
    "Chuyển trong 05 ngày làm việc, không kể thứ Bảy, Chủ nhật.",
    "7c1e09af",
    "Tổ tiếp nhận, điện thoại 0204 3854 000",
    "https://nhacviec.example/tra-cuu",
    2,
)
ALL: dict[PaperKind, Callable[[], bytes]] = {
    PaperKind.FORWARDING: lambda: papers.forwarding(FORWARDING),
    PaperKind.REFUSAL: lambda: papers.refusal(REFUSAL),
    PaperKind.SUPPLEMENT: lambda: papers.supplement(SUPPLEMENT),
    PaperKind.ANSWER: lambda: papers.answer(ANSWER),
    PaperKind.RECEIPT: lambda: papers.receipt(RECEIPT),
}


def text_of(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return "\n".join("".join(one.text or "" for one in part.iter(qn("w:t"))) for part in body.iter(qn("w:p")))


@pytest.mark.parametrize("kind", PaperKind)
def test_every_paper_has_its_code_and_a_blank_number_and_names_only_whom_it_is_addressed_to(kind: PaperKind) -> None:
    said = text_of(ALL[kind]())
    assert "PAKN-BN-2026-000123" in said
    assert "Số:        /" in said
    assert ("Nguyễn Mẫu An" in said) is kind.to_citizen
    assert ("thôn Mẫu" in said) is kind.to_citizen
    assert "None" not in said
    assert "[" not in said, "nothing is left to be written"
    assert paper_named(kind.word) is paper_named(kind.label) is paper_named(kind.value) is kind


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(ActRefused, match="khong-tiep-nhan"):
        paper_named("giấy mời")


def test_passing_on_asks_for_an_answer_by_a_date_only_where_the_province_has_set_one() -> None:
    assert "chậm nhất ngày 23/11/2026" in text_of(papers.forwarding(FORWARDING))
    unset = text_of(papers.forwarding(replace(FORWARDING, due_on=None)))
    assert "trong thời hạn quy định" in unset
    outside = text_of(papers.forwarding(replace(FORWARDING, outside=True)))
    assert "không thuộc thẩm quyền" not in outside
    assert "chậm nhất" not in outside


def test_conduct_goes_to_the_head_alone() -> None:
    conduct = text_of(papers.forwarding(replace(FORWARDING, case=replace(CASE, conduct=True))))
    assert "Kính gửi: Thủ trưởng Sở Nông nghiệp và Môi trường" in conduct
    assert "không giao người bị phản ánh xử lý" in conduct
    assert "Thủ trưởng cơ quan trực tiếp" not in text_of(papers.forwarding(FORWARDING))


def test_what_is_not_written_yet_is_marked() -> None:
    said = text_of(papers.answer(replace(ANSWER, text="", outcome="", to=Addressee())))
    assert "[Nội dung trả lời" in said
    assert "Kính gửi: Ông/bà gửi phản ánh, kiến nghị mã số PAKN-BN-2026-000123" in said
    assert "[Ghi rõ từng nội dung" in text_of(papers.supplement(replace(SUPPLEMENT, items=[])))


def test_an_office_that_answers_itself_passed_nothing_on() -> None:
    said = text_of(papers.answer(replace(ANSWER, agency=OFFICE, head=HEAD)))
    assert "chuyển đến" not in said
    assert "để theo dõi, công khai" not in said
    assert "Ngày 02/11/2026, Văn phòng UBND tỉnh Mẫu nhận được" in said
