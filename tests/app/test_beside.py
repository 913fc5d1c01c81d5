"""Several processes on one PostgreSQL: all serve and handle, one sends, and who is left takes over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.run import run
from app.settings import read
from app.wiring import Office, build, open_store
from tests.storage.conftest import fresh_postgres, server

__all__ = ["server"]

pytestmark = [pytest.mark.anyio, pytest.mark.postgres]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass(slots=True)
class Process:
    """One process's office and its web entrance."""

    office: Office
    url: str
    stop: asyncio.Event
    waits: bool
    running: "asyncio.Task[None]"

    async def end(self) -> None:
        """Stop it as SIGTERM does."""
        self.stop.set()
        await self.running


async def until(happened: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not happened():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def process(folder: Path, url: str, key: str) -> AsyncIterator[Process]:
    settings = read({"NHACVIEC_DATA_DIR": str(folder), "NHACVIEC_DATABASE_URL": url, "NHACVIEC_SECRET_KEY": key})
    office = build(settings, await asyncio.to_thread(open_store, settings))
    ports, told, stop = list[int](), list[bool](), asyncio.Event()
    task = asyncio.create_task(run(office, "127.0.0.1", 0, ports.append, stop, standby=lambda: told.append(True)))
    await until(lambda: ports or task.done())
    if task.done():
        task.result()
    yield Process(office, f"http://127.0.0.1:{ports[0]}", stop, bool(told), task)
    stop.set()
    await task
    await office.close()


async def answered(browser: httpx.AsyncClient, times: int) -> None:
    """Return once the office has answered so often."""
    async with asyncio.timeout(20):
        while True:
            lines = (await browser.get("/chat/history")).json()["lines"]
            if sum(not line["mine"] for line in lines) == times:
                return
            await asyncio.sleep(0.3)


async def test_the_second_process_serves_and_handles_while_the_first_sends_and_then_takes_over(
    server: str, tmp_path: Path
) -> None:
    url, key = fresh_postgres(server), "0" * 43 + "="
    async with (
        process(tmp_path, url, key) as first,
        process(tmp_path, url, key) as second,
        httpx.AsyncClient(base_url=second.url) as browser,
    ):
        await browser.get("/chat")
        assert (await browser.get("/readyz")).status_code == 200
        await browser.post("/chat/send", json={"id": "key-000001", "text": "trogiup"})
        await answered(browser, 1)
        await first.end()
        await browser.post("/chat/send", json={"id": "key-000002", "text": "riengtu"})
        await answered(browser, 2)


async def test_a_page_at_one_process_hears_at_once_what_another_sends(server: str, tmp_path: Path) -> None:
    url, key = fresh_postgres(server), "0" * 43 + "="
    async with (
        process(tmp_path, url, key),
        process(tmp_path, url, key) as second,
        httpx.AsyncClient(base_url=second.url, timeout=10) as browser,
    ):
        await browser.get("/chat")
        async with asyncio.timeout(10), browser.stream("GET", "/chat/events") as stream:
            lines = stream.aiter_lines()
            assert await anext(lines) == "retry: 2000"
            await browser.post("/chat/send", json={"id": "key-000001", "text": "trogiup"})
            async for line in lines:
                if line.startswith("data:") and '"mine": false' in line:
                    break
