"""A citizen who has sent a case, and what the office and its agency do about it, for flows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from actions.cases import answering, forwarding, handling, opening, refusing, triage
from actions.cases.opening import Feedback, Opened, Origin
from channels.webchat import NAME as WEB
from domain.cases.decisions import Outcome
from domain.cases.fields import Reporter
from domain.cases.kinds import Kind
from domain.local import today
from domain.people import Role, Viewer
from storage.database import Unit
from storage.schema import agencies, endpoints, people
from storage.views import office as office_views
from storage.views.cases import cards
from tests.office import Chat, Office

T = TypeVar("T")

WHO = Reporter("Trần Thị Mẫu", "số 12, thôn Mẫu Đông, xã Lam Sơn", "0912345678")
WORDS = "Bộ phận Một cửa xã Lam Sơn hẹn trả giấy khai sinh ba lần. Tôi là Trần Thị Mẫu, số 0912 345 678."
ANSWER = "UBND xã đã trả giấy khai sinh và xin lỗi bà Trần Thị Mẫu vì chậm trễ; giấy hẹn nay ghi đúng ngày."


@dataclass(slots=True)
class Told:
    """The citizen's chat with the case that was sent from it, and who works on it."""

    office: Office
    citizen: Chat
    opened: Opened
    coordinator: Viewer
    second: Viewer
    officer: Viewer
    desk: Chat
    """The coordinator's own chat."""

    @property
    def code(self) -> str:
        return self.opened.code

    @property
    def id(self) -> int:
        return self.opened.case_id

    async def act(self, work: Callable[[Unit], T]) -> str:
        """Let somebody act on the case and return what the citizen hears of it."""
        await self.office.run(work)
        await self.office.inner.deliverer.drain()
        heard = await self.citizen.heard()
        return "\n".join(one.text for one in heard)

    async def forward(self) -> str:
        now, letter = self.office.clock(), forwarding.Transfer("12/VP-KSTT", today(self.office.clock()))
        return await self.act(
            lambda unit: forwarding.forward(unit, self.coordinator, self.id, agency_id(unit, "XA01"), letter, now)
        )

    async def ask_supplement(self, wanted: str = "ngày ghi trên giấy hẹn") -> str:
        now = self.office.clock()
        return await self.act(lambda unit: triage.ask_supplement(unit, self.coordinator, self.id, wanted, now))

    async def ask(self, question: str = "Giấy hẹn do ai ký?") -> str:
        now = self.office.clock()
        return await self.act(lambda unit: handling.ask(unit, self.officer, self.id, question, now))

    async def answer(self, text: str = ANSWER, file_ids: tuple[int, ...] = ()) -> str:
        now = self.office.clock()
        what = answering.Answer(Outcome.FIXED, text, "45/UBND-VP", today(now), "Lê Mẫu Quang", file_ids)
        return await self.act(lambda unit: answering.draft(unit, self.officer, self.id, what, now))

    async def refuse(self, ground: str = "R2", reason: str = "chưa nêu việc gì đã xảy ra") -> str:
        now = self.office.clock()

        def both(unit: Unit) -> None:
            one = refusing.propose_refusal(unit, self.coordinator, self.id, ground, reason, now)
            refusing.decide_refusal(unit, self.second, one, agreed=True, note="", now=now)

        return await self.act(both)

    async def state(self) -> str:
        found = await self.office.read(lambda unit: cards.by_id(unit, self.id))
        assert found is not None
        return str(found.state)


def agency_id(unit: Unit, code: str) -> int:
    return int(unit.conn.execute(select(agencies.c.id).where(agencies.c.code == code)).scalar_one())


def viewer_of(unit: Unit, name: str, office: Office) -> Viewer:
    person = unit.conn.execute(select(people.c.id).where(people.c.name == name)).scalar_one()
    return office_views.viewer(unit, person, today(office.clock()))


async def send(office: Office, chat: Chat, words: str = WORDS, who: Reporter = WHO) -> Opened:
    """Let a case come in from a chat, as the conversation does at its end."""
    now = office.clock()
    feedback = Feedback(Kind.REGULATION, words, "UBND xã Lam Sơn", who, may_publish=True)

    def work(unit: Unit) -> Opened:
        endpoint = unit.conn.execute(select(endpoints.c.id).where(endpoints.c.chat == chat.chat)).scalar_one()
        return opening.open_case(unit, feedback, Origin(WEB, endpoint_id=endpoint), "notice", now)

    return await office.run(work)


async def sent(office: Office) -> Told:
    """Let a citizen send one case to an office with two coordinators and an officer in the commune."""
    desk = await office.officer("VPUBND", Role.COORDINATOR, "Nguyễn Mẫu An")
    await office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    await office.officer("XA01", Role.OFFICER, "Lê Mẫu Bình")
    citizen = office.stranger("Bà Mẫu")
    await citizen.say("tracuu")
    opened = await send(office, citizen)
    coordinator, second, officer = await office.read(
        lambda unit: [viewer_of(unit, one, office) for one in ("Nguyễn Mẫu An", "Hoàng Mẫu Lan", "Lê Mẫu Bình")]
    )
    return Told(office, citizen, opened, coordinator, second, officer, desk)
