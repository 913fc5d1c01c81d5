"""Citizens' feedback in the demo: the week before the plan, acted by the cast, so that every step can be seen.

One case is answered and public, one is with a commune, one waits for a head, one for a second person's consent, one
is about conduct, one has just come in.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions import office_settings, people
from actions.cases import answering, forwarding, handling, opening, publishing, refusing, triage
from domain.cases.decisions import LegalClass, Outcome, Source
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.local import VIETNAM, today
from domain.people import Viewer
from messages.render import render
from storage.database import Unit
from storage.views import office as office_views

BEGIN = datetime(2026, 1, 5, 8, 0, tzinfo=VIETNAM)
"""The Monday on which the demo's office opens, a week before the plan."""

SETTINGS: Mapping[str, str] = {
    "case_answer_normal": "10 ngày",
    "case_publish_days": "5",
    "case_publication": "có",
    "door_complaint": "Ban Tiếp công dân tỉnh Sông Lam, trụ sở Văn phòng UBND tỉnh",
    "door_field": "Tổng đài tiếp nhận phản ánh hiện trường, 0900 000 099",
}
"""What a province decides itself, decided here for the province of the demo."""

_WHO = Reporter("Nguyễn Mẫu Sáu", "thôn Mẫu Bảy, xã Lam Thượng", phone="0900 000 101")
_ANOTHER = Reporter("Trần Mẫu Tám", "tổ dân phố 2, phường Vĩnh Lam", phone="0900 000 102")


@dataclass(frozen=True, slots=True)
class Told:
    """What a citizen writes: about whom, what, and which of the demo's two citizens it is."""

    about: str
    content: str
    kind: Kind = Kind.REGULATION
    played: bool = False
    """Whether it comes from the citizen whom the visitor can be."""
    happened: str = ""
    place: str = ""


_TOLD: Mapping[str, Told] = {
    "fees": Told(
        "Sở Tư pháp",
        "Phòng Công chứng số 1 chỉ dán bảng phí công chứng ở trong phòng, không đăng trên mạng nên người dân phải đến"
        " tận nơi mới biết. Đề nghị đăng bảng phí trên trang thông tin điện tử của Sở. Xin gọi cho tôi theo số"
        " 0900 000 101.",
        played=True,
    ),
    "book": Told(
        "UBND xã Lam Thượng",
        "Tôi đăng ký khai sinh cho con, Bộ phận Một cửa của xã yêu cầu nộp bản sao sổ hộ khẩu giấy, trong khi sổ hộ"
        " khẩu giấy đã hết giá trị. Đề nghị bỏ yêu cầu này.",
        played=True,
    ),
    "list": Told(
        "Sở Tư pháp",
        "Danh sách tổ chức hành nghề công chứng trên trang của Sở đã cũ, hai văn phòng đã chuyển địa chỉ. Đề nghị cập"
        " nhật để người dân không đi nhầm.",
    ),
    "vague": Told("", "Thủ tục bây giờ rườm rà quá, làm việc gì cũng lâu, đề nghị các cấp xem lại cho dân nhờ."),
    "manner": Told(
        "Sở Tư pháp",
        "Cán bộ tiếp nhận hồ sơ ở quầy số 3 nói to với người già đến hỏi thủ tục và không hướng dẫn hết các giấy tờ.",
        kind=Kind.CONDUCT,
        happened="khoảng 9 giờ sáng thứ Sáu 09/01/2026",
        place="quầy số 3, nơi tiếp nhận hồ sơ của Sở Tư pháp",
    ),
    "queue": Told(
        "Trung tâm Phục vụ hành chính công tỉnh",
        "Máy lấy số của Trung tâm không có giọng đọc, người khiếm thị không biết khi nào tới lượt. Kiến nghị bổ sung"
        " loa gọi số và lối đi riêng.",
    ),
}

_ANSWER = (
    "Sở Tư pháp cảm ơn ý kiến của ông/bà. Từ ngày 07/01/2026, bảng phí, giá dịch vụ công chứng được đăng trên trang"
    " thông tin điện tử của Sở, mục Bổ trợ tư pháp, và được cập nhật khi có thay đổi."
)
_DRAFT = (
    "Sở Tư pháp đã rà soát và cập nhật danh sách, địa chỉ của các tổ chức hành nghề công chứng trên trang thông tin"
    " điện tử của Sở từ ngày 09/01/2026."
)

Act = Callable[[Unit, datetime], None]


