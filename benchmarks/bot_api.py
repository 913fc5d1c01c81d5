"""A Bot API on the loopback in a process of its own, fast enough not to be what is measured.

`python -m benchmarks.bot_api` prints its port. It answers every method, keeps when each message came, and refuses
what is too fast where `Rules` say so. A request counts half a round trip after it came, and is answered another half
later. `GET /control/<act>?<JSON>` steers it: see `Control`.
"""

import asyncio
import json
import re
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import unquote

import uvloop

_CHAT = re.compile(rb'chat_id(?:=|"\s*:\s*"?)(-?\d+)')
LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)
_AGAIN = (b"text=%28nh%E1%BA%AFc", '"text": "(nhắc'.encode())
_POLL_SECONDS = 1.0


@dataclass(slots=True)
class Rules:
    """What the server enforces, in windows that slide; 0 is no limit. It answers `delay` seconds later."""

    delay: float = 0.0
    per_second: int = 0
    chat_gap: float = 0.0
    flood_after: int = 0
    """Answer 429 once so many messages were accepted; 0 never."""
    flood_seconds: float = 5.0
    flood_scope: str = "account"


@dataclass(slots=True)
class World:
    """What came, and what the rules made of it. Moments are the machine's monotonic seconds."""

    rules: Rules = field(default_factory=Rules)
    accepted: list[tuple[float, int, bool]] = field(default_factory=list)
    """(when, chat, whether marked as repeated)"""
    refused: int = 0
    flooded_at: float = 0.0
    flooded_chat: int = 0
    within: int = 0
    """Messages that came during the flood's wait and after its first answer."""
    _second: deque[float] = field(default_factory=deque)
    _chats: dict[int, float] = field(default_factory=dict)

    def take(self, chat: int, again: bool, came: float, now: float) -> tuple[int, dict[str, Any]]:
        wait = self._flood(chat, came, now) or self._too_fast(chat, now)
        if wait:
            self.refused += 1
            told = {"retry_after": wait}
            said = f"Too Many Requests: retry after {wait:g}"
            return 429, {"ok": False, "error_code": 429, "description": said, "parameters": told}
        self.accepted.append((now, chat, again))
        self._second.append(now)
        self._chats[chat] = now
        there = {"id": chat, "type": "private", "first_name": "A"}
        message = {"message_id": len(self.accepted), "date": 1768183200, "chat": there, "text": "x"}
        return 200, {"ok": True, "result": message}

    def _flood(self, chat: int, came: float, now: float) -> float:
        rules = self.rules
        if not rules.flood_after or len(self.accepted) < rules.flood_after:
            return 0
        if not self.flooded_at:
            self.flooded_at, self.flooded_chat = now, chat
        left = self.flooded_at + rules.flood_seconds - now
        if left <= 0 or (rules.flood_scope == "chat" and chat != self.flooded_chat):
            return 0
        self.within += came > self.flooded_at + rules.delay / 2
        return rules.flood_seconds if now == self.flooded_at else left

    def _too_fast(self, chat: int, now: float) -> float:
        while self._second and self._second[0] <= now - 1.0:
            self._second.popleft()
        full = self.rules.per_second and len(self._second) >= self.rules.per_second
        close = self.rules.chat_gap and now - self._chats.get(chat, -1e9) < self.rules.chat_gap
        return 1 if full or close else 0


class Control:
    """What another process may ask: every public method, its arguments as a JSON object."""

    def __init__(self, world: World) -> None:
        self._world = world

    def reset(self, **rules: Any) -> dict[str, Any]:
        self._world.__init__(Rules(**rules))  # type: ignore[misc]
        return {}

    def counts(self) -> dict[str, Any]:
        world = self._world
        chats = Counter(chat for _, chat, _ in world.accepted)
        return {
            "accepted": len(world.accepted),
            "refused": world.refused,
            "chats": len(chats),
            "doubled": sum(count - 1 for count in chats.values()),
            "marked": sum(again for _, _, again in world.accepted),
            "within": world.within,
            "first": world.accepted[0][0] if world.accepted else None,
            "last": world.accepted[-1][0] if world.accepted else None,
        }

    def moments(self, since: int = 0) -> dict[str, Any]:
        return {"accepted": self._world.accepted[since:]}


class Connection(asyncio.Protocol):
    """One kept-alive connection; a client sends its next request after the answer."""

    def __init__(self, world: World, control: Control) -> None:
        self._world = world
        self._control = control
        self._loop = asyncio.get_running_loop()
        self._buffer = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = LENGTH.search(self._buffer, 0, end)
            size = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < size:
                return
            head, body = self._buffer[:end], self._buffer[end + 4 : size]
            self._buffer = self._buffer[size:]
            self._request(head.split(b" ", 2)[1].decode(), body)

    def _request(self, path: str, body: bytes) -> None:
        half = self._world.rules.delay / 2
        method = path.rsplit("/", 1)[-1].split("?")[0].lower()
        if path.startswith("/control/"):
            _, _, told = path.partition("?")
            self._answer(200, getattr(self._control, method)(**json.loads(unquote(told) or "{}")))
        elif method == "sendmessage":
            found = _CHAT.search(body)
            chat = int(found[1]) if found else 0
            again = any(mark in body for mark in _AGAIN)
            self._loop.call_later(half, self._taken, chat, again, time.monotonic(), half)
        elif method == "getupdates":
            self._loop.call_later(_POLL_SECONDS, self._answer, 200, {"ok": True, "result": []})
        else:
            me = {"id": 1, "is_bot": True, "first_name": "A", "username": "a_bot"} if method == "getme" else True
            self._loop.call_later(half * 2, self._answer, 200, {"ok": True, "result": me})

    def _taken(self, chat: int, again: bool, came: float, half: float) -> None:
        status, answer = self._world.take(chat, again, came, time.monotonic())
        self._loop.call_later(half, self._answer, status, answer)

    def _answer(self, status: int, answer: dict[str, Any]) -> None:
        if not self._transport.is_closing():
            body = json.dumps(answer).encode()
            head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


async def serve(told: Callable[[int], None], world: World, controlled: Callable[[Any], Control] = Control) -> None:
    control = controlled(world)
    made = partial(Connection, world, control)
    server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0, backlog=1024)
    told(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(lambda port: print(port, flush=True), World()))
