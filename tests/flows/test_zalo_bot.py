"""The whole way on a Zalo bot, by numbers and words alone: join, list, open, report, extension, confirm."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from actions import offices as office_actions
from bot.poller import Poller
from domain.people import Role
from storage.database import Database, Work
from tests.flows.zalo_bot_side import Person, ZaloBot, zalo_bot_office
from tests.office import Row
from tests.timers import ManualTimer

pytestmark = pytest.mark.anyio

PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/01/2026", "Kế hoạch"),
    Row("Đăng ký thủ tục còn vướng mắc", "Sở Tư pháp", "Trước ngày 22/01/2026", "Văn bản đăng ký"),
)
FIRST, SECOND = "NV-0001", "NV-0002"


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[ZaloBot]:
    async with zalo_bot_office(tmp_path) as opened:
        yield opened


@pytest.fixture
async def officer(side: ZaloBot) -> Person:
    """The officer of Sở Tư pháp, who has been told of two tasks."""
    person = await side.officer("binh", "STP", name="Trần Mẫu Bình")
    await side.office.issue(PLAN)
    await side.office.settle()
    return person


async def test_a_diary_from_joining_to_the_confirmed_report(side: ZaloBot) -> None:
    coordinator = await side.officer("lan", "VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    officer = side.person("binh")
    assert (await officer.says("xin chào")).startswith("Kính chào")
    asked = await officer.says(f"start {await side.office.invite('STP', Role.OFFICER, 'Trần Mẫu Bình')}")
    assert asked.startswith("Xác nhận tham gia: Sở Tư pháp")
    assert (await officer.chooses("Đúng, tham gia")).startswith("Đã tham gia: Sở Tư pháp (cán bộ đầu mối)")
    await side.office.issue(PLAN)
    await side.office.settle()
    (told,) = officer.fresh()
    assert FIRST in told
    assert SECOND in told
    assert (await officer.says("viec")).startswith("Việc của Sở Tư pháp · thứ Hai 12/01/2026: 2 việc")
    assert (await officer.says("1")).startswith(f"{FIRST} · chưa nhận")
    assert (await officer.chooses("Đã nhận việc")).startswith("Đã ghi nhận")
    assert "số và ngày" in await officer.says(f"xong {FIRST}")
    assert "45/KH-STP" in await officer.says("45/KH-STP ngày 12/01/2026")
    assert (await officer.chooses("Gửi báo cáo hoàn thành")).startswith(f"Đã báo cáo hoàn thành {FIRST}")
    assert (await officer.says(f"giahan {SECOND}")).startswith(f"Xin gia hạn {SECOND}")
    await officer.says("30/01/2026")
    await officer.says("Chờ hướng dẫn của Bộ Tư pháp")
    await officer.says("gui sau")
    assert "30/01/2026" in await officer.says("1")
    assert await side.states() == {FIRST: "reported", SECOND: "extension_requested"}
    await side.office.settle()
    assert any(SECOND in one for one in coordinator.fresh())
    await coordinator.says("tonghop")
    await coordinator.chooses("Xin gia hạn")
    await coordinator.chooses(f"Trả lời {SECOND}")
    await coordinator.chooses("Đồng ý đến 30/01/2026")
    await coordinator.chooses("Chính tôi")
    await coordinator.says("bỏ qua")
    assert "30/01/2026" in await coordinator.chooses("Gửi trả lời")
    await coordinator.says("tonghop")
    await coordinator.chooses("Báo cáo chờ xác nhận")
    await coordinator.chooses(f"Xác nhận {FIRST}")
    await side.office.settle()
    states = await side.states()
    assert states[FIRST] == "confirmed"
    assert states[SECOND] != "extension_requested"
    assert await side.facts("select max(due_on) from matters") == [("2026-01-30",)]
    assert any("30/01/2026" in one for one in officer.fresh())
    told_all = side.transcript()
    assert told_all.index("binh: xin chào") < told_all.index("binh: giahan NV-0002") < told_all.index("lan: tonghop")
    assert max(len(sent.text) for sent in side.api.world.sent) <= 2000
    assert "/viec" not in told_all, "a plain word is shown where commands have no slash"


@pytest.mark.parametrize("code", ["{}", "start {}", "START {}", "/start {}"])
async def test_a_code_alone_is_enough_to_join(side: ZaloBot, code: str) -> None:
    person = side.person("binh")
    asked = await person.says(code.format(await side.office.invite("STP", Role.OFFICER)))
    assert asked.startswith("Xác nhận tham gia: Sở Tư pháp")
    assert (await person.says("dung, tham gia")).startswith("Đã tham gia")


@pytest.mark.parametrize("words", ["1", "1.", "1)", "nv 1", "NV-0001", "viec NV-0001", "/viec NV-0001"])
async def test_digits_and_words_serve_for_buttons(officer: Person, words: str) -> None:
    await officer.says("việc")
    assert (await officer.says(words)).startswith(f"{FIRST} · chưa nhận")


async def test_a_photo_is_a_report_s_file_and_can_be_fetched(side: ZaloBot, officer: Person) -> None:
    await officer.says(f"xong {FIRST}")
    assert "12/KH-STP" in await officer.sends_photo("12/KH-STP ngày 12/01/2026")
    await officer.chooses("Gửi báo cáo hoàn thành")
    assert (await side.states())[FIRST] == "reported"
    ((channel, reference),) = await side.facts("select channel, reference from files")
    assert channel == "zalo_bot"
    (connection,) = side.office.inner.connections
    assert connection.source is not None
    assert (await connection.source.fetch(reference, 1000))[:2] == b"\xff\xd8"


async def test_a_document_is_answered_with_the_way_to_send_it(side: ZaloBot, officer: Person) -> None:
    answer = await officer.sends_file()
    assert answer.startswith("Chưa đọc được tin vừa rồi: ở đây chỉ nhận chữ và ảnh.")
    assert "xong NV-0012" in answer
    await side.office.run(
        lambda unit: office_actions.remember_address(unit, "https://nhacviec.example.vn", side.office.clock())
    )
    assert "https://nhacviec.example.vn/l/" in await officer.says(f"xong {FIRST}")
    answer = await officer.sends_file()
    assert answer.startswith("Chưa đọc được tin vừa rồi")
    assert answer.count("https://nhacviec.example.vn/l/") == 1
    assert "1 Bỏ qua" in answer


async def test_a_stranger_s_sticker_is_answered_and_a_group_is_left_alone(side: ZaloBot) -> None:
    person = side.person("la")
    side.api.world.sends_sticker("la")
    await side.take_in()
    assert [text.split(".")[0] for text in person.fresh()] == ["Chưa đọc được tin vừa rồi: ở đây chỉ nhận chữ và ảnh"]
    side.api.world.says_in_group("nhom", "la", "viec")
    side.api.world.is_protected()
    await side.take_in()
    assert person.fresh() == []
    assert await side.facts("select count(*) from inbox") == [(1,)]


async def test_whoever_blocks_the_bot_is_known_by_the_refusal_and_comes_back_by_writing(
    side: ZaloBot, officer: Person
) -> None:
    side.api.world.blocks("binh")
    await side.office.advance(side.office.clock() + timedelta(days=7))
    officer.fresh()
    assert await side.facts("select count(*) from endpoints where channel = 'zalo_bot' and died_at is null") == [(0,)]
    side.api.world.unblocks("binh")
    assert FIRST in await officer.says("viec")
    assert await side.facts("select count(*) from endpoints where channel = 'zalo_bot' and died_at is null") == [(1,)]


async def test_a_flood_is_waited_out(side: ZaloBot, officer: Person) -> None:
    side.api.fail("flood_told", times=2, retry_after=3)
    assert (await officer.says("viec")) == ""
    for _ in range(4):
        side.office.timer.advance(3)
        side.office.clock.tick(3)
        await side.handle()
    assert [text.split(":")[0] for text in officer.fresh()] == ["Việc của Sở Tư pháp · thứ Hai 12/01/2026"]


class Tired(Exception):
    """Ends a test's loop."""


