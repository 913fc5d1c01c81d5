"""Telegram when it fails: what was said once, what once more with its mark, who is told that a chat is dead."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from actions import outbox, people
from actions.outbox import AGAIN
from channels.files import FileKeeper
from domain.outgoing import Attachment, Message
from domain.people import Role
from storage.database import Unit
from tests.channels.test_telegram_shapes import png
from tests.flows.telegram_side import Person, Telegram, telegram_office
from tests.office import Row

pytestmark = pytest.mark.anyio

TOLD = "việc mới được giao"
PLAN = (Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp; Sở Nội vụ", "Trước ngày 20/03/2026"),)

NOT_ACCEPTED = ("error", "reset", "gateway", "portal", "empty")
ACCEPTED = ("error_after", "reset_after", "silence_after")


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        yield opened


@pytest.fixture
async def officer(side: Telegram) -> Person:
    return await side.officer(1, "STP", name="Trần Mẫu Bình")


async def wait(side: Telegram, seconds: float = 5) -> None:
    """Let business time pass and do what is due then."""
    side.office.clock.tick(seconds)
    await side.office.settle()


async def attempts(side: Telegram, kind: str) -> list[tuple[object, ...]]:
    return await side.facts(f"select state, attempts, unknowns from outbox where kind = '{kind}' order by id")


@pytest.mark.parametrize("fault", [*NOT_ACCEPTED, *ACCEPTED])
async def test_an_ambiguous_end_is_repeated_once_with_its_mark(side: Telegram, officer: Person, fault: str) -> None:
    officer.fresh()
    side.api.fail(fault)
    await side.office.issue(PLAN)
    await side.office.settle()
    first = [sent.text for sent in officer.fresh()]
    assert len(first) == (fault in ACCEPTED)
    assert await attempts(side, "bundle") == [("waiting", 1, 1)]
    await wait(side)
    (again,) = [sent.text for sent in officer.fresh()]
    assert again.startswith(AGAIN)
    assert TOLD in again
    assert not first or again == AGAIN + first[0]
    await wait(side, 3600)
    assert officer.fresh() == []
    assert await attempts(side, "bundle") == [("sent", 2, 1)]


@pytest.mark.parametrize("fault", ["error", "error_after", "silence_after"])
async def test_it_is_not_said_a_third_time(side: Telegram, officer: Person, fault: str) -> None:
    officer.fresh()
    side.api.fail(fault, times=2)
    await side.office.issue(PLAN)
    await side.office.settle()
    await wait(side)
    await wait(side, 3600)
    assert [sent.text.startswith(AGAIN) for sent in officer.fresh()] == ([] if fault == "error" else [False, True])
    assert await attempts(side, "bundle") == [("unknown", 2, 2)]


async def test_an_answer_is_repeated_in_the_same_way(side: Telegram, officer: Person) -> None:
    side.api.fail("reset_after")
    first = await officer.says("/riengtu")
    await wait(side)
    (again,) = officer.fresh()
    assert again.text == AGAIN + first


async def test_the_longest_text_still_has_room_for_the_mark(side: Telegram) -> None:
    person = side.person(1)
    await person.says("/trogiup")
    text = "ạ" * side.office.inner.worker.can["telegram"].text_limit
    side.api.fail("reset_after")
    await side.office.run(partial(_queue, side, person, text))
    await side.office.settle()
    person.fresh()
    await wait(side)
    again, *rest = [sent.text for sent in person.fresh()]
    assert again.startswith(AGAIN)
    assert again.removeprefix(AGAIN) + "".join(rest) == text
    assert await side.facts("select distinct state from outbox") == [("sent",)]


def _queue(side: Telegram, person: Person, text: str, unit: Unit) -> None:
    now = side.office.clock()
    endpoint = people.endpoint(unit, "telegram", str(person.number), now)
    outbox.reply(unit, "test", endpoint.id, None, [Message(text)], side.office.inner.worker.can["telegram"], now)


async def test_a_block_marks_the_chat_dead_and_the_office_is_told(side: Telegram, officer: Person) -> None:
    coordinator = await side.office.officer("VPUBND", Role.COORDINATOR, "Hoàng Mẫu Lan")
    side.api.world.person(officer.number).blocked = True
    await side.office.issue(PLAN)
    await coordinator.heard()
    await side.office.settle()
    assert await side.facts("select state from endpoints where channel = 'telegram'") == [("dead",)]
    await wait(side)
    told = "\n".join(one.text for one in await coordinator.heard())
    assert "không còn liên lạc được" in told
    assert "Trần Mẫu Bình" in told
    assert "Sở Tư pháp" in told
    tried = len(side.api.requests)
    await side.office.advance(side.office.clock() + timedelta(days=3))
    assert len(side.api.requests) == tried, "a dead chat is left alone"


async def test_whoever_comes_back_is_told_what_was_missed(side: Telegram, officer: Person) -> None:
    side.api.world.person(officer.number)
    side.api.world.blocks(officer.number)
    await side.take_in()
    assert await side.facts("select state from endpoints") == [("dead",)]
    await side.office.issue(PLAN)
    await side.office.settle()
    officer.fresh()
    side.api.world.unblocks(officer.number)
    await side.take_in()
    await side.office.settle()
    assert [TOLD in sent.text for sent in officer.fresh()] == [True]


async def test_told_to_wait_one_chat_waits_and_the_others_do_not(side: Telegram, officer: Person) -> None:
    other = await side.officer(2, "SNV", name="Phạm Mẫu Cúc")
    officer.fresh()
    other.fresh()
    side.api.fail("flood", chat=1, retry_after=30)
    await side.office.issue(PLAN)
    await side.office.settle()
    assert [TOLD in sent.text for sent in other.fresh()] == [True]
    assert officer.fresh() == []
    assert sorted(await attempts(side, "bundle")) == [("sent", 1, 0), ("waiting", 1, 0)]
    await wait(side, 29)
    assert officer.fresh() == []
    await wait(side, 2)
    (late,) = officer.fresh()
    assert not late.text.startswith(AGAIN), "a refusal leaves no doubt"


async def test_the_pace_of_the_account_keeps_the_stopped_chat_too(side: Telegram, officer: Person) -> None:
    """As above, by the steps of the running sender, which asks the account's pacing."""
    other = side.person(2)
    deliverer, timer = side.office.inner.deliverer, side.office.timer
    timer.advance(10)
    side.api.fail("flood", chat=1, retry_after=30)
    for person in (officer, other):
        await _asks(side, person)
    await deliverer.step()
    await deliverer.finish()
    timer.advance(1)
    await deliverer.step()
    await deliverer.finish()
    assert "Hướng dẫn ngắn" in other.messages[-1].text
    side.office.clock.tick(31)
    timer.advance(10)
    await deliverer.step()
    await deliverer.finish()
    assert "Hướng dẫn ngắn" not in officer.messages[-1].text, "business time does not end a stop of the account's pace"
    timer.advance(20)
    await deliverer.step()
    await deliverer.finish()
    assert "Hướng dẫn ngắn" in officer.messages[-1].text


