"""Files sent together on Telegram: one message to us, whatever happens in between."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.receiver import Receiver
from channels.telegram import TelegramChannel
from domain.incoming import Incoming, IncomingFile, Sent, together
from tests.flows.telegram_side import Person, Telegram, telegram_office
from tests.office import Row

pytestmark = pytest.mark.anyio

PLAN = (Row("Rà soát thủ tục hành chính", "Sở Tư pháp", "Trước ngày 20/03/2026"),)
SCANS = {"trang-1.pdf": b"%PDF-1", "trang-2.pdf": b"%PDF-2", "trang-3.pdf": b"%PDF-3"}


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        await opened.office.issue(PLAN)
        yield opened


@pytest.fixture
async def officer(side: Telegram) -> Person:
    return await side.officer(1, "STP", name="Trần Mẫu Bình")


async def kept(side: Telegram) -> list[tuple[object, ...]]:
    return await side.facts("select state, album is not null from inbox where album is not null order by id")


async def test_an_album_is_handled_once_as_a_whole_about_a_second_later(side: Telegram, officer: Person) -> None:
    side.api.world.sends_album(1, SCANS, "45/KH-STP ngày 10/01/2026")
    await side.take_in()
    assert officer.fresh() == []
    before = len(officer.messages)
    assert {state for state, _ in await kept(side)} == {"waiting"}
    side.office.clock.tick(1)
    await side.take_in()
    assert {state for state, _ in await kept(side)} == {"done"}
    assert len(await kept(side)) == 3
    assert len(officer.messages) == before + 1, "one answer to three updates"
    answers = await side.facts("select key from outbox where kind = 'reply' order by id desc limit 1")
    assert str(answers[0][0]).startswith("in:")


async def test_what_is_typed_behind_an_album_waits_for_it(side: Telegram, officer: Person) -> None:
    side.api.world.sends_album(1, SCANS)
    side.api.world.says(1, "/trogiup")
    await side.take_in()
    officer.fresh()
    side.office.clock.tick(1)
    await side.take_in()
    assert [("Hướng dẫn ngắn" in one.text) for one in officer.fresh()] == [False, True]


async def test_parts_that_come_in_two_batches_are_still_one(side: Telegram, officer: Person) -> None:
    side.api.world.sends_album(1, SCANS)
    late = side.api.world.updates[-1:]
    del side.api.world.updates[-1:]
    await side.take_in()
    side.office.clock.tick(0.8)
    side.api.world.updates += late
    side.api.world.updates[-1]["update_id"] += 1
    await side.take_in()
    side.office.clock.tick(0.8)
    await side.take_in()
    assert [state for state, _ in await kept(side)] == ["waiting"] * 3, "a second after the last one"
    side.office.clock.tick(0.2)
    await side.take_in()
    assert [state for state, _ in await kept(side)] == ["done"] * 3


async def test_by_webhook_too(side: Telegram, officer: Person) -> None:
    inner = side.office.inner
    (connection,) = inner.connections
    assert isinstance(connection.channel, TelegramChannel)
    receiver = Receiver(inner.db, connection.channel, inner.clock, inner.worker.awake.set, inner.worker.fresh)
    side.api.world.sends_album(1, SCANS)
    for update in side.api.world.taken():
        await receiver.receive(update)
    await side.take_in()
    assert [state for state, _ in await kept(side)] == ["waiting"] * 3
    side.office.clock.tick(1)
    await side.take_in()
    assert [state for state, _ in await kept(side)] == ["done"] * 3


async def test_a_process_that_ends_in_between_loses_nothing(tmp_path: Path) -> None:
    """The parts are kept; another process, which never saw them come, handles them together."""
    async with telegram_office(tmp_path) as first:
        await first.office.issue(PLAN)
        await first.officer(1, "STP", name="Trần Mẫu Bình")
        first.api.world.sends_album(1, SCANS)
        await first.take_in()
        assert [state for state, _ in await kept(first)] == ["waiting"] * 3
    async with telegram_office(tmp_path, start=first.office.clock() + timedelta(seconds=1)) as second:
        second.api.world.person(1)
        await second.take_in()
        assert [state for state, _ in await kept(second)] == ["done"] * 3
        assert len(second.person(1).messages) == 1


def test_an_album_is_one_with_every_file_and_the_words_of_any() -> None:
    def part(at: int, text: str = "") -> Incoming:
        file = IncomingFile(f"file{at}", f"trang-{at}.pdf", "application/pdf", 6)
        return Incoming("telegram", "1", str(at), Sent.FILE, text=text, files=(file,), message_id=str(at), album="9")

    whole = together([part(1), part(2, "kết quả"), part(3)])
    assert [one.name for one in whole.files] == ["trang-1.pdf", "trang-2.pdf", "trang-3.pdf"]
    assert (whole.text, whole.message_id, whole.key) == ("kết quả", "1", "1")
