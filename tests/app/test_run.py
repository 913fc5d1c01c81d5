"""The running office when its database goes away, when another process takes its turn, when the clock goes back."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from actions import outbox, people
from app.run import run
from app.sender import HOLD_SECONDS, SoleSender
from app.settings import read
from app.timing import SetClock
from app.watching import watcher
from app.wiring import Office, build, open_store
from domain.errors import SenderLockLost
from domain.local import VIETNAM
from domain.outgoing import Message
from scheduler.ticks import KEEP_SECONDS, bring_forward
from storage.database import Database, Unit, Work
from storage.locks import FileLock
from storage.schema import outbox as outbox_table
from tests.office import START
from tests.timers import ManualTimer

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class FastTimer:
    """Time that runs a hundred times as fast: waits stay waits, and tests short."""

    def monotonic(self) -> float:
        return time.monotonic() * 100

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 100)


class LeavingDatabase:
    """A database that can be made to go away."""

    def __init__(self, inner: Database) -> None:
        self.url, self._inner, self.away = inner.url, inner, False

    def _ask(self) -> None:
        if self.away:
            raise OperationalError("SELECT", {}, Exception("server closed the connection"))

    async def run(self, work: Work[Any]) -> Any:
        self._ask()
        return await self._inner.run(work)

    async def read(self, work: Work[Any]) -> Any:
        self._ask()
        return await self._inner.read(work)

    def run_now(self, work: Work[Any]) -> Any:
        return self._inner.run_now(work)

    def close(self) -> None:
        self._inner.close()


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[tuple[Office, LeavingDatabase]]:
    settings, clock = read({"NHACVIEC_DATA_DIR": str(tmp_path)}), SetClock(START)
    database = LeavingDatabase(open_store(settings, clock))
    office = build(settings, database, clock=clock, timer=FastTimer())
    yield office, database
    await office.close()


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.01)


def _queue(office: Office, name: str, unit: Unit) -> None:
    now = office.clock()
    chat = people.endpoint(unit, office.webchat.name, name, now)
    outbox.reply(unit, f"test:{name}", chat.id, None, [Message("Kính chào")], office.webchat.can, now)


def _states(unit: Unit) -> list[str]:
    return list(unit.conn.execute(select(outbox_table.c.state)).scalars())


async def test_a_database_that_goes_away_and_comes_back_ends_nothing(opened: tuple[Office, LeavingDatabase]) -> None:
    office, database = opened
    stop, ports = asyncio.Event(), list[int]()
    running = asyncio.create_task(run(office, "127.0.0.1", 0, ports.append, stop))
    await until(lambda: bool(ports))
    database.run_now(partial(_queue, office, "before"))
    await until(lambda: database.run_now(_states) == ["sent"])
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{ports[0]}") as client:
        database.away = True
        database.run_now(partial(_queue, office, "meanwhile"))
        office.deliverer.awake.set()
        async with asyncio.timeout(20):
            while (answer := await client.get("/readyz")).status_code != 503:
                await asyncio.sleep(0.01)
        assert [one["name"] for one in answer.json()["checks"] if not one["good"]] == ["database"]
        assert (await client.get("/livez")).text == "ok"
        assert not running.done()
        database.away = False
        await until(lambda: database.run_now(_states) == ["sent", "sent"])
        async with asyncio.timeout(20):
            while (await client.get("/readyz")).status_code != 200:
                await asyncio.sleep(0.01)
    stop.set()
    await running


@pytest.fixture
def office(tmp_path: Path) -> Office:
    settings = read({"NHACVIEC_DATA_DIR": str(tmp_path)})
    return build(settings, open_store(settings), timer=ManualTimer())


async def test_who_waits_for_its_turn_says_so_once(office: Office) -> None:
    first, second, stop = SoleSender(office), SoleSender(office), asyncio.Event()
    told: list[str] = []
    assert await first.wait(stop, lambda: told.append("first"))
    waiting = asyncio.create_task(second.wait(stop, lambda: told.append("second")))
    await until(lambda: bool(told))
    assert told == ["second"]
    first.release()
    assert await waiting
    second.release()
    office.db.close()


async def test_a_turn_that_another_has_taken_is_given_up_with_an_alarm(office: Office) -> None:
    sender = SoleSender(office)
    assert await sender.wait(asyncio.Event(), lambda: None)
    await sender.confirm()
    path = office.settings.data_dir / "sender.lock"
    path.unlink()
    await sender.confirm()  # nobody else has it: taken back
    path.unlink()
    other = FileLock(path)
    assert other.acquire()
    eye = watcher(office, lambda: not sender.lost)
    with pytest.raises(SenderLockLost):
        await sender.hold(eye)
    assert [one.name for one in await eye.look()] == ["lock"]
    assert HOLD_SECONDS < 60
    other.release()
    sender.release()
    office.db.close()


async def test_ticks_that_a_clock_set_back_would_keep_waiting_are_brought_forward() -> None:
    scheduler = AsyncIOScheduler(timezone=VIETNAM)
    scheduler.add_job(lambda: None, IntervalTrigger(seconds=20), id="sweep")
    scheduler.add_job(lambda: None, IntervalTrigger(seconds=3600), id="upkeep")
    scheduler.start(paused=True)
    now = datetime.now(VIETNAM)
    sweep, upkeep = scheduler.get_job("sweep"), scheduler.get_job("upkeep")
    sweep.modify(next_run_time=now + timedelta(days=1))
    upkeep.modify(next_run_time=now + timedelta(minutes=59))
    bring_forward(scheduler)
    assert sweep.next_run_time - now < timedelta(seconds=KEEP_SECONDS)
    assert upkeep.next_run_time - now > timedelta(minutes=58)
    with contextlib.suppress(Exception):
        scheduler.shutdown(wait=False)
