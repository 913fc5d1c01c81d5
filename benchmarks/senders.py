"""The ways to send that are compared, each in a process of its own: `python -m benchmarks.senders NAME TOLD`.

TOLD is JSON (see `Told`). Prints one JSON object: how many messages, the seconds until the last of them is recorded,
and the CPU of this process in between; the first `WARM` messages are not counted. What is to be sent was queued before.
"""

import asyncio
import gc
import json
import math
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import structlog
import uvloop
from telegram import Bot, LinkPreviewOptions
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from app.timing import SystemTimer
from app.wiring import vault
from benchmarks import house
from benchmarks.services import TOKEN
from channels import telegram_markup
from channels.pacing import Limits, Pacer
from channels.telegram import TelegramChannel, is_group
from channels.telegram_transport import AiohttpTransport
from domain.delivery import Delivered, Outcome
from domain.outgoing import Capabilities, Message
from scheduler.deliver import Account, Deliverer
from storage.database import open_database

WARM = 200
"""So many messages are sent before the watch is started: an office runs for months, its first second is no measure."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a sender is told."""

    api: str
    count: int
    at_once: int
    store: str = ""
    """The URL of the database or the broker; "" where there is none."""
    folder: str = ""
    """The office's data folder."""
    per_second: float = math.inf
    chat_gap: float = 0.0

    @property
    def chats(self) -> Iterator[str]:
        return iter([str(house.CHATS + n) for n in range(1, self.count + 1)])

    @property
    def address(self) -> str:
        return f"{self.api}/bot{TOKEN}/sendMessage"


class Watch:
    """Counts what arrives; the seconds, and the CPU's, from when it is warm until `stop`."""

    def __init__(self, told: Told) -> None:
        self._arrived = 0
        self._count = told.count
        self.warm = min(WARM, told.count // 4)
        self.done = asyncio.Event()

    def arrived(self) -> None:
        self._arrived += 1
        if self._arrived == self.warm:
            self._at, self._cpu = time.perf_counter(), time.process_time()
        if self._arrived == self._count:
            self.done.set()

    def stop(self) -> dict[str, float]:
        seconds, cpu = time.perf_counter() - self._at, time.process_time() - self._cpu
        return {"messages": self._count - self.warm, "seconds": seconds, "cpu": cpu}


async def at_once(told: Told, send: Callable[[str], Awaitable[object]]) -> dict[str, float]:
    """Send to every chat, so many at once, and keep nothing of it."""
    chats = told.chats
    watch = Watch(told)

    async def worker() -> None:
        for chat in chats:
            await send(chat)
            watch.arrived()

    await asyncio.gather(*(worker() for _ in range(told.at_once)))
    return watch.stop()


async def until_done(working: "asyncio.Task[Any]", watch: Watch) -> None:
    """Wait until everything has arrived; raises what ended the work before."""
    ended = asyncio.create_task(watch.done.wait())
    await asyncio.wait({working, ended}, return_when=asyncio.FIRST_COMPLETED)
    if not watch.done.is_set():
        working.result()
        raise RuntimeError("it stopped before everything had arrived")


def _channel(told: Told) -> TelegramChannel:
    return TelegramChannel(TOKEN, told.api, transport=AiohttpTransport(TOKEN, connections=told.at_once))


async def bare(told: Told) -> dict[str, float]:
    """Send by the product's transport, without any durability."""
    channel = _channel(told)

    async def send(chat: str) -> None:
        outcome = await channel.send(chat, house.READY)
        assert isinstance(outcome, Delivered), outcome

    try:
        return await at_once(told, send)
    finally:
        await channel.close()


class Counted:
    """A channel that tells the watch of what has arrived."""

    def __init__(self, inner: TelegramChannel, watch: Watch) -> None:
        self._inner = inner
        self._watch = watch

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def can(self) -> Capabilities:
        return self._inner.can

    async def send(self, chat: str, message: Message) -> Outcome:
        outcome = await self._inner.send(chat, message)
        if isinstance(outcome, Delivered):
            self._watch.arrived()
        return outcome

    async def close(self) -> None:
        await self._inner.close()


async def product(told: Told) -> dict[str, float]:
    """Send what waits in the outbox, by the product's own path."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    database = open_database(told.store, vault(house.settings(Path(told.folder), told.store)))
    watch = Watch(told)
    channel = Counted(_channel(told), watch)
    timer = SystemTimer()
    limits = Limits(told.per_second, told.chat_gap, in_flight=told.at_once)
    accounts = {channel.name: Account(channel, Pacer(timer, limits), is_group)}
    begun = time.monotonic()

    def clock() -> datetime:
        return house.MORNING + timedelta(seconds=time.monotonic() - begun)

    deliverer = Deliverer(database, clock, timer, accounts, "measured")
    running = asyncio.create_task(deliverer.run())
    await until_done(running, watch)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running  # what is in flight is finished and recorded
    found = watch.stop()
    await channel.close()
    database.close()
    return found


async def stock(told: Told) -> dict[str, float]:
    """Send by python-telegram-bot as it comes, on httpx with a connection for each."""
    bot = Bot(TOKEN, base_url=f"{told.api}/bot", request=HTTPXRequest(connection_pool_size=told.at_once))
    message = house.READY
    entities, keyboard = telegram_markup.entities(message), telegram_markup.keyboard(message.choices)
    preview = LinkPreviewOptions(is_disabled=True)
    async with bot:
        return await at_once(
            told,
            lambda chat: bot.send_message(
                chat, message.text, entities=entities, reply_markup=keyboard, link_preview_options=preview
            ),
        )


async def _limited(told: Told, retries: int) -> dict[str, float]:
    """Hand everything to python-telegram-bot's own limiter at once; what it gives up is lost."""
    limiter = AIORateLimiter(max_retries=retries)
    request = HTTPXRequest(connection_pool_size=told.at_once)
    bot = ExtBot(TOKEN, base_url=f"{told.api}/bot", request=request, rate_limiter=limiter)
    async with bot:
        sends = (bot.send_message(int(chat), house.READY.text) for chat in told.chats)
        await asyncio.gather(*sends, return_exceptions=True)
    return {}


SENDERS = {
    "bare": bare,
    "product": product,
    "stock": stock,
    "limiter_0": partial(_limited, retries=0),
    "limiter_5": partial(_limited, retries=5),
}


def main(senders: Mapping[str, Callable[[Told], Coroutine[Any, Any, dict[str, float]]]]) -> None:
    """Run the sender that the command line names, on the event loop that the product runs on."""
    gc.freeze()  # as the product does when it has started
    print(json.dumps(uvloop.run(senders[sys.argv[1]](Told(**json.loads(sys.argv[2]))))))


if __name__ == "__main__":
    main(SENDERS)
