"""The webhooks that are compared, each in a process of its own: `python -m benchmarks.inbound_servers NAME TOLD`.

TOLD is JSON (see `Told`). Prints its port and answers until it is ended. All do the same for an update: prove the
secret, read what is kept of the chat, write it anew, answer by sendMessage. What the peers keep is one row a chat, read
and written by plain SQL in one transaction of one writer thread; what arrives during a commit shares the next, and
SQLite syncs every commit, as the product's does. All run on uvloop. Frameworks are in `benchmarks.inbound_peers`.
"""

import asyncio
import gc
import hmac
import json
import math
import queue
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import structlog
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.run import serve
from app.timing import SystemTimer
from app.wiring import build, open_store
from benchmarks import house
from benchmarks.inbound_load import HEADER, SECRET
from benchmarks.services import TOKEN
from channels.pacing import Limits, Pacer
from channels.telegram import TelegramChannel
from domain.outgoing import Message
from web.guards import SecureHeaders
from web.webhooks import route, telegram_webhook

TEXT = house.TEXT
AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Told:
    """What a server is told."""

    api: str
    folder: str
    store: str = ""
    """The URL of the product's database."""


class Kept:
    """One row a chat, in memory alone."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[int, str]] = {}

    async def seen(self, chat: int, text: str) -> int:
        """Read what is kept of the chat, write it anew; return how often it wrote."""
        count: int = self._rows.get(chat, (0, ""))[0] + 1
        self._rows[chat] = count, text
        return count


class KeptInSqlite:
    """One row a chat, in SQLite: one writer thread, one commit for all that waited."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._asked: queue.SimpleQueue[tuple[int, str, asyncio.Future[int]]] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._work, daemon=True).start()

    async def seen(self, chat: int, text: str) -> int:
        """Do as `Kept.seen`; committed and synced when it returns."""
        done: asyncio.Future[int] = self._loop.create_future()
        self._asked.put((chat, text, done))
        return await done

    def _work(self) -> None:
        file = sqlite3.connect(self._path, isolation_level=None)
        for line in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE IF NOT EXISTS talks (chat INTEGER PRIMARY KEY, count INTEGER NOT NULL, said TEXT NOT NULL)",
        ):
            file.execute(line)
        while True:
            group = [self._asked.get()]
            while not self._asked.empty() and len(group) < AT_ONCE:
                group.append(self._asked.get())
            file.execute("BEGIN IMMEDIATE")
            counts = [self._one(file, chat, text) for chat, text, _ in group]
            file.execute("COMMIT")
            self._loop.call_soon_threadsafe(_tell, [done for _, _, done in group], counts)

    def _one(self, file: sqlite3.Connection, chat: int, text: str) -> int:
        row = file.execute("SELECT count FROM talks WHERE chat = ?", (chat,)).fetchone()
        count = int(row[0]) + 1 if row else 1
        file.execute(
            "INSERT INTO talks (chat, count, said) VALUES (?, ?, ?)"
            " ON CONFLICT (chat) DO UPDATE SET count = excluded.count, said = excluded.said",
            (chat, count, text),
        )
        return count


def _tell(waiting: list["asyncio.Future[int]"], counts: list[int]) -> None:
    for done, count in zip(waiting, counts, strict=True):
        if not done.done():
            done.set_result(count)


def told_port(port: int) -> None:
    """Tell where it listens."""
    print(port, flush=True)


async def _uvicorn(app: Starlette) -> None:
    server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    told_port(server.servers[0].sockets[0].getsockname()[1])
    await running


def bare(told: Told) -> None:
    """No framework: a Starlette handler, SQL and an aiohttp session."""

    async def main() -> None:
        store = KeptInSqlite(Path(told.folder) / "talks.db")
        session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE))
        address = f"{told.api}/bot{TOKEN}/sendMessage"
        sending: set[asyncio.Task[None]] = set()

        async def reply(chat: int) -> None:
            async with session.post(address, json={"chat_id": chat, "text": TEXT}) as answer:
                assert (await answer.json())["ok"]

        async def knock(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get(HEADER, ""), SECRET):
                return PlainTextResponse("forbidden", 403)
            message = (await request.json())["message"]
            chat = message["chat"]["id"]
            await store.seen(chat, message["text"])
            task = asyncio.create_task(reply(chat))
            sending.add(task)
            task.add_done_callback(sending.discard)
            return PlainTextResponse("ok")

        await _uvicorn(Starlette(routes=[Route("/telegram", knock, methods=["POST"])]))

    uvloop.run(main())


def memory(told: Told) -> None:
    """The product's door, its reading of updates and its transport, without any database."""

    async def main() -> None:
        store = Kept()
        channel = TelegramChannel(TOKEN, told.api)
        sending: set[asyncio.Task[Any]] = set()

        async def receive(update: dict[str, Any]) -> None:
            incoming = channel.parse(update)
            assert incoming is not None
            await store.seen(int(incoming.chat), incoming.text)
            task = asyncio.create_task(channel.send(incoming.chat, Message(TEXT)))
            sending.add(task)
            task.add_done_callback(sending.discard)

        door = route(telegram_webhook(SECRET, receive))
        await _uvicorn(Starlette(routes=[door], middleware=[Middleware(SecureHeaders, https=True)]))

    uvloop.run(main())


def product(told: Told) -> None:
    """The whole office, as `nhacviec run` runs it; pacing is off."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    settings = house.settings(
        Path(told.folder),
        told.store,
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_API_URL=told.api,
        TELEGRAM_MODE="webhook",
        TELEGRAM_WEBHOOK_SECRET=SECRET,
        NHACVIEC_PUBLIC_URL="https://nhacviec.invalid",
    )
    begun = time.monotonic()

    def clock() -> datetime:
        return house.MORNING + timedelta(seconds=time.monotonic() - begun)

    async def main() -> None:
        office = build(settings, await asyncio.to_thread(open_store, settings, clock), clock=clock)
        accounts = dict(office.deliverer.accounts)
        for name, account in accounts.items():
            pace = Limits(math.inf, 0.0, group_count=100_000, in_flight=AT_ONCE)
            accounts[name] = replace(account, pacer=Pacer(SystemTimer(), pace))
        office.deliverer.accounts = accounts
        gc.freeze()
        await serve(office, "127.0.0.1", 0, told_port)

    uvloop.run(main())


def main(servers: Mapping[str, Callable[[Told], None]]) -> None:
    """Run the server that the command line names."""
    servers[sys.argv[1]](Told(**json.loads(sys.argv[2])))


SERVERS = {"bare": bare, "memory": memory, "product": product}

if __name__ == "__main__":
    main(SERVERS)
