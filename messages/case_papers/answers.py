"""The letter that answers whoever reported (Nghị định 20/2008/NĐ-CP, Điều 14), a draft to be numbered and signed."""

from dataclasses import dataclass
from datetime import date

from messages.case_papers import words
from messages.case_papers.words import Addressee, Case
from messages.official import Letterhead, OfficialPaper, Signatory


@dataclass(frozen=True, slots=True)
class Answer:
    """What the letter that answers says; `agency` answers, `office` passed the case on."""

    head: Letterhead
    signatory: Signatory
    agency: str
    office: str
    case: Case
    to: Addressee
    text: str
    """What is answered, its lines as paragraphs; "" where nothing is written yet."""
    outcome: str = ""
    forwarded_on: date | None = None
    forward_number: str = ""
    again_days: int = 15
    """Days in which the citizen may report again."""


def answer(paper: Answer) -> bytes:
    """Return the letter as a Word file; what is still to be written stands marked in its place."""
    made = OfficialPaper(paper.head, subject=f"V/v trả lời phản ánh, kiến nghị mã số {paper.case.code}")
    made.addressed([words.citizen(paper.to, paper.case)])
    made.paragraph(_came(paper))
    words.quoted(made, words.short(paper.case.content))
    made.paragraph(f"Sau khi xem xét, {paper.agency} trả lời như sau:")
    for line in paper.text.split("\n"):
        if line.strip():
            made.paragraph(line.strip())
    if not paper.text.strip():
        made.to_fill_in("Nội dung trả lời: kết quả xem xét, căn cứ, việc đã làm và thời hạn hoàn thành (nếu còn)")
    if paper.outcome:
        made.paragraph(f"Kết quả xử lý: {words.sentence(paper.outcome)}")
    made.paragraph(
        f"Trường hợp chưa đồng ý với nội dung trả lời, ông/bà có thể phản ánh lại theo mã số {paper.case.code} trong "
        f"{paper.again_days:02} ngày kể từ ngày nhận được văn bản này. {paper.agency} trả lời để ông/bà biết./."
    )
    follow = [] if paper.office == paper.agency else [f"{paper.office} (để theo dõi, công khai)"]
    made.signed(["Như trên", *follow], paper.signatory)
    return made.saved()


def _came(paper: Answer) -> str:
    if paper.office == paper.agency:
        return f"{words.received(paper.agency, paper.case)[:-1]}, nội dung:"
    by = f" tại Văn bản số {paper.forward_number}" if paper.forward_number else ""
    on = f" ngày {paper.forwarded_on:%d/%m/%Y}" if paper.forwarded_on else ""
    return (
        f"{paper.agency} nhận được phản ánh, kiến nghị của ông/bà, mã số "
        f"{paper.case.code}{words.external(paper.case)}, do {paper.office} chuyển đến{by}{on}, nội dung:"
    )
