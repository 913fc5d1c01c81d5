"""Being stopped at the worst moment, inside one process: what was begun is finished, and nothing hangs."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest
from sqlalchemy import select

from actions import outbox, people
from domain.outgoing import Message
from scheduler.deliver import Deliverer
from storage.database import Database, Unit, Work
from storage.schema import outbox as outbox_rows
from tests.office import Office, make_office

pytestmark = pytest.mark.anyio

_T = TypeVar("_T")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    made = make_office(tmp_path)
    yield made
    await made.close()


def _queue(office: Office, unit: Unit) -> None:
    now = office.clock()
    endpoint = people.endpoint(unit, office.web.name, "chat-1", now)
    outbox.reply(unit, "test:1", endpoint.id, None, [Message("Kính chào")], office.web.can, now)


async def test_a_stop_between_claim_and_send_still_sends_and_records(office: Office) -> None:
    await office.run(lambda unit: _queue(office, unit))
    kept = office.inner.deliverer
    slow = SlowDatabase(kept.db)
    delivering = asyncio.create_task(Deliverer(slow, kept.clock, office.timer, kept.accounts, "slow").run())
    await slow.committed.wait()
    delivering.cancel()
    await asyncio.sleep(0)
    slow.go_on.set()
    await asyncio.gather(delivering, return_exceptions=True)
    query = select(outbox_rows.c.state, outbox_rows.c.attempts, outbox_rows.c.unknowns)
    rows = await office.read(lambda unit: unit.conn.execute(query).all())
    assert [tuple(row) for row in rows] == [("sent", 1, 0)]


async def test_a_sender_that_cannot_record_ends_and_the_next_adopts_its_row(office: Office) -> None:
    await office.run(lambda unit: _queue(office, unit))
    kept = office.inner.deliverer
    failing = Deliverer(FailingDatabase(kept.db), kept.clock, office.timer, kept.accounts, "failing")
    async with asyncio.timeout(10):
        with pytest.raises(OSError, match="disk full"):
            await failing.run()
    assert await kept.adopt() == 1
    office.clock.tick(5)
    assert await kept.drain() == 1
    assert await kept.adopt() == 0


class SlowDatabase:
    """Holds back the answer to a unit after its commit, until it may go on."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.url = inner.url
        self.committed, self.go_on = asyncio.Event(), asyncio.Event()

    async def read(self, work: Work[_T]) -> _T:
        return await self._inner.read(work)

    def run_now(self, work: Work[_T]) -> _T:
        return self._inner.run_now(work)

    def close(self) -> None:
        self._inner.close()

    async def run(self, work: Work[_T]) -> _T:
        value = await self._inner.run(work)
        self.committed.set()
        await self.go_on.wait()
        return value


class FailingDatabase:
    """Commits one unit, then none any more."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.url = inner.url
        self._left = 1

    async def run(self, work: Work[_T]) -> _T:
        if not self._left:
            raise OSError("disk full")
        self._left -= 1
        return await self._inner.run(work)

    async def read(self, work: Work[_T]) -> _T:
        return await self._inner.read(work)

    def run_now(self, work: Work[_T]) -> _T:
        return self._inner.run_now(work)

    def close(self) -> None:
        self._inner.close()


async def test_whoever_stops_waiting_for_a_unit_does_not_stop_the_units_of_others(office: Office) -> None:
    begun, go_on = Event(), Event()

    def slow(_unit: Unit) -> None:
        begun.set()
        assert go_on.wait(10)

    async with asyncio.timeout(10):
        first = asyncio.create_task(office.run(slow))
        await asyncio.to_thread(begun.wait)
        queued = asyncio.create_task(office.run(lambda unit: _queue(office, unit)))
        await asyncio.sleep(0)
        first.cancel()
        queued.cancel()
        await asyncio.gather(first, queued, return_exceptions=True)
        go_on.set()
        assert await office.run(lambda _unit: "still here") == "still here"
