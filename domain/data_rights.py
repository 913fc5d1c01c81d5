"""What a citizen may ask about the own personal data, and by when the office answers and acts.

Rules as data, looked up by the day of the request (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 and Nghị định
356/2025/NĐ-CP, both in force from 01/01/2026).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import ActRefused
from domain.workdays import WorkCalendar


class Right(StrEnum):
    """What a person asks for (Luật 91/2025/QH15, Điều 4)."""

    SEE = "see"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    ERASE = "erase"
    RESTRICT = "restrict"
    OBJECT = "object"

    @property
    def label(self) -> str:
        """The right in Vietnamese."""
        return _LABELS[self]

    @property
    def at_once(self) -> bool:
        """Whether the program grants it by itself to the chat the data came from; the rest waits for a person."""
        return self in {Right.SEE, Right.CORRECT, Right.WITHDRAW}


_LABELS = {
    Right.SEE: "xem dữ liệu cá nhân",
    Right.CORRECT: "sửa dữ liệu cá nhân",
    Right.WITHDRAW: "rút đồng ý công khai",
    Right.ERASE: "xoá dữ liệu cá nhân",
    Right.RESTRICT: "hạn chế xử lý dữ liệu cá nhân",
    Right.OBJECT: "phản đối xử lý dữ liệu cá nhân",
}


class State(StrEnum):
    """The life of a request; late is derived from the day, never stored."""

    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The state in Vietnamese."""
        return _STATES[self]


_STATES = {
    State.OPEN: "đang xem xét",
    State.DONE: "đã thực hiện",
    State.REFUSED: "không thực hiện được",
    State.CANCELLED: "ông/bà đã rút yêu cầu",
}


class Act(StrEnum):
    """What can be done to a request."""

    FULFIL = "fulfil"
    REFUSE = "refuse"
    EXTEND = "extend"
    CANCEL = "cancel"


MOVES: Mapping[tuple[State, Act], State] = {
    (State.OPEN, Act.FULFIL): State.DONE,
    (State.OPEN, Act.REFUSE): State.REFUSED,
    (State.OPEN, Act.EXTEND): State.OPEN,
    (State.OPEN, Act.CANCEL): State.CANCELLED,
}


def moved(state: State, act: Act) -> State:
    """Return the state after an act. Raises ActRefused where the request is settled already."""
    found = MOVES.get((state, act))
    if found is None:
        raise ActRefused(f"Yêu cầu này {state.label}, không đổi được nữa; xin gửi yêu cầu mới nếu cần.")
    return found


@dataclass(frozen=True, slots=True)
class Limit:
    """Calendar days within which a right is granted, `with_others` where third parties must act too.

    `verified` is False where the article's own number could not be read and an office should check it.
    """

    days: int
    with_others: int
    article: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Pack:
    """The limits in force from a day on: the answer in working days, each right, and one extension."""

    since: date
    answer_days: int
    limits: Mapping[Right, Limit]
    extension_days: int
    article: str


_STOP = Limit(15, 20, "Nghị định 356/2025/NĐ-CP, Điều 5 khoản 2")
_LOOK = Limit(10, 20, "Nghị định 356/2025/NĐ-CP, Điều 5", verified=False)
_ERASE = Limit(20, 20, "Luật 91/2025/QH15, Điều 14; Nghị định 356/2025/NĐ-CP, Điều 5", verified=False)

PACKS = (
    Pack(
        since=date(2026, 1, 1),
        answer_days=2,
        limits={
            Right.SEE: _LOOK,
            Right.CORRECT: _LOOK,
            Right.WITHDRAW: _STOP,
            Right.RESTRICT: _STOP,
            Right.OBJECT: _STOP,
            Right.ERASE: _ERASE,
        },
        extension_days=15,
        article="Luật 91/2025/QH15 và Nghị định 356/2025/NĐ-CP, Điều 5",
    ),
)
"""Oldest first."""


def pack_on(day: date) -> Pack:
    """Return the limits in force on a day. Raises ValueError for a day before the law."""
    found = [one for one in PACKS if one.since <= day]
    if not found:
        raise ValueError(f"no rule on requests about personal data was in force on {day}")
    return found[-1]


@dataclass(frozen=True, slots=True)
class Clocks:
    """Last days on time: the first answer, and the act itself."""

    answer_by: date
    act_by: date
    said: str


def clocks(right: Right, asked_on: date, calendar: WorkCalendar, *, others: bool = False) -> Clocks:
    """Return by when a request of that day is answered and carried out, and why.

    The day of the request is not counted; a term in calendar days that ends on a day off runs to the end of the next
    working day (Bộ luật Dân sự 2015, Điều 147 and 148.5). `others`: somebody outside the office must stop using
    the data too.
    """
    pack = pack_on(asked_on)
    limit = pack.limits[right]
    days = limit.with_others if others else limit.days
    said = (
        f"trả lời trong {pack.answer_days:02d} ngày làm việc, thực hiện trong {days} ngày kể từ ngày yêu cầu "
        f"({limit.article})"
    )
    act_by = calendar.on_or_after(asked_on + timedelta(days=days))
    return Clocks(calendar.add(asked_on, pack.answer_days), act_by, said)


def extended(act_by: date, asked_on: date, to: date, calendar: WorkCalendar, *, times: int) -> date:
    """Return the later day, checked: once only, later than `act_by`, by no more than the law's days.

    Raises ActRefused, also where it was extended before (`times`).
    """
    most = pack_on(asked_on).extension_days
    latest = calendar.on_or_after(act_by + timedelta(days=most))
    if times:
        raise ActRefused("Yêu cầu này đã gia hạn một lần; xin thực hiện hoặc trả lời từ chối kèm lý do.")
    if not act_by < to <= latest:
        raise ActRefused(
            f"Ngày gia hạn phải sau {act_by:%d/%m/%Y} và không quá {latest:%d/%m/%Y} (gia hạn một lần, "
            f"tối đa {most} ngày)."
        )
    return to


def latest_extension(act_by: date, asked_on: date, calendar: WorkCalendar) -> date:
    """Return the last day to which a request may be extended."""
    return calendar.on_or_after(act_by + timedelta(days=pack_on(asked_on).extension_days))


def is_late(state: State, act_by: date, today: date) -> bool:
    """Whether a request is past its day and still open."""
    return state is State.OPEN and today > act_by


ERASED = (
    "họ tên, địa chỉ, số điện thoại, địa chỉ thư",
    "bản nháp và nội dung trò chuyện đang lưu",
    "tệp đã gửi kèm phản ánh",
    "tin hai bên đã gửi tại tài khoản này",
)
"""What a deletion takes away."""

KEPT = (
    "mã, ngày tháng, các bước xử lý và trả lời của phản ánh, không còn nối với người gửi",
    "nội dung phản ánh, đã che họ tên, địa chỉ, số điện thoại, số giấy tờ",
    "sổ ghi việc đồng ý, không còn tên người đồng ý",
)
"""What a deletion leaves."""

WHY_KEPT = (
    "Hồ sơ phản ánh, kiến nghị phải được lưu giữ (Nghị định 20/2008/NĐ-CP, Điều 9 khoản 1 điểm đ), nên phản ánh được "
    "giữ lại ở dạng không còn xác định được người gửi."
)
"""Why a deletion does not take all, for the person who asked (Luật 91/2025/QH15, Điều 14: who asks is told)."""
