"""Messages in short, for channels and accounts that want no more: code, title, date, link; no reasons, no names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from actions import links
from actions.compose.parts import SHOWN, Context, open_each
from domain.buttons import Verb, choice
from domain.notices import Kind
from domain.outgoing import Capabilities, Choice, Message
from domain.people import Role
from messages.render import render
from storage.types import AnyRow
from storage.views.cases import cards

TITLE = 60
"""Characters of a title, cut at a word."""

TITLES = {
    Kind.JOIN_REQUEST: "Yêu cầu tham gia chờ duyệt",
    Kind.SEATED: "Kết quả duyệt tham gia",
    Kind.UNREACHABLE: "Người không còn liên lạc được",
    Kind.SUBSTITUTE: "Thay người vắng mặt",
    Kind.SUCCEEDED: "Tiếp nhận từ cơ quan sáp nhập",
    Kind.PLAN_CLOSED: "Kết thúc năm kế hoạch",
    Kind.CALENDAR: "Lịch nghỉ cần xác nhận",
    Kind.PREVIEW: "Việc sắp báo lên lãnh đạo",
    Kind.DIRECTION: "Ý kiến của lãnh đạo",
    Kind.DIRECTED: "Ý kiến của lãnh đạo UBND",
    Kind.DELIVERED: "Trả lời ý kiến của đồng chí",
    Kind.ASK_DATE: "Nhiệm vụ chưa có hạn",
    Kind.CHECK_IN: "Hỏi thăm việc thường xuyên",
    Kind.COORDINATES: "Việc phối hợp",
    Kind.COLLECT: "Biểu mẫu cần gửi (gõ bieumau)",
    Kind.PUBLICATION: "Danh sách công khai (gõ congkhai)",
    Kind.DIGEST: "Tổng hợp trong ngày",
    Kind.DIGEST_CHECK: "Bản tin lãnh đạo để xem trước",
    Kind.MORNING: "Việc đang chờ",
    Kind.BROADCAST: "Thông báo chung (gõ thongbao để đọc)",
    Kind.RECONFIRM: "Xác nhận cán bộ đầu mối (gõ daumoi)",
    Kind.ALARM: "Sự cố của hệ thống nhắc việc",
}
"""What is said of notices that are about no assignment and no case."""

_OTHER = "Thông báo"
_OF_A_REQUEST = {Kind.REQUESTED, Kind.PROVIDED, Kind.NOT_NEEDED}
"""What has a day of its own beside the assignment's."""
_OF_THE_OFFICE = {Role.COORDINATOR, Role.LEADER, Role.ADMIN}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in short; what it lacks is "" or None."""

    code: str
    title: str
    due_on: date | None
    url: str


def brief(
    context: Context, rows: Sequence[AnyRow], endpoint_id: int, can: Capabilities, asked: Sequence[Choice]
) -> Message:
    """Return the message for notices that were found true, in short.

    `asked` are the choices of the whole message: what asks for an answer, and names nobody, is kept.
    """
    lines = list(dict.fromkeys(_lines(context, rows, endpoint_id)))
    text = render("brief", lines=lines[:SHOWN], more=lines[SHOWN:], count=len(lines), day=context.day)
    return Message(text, _choices(context, rows, asked) if can.buttons else (), numbered=False)


def _lines(context: Context, rows: Sequence[AnyRow], endpoint_id: int) -> Iterator[Line]:
    addresses: dict[int, str] = {}
    for row in rows:
        work = context.works.get(row.matter_id)
        if work is not None:
            if work.id not in addresses:
                wanted = len(addresses) < SHOWN
                addresses[work.id] = (
                    links.detail(context.unit, endpoint_id, work.id, context.now) or "" if wanted else ""
                )
            on = None if row.kind in _OF_A_REQUEST else work.due_on
            yield Line(work.code, work.content, on, addresses[work.id])
            continue
        case = cards.by_id(context.unit, row.matter_id) if row.matter_id is not None else None
        if case is not None:  # what a citizen wrote is nobody's short title
            yield Line(case.code, "", case.due_on, "")
        else:
            yield Line("", TITLES.get(Kind(row.kind), _OTHER), None, "")


def _choices(context: Context, rows: Sequence[AnyRow], asked: Sequence[Choice]) -> tuple[Choice, ...]:
    told = {row.matter_id: context.works[row.matter_id] for row in rows if row.matter_id in context.works}
    office = any(row.role in _OF_THE_OFFICE and row.matter_id not in told for row in rows)
    kept = (f"{Verb.CHECK_IN}:", f"{Verb.CASELOAD}:", f"{Verb.REGISTER}:")
    answers = [one for one in asked if one.key.startswith(kept)]
    overview = [choice("Xem tổng hợp", Verb.DIGEST)] if office else []
    return (*open_each(list(told.values())[:5]), *answers, *overview)
