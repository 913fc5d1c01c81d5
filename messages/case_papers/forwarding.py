"""The paper that passes a case on (Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm d).

It tells what was reported, never by whom: the handling agency asks for that with a reason.
"""

from dataclasses import dataclass
from datetime import date

from messages.case_papers import words
from messages.case_papers.words import Case
from messages.official import Letterhead, OfficialPaper, Signatory


@dataclass(frozen=True, slots=True)
class Forwarding:
    """What the paper that passes a case on says."""

    head: Letterhead
    signatory: Signatory
    office: str
    case: Case
    agency: str
    due_on: date | None = None
    """Until when the agency is to answer; None where the province has set no limit."""
    return_days: int = 2
    """Working days within which the agency says that it is not competent."""
    outside: bool = False
    """Whether the agency is outside the province: it answers by its own rules."""
    files: int = 0


def forwarding(paper: Forwarding) -> bytes:
    """Return the paper as a Word file."""
    case, made = paper.case, OfficialPaper(paper.head, subject="V/v chuyển phản ánh, kiến nghị của cá nhân, tổ chức")
    made.addressed([f"Thủ trưởng {paper.agency}" if case.conduct else paper.agency])
    made.paragraph(
        f"Ngày {case.received_on:%d/%m/%Y}, {paper.office} tiếp nhận phản ánh, kiến nghị mã số {case.code}"
        f"{words.external(case)}, {words.way(case)}. Nội dung phản ánh, kiến nghị như sau:"
    )
    words.quoted(made, case.content)
    made.paragraph(
        f"Căn cứ điểm d khoản 1 Điều 9 {words.DECREE}, {paper.office} chuyển phản ánh, kiến nghị nêu trên đến quý cơ "
        "quan để xem xét, xử lý theo thẩm quyền."
    )
    for line in _asked(paper):
        made.paragraph(line)
    made.paragraph(
        "Thông tin về người phản ánh, kiến nghị được giữ bí mật và không gửi kèm văn bản này; khi cần cho việc xử lý, "
        f"đề nghị quý cơ quan nêu rõ lý do để {paper.office} xem xét, cung cấp./."
    )
    enclosed = [f"Như trên (kèm theo {paper.files:02} tệp)" if paper.files else "Như trên"]
    made.signed([*enclosed, "Lãnh đạo Văn phòng (để báo cáo)"], paper.signatory)
    return made.saved()


def _asked(paper: Forwarding) -> list[str]:
    if paper.outside:
        return [
            f"Đề nghị quý cơ quan xử lý, trả lời theo quy định và thông báo kết quả đến {paper.office} để theo dõi, "
            "trả lời người phản ánh, kiến nghị."
        ]
    by = f", chậm nhất ngày {paper.due_on:%d/%m/%Y}" if paper.due_on else " trong thời hạn quy định"
    lines = [
        "Đề nghị quý cơ quan:",
        f"1. Xử lý và trả lời phản ánh, kiến nghị{by}; gửi kết quả (nội dung trả lời, số, ngày văn bản) về "
        f"{paper.office} để trả lời người phản ánh, kiến nghị và công khai theo quy định.",
        f"2. Trường hợp nội dung không thuộc thẩm quyền, có văn bản gửi lại {paper.office} trong "
        f"{paper.return_days:02} ngày làm việc, nêu rõ lý do và cơ quan có thẩm quyền; không chuyển tiếp cơ quan khác.",
    ]
    if paper.case.conduct:
        lines.append(
            "3. Phản ánh liên quan đến hành vi của cán bộ, công chức: đề nghị Thủ trưởng cơ quan trực tiếp chỉ đạo xem "
            "xét; không giao người bị phản ánh xử lý và không cung cấp nội dung cho người không có trách nhiệm."
        )
    return lines
