"""A case for the flows of the register: sent from a citizen's chat, or written down without one."""

from datetime import datetime

from actions.cases import handling
from actions.cases.opening import Feedback, Origin, open_case
from channels.webchat import NAME as WEB
from domain.cases.decisions import Source
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.local import VIETNAM, today
from domain.people import Role, Viewer
from storage.database import Unit
from storage.views import AnyRow
from storage.views import office as office_views
from storage.views.cases import cards, register
from tests.office import Chat, Heard, Office

CONTENT = "Bộ phận Một cửa xã yêu cầu nộp thêm bản sao công chứng ngoài danh mục thủ tục đã công bố"


async def sent(
    office: Office,
    citizen: Chat,
    content: str = CONTENT,
    kind: Kind = Kind.REGULATION,
    about: str = "UBND xã Lam Sơn",
) -> str:
    """Open a case that a citizen's chat has sent; return its code."""
    if not citizen.said:
        await citizen.say("trogiup")

    def work(unit: Unit) -> str:
        endpoint = office_views.endpoint(unit, WEB, citizen.chat)
        assert endpoint is not None
        feedback = Feedback(
            kind, content, about, Reporter("Phan Mẫu Dân", "thôn Mẫu, xã Lam Sơn", "0912345678"), may_publish=True
        )
        origin = Origin(WEB, endpoint_id=endpoint.id)
        return open_case(unit, feedback, origin, "thông báo", office.clock()).code

    return await office.run(work)


async def written_down(office: Office, coordinator: Chat, content: str = CONTENT, external: str | None = None) -> str:
    """Open a case that an official of the office has written down for somebody on the phone; return its code."""

    def work(unit: Unit) -> str:
        viewer = viewer_of(unit, office, coordinator)
        feedback = Feedback(
            Kind.REGULATION, content, "UBND xã Lam Sơn", Reporter("Phan Mẫu Dân", "thôn Mẫu", "0912345678")
        )
        source = Source.NATIONAL if external else Source.PHONE
        origin = Origin(source.value, source, registered_by=viewer, external_code=external)
        return open_case(unit, feedback, origin, "", office.clock()).code

    return await office.run(work)


async def state_of(office: Office, code: str) -> str:
    """Return where a case stands."""
    found = await office.read(lambda unit: register.by_code(unit, code))
    assert found is not None
    return str(found.state)


async def coordinator(office: Office, name: str, position: str = "Chuyên viên") -> Chat:
    """Return the chat of somebody of the coordinating office."""
    return await office.officer("VPUBND", Role.COORDINATOR, name, position)


def viewer_of(unit: Unit, office: Office, chat: Chat) -> Viewer:
    """Return who writes in a chat, with today's seats."""
    found = office_views.viewer_of_chat(unit, WEB, chat.chat, today(office.clock()))
    assert found is not None
    return found


CODE = "PAKN-SL-2026-000001"
"""The first case of an office."""


def at(day: int, month: int = 1, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


async def act(chat: Chat, *steps: str) -> Heard:
    """Open the first case and press, or (after "=") type, one thing after the other; return the last answer."""
    answer = (await chat.say(CODE))[-1]
    for step in steps:
        answer = (await (chat.say(step[1:]) if step.startswith("=") else chat.press(step)))[-1]
    return answer


async def told(office: Office, chat: Chat) -> str:
    """Return everything that arrived unasked since last looked."""
    await office.settle()
    return "\n".join(one.text for one in await chat.heard() if one.kind != "reply")


def labels(heard: Heard) -> list[str]:
    return [one.label for one in heard.choices]


async def send_back(office: Office, officer: Chat, to: str) -> None:
    """Let an agency ask the office to give the first case to another one."""

    def work(unit: Unit) -> None:
        case = register.by_code(unit, CODE)
        known = {one.code: one.id for one in office_views.agencies_on(unit, today(office.clock()))}
        assert case is not None
        reason = "Không thuộc chức năng của đơn vị"
        handling.ask_return(unit, viewer_of(unit, office, officer), case.id, reason, known[to], office.clock())

    await office.run(work)


def moving_row(unit: Unit) -> AnyRow:
    """Return the first case's whole row."""
    found = cards.whole_by_code(unit, None, CODE)
    assert found is not None
    return found
