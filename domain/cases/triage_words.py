"""How a case stands, in the words of the register: whose step is next, and how much of a clock is left.

Days are working days throughout; late is derived from a date and the days between, never from a state.
"""

from datetime import date

from domain.cases.lifecycle import State
from domain.local import long_day, short_day


def waits(state: State, agency: str = "", *, proposed_by: str = "", publishable: bool = False) -> str:
    """Return whose step is next and which: "chờ Văn phòng tiếp nhận", "chờ Sở Tư pháp nhận".

    `agency` is who has the case; `proposed_by` names who proposed what a second person must agree on.
    """
    if proposed_by and state.is_open:
        return f"chờ người thứ hai của Văn phòng đồng ý từ chối ({proposed_by} đề xuất)"
    if state is State.ANSWERED:
        return "chờ Văn phòng công khai" if publishable else "không còn chờ ai"
    return _WAITS.get(state, "không còn chờ ai").format(agency=agency or "cơ quan xử lý")


_WAITS = {
    State.WAITING_RECEPTION: "chờ Văn phòng tiếp nhận",
    State.CLASSIFYING: "chờ Văn phòng phân loại, chuyển",
    State.SUPPLEMENT_ASKED: "chờ người gửi bổ sung",
    State.FORWARDED: "chờ {agency} nhận",
    State.IN_PROGRESS: "chờ {agency} xử lý, trả lời",
    State.CLARIFYING: "chờ người gửi trả lời câu hỏi của {agency}",
    State.RETURN_ASKED: "chờ Văn phòng quyết định đề nghị chuyển lại của {agency}",
    State.COLLECTED: "{agency} tập hợp, nghiên cứu thêm",
    State.AWAITING_APPROVAL: "chờ lãnh đạo {agency} duyệt dự thảo trả lời",
    State.REOPENED: "chờ Văn phòng quyết định phản ánh lại",
    State.FORWARDED_OUTSIDE: "chờ kết quả của cơ quan ngoài tỉnh, chỉ theo dõi",
}

BEFORE_TRANSFER = frozenset({State.WAITING_RECEPTION, State.CLASSIFYING, State.SUPPLEMENT_ASKED})
"""The states in which the clock is that of the transfer (C1); afterwards it is that of the answer (C2)."""


def clock(
    state: State, due_on: date | None, today: date, days_left: int, age: int, wait_until: date | None = None
) -> str:
    """Return what the running clock says, short enough for one line of a list.

    `days_left` are the working days from today until `due_on`, negative once one has passed since; `age` the working
    days since the case was received.
    """
    if not state.is_open:
        return f"nhận cách đây {age} ngày làm việc" if age else "nhận hôm nay"
    if state is State.COLLECTED and wait_until is not None:
        return f"xem xét lại trước hết {long_day(wait_until)}"
    what = _limit(state)
    if due_on is None:
        return f"chưa đặt hạn trả lời, đã {age} ngày làm việc từ ngày nhận"
    if due_on < today:
        by = f" {-days_left} ngày làm việc" if days_left < 0 else ""
        return f"QUÁ {what.upper()}{by} ({long_day(due_on)})"
    if due_on == today:
        return f"{what} hôm nay, {long_day(due_on)}"
    return f"{what} {long_day(due_on)}, còn {days_left} ngày làm việc"


def _limit(state: State) -> str:
    """Return what is to be done by the running clock's date."""
    if state is State.REOPENED:
        return "hạn quyết định"
    return "hạn chuyển" if state in BEFORE_TRANSFER else "hạn trả lời"


def clocks(received_on: date, age: int, waited: int, ended_on: date | None = None) -> str:
    """Return both numbers of a case's age in working days: all of it, and of that the time its sender was waited for.

    The age never restarts, not when the case goes to another agency either.
    """
    whole = f"Tổng thời gian: {age} ngày làm việc từ {short_day(received_on)}"
    until = f" đến {short_day(ended_on)}" if ended_on else ""
    return f"{whole}{until}; trong đó chờ người gửi {waited} ngày làm việc"
