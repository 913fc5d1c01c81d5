"""What a notice says of one case besides its code and date: how it came, what happened, what a head is asked for."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.compose.parts import Context
from domain.cases import happenings
from domain.cases.decisions import Outcome
from domain.cases.lifecycle import State
from domain.local import short_day
from domain.notices import Kind
from domain.people import Role
from storage.cases import answers, events, proposals, rows, tellings
from storage.types import AnyRow
from storage.views.cases.caseload import Case


@dataclass(frozen=True, slots=True)
class Told:
    """One case as a notice tells it: the case, what happened in a few words, and what was said about it."""

    case: Case
    row: AnyRow
    event: str = ""
    said: str = ""
    since: date | None = None

    def __getattr__(self, name: str) -> Any:
        """Return what the case itself knows."""
        return getattr(self.case, name)


def _plainly(_context: Context, row: AnyRow, case: Case) -> Told:
    waits = case.state is State.AWAITING_APPROVAL
    whose = "đồng chí" if row.role == Role.HEAD else "lãnh đạo cơ quan"
    said = f"Dự thảo trả lời đang chờ {whose} duyệt" if waits else ""
    return Told(case, row, said=said, since=case.forwarded_on)


_HANDED = {
    "handler": "Lãnh đạo cơ quan giao đồng chí xử lý",
    "work_again": "Người gửi phản ánh lại, Văn phòng giao xử lý lại",
    "reroute": "Văn phòng chuyển từ cơ quan khác sang",
}
"""How a case came to its reader, where it was not simply passed on."""


def _handed(context: Context, row: AnyRow, case: Case) -> Told:
    found, whole = _event(context, row, case), rows.get(context.unit, case.id)
    if found is not None and found.act in _HANDED:
        words = f": {found.text}" if context.private and found.text else ""
        return Told(case, row, said=f"{_HANDED[found.act]}{words}")
    if whole is None or not whole.forward_number:
        return Told(case, row)
    on = f" ngày {short_day(whole.forward_on)}" if whole.forward_on else ""
    return Told(case, row, said=f"Văn phòng chuyển theo văn bản {whole.forward_number}{on}")


def _event(context: Context, row: AnyRow, case: Case) -> AnyRow | None:
    """Return the event of the case's history that a notice tells."""
    number = row.occasion.rpartition(":")[2]
    return next((one for one in events.of(context.unit, case.id) if str(one.id) == number), None)


def _with_words(context: Context, row: AnyRow, case: Case) -> Told:
    found = _event(context, row, case)
    return Told(case, row, said=found.text if found is not None else "")


def _for_approval(context: Context, row: AnyRow, case: Case) -> Told:
    if row.data["what"] == "answer":
        drafts = [one for one in answers.of(context.unit, case.id) if one.state == answers.DRAFTED]
        outcome = f": {Outcome(drafts[-1].outcome).label}" if drafts else ""
        return Told(case, row, said=f"dự thảo trả lời người gửi{outcome}")
    waiting = proposals.get(context.unit, row.data["proposal"])
    until = short_day(date.fromisoformat(waiting.data["review_on"])) if waiting is not None else ""
    return Told(case, row, said=f"đề nghị tiếp tục tập hợp, nghiên cứu, xem xét lại {until}")


EVENTS = {
    "refusal_proposed": "đề nghị không tiếp nhận, chờ người thứ hai đồng ý",
    "refusal_declined": "đề nghị không tiếp nhận không được đồng ý",
    "return_asked": "cơ quan đề nghị chuyển lại, chờ Văn phòng quyết định",
    "collected": "lãnh đạo cơ quan duyệt tiếp tục tập hợp, nghiên cứu",
    "answered": "cơ quan đã trả lời người gửi",
    "added": "người gửi bổ sung nội dung",
    "supplemented": "người gửi đã bổ sung theo yêu cầu",
    "appealed": "người gửi đề nghị xem xét lại việc không tiếp nhận",
    "clarified": "người gửi đã trả lời câu hỏi",
    "timed_out": "hết hạn bổ sung, đã dừng tiếp nhận",
    "withdrawn": "người gửi đã rút",
    "split": "tách khỏi mã đã gộp, xử lý riêng",
    "reported_again": "người gửi phản ánh lại, chờ Văn phòng quyết định",
    "identity_read": "cơ quan đã xem thông tin người gửi",
    "upheld": "Văn phòng giữ nguyên cơ quan xử lý",
    "extended": "Văn phòng gia hạn trả lời",
    "moved_away": "Văn phòng đã chuyển cho nơi khác xử lý, đơn vị không phải trả lời",
    "merged_away": "Văn phòng đã gộp vào mã khác, đơn vị không phải trả lời riêng",
    "review": "đến ngày xem xét lại, tiếp tục xử lý",
    "publication_prepared": "bản công khai chờ người thứ hai duyệt",
    "publication_returned": "bản công khai được trả lại để sửa",
    "publication_due": "đến hạn công khai kết quả",
}
"""What happened to a case, by the word the act leaves in its notice."""

_NO_MORE = frozenset({"moved_away", "merged_away"})
"""Events after which the agency that had a case owes nothing about it."""


def _happened(context: Context, row: AnyRow, case: Case) -> Told:
    what, found = row.data["what"], _event(context, row, case)
    rounds = row.data.get("rounds", 0)
    more = f" (lần {rounds})" if rounds > 1 else ""
    if what == "answered" and case.due_on is not None and case.ended_on is not None and case.ended_on > case.due_on:
        more = f", chậm {(case.ended_on - case.due_on).days} ngày"
    if what in _NO_MORE:  # its date is somebody else's now
        case = replace(case, due_on=None)
    return Told(case, row, event=f"{EVENTS[what]}{more}", said=found.text if found is not None else "")


def _by_hand(context: Context, row: AnyRow, case: Case) -> Told:
    told = tellings.of_occasion(context.unit, case.id, row.occasion.removeprefix("tell:"))
    return Told(case, row, event=happenings.TOLD[told.kind] if told is not None else "")


_SAYING: dict[Kind, Callable[[Context, AnyRow, Case], Told]] = {
    Kind.CASE_FORWARDED: _handed,
    Kind.CASE_RETURNED: _with_words,
    Kind.CASE_URGED: _with_words,
    Kind.CASE_TO_APPROVE: _for_approval,
    Kind.CASE_EVENT: _happened,
    Kind.CASE_TELL: _by_hand,
}


def told_of(context: Context, kind: Kind, row: AnyRow, case: Case) -> Told:
    """Return what a notice of this kind tells of a case."""
    return _SAYING.get(kind, _plainly)(context, row, case)
