"""Who posts updates and hears the answers, in one process: `python -m benchmarks.inbound_load` prints its port.

It is the fake Bot API of `benchmarks.bot_api` with a provider's other half beside it: it posts updates to a webhook
and knows when the answer to each has come. `Load` is what `GET /control/<act>?<JSON>` may ask.
"""

import asyncio
import itertools
import json
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import uvloop

from benchmarks import bot_api, house

SECRET = "a-secret-of-nobody"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
SILENCE = 60.0
"""Seconds after which an answer counts as missing."""


@dataclass(slots=True)
class Heard(bot_api.World):
    """Notes for each chat when an answer came, and wakes who waits for the next."""

    load: "Load | None" = None

    def take(self, chat: int, again: bool, came: float, now: float) -> tuple[int, dict[str, Any]]:
        status, answer = super(Heard, self).take(chat, again, came, now)
        if status == 200 and self.load is not None:
            self.load.answered(chat, came)
        return status, answer


@dataclass(slots=True)
class Tally:
    """One run: moments in seconds of the machine's monotonic clock."""

    posted: int = 0
    thanked: list[float] = field(default_factory=list)
    """When the 200 came."""
    refused: int = 0
    answered: list[tuple[float, float]] = field(default_factory=list)
    """(when the answer came, seconds since its update was due to be posted)"""
    strange: int = 0
    """Answers to nothing that was open."""


class Poster(asyncio.Protocol):
    """One kept-alive connection to the webhook: one request, its status, the next."""

    def __init__(self) -> None:
        self._buffer = b""
        self._waiting: asyncio.Future[int] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport

    def connection_lost(self, _error: Exception | None) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(0)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 or self._waiting is None:
            return
        found = bot_api.LENGTH.search(self._buffer, 0, end)
        if len(self._buffer) >= end + 4 + (int(found[1]) if found else 0):
            status, self._buffer = int(self._buffer[9:12]), b""
            self._waiting.set_result(status)

    async def post(self, request: bytes) -> int:
        """Return the status of the answer, 0 where the connection broke."""
        if self._transport.is_closing():
            return 0
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._waiting

    def close(self) -> None:
        self._transport.close()


