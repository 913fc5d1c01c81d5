"""Papers to whoever reports, before a case is passed on: it is not taken up, or something is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.case_papers import words
from messages.case_papers.words import Addressee, Case
from messages.official import Letterhead, OfficialPaper, Signatory


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the notice that a case is not taken up says: the ground, why, and what can be done."""

    head: Letterhead
    signatory: Signatory
    office: str
    case: Case
    to: Addressee
    ground: str
    basis: str
    explanation: str
    way_out: str
    appeal: bool = True
    """Whether the citizen may still ask once for it to be looked at again."""


def refusal(paper: Refusal) -> bytes:
    """Return the notice as a Word file."""
    made = OfficialPaper(paper.head, kind="Thông báo", subject="Về việc không tiếp nhận phản ánh, kiến nghị")
    made.addressed([words.citizen(paper.to, paper.case)])
    made.paragraph(words.received(paper.office, paper.case))
    made.paragraph(
        f"Căn cứ {words.DECREE}, {paper.office} thông báo không tiếp nhận phản ánh, kiến nghị nêu trên với lý do sau:"
    )
    made.paragraph(f"1. Lý do: {paper.ground} ({paper.basis}).")
    if paper.explanation:
        made.paragraph(f"2. Giải thích: {words.sentence(paper.explanation)}")
    made.paragraph(f"{3 if paper.explanation else 2}. Hướng dẫn: {words.sentence(paper.way_out)}")
    if paper.appeal:
        made.paragraph(
            f"Nếu không đồng ý, ông/bà có thể đề nghị {paper.office} xem xét lại một lần, ghi mã số {paper.case.code}."
        )
    made.paragraph(f"{paper.office} thông báo để ông/bà biết./.")
    made.signed(["Như trên", "Lãnh đạo Văn phòng (để báo cáo)"], paper.signatory)
    return made.saved()


@dataclass(frozen=True, slots=True)
class Supplement:
    """What the letter that asks for more says: every missing thing, and until when."""

    head: Letterhead
    signatory: Signatory
    office: str
    case: Case
    to: Addressee
    items: Sequence[str]
    until: date | None
    contact: str = ""
    """Whom to ask and where to send to: a name, an address, a number; "" where the office has said none."""


def supplement(paper: Supplement) -> bytes:
    """Return the letter as a Word file."""
    made = OfficialPaper(paper.head, subject="V/v đề nghị bổ sung, làm rõ phản ánh, kiến nghị")
    made.addressed([words.citizen(paper.to, paper.case)])
    made.paragraph(words.received(paper.office, paper.case))
    made.paragraph(
        f"Căn cứ yêu cầu đối với phản ánh, kiến nghị quy định tại Điều 7 {words.DECREE}, {paper.office} đề nghị ông/bà "
        "bổ sung, làm rõ:"
    )
    for at, one in enumerate(paper.items, 1):
        made.paragraph(f"{at}. {words.sentence(one)}")
    if not paper.items:
        made.to_fill_in("Ghi rõ từng nội dung cần bổ sung, làm rõ")
    by = f" trước hết ngày {paper.until:%d/%m/%Y}" if paper.until else ""
    where = f", hoặc liên hệ {paper.contact}" if paper.contact else ""
    made.paragraph(
        f"Đề nghị ông/bà gửi nội dung bổ sung{by} bằng chính kênh đã gửi phản ánh{where}, ghi rõ mã số "
        f"{paper.case.code}. Không cần gửi bản chụp giấy tờ tùy thân."
    )
    made.paragraph(
        "Quá thời hạn trên mà chưa nhận được nội dung bổ sung, phản ánh, kiến nghị được tạm dừng xem xét; khi ông/bà "
        "bổ sung, việc xem xét được tiếp tục theo mã số cũ./."
    )
    made.signed(["Như trên"], paper.signatory)
    return made.saved()
