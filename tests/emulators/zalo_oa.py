"""A Zalo Official Account on the loopback: refuses what the real one refuses, and fails on demand.

OAuth, tư vấn messages, uploads and ZNS stand on one port. In a test: `async with ZaloOaEmulator() as api`. From
another process: `python -m tests.emulators.zalo_oa --port N`, steered by POST /control/<act> with JSON arguments
(acts: see `ACTS`) and read by GET /control/sent, /control/notifications, /control/requests, /control/events.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Self

from aiohttp import web

from tests.emulators.zalo_oa_faults import Ending, Faults, Kind
from tests.emulators.zalo_oa_push import Pusher
from tests.emulators.zalo_oa_rules import Refusal, refuse
from tests.emulators.zalo_oa_world import APP, APP_SECRET, OA, World

ACTS = frozenset(
    {"user", "says", "presses", "sends_sticker", "follows", "unfollows", "received", "sees", "expire", "authorise"}
)
"""What can be made to happen from another process, besides `sends_file`, `sends_image`, `fail` and `webhook`."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it; `code` is the API's own, None where there was no answer of the API."""

    at: float
    place: str
    code: int | None


class ZaloOaEmulator:
    """The server. People act through `world`; `delay` is the round trip in seconds added to every call."""

    def __init__(self, port: int = 0, clock: Callable[[], float] = time.time, hour: float = 3600.0) -> None:
        self.port = port
        self.delay = 0.0
        self.world = World(clock)
        self.faults = Faults()
        self.requests: list[Request] = []
        self.pusher = Pusher(self.world, hour)
        self._closing = asyncio.Event()
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)

    @property
    def url(self) -> str:
        """What ZALO_OA_API_URL, ZALO_OA_OAUTH_URL and ZALO_ZNS_API_URL are set to."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world.files_url = self.url
        self.pusher.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Be unreachable from now on; harmless when called twice."""
        self._closing.set()
        await self.pusher.stop()
        await self._runner.cleanup()

    def fail(self, what: str | int, times: int = 1, place: str = "cs") -> None:
        """Order a fault by name (see `zalo_oa_faults.KINDS`) or by an error's code for the next calls to a place."""
        self.faults.order(what, times, place)

    def calls(self, place: str) -> int:
        """Return how many requests a place has seen."""
        return sum(one.place == place for one in self.requests)

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=60 << 20)
        app.router.add_post("/v4/oa/access_token", self._at("token", self._token))
        app.router.add_post("/v3.0/oa/message/cs", self._at("cs", self._message))
        app.router.add_post("/v2.0/oa/upload/{kind:file|image}", self._upload)
        app.router.add_post("/message/template", self._at("zns", self._notify))
        app.router.add_get("/v2.0/oa/getoa", self._at("getoa", self._account))
        app.router.add_get("/hosted/{key:.+}", self._hosted)
        app.router.add_post("/control/{act}", self._control)
        app.router.add_get("/control/{list}", self._listing)
        return app

    def _at(self, place: str, work: Callable[[web.Request], Any]) -> Callable[[web.Request], Any]:
        async def answer(request: web.Request) -> web.StreamResponse:
            return await self._answered(request, place, work)

        return answer

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        return await self._answered(request, request.match_info["kind"], self._keep)

    async def _answered(
        self, request: web.Request, place: str, work: Callable[[web.Request], Any]
    ) -> web.StreamResponse:
        await asyncio.sleep(self.delay / 2)
        fault = self.faults.meet(place)
        try:
            if fault and not fault.accepts:
                raise Refusal(fault.code)
            body = await work(request)
        except Refusal as refusal:
            body = refusal.body()
        lost = fault is not None and fault.ending is not Ending.ANSWER
        code = None if lost else int(body.get("error", 0))
        self.requests.append(Request(self.world.clock(), place, code))
        await asyncio.sleep(self.delay / 2)
        return await self._ended(request, fault) if fault and lost else web.json_response(body)

    async def _ended(self, request: web.Request, fault: Kind) -> web.StreamResponse:
        if fault.ending is Ending.SILENCE:
            await self._closing.wait()
        if fault.ending is Ending.EMPTY:
            return web.json_response({})
        if fault.ending is not Ending.HTML and request.transport is not None:
            request.transport.abort()
        return web.Response(status=fault.status, text="<html><h1>?</h1></html>", content_type="text/html")

    async def _token(self, request: web.Request) -> dict[str, Any]:
        form = await request.post()
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP:
            return {"error": -14004, "error_name": "Invalid secret key", "error_description": "secret_key"}
        if form.get("grant_type") != "refresh_token":
            return {"error": -14002, "error_name": "Invalid grant type", "error_description": "grant_type"}
        pair = self.world.tokens(str(form.get("refresh_token")))
        return pair or {"error": -14014, "error_name": "Invalid refresh token.", "error_description": "refresh_token"}

    async def _message(self, request: web.Request) -> dict[str, Any]:
        self.world.check_access(request.headers.get("access_token", ""))
        content = await request.json()
        user = str((content.get("recipient") or {}).get("user_id", ""))
        key = self.world.take(user, content.get("message"))
        return {"error": 0, "message": "Success", "data": {"message_id": key, "user_id": user}}

    async def _keep(self, request: web.Request) -> dict[str, Any]:
        self.world.check_access(request.headers.get("access_token", ""))
        kind = request.match_info["kind"]
        field = (await request.post()).get("file")
        if not isinstance(field, web.FileField):
            refuse(-201)
        token = self.world.keep(kind, field.filename, field.file.read())
        return {"error": 0, "message": "Success", "data": {"token" if kind == "file" else "attachment_id": token}}

    async def _notify(self, request: web.Request) -> dict[str, Any]:
        self.world.check_access(request.headers.get("access_token", ""), unknown=-124)
        return {"error": 0, "message": "Success", "data": self.world.notify(await request.json())}

    async def _account(self, request: web.Request) -> dict[str, Any]:
        self.world.check_access(request.headers.get("access_token", ""))
        return {"error": 0, "message": "Success", "data": {"oa_id": OA, "name": "Văn phòng UBND tỉnh"}}

    async def _hosted(self, request: web.Request) -> web.StreamResponse:
        content = self.world.hosted.get(request.match_info["key"])
        self.requests.append(Request(self.world.clock(), "hosted", None if content is None else 0))
        return web.Response(status=404) if content is None else web.Response(body=content)

    async def _control(self, request: web.Request) -> web.StreamResponse:
        act, arguments = request.match_info["act"], await request.json()
        if act == "fail":
            self.fail(**arguments)
            return web.json_response(None)
        if act == "webhook":
            self.pusher.point(str(arguments["url"]))
            return web.json_response(None)
        if act == "template":
            self.world.templates[str(arguments["id"])] = frozenset(arguments["keys"])
            return web.json_response(None)
        if act in {"sends_file", "sends_image"}:
            arguments["content"] = str(arguments["content"]).encode()
            return web.json_response(getattr(self.world, act)(**arguments))
        if act not in ACTS:
            raise web.HTTPNotFound
        given = arguments.pop("message_ids", ())
        done = getattr(self.world, act)(*given, **arguments)
        return web.json_response(asdict(done) if act == "user" else done)

    async def _listing(self, request: web.Request) -> web.StreamResponse:
        world = self.world
        lists: dict[str, list[Any]] = {
            "sent": [asdict(one) for one in world.sent],
            "notifications": [asdict(one) for one in world.notifications],
            "requests": [asdict(one) for one in self.requests],
            "events": world.events,
        }
        found = lists.get(request.match_info["list"])
        if found is None:
            raise web.HTTPNotFound
        return web.json_response(found)


async def _serve(arguments: argparse.Namespace) -> None:
    async with ZaloOaEmulator(arguments.port, hour=arguments.hour) as api:
        api.delay = arguments.delay
        api.pusher.point(arguments.webhook)
        sys.stdout.write(f"{api.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    """Serve until interrupted; prints the address."""
    parser = argparse.ArgumentParser(description="An emulated Zalo Official Account on the loopback")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--delay", type=float, default=0.0, help="seconds of round trip")
    parser.add_argument("--webhook", default="", help="where events are posted")
    parser.add_argument("--hour", type=float, default=3600.0, help="seconds that stand for an hour between repeats")
    try:
        asyncio.run(_serve(parser.parse_args()))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