class Load(bot_api.Control):
    """Drives a webhook; one run at a time."""

    def __init__(self, world: Heard) -> None:
        super().__init__(world)
        self._world: Heard = world
        world.load = self
        self._tally = Tally()
        self._open: dict[int, deque[float]] = {}
        self._wake: asyncio.Queue[None] = asyncio.Queue()
        self._numbers = itertools.count(1)
        self._running: asyncio.Task[dict[str, Any]] | None = None
        self._thanked: list[int] = []

    def reset(self, **rules: Any) -> dict[str, Any]:
        super().reset(**rules)
        self._world.load = self
        return {}

    def answered(self, chat: int, came: float) -> None:
        """Take in one answer."""
        due = self._open.get(chat)
        if not due:
            self._tally.strange += 1
            return
        self._tally.answered.append((came, came - due.popleft()))
        self._wake.put_nowait(None)

    def start(self, mode: str, **told: Any) -> dict[str, Any]:
        """Begin: "flood" keeps so many updates unanswered, "pace" posts so many a second, the others await 200s."""
        self._tally, self._open, self._wake = Tally(), {}, asyncio.Queue()
        self._running = asyncio.get_running_loop().create_task(getattr(self, f"_{mode}")(**told))
        return {}

    def result(self) -> dict[str, Any]:
        """Return what the run found, nothing while it goes on."""
        if self._running is None or not self._running.done():
            return {}
        error = self._running.exception()
        return {"error": repr(error)} if error is not None else self._running.result()

    async def _posters(self, url: str, count: int) -> list[Poster]:
        where = urlsplit(url)
        loop = asyncio.get_running_loop()
        made = [await loop.create_connection(Poster, where.hostname or "", where.port or 0) for _ in range(count)]
        return [poster for _, poster in made]

    async def _post(self, poster: Poster, chat: int, text: str, due: float) -> None:
        self._tally.posted += 1
        self._open.setdefault(chat, deque()).append(due)
        status = await poster.post(request(next(self._numbers), chat, text))
        if status == 200:
            self._tally.thanked.append(time.monotonic())
        else:
            self._tally.refused += 1

    async def _flood(
        self, url: str, text: str, chats: list[int], at_once: int, warm: float, seconds: float
    ) -> dict[str, Any]:
        posters = deque(await self._posters(url, at_once))
        turns: Iterator[int] = itertools.cycle(range(*chats))
        begun = time.monotonic()
        for _ in range(at_once):
            self._wake.put_nowait(None)
        tasks: set[asyncio.Task[None]] = set()

        async def one(poster: Poster) -> None:
            await self._post(poster, next(turns), text, time.monotonic())
            posters.append(poster)

        while time.monotonic() < begun + warm + seconds:
            await asyncio.wait_for(self._wake.get(), SILENCE)
            while not posters:
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            task = asyncio.create_task(one(posters.popleft()))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        return await self._end(posters, begun + warm, seconds)

    async def _pace(
        self, url: str, text: str, chats: list[int], per_second: float, warm: float, seconds: float
    ) -> dict[str, Any]:
        posters = asyncio.Queue[Poster]()
        for poster in await self._posters(url, 64):
            posters.put_nowait(poster)
        turns = itertools.cycle(range(*chats))
        begun = time.monotonic()
        tasks: set[asyncio.Task[None]] = set()

        async def one(due: float) -> None:
            poster = await posters.get()
            await self._post(poster, next(turns), text, due)
            posters.put_nowait(poster)

        for number in range(int((warm + seconds) * per_second)):
            due = begun + number / per_second
            await asyncio.sleep(due - time.monotonic())
            task = asyncio.create_task(one(due))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        if tasks:
            await asyncio.wait(tasks)
        return await self._end([posters.get_nowait() for _ in range(64)], begun + warm, seconds)

    async def _burst(self, url: str, text: str, chats: list[int], at_once: int, count: int) -> dict[str, Any]:
        posters = await self._posters(url, at_once)
        turns, left = itertools.cycle(range(*chats)), iter(range(count))
        begun = time.monotonic()

        async def keep_posting(poster: Poster) -> None:
            for _ in left:
                await self._post(poster, next(turns), text, time.monotonic())

        await asyncio.gather(*(keep_posting(poster) for poster in posters))
        return await self._end(posters, begun, time.monotonic() - begun)

    def hailed(self) -> dict[str, Any]:
        """Return the chats of the last hail whose update was thanked for, and whether it has ended."""
        return {"thanked": self._thanked, "ended": self._running is None or self._running.done()}

    async def _hail(self, url: str, text: str, chats: list[int], at_once: int) -> dict[str, Any]:
        """Post one update of each chat, numbered as the chat is; end where nobody answers any more."""
        self._thanked = []
        posters, left = await self._posters(url, at_once), iter(chats)

        async def keep_posting(poster: Poster) -> None:
            for chat in left:
                if await poster.post(request(chat, chat, text)) != 200:
                    break
                self._thanked.append(chat)

        await asyncio.gather(*(keep_posting(poster) for poster in posters))
        for poster in posters:
            poster.close()
        return self.hailed()

    async def _end(self, posters: "deque[Poster] | list[Poster]", begun: float, seconds: float) -> dict[str, Any]:
        """Wait for what is open, then say what was found between two moments."""
        until = time.monotonic() + SILENCE
        while any(self._open.values()) and time.monotonic() < until:
            await asyncio.sleep(0.02)
        for poster in posters:
            poster.close()
        tally = self._tally
        inside = [span for came, span in tally.answered if begun <= came < begun + seconds]
        return {
            "posted": tally.posted,
            "thanked": len(tally.thanked),
            "refused": tally.refused,
            "answered": len(tally.answered),
            "strange": tally.strange,
            "seconds": seconds,
            "thanked_per_second": sum(begun <= at < begun + seconds for at in tally.thanked) / seconds,
            "answered_per_second": len(inside) / seconds,
            "settled_s": max((came for came, _ in tally.answered), default=begun) - begun,
            "spans": inside,
        }


def update(number: int, chat: int, text: str) -> dict[str, Any]:
    """Return what the provider posts of a private chat's message (Bot API, Update)."""
    who = {"id": chat, "is_bot": False, "first_name": "A", "last_name": "B", "username": "a_b", "language_code": "vi"}
    there = {"id": chat, "type": "private", "first_name": "A", "last_name": "B", "username": "a_b"}
    said: dict[str, Any] = {"message_id": number, "from": who, "chat": there, "date": 1_768_183_200, "text": text}
    if text.startswith("/"):
        said["entities"] = [{"offset": 0, "length": len(text.split()[0]), "type": "bot_command"}]
    return {"update_id": number, "message": said}


def request(number: int, chat: int, text: str) -> bytes:
    """Return the whole request that posts such an update."""
    body = json.dumps(update(number, chat, text)).encode()
    head = (
        f"POST /telegram HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n{HEADER}: {SECRET}\r\n"
        f"Accept-Encoding: gzip, deflate\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


CITIZENS = 10 * house.CHATS
"""The number of the first citizen's chat."""


if __name__ == "__main__":
    uvloop.run(bot_api.serve(lambda port: print(port, flush=True), Heard(), Load))
