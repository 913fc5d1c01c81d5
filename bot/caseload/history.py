"""What happened to a case, as far as the agency that has it now may read it, and the draft that waits."""

from dataclasses import dataclass
from datetime import datetime

from bot.desk import Desk
from domain.cases.decisions import Outcome
from domain.cases.lifecycle import State
from storage.views.cases import cards
from storage.views.cases.caseload import Case

SHOWN = 6

_LABELS = {
    "forward": "Văn phòng chuyển",
    "reroute": "Văn phòng chuyển cơ quan xử lý",
    "work_again": "Văn phòng giao xử lý lại",
    "keep": "Văn phòng giữ lại xử lý",
    "uphold": "Văn phòng giữ nguyên cơ quan",
    "urge": "Văn phòng đôn đốc",
    "extend": "Văn phòng gia hạn",
    "urgency": "Văn phòng đổi mức độ",
    "acknowledge": "đơn vị nhận xử lý",
    "ask_return": "đơn vị đề nghị chuyển lại",
    "handler": "lãnh đạo giao người xử lý",
    "ask": "hỏi người gửi",
    "clarify": "người gửi trả lời",
    "added": "người gửi bổ sung",
    "resume": "tiếp tục, không chờ trả lời",
    "progress": "báo tiến độ",
    "propose_collecting": "đề nghị tập hợp, nghiên cứu thêm",
    "collecting_declined": "lãnh đạo không đồng ý tập hợp thêm",
    "collect": "tập hợp, nghiên cứu thêm",
    "review": "đến ngày xem xét lại",
    "draft": "trình dự thảo trả lời",
    "return_draft": "lãnh đạo trả lại dự thảo",
    "answer": "đã trả lời người gửi",
    "record_answer": "Văn phòng ghi kết quả trả lời",
    "report_again": "người gửi phản ánh lại",
    "rate": "người gửi đánh giá",
    "withdraw": "người gửi rút",
    "identity_read": "xem thông tin người gửi",
}
"""What an agency reads of a case's history; what the office discusses inside stands nowhere here."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that happened."""

    at: datetime
    label: str
    text: str


def of(desk: Desk, case: Case) -> list[Said]:
    """Return the last of what happened, oldest first; what another agency noted is its own."""
    found = [
        Said(one.at, _LABELS[one.act], one.text)
        for one in cards.history(desk.unit, case.id)
        if one.act in _LABELS and one.agency_id in {None, case.agency_id}
    ]
    return found[-SHOWN:]


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of an answer: it waits for the head, or was given back with the reason."""

    outcome: Outcome
    text: str
    waits: bool
    reason: str


def draft(desk: Desk, case: Case) -> Draft | None:
    """Return the newest draft where it has not become the answer."""
    if not case.state.is_with_agency and case.state is not State.COLLECTED:
        return None
    found = [one for one in cards.answers_of(desk.unit, case.id) if one.agency_id == case.agency_id]
    if not found or found[-1].state == "approved":
        return None
    newest = found[-1]
    return Draft(Outcome(newest.outcome), newest.text, newest.state == "drafted", newest.reason or "")
