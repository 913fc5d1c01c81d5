"""A Zalo Bot Platform on the loopback: refuses what the real one refuses, and fails on demand.

In a test: `async with ZaloBotEmulator() as api`, then `ZaloBotChannel(api.token, api.url)`. From another process:
`python -m tests.emulators.zalo_bot --port N`, steered by POST /control/<act> with JSON arguments (acts: see `ACTS`)
and read by GET /control/sent and /control/requests.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Self

from aiohttp import web

from tests.emulators.zalo_bot_faults import Ending, Fault, Faults, Flood
from tests.emulators.zalo_bot_methods import Methods
from tests.emulators.zalo_bot_push import Pusher
from tests.emulators.zalo_bot_world import Refusal, World

TOKEN = "4117:an-emulated-token-nobody-owns"

ACTS = frozenset(
    {"person", "says", "sends_sticker", "sends_file", "is_protected", "says_in_group", "blocks", "unblocks", "repeats"}
)
"""What people can be made to do from another process, besides `sends_photo`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it; `code` is what it told, 200 for ok, 0 where it gave no answer of its own."""

    at: float
    method: str
    chat: str | None
    code: int


class ZaloBotEmulator:
    """The server. People act through `world`; `delay` is the round trip in seconds added to every call.

    `mirrors`: a refusal's code is HTTP's status as well; else HTTP says 200 whatever the answer says.
    """

    def __init__(
        self,
        token: str = TOKEN,
        port: int = 0,
        clock: Callable[[], float] = time.monotonic,
        wait: float = 1.0,
        *,
        loopback: bool = True,
    ) -> None:
        self.token = token
        self.port = port
        self.delay = 0.0
        self.mirrors = False
        self.world = World(clock)
        self.faults = Faults(token)
        self.flood = Flood()
        self.requests: list[Request] = []
        self.methods = Methods(self.world, self.flood, loopback=loopback)
        self.pusher = Pusher(self.methods, wait)
        self._closing = asyncio.Event()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)

    @property
    def url(self) -> str:
        """What ZALO_BOT_API_URL is set to."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.world.address = self.url
        self.pusher.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Be unreachable from now on; harmless when called twice."""
        self._closing.set()
        await self.pusher.stop()
        await self._runner.cleanup()

    def fail(self, kind: str, times: int = 1, **more: Any) -> None:
        """Order a fault (see `zalo_bot_faults.KINDS`) for the next `times` sends; see `Faults.order`."""
        self.faults.order(kind, times, **more)

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/moved", self._moved)
        app.router.add_get("/photos/{path:.+}", self._photo)
        app.router.add_post("/control/{act}", self._control)
        app.router.add_get("/control/{list}", self._listing)
        return app

    async def _method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        await asyncio.sleep(self.delay / 2)
        chat: str | None = None
        fault: Fault | None = None
        code, body = 200, {}
        try:
            parameters = await self._parameters(request)
            found = parameters.get("chat_id")
            chat = found if isinstance(found, str) else None
            fault = self.faults.meet(method, chat)
            if fault and not fault.kind.accepts:
                raise fault.refusal()
            body = {"ok": True, "result": await self.methods.call(method, parameters)}
            if fault:
                raise fault.refusal()
        except Refusal as refusal:
            code, body = refusal.code, refusal.body()
        self.requests.append(Request(self.world.clock(), method, chat, code))
        await asyncio.sleep(self.delay / 2)
        if fault and fault.kind.ending is not Ending.ANSWER:
            return await self._ended(request, fault)
        status = code if self.mirrors and 400 <= code < 600 else 200
        return web.json_response(body, status=status)

    async def _parameters(self, request: web.Request) -> dict[str, Any]:
        """Return the request's JSON object; raises Refusal for what is none, and for a stranger."""
        if request.match_info["token"] != self.token:
            raise Refusal(401, "Unauthorized")
        if request.method != "POST" or request.content_type != "application/json":
            raise Refusal(400, "Bad Request: POST JSON")
        try:
            told = json.loads(await request.read() or b"{}")
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise Refusal(400, "Bad Request: body is not a JSON object")
        return told

    async def _ended(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.kind.ending is Ending.SILENCE:
            await self._closing.wait()
        if fault.kind.ending is Ending.EMPTY:
            return web.json_response({})
        if fault.kind.ending is not Ending.HTML and request.transport is not None:
            request.transport.abort()
        page = f"<html><h1>{fault.kind.description}</h1></html>"
        return web.Response(status=fault.kind.status, text=page, content_type="text/html")

    async def _photo(self, request: web.Request) -> web.StreamResponse:
        content = self.world.pictures.get(request.match_info["path"])
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="image/jpeg")

    async def _moved(self, _request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"{self.url}/bot{self.token}/getMe")

    async def _control(self, request: web.Request) -> web.StreamResponse:
        act, arguments = request.match_info["act"], await request.json()
        if act == "fail":
            self.fail(**arguments)
            return web.json_response(None)
        if act == "sends_photo":
            arguments["content"] = str(arguments["content"]).encode()
            return web.json_response(self.world.sends_photo(**arguments))
        if act == "settings":
            self.delay = arguments.get("delay", self.delay)
            self.mirrors = arguments.get("mirrors", self.mirrors)
            self.world.wrapped = arguments.get("wrapped", self.world.wrapped)
            self.flood.per_second = arguments.get("per_second", self.flood.per_second)
            self.flood.chat_gap = arguments.get("chat_gap", self.flood.chat_gap)
            self.pusher.copies = arguments.get("copies", self.pusher.copies)
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


async def _serve(arguments: argparse.Namespace) -> None:
    async with ZaloBotEmulator(arguments.token, arguments.port) as api:
        api.delay = arguments.delay
        api.flood.per_second = arguments.per_second
        api.flood.chat_gap = arguments.chat_gap
        sys.stdout.write(f"{api.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted; prints the address."""
    parser = argparse.ArgumentParser(description="An emulated Zalo Bot Platform on the loopback")
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