class RestingTimer(ManualTimer):
    """Counts the rests, and ends whatever rests for the third time."""

    rests = 0

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)
        self.rests += 1
        if self.rests == 3:
            raise Tired


async def test_a_provider_that_does_not_wait_is_not_asked_without_end(side: ZaloBot) -> None:
    timer = RestingTimer()
    (connection,) = side.office.inner.connections
    assert connection.polled is not None
    side.api.fail("hasty", times=100, method="getUpdates")
    poller = Poller(side.office.inner.db, connection.polled, side.office.clock, timer, lambda: None)
    with pytest.raises(Tired):
        await poller.run()
    assert [one.method for one in side.api.requests] == ["getUpdates"] * 3


class FailingOnce:
    """A database whose next commit fails."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.fails = True

    async def run(self, work: Work[Any]) -> Any:
        if self.fails:
            self.fails = False
            raise OperationalError("INSERT", {}, Exception("disk is full"))
        return await self._inner.run(work)

    async def read(self, work: Work[Any]) -> Any:
        return await self._inner.read(work)


async def test_by_polling_at_most_the_one_update_in_hand_can_be_lost(side: ZaloBot) -> None:
    inner = side.office.inner
    failing: Any = FailingOnce(inner.db)
    (connection,) = inner.connections
    assert connection.polled is not None
    poller = Poller(failing, connection.polled, inner.clock, inner.timer, inner.worker.awake.set)
    told = [side.api.world.says("binh", text) for text in ("mất", "còn", "cuối")]
    with pytest.raises(OperationalError):
        await poller.step()
    assert len(side.api.world.updates) == 2, "nothing more was taken before the first was kept"
    assert [await poller.step() for _ in range(2)] == [1, 1]
    keys = [(f"message.text.received:{one['message']['message_id']}",) for one in told]
    assert await side.facts("select update_key from inbox order by id") == keys[1:]