class Week:
    """What the demo's people do in the week before the plan; `cast` gives each key its person's id."""

    def __init__(self, cast: Mapping[str, int], channel: str, citizen: str) -> None:
        self._cast = cast
        self._channel = channel
        self._chats = {True: citizen, False: secrets.token_urlsafe(24)}
        self._cases: dict[str, int] = {}
        self._version = 0

    def steps(self) -> Sequence[tuple[datetime, Act]]:
        """Return every act with its moment, in order."""
        return (
            (_at(5, 8, 20), self._sends("fees")),
            (_at(5, 10, 0), self._passes_on("fees", "STP")),
            (_at(5, 15, 30), self._sends("book")),
            (_at(6, 9, 0), self._takes_on("fees")),
            (_at(6, 9, 40), self._passes_on("book", "XA01")),
            (_at(7, 8, 40), self._sends("list")),
            (_at(7, 10, 0), self._answers("fees", Outcome.FIXED, _ANSWER)),
            (_at(7, 10, 30), self._passes_on("list", "STP")),
            (_at(7, 15, 0), self._approves("fees")),
            (_at(7, 16, 30), self._takes_on("list")),
            (_at(8, 8, 15), self._sends("vague")),
            (_at(8, 9, 0), self._prepares("fees", "Đăng bảng phí công chứng trên mạng")),
            (_at(8, 14, 0), self._releases),
            (_at(9, 9, 20), self._sends("manner")),
            (_at(9, 10, 0), self._refuses("vague")),
            (_at(9, 14, 30), self._passes_on("manner", "STP", LegalClass.CONDUCT)),
            (_at(9, 16, 0), self._answers("list", Outcome.FIXED, _DRAFT)),
            (_at(11, 20, 15), self._sends("queue")),
        )

    def _sends(self, name: str) -> Act:
        def act(unit: Unit, now: datetime) -> None:
            told = _TOLD[name]
            endpoint = people.endpoint(unit, self._channel, self._chats[told.played], now)
            feedback = opening.Feedback(
                told.kind,
                told.content,
                told.about,
                _WHO if told.played else _ANOTHER,
                happened=told.happened,
                place=told.place,
                may_publish=True,
            )
            notice = render("citizen/notice", office=office_views.name(unit), behalf=False, private=True)
            origin = opening.Origin(self._channel, Source.WEB, endpoint_id=endpoint.id)
            self._cases[name] = opening.open_case(unit, feedback, origin, notice, now).case_id

        return act

    def _passes_on(self, name: str, agency: str, legal_class: LegalClass = LegalClass.ELSEWHERE) -> Act:
        def act(unit: Unit, now: datetime) -> None:
            who, case_id = self._viewer(unit, "secretary", now), self._cases[name]
            triage.classify(unit, who, case_id, triage.Classification(legal_class), now)
            to = office_views.agency(unit, agency)
            assert to is not None, agency
            forwarding.forward(unit, who, case_id, to.id, forwarding.Transfer(), now)

        return act

    def _takes_on(self, name: str) -> Act:
        return lambda unit, now: handling.acknowledge(unit, self._viewer(unit, "officer1", now), self._cases[name], now)

    def _answers(self, name: str, outcome: Outcome, text: str) -> Act:
        def act(unit: Unit, now: datetime) -> None:
            who = self._viewer(unit, "officer1", now)
            answering.draft(unit, who, self._cases[name], answering.Answer(outcome, text), now)

        return act

    def _approves(self, name: str) -> Act:
        return lambda unit, now: answering.approve(unit, self._viewer(unit, "head", now), self._cases[name], now)

    def _refuses(self, name: str) -> Act:
        def act(unit: Unit, now: datetime) -> None:
            reason = "Không nêu thủ tục nào, ở cơ quan nào, khi nào nên chưa có việc cụ thể để xử lý."
            refusing.propose_refusal(unit, self._viewer(unit, "secretary", now), self._cases[name], "R2", reason, now)

        return act

    def _prepares(self, name: str, title: str) -> Act:
        def act(unit: Unit, now: datetime) -> None:
            who, case_id = self._viewer(unit, "secretary", now), self._cases[name]
            public = publishing.source(unit, who, case_id, title=title).drafted.public
            self._version = publishing.prepare(unit, who, case_id, public, now)

        return act

    def _releases(self, unit: Unit, now: datetime) -> None:
        publishing.release(unit, self._viewer(unit, "coordinator", now), self._version, now)

    def _viewer(self, unit: Unit, key: str, now: datetime) -> Viewer:
        return office_views.viewer(unit, self._cast[key], today(now))


def decide(unit: Unit, now: datetime) -> None:
    """Set what the province of the demo decides itself about feedback."""
    for name, text in SETTINGS.items():
        office_settings.change(unit, None, name, text, now)


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 1, day, hour, minute, tzinfo=VIETNAM)
