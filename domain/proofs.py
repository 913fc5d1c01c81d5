"""Proof of notice: who was told what of an assignment, when, by which channel, and what came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.delivery import State
from domain.notices import Kind
from domain.people import Role

KIND_LABELS = {
    Kind.ASSIGNED: "Giao việc",
    Kind.REMINDER: "Nhắc hạn",
    Kind.INTERNAL: "Nhắc hạn nội bộ",
    Kind.OVERDUE: "Báo quá hạn",
    Kind.ESCALATION: "Báo lên cấp trên",
    Kind.URGE: "Văn phòng đôn đốc",
    Kind.FORWARDED: "Chuyển vướng mắc",
    Kind.RETURNED: "Trả lại báo cáo",
    Kind.CONFIRMED: "Xác nhận hoàn thành",
    Kind.AMENDED: "Sửa đổi kế hoạch",
    Kind.REPORTED: "Báo cáo chờ xác nhận",
    Kind.EXTENSION: "Đề nghị gia hạn",
    Kind.EXTENDED: "Trả lời gia hạn",
    Kind.OBSTACLE: "Báo vướng mắc",
    Kind.NOT_OURS: "Báo không thuộc đơn vị",
    Kind.PROPOSED: "Trình lãnh đạo gia hạn",
    Kind.HEAD_ASKED: "Lãnh đạo cơ quan xác nhận",
    Kind.WAITS: "Báo việc chờ đã lâu",
    Kind.DIRECTION: "Ý kiến của lãnh đạo, gửi Văn phòng",
    Kind.DIRECTED: "Ý kiến của lãnh đạo, gửi đơn vị",
    Kind.DELIVERED: "Trả lời lãnh đạo",
    Kind.ANSWERED: "Trả lời vướng mắc",
    Kind.COORDINATES: "Giao phối hợp",
    Kind.REQUESTED: "Đề nghị cung cấp",
    Kind.PROVIDED: "Đã cung cấp",
    Kind.NOT_NEEDED: "Không cần cung cấp nữa",
    Kind.SUCCEEDED: "Chuyển cơ quan kế thừa",
    Kind.PLAN_CLOSED: "Kết thúc kế hoạch",
    Kind.CALENDAR: "Đổi lịch làm việc",
    Kind.CHECK_IN: "Hỏi thăm định kỳ",
}
"""What can be said of an assignment; every other kind is about something else."""

ARRIVAL_LABELS = {
    State.WAITING: "chờ gửi",
    State.SENDING: "đang gửi",
    State.SENT: "đã gửi",
    State.UNKNOWN: "không rõ đã đến",
    State.FAILED: "gửi không được",
    State.CANCELLED: "không gửi nữa",
}
"""How a sending ended, for people."""

CHANNEL_LABELS = {
    "web": "trang chat",
    "telegram": "Telegram",
    "zalo_bot": "Zalo",
    "zalo_oa": "Zalo OA",
    "email": "thư điện tử",
}
"""The channels' names for people."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One thing said to one person. `at` is when it left, or when it was to leave where it has not."""

    kind: Kind
    agency: str
    own: bool
    """Whether it was said to the people of the agency that owes the assignment."""
    person: str
    position: str
    role: Role
    channel: str
    state: State
    at: datetime
    times: int
    """How often it was tried; more than once carries "(nhắc lại)"."""
    text: str
    """Word for word as it left, with everything else the message said; "" where nothing left."""
    seen_at: datetime | None
    """When this person first opened the assignment, or did something about it, from then on."""
    answered_at: datetime | None
    """When anybody of the agency first did something about the assignment from then on."""
    received_at: datetime | None = None
    """When the message arrived, as its provider says; few providers do."""
    viewed_at: datetime | None = None
    """When the person looked at the message, as its provider says."""

    @property
    def kind_label(self) -> str:
        """What was said, in Vietnamese."""
        return KIND_LABELS.get(self.kind, "Tin khác")

    @property
    def state_label(self) -> str:
        """How it ended, in Vietnamese."""
        return ARRIVAL_LABELS[self.state]

    @property
    def channel_label(self) -> str:
        """The channel's name for people, "" where none was taken yet."""
        return CHANNEL_LABELS.get(self.channel, self.channel)


@dataclass(frozen=True, slots=True)
class Text:
    """One text as it left, and the places in the list of tellings, from 1, of those that it said."""

    numbers: Sequence[int]
    text: str


@dataclass(frozen=True, slots=True)
class Unreached:
    """An audience in which nobody could be reached at the moment planned."""

    agency: str
    role: Role
    since: datetime


@dataclass(frozen=True, slots=True)
class DueDate:
    """One due date the assignment has had: the last day on time, why, when and by whom it was decided."""

    due_on: date | None
    reason: str
    decided_at: datetime
    decided_by: str
    basis: str
    """The document it rests on, "" for none."""


@dataclass(frozen=True, slots=True)
class UrgedByLetter:
    """One official letter by which the office urged, once it was signed."""

    number: str
    on: date
    wanted_by: date | None
    """By when it wanted the work done."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody of the agency did about the assignment."""

    at: datetime
    person: str
    what: str


@dataclass(frozen=True, slots=True)
class ProofOfNotice:
    """Everything said of one assignment, in order of time, and what its agency did."""

    code: str
    content: str
    agency: str
    agency_code: str
    plan_kind: str
    plan_number: str
    plan_date: date | None
    appendix: str
    row: str
    product: str
    deadline_raw: str
    period: str
    issued_at: datetime
    due_on: date | None
    state: str
    due_dates: Sequence[DueDate]
    tellings: Sequence[Telling]
    unreached: Sequence[Unreached]
    deeds: Sequence[Deed]
    letters: Sequence[UrgedByLetter] = ()

    @property
    def acknowledged_at(self) -> datetime | None:
        """When the agency first did something about it."""
        return self.deeds[0].at if self.deeds else None

    @property
    def texts(self) -> list[Text]:
        """The texts that left, each once."""
        found: dict[str, list[int]] = {}
        for number, one in enumerate(self.tellings, 1):
            if one.text:
                found.setdefault(one.text, []).append(number)
        return [Text(numbers, text) for text, numbers in found.items()]

    @property
    def told_at(self) -> datetime | None:
        """When the first message to the agency's own people left for certain."""
        return min((one.at for one in self.tellings if one.own and one.state is State.SENT), default=None)
