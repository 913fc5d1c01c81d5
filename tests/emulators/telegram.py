"""A Bot API on the loopback: refuses what the real server refuses, and fails on demand.

In a test: `async with TelegramEmulator() as api`, then `TelegramChannel(api.token, api.url)`. From another
process: `python -m tests.emulators.telegram --port N`, steered by POST /control/<act> with JSON arguments
(acts: see `ACTS`) and read by GET /control/sent and /control/requests.
"""

import argparse
import asyncio
import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Self

from aiohttp import web

from tests.emulators.telegram_deliveries import chat_of
from tests.emulators.telegram_faults import Ending, Fault, Faults, Flood
from tests.emulators.telegram_methods import Methods
from tests.emulators.telegram_push import Pusher
from tests.emulators.telegram_rules import Refusal
from tests.emulators.telegram_world import World

TOKEN = "7:an-emulated-token-nobody-owns"
_WELL_FORMED = re.compile(r"\d+:[A-Za-z0-9_-]{8,}")

ACTS = frozenset(
    {"person", "says", "edits", "deletes", "sends_sticker", "shares_contact", "presses", "follows", "adds"}
    | {"adds_by_link", "upgrades", "blocks", "unblocks", "buttons"}
)
"""What people can be made to do from another process, besides `sends_file`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it; `status` 0 where it got no answer."""

    at: float
    method: str
    chat: int | None
    status: int


class TelegramEmulator:
    """The server. People act through `world`; `delay` is the round trip in seconds added to every call."""

    def __init__(
        self,
        token: str = TOKEN,
        port: int = 0,
        clock: Callable[[], float] = time.monotonic,
        first_wait: float = 1.0,
    ) -> None:
        self.token = token
        self.port = port
        self.delay = 0.0
        self.world = World(clock)
        self.faults = Faults()
        self.flood = Flood()
        self.requests: list[Request] = []
        self.methods = Methods(self.world, self.flood)
        self._pusher = Pusher(self.methods, first_wait)
        self._closing = asyncio.Event()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)

    @property
    def url(self) -> str:
        """What TELEGRAM_API_URL is set to."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self._pusher.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Be unreachable from now on; harmless when called twice."""
        self._closing.set()
        await self._pusher.stop()
        await self._runner.cleanup()

    def fail(self, kind: str, times: int = 1, **more: Any) -> None:
        """Order a fault (see `telegram_faults.KINDS`) for the next `times` sends; see `Faults.order`."""
        self.faults.order(kind, times, **more)

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=80 << 20)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.router.add_post("/control/{act}", self._control)
        app.router.add_get("/control/{list}", self._listing)
        return app

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        parameters = await _parameters(request)
        await asyncio.sleep(self.delay / 2)
        fault = self.faults.meet(method, chat_of(parameters))
        try:
            self._authorise(request.match_info["token"])
            if fault and not fault.kind.accepts:
                raise fault.refusal()
            result = {"ok": True, "result": await self.methods.call(method, parameters)}
            if fault:
                raise fault.refusal()
            status, body = 200, result
        except Refusal as refusal:
            status, body = refusal.status, refusal.body()
        self.requests.append(Request(self.world.clock(), method, chat_of(parameters), status))
        await asyncio.sleep(self.delay / 2)
        if fault and fault.kind.ending is not Ending.ANSWER:
            return await self._ended(request, fault)
        return web.json_response(body, status=status)

    async def _ended(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind.ending is Ending.SILENCE:
            await self._closing.wait()
        if fault.kind.ending is Ending.EMPTY:
            return web.json_response({})
        if fault.kind.ending is not Ending.HTML and request.transport is not None:
            request.transport.abort()
        page = f"<html><h1>{fault.kind.description}</h1></html>"
        return web.Response(status=fault.kind.status or 500, text=page, content_type="text/html")

    def _authorise(self, token: str) -> None:
        if token != self.token:
            known = _WELL_FORMED.fullmatch(token)
            raise Refusal(401, "Unauthorized") if known else Refusal(404, "Not Found")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        wanted = request.match_info["path"]
        for path, content in self.world.files.values():
            if path == wanted and request.match_info["token"] == self.token:
                return web.Response(body=content)
        return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)

    async def _control(self, request: web.Request) -> web.StreamResponse:
        act, arguments = request.match_info["act"], await request.json()
        if act == "fail":
            self.fail(**arguments)
            return web.json_response(None)
        if act == "sends_file":
            arguments["content"] = str(arguments["content"]).encode()
            return web.json_response(self.world.sends_file(**arguments))
        if act == "settings":
            self.delay = arguments.get("delay", self.delay)
            self.flood.per_second = arguments.get("per_second", self.flood.per_second)
            self.flood.chat_gap = arguments.get("chat_gap", self.flood.chat_gap)
            self.flood.retry_after = arguments.get("retry_after", self.flood.retry_after)
            return web.json_response(None)
        if act not in ACTS:
            raise web.HTTPNotFound
        done = getattr(self.world, act)(**arguments)
        return web.json_response(asdict(done) if act == "person" else done)

    async def _listing(self, request: web.Request) -> web.StreamResponse:
        lists: dict[str, list[Any]] = {"sent": self.world.sent, "requests": self.requests}
        found = lists.get(request.match_info["list"])
        if found is None:
            raise web.HTTPNotFound
        return web.json_response([asdict(one) for one in found])


async def _parameters(request: web.Request) -> dict[str, Any]:
    """Return what a request says, wherever it says it: address, form, multipart or JSON."""
    said: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        said |= await request.json()
    elif request.method == "POST":
        said |= dict(await request.post())
    return said


async def _serve(arguments: argparse.Namespace) -> None:
    async with TelegramEmulator(arguments.token, arguments.port) as api:
        api.delay = arguments.delay
        api.flood.per_second = arguments.per_second
        api.flood.chat_gap = arguments.chat_gap
        sys.stdout.write(f"{api.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted; prints the address."""
    parser = argparse.ArgumentParser(description="An emulated Bot API on the loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds of round trip")
    parser.add_argument("--per-second", type=int, default=None, help="hold senders to so many in any second")
    parser.add_argument("--chat-gap", type=float, default=0.0, help="and to this many seconds a chat")
    try:
        asyncio.run(_serve(parser.parse_args()))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
