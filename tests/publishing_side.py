"""Answered cases for the tests of publication: real acts, invented people."""

from collections.abc import Sequence

from actions import offices
from actions.cases import answering, forwarding, triage
from actions.cases.answering import Answer
from actions.cases.opening import Feedback, Origin, open_case
from actions.cases.triage import Classification
from channels.webchat import NAME as WEB
from domain.cases.decisions import LegalClass, Outcome, Source
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.local import today
from domain.people import Role, Viewer
from storage import office_settings
from storage.cases import rows
from storage.database import Unit
from storage.views import office as office_views
from tests.office import Chat, Office

WHO = Reporter("Lành Mẫu Mùa", "thôn Mẫu, xã Lam Sơn", "0912345678")
CONTENT = (
    "Tôi là Lành Mẫu Mùa, số điện thoại 0912 345 678, ở số nhà 12, ngõ 5, đường Nguyễn Trãi, xã Lam Sơn. "
    "Bộ phận Một cửa yêu cầu nộp thêm bản sao công chứng, ông Trần Mẫu Tuấn nói phải chờ. <script>alert(1)</script>"
)
ANSWER = (
    "Sở Tư pháp đã kiểm tra và yêu cầu Bộ phận Một cửa không thu bản sao công chứng ngoài danh mục. "
    "Xin cảm ơn bà Lành Mẫu Mùa."
)


async def staff(office: Office) -> tuple[Chat, Chat]:
    """Return two people of the coordinating office."""
    first = await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan", "Chuyên viên")
    second = await office.officer("VPUBND", Role.COORDINATOR, "Bùi Mẫu Khôi", "Chuyên viên")
    return first, second


def viewer_of(unit: Unit, office: Office, chat: Chat) -> Viewer:
    """Return who writes in a chat."""
    found = office_views.viewer_of_chat(unit, WEB, chat.chat, today(office.clock()))
    assert found is not None
    return found


async def switch(office: Office, name: str, value: object) -> None:
    """Set a setting of the office."""
    await office.run(lambda unit: office_settings.put(unit, name, value, office.clock()))


async def open_page(office: Office, address: str = "https://mau.example") -> None:
    """Let the public page be shown, at an address."""
    await switch(office, "case_publication", True)
    await office.run(lambda unit: offices.remember_address(unit, address, office.clock()))


async def answered(
    office: Office,
    clerk: Chat,
    *,
    content: str = CONTENT,
    answer: str = ANSWER,
    kind: Kind = Kind.REGULATION,
    may_publish: bool = True,
    sensitive: bool = False,
    withheld: str | None = None,
    field: str = "Tư pháp",
    file_ids: Sequence[int] = (),
) -> tuple[int, str]:
    """Take a case from its receipt to its answer; return its id and code."""

    def work(unit: Unit) -> tuple[int, str]:
        viewer, now = viewer_of(unit, office, clerk), office.clock()
        feedback = Feedback(kind, content, "Sở Tư pháp", WHO, may_publish=may_publish, file_ids=tuple(file_ids))
        opened = open_case(unit, feedback, Origin("phone", Source.PHONE, registered_by=viewer), "", now)
        legal = LegalClass.CONDUCT if kind is Kind.CONDUCT else LegalClass.REGULATION
        what = Classification(legal, field=field, sensitive=sensitive, withheld=withheld)
        triage.classify(unit, viewer, opened.case_id, what, now)
        forwarding.keep(unit, viewer, opened.case_id, now)
        told = Answer(Outcome.FIXED, answer, "12/STP", today(now), "Nguyễn Mẫu Ký")
        answering.record(unit, viewer, opened.case_id, told, now)
        return opened.case_id, opened.code

    return await office.run(work)


async def state_of(office: Office, case_id: int) -> str:
    """Return where a case stands."""
    found = await office.read(lambda unit: rows.get(unit, case_id))
    assert found is not None
    return str(found.state)
