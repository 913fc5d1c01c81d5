"""Many updates at once: they share units, and a fault of one is nobody else's."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.fresh import KEPT, Fresh
from bot.receiver import Receiver
from bot.worker import APOLOGY
from domain.incoming import Incoming, Sent
from storage import inbox
from storage.database import Database, Unit, Work
from tests.flows.telegram_side import Telegram, telegram_office

pytestmark = pytest.mark.anyio

POISON = 3
"""The chat whose updates nobody can handle."""


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[Telegram]:
    async with telegram_office(tmp_path) as opened:
        yield opened


def said(number: int, chat: int, text: str = "/trogiup") -> dict[str, Any]:
    """Return an update as the provider posts it."""
    who = {"id": chat, "is_bot": False, "first_name": "X"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": {"id": chat, "type": "private"}, "from": who}
    return {"update_id": number, "message": message | {"text": text}}


class Counting:
    """A database that counts the units that write, and fails where told."""

    def __init__(self, inner: Database) -> None:
        self.inner = inner
        self.units = 0
        self.fails = 0
        self.url = inner.url

    async def run(self, work: Work[Any]) -> Any:
        self.units += 1
        if self.fails:
            self.fails -= 1
            raise OSError("no room")
        return await self.inner.run(work)

    async def read(self, work: Work[Any]) -> Any:
        return await self.inner.read(work)

    def run_now(self, work: Work[Any]) -> Any:
        return self.inner.run_now(work)

    def close(self) -> None:
        self.inner.close()


def receiver(side: Telegram, database: Counting) -> Receiver:
    worker = side.office.inner.worker
    return Receiver(database, side.poller.channel, side.office.clock, worker.awake.set, worker.fresh)


async def test_what_comes_together_is_kept_together_and_each_is_answered_once(side: Telegram) -> None:
    database = Counting(side.office.inner.db)
    door = receiver(side, database)
    updates = [said(number, chat=number) for number in range(1, 41)]
    for one in updates:
        side.api.world.person(one["update_id"])
    await asyncio.gather(*(door.receive(one) for one in [*updates, *updates]))
    assert database.units < 10
    assert await side.facts("select count(*), count(distinct update_key) from inbox") == [(40, 40)]
    await side.take_in()
    assert sorted(sent.chat for sent in side.api.world.sent) == list(range(1, 41))


async def test_what_could_not_be_kept_is_not_thanked_for_and_the_next_is(side: Telegram) -> None:
    database = Counting(side.office.inner.db)
    door = receiver(side, database)
    database.fails = 1
    with pytest.raises(OSError, match="no room"):
        await door.receive(said(1, chat=1))
    await door.receive(said(1, chat=1))
    assert await side.facts("select update_key from inbox") == [("1",)]


async def test_one_update_that_always_fails_keeps_back_nobody_and_only_its_own_tries_count(side: Telegram) -> None:
    worker = side.office.inner.worker
    inner = worker.parsers["telegram"]

    def parse(chat: str, key: str, payload: dict[str, Any]) -> Incoming | None:
        if chat == str(POISON):
            raise LookupError(key)
        return inner(chat, key, payload)

    worker.parsers = {**worker.parsers, "telegram": parse}
    rows = [(str(n), str(n), said(n, chat=n)) for n in (1, 2, POISON, 4, 5)]
    rows.append(("6", str(POISON), said(6, chat=POISON)))
    for n in range(1, 6):
        side.api.world.person(n)

    def keep(unit: Unit) -> int:
        return inbox.save(unit, "telegram", rows, side.office.clock())

    await side.office.run(keep)
    await side.take_in()
    states = await side.facts("select update_key, state, tries from inbox order by id")
    parked = {"3", "6"}
    assert states == [(key, "parked" if key in parked else "done", 3 if key in parked else 0) for key, _, _ in rows]
    heard = [(sent.chat, sent.text == APOLOGY) for sent in side.api.world.sent]
    assert sorted(heard) == [(1, False), (2, False), (POISON, True), (POISON, True), (4, False), (5, False)]


async def test_a_chat_that_writes_thrice_is_answered_in_order(side: Telegram) -> None:
    door = receiver(side, Counting(side.office.inner.db))
    for chat in (1, 2):
        side.api.world.person(chat)
    texts = ("/trogiup", "/riengtu", "/huy")
    updates = [said(10 * at + chat, chat, text) for at, text in enumerate(texts) for chat in (1, 2)]
    await asyncio.gather(*(door.receive(one) for one in updates))
    await side.take_in()
    for chat in (1, 2):
        first, second, third = (sent.text for sent in side.api.world.sent if sent.chat == chat)
        assert first.startswith("Hướng dẫn")
        assert "dữ liệu cá nhân" in second.lower()
        assert third.startswith("Hiện không có việc nào")


def test_what_is_at_hand_is_bounded_and_handed_over_once() -> None:
    fresh = Fresh()
    for number in range(KEPT + 1):
        fresh.put(Incoming("telegram", "1", str(number), Sent.TEXT, text="x"))
    assert fresh.take("telegram", "0") is None
    found = fresh.take("telegram", str(KEPT))
    assert found is not None
    assert found.key == str(KEPT)
    assert fresh.take("telegram", str(KEPT)) is None
    assert "x" not in repr(fresh).replace("Fresh", "")