async def _asks(side: Telegram, person: Person) -> None:
    """Take a question in and handle it, but send nothing yet."""
    side.api.world.says(person.number, "/trogiup")
    await side.poller.step()
    while await side.office.inner.worker.step():
        pass


async def test_a_chart_reaches_the_phone_as_a_picture(side: Telegram, officer: Person) -> None:
    """A message with a file: one row a call; the second sending of the same file uploads nothing."""
    content = png()
    chart = await _kept(side, "bieu-do.png", "image/png", content)
    paper = await _kept(side, "bao-cao.pdf", "application/pdf", b"%PDF-1.7")
    message = Message("Tổng hợp ngày 12/01/2026", files=(chart, paper))
    officer.fresh()
    for key in ("chart:1", "chart:2"):
        await side.office.run(partial(_tell, side, officer, message, key))
        await side.office.inner.deliverer.drain()
    told = officer.fresh()
    assert [(one.text, one.file["kind"]) for one in told] == [(message.text, "photo"), ("", "document")] * 2
    assert [one.file["name"] for one in told] == ["bieu-do.png", "bao-cao.pdf", "", ""]
    assert side.api.world.files[told[2].file["file_id"]][1] == content
    rows = await side.facts("select key, state from outbox where key like 'chart:%' order by id")
    assert rows == [(f"chart:{at}:{part}", "sent") for at in (1, 2) for part in (1, 2)]
    assert len({one.file["file_id"] for one in officer.messages if one.file}) == 2


async def test_a_file_that_breaks_is_told_in_words(side: Telegram, officer: Person) -> None:
    paper = await _kept(side, "bao-cao.pdf", "application/pdf", b"%PDF-1.7")
    officer.fresh()
    side.api.fail("large", method="sendDocument")
    await side.office.run(partial(_tell, side, officer, Message("Gửi kèm", files=(paper,)), "broken"))
    await side.office.inner.deliverer.drain()
    assert [one.text for one in officer.fresh()] == ["Gửi kèm", "Tệp không gửi được qua kênh này: bao-cao.pdf"]


async def _kept(side: Telegram, name: str, media_type: str, content: bytes) -> Attachment:
    """Put a file into the office's own folder, as whoever made it does."""

    async def whole() -> AsyncIterator[bytes]:
        yield content

    kept = await FileKeeper(side.office.inner.settings.data_dir / "files").keep(whole(), 1 << 20)
    return Attachment(kept.digest, name, media_type, kept.size)


def _tell(side: Telegram, person: Person, message: Message, key: str, unit: Unit) -> None:
    now = side.office.clock()
    endpoint = people.endpoint(unit, "telegram", str(person.number), now)
    outbox.reply(unit, key, endpoint.id, None, [message], side.office.inner.worker.can["telegram"], now)
