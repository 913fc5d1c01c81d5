"""The receipt that whoever reports in person takes home."""

from dataclasses import dataclass
from datetime import date

from messages.case_papers import words
from messages.case_papers.words import Addressee, Case
from messages.official import Column, Letterhead, OfficialPaper, Signatory


@dataclass(frozen=True, slots=True)
class Receipt:
    """What whoever comes in person takes home: the code, when the case is passed on, where to ask."""

    head: Letterhead
    signatory: Signatory
    office: str
    case: Case
    to: Addressee
    forward_by: date
    explanation: str
    """How the date is counted, as a sentence."""
    secret: str = ""
    """The secret part of the code; "" where it is not known any more."""
    contact: str = ""
    address: str = ""
    """The page where a case can be looked up, "" where there is none."""
    files: int = 0


_RECEIPT = (Column("Nội dung", 4.6), Column("Thông tin", 11.4))


def receipt(paper: Receipt) -> bytes:
    """Return the receipt as a Word file."""
    case, made = paper.case, OfficialPaper(paper.head, kind="Giấy biên nhận", subject="Tiếp nhận phản ánh, kiến nghị")
    made.paragraph(f"{paper.office} đã nhận phản ánh, kiến nghị của ông/bà với các thông tin sau:")
    code = f"{case.code}\nPhần bí mật: {paper.secret} (xin giữ kín)" if paper.secret else case.code
    rows = [
        ("Mã số", code),
        ("Người phản ánh, kiến nghị", paper.to.name or "Chưa ghi họ tên"),
        ("Địa chỉ", paper.to.address),
        ("Ngày tiếp nhận", f"{case.received_on:%d/%m/%Y} ({case.source})"),
        ("Nội dung", words.short(case.content)),
        ("Tài liệu kèm theo", f"{paper.files:02} tệp" if paper.files else "Không có"),
        ("Chuyển cơ quan xử lý", f"Chậm nhất ngày {paper.forward_by:%d/%m/%Y}. {paper.explanation}".strip()),
        ("Tra cứu", _looked_up(paper)),
    ]
    made.table(_RECEIPT, [list(one) for one in rows if one[1]], size=12)
    made.paragraph(
        "Thông tin cá nhân của ông/bà chỉ dùng để xử lý và trả lời phản ánh, kiến nghị này; ông/bà có quyền yêu cầu "
        "xem, sửa hoặc xóa theo quy định của pháp luật về bảo vệ dữ liệu cá nhân."
    )
    made.signed(["Ông/bà có tên trên"], paper.signatory)
    return made.saved()


def _looked_up(paper: Receipt) -> str:
    ways = []
    if paper.address:
        ways.append(f"tại trang {paper.address}")
    ways.append("nhắn “tracuu” kèm mã số cho kênh tiếp nhận của cơ quan")
    if paper.contact:
        ways.append(f"liên hệ {paper.contact}")
    said = "; hoặc ".join(ways)
    return f"{said[:1].upper()}{said[1:]}."
