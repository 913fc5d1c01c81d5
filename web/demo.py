"""The demo page: be several people at once and move the clock. Only for a browser on this machine."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from domain.local import local, long_day
from messages.pages import page
from web.demo_controls import DemoControls, Jump, Leap, Persona
from web.guards import require_same_origin, require_this_machine
from web.limits import read_body
from web.parts import WebParts
from web.room import BODY_LIMIT, Room, json_object

LEAPS: dict[str, Leap] = {leap: leap for leap in get_args(Leap)}

Handler = Callable[[Request], Awaitable[Response]]


class DemoPages:
    """Takes the place of the landing page while the demo runs."""

    def __init__(self, parts: WebParts, controls: DemoControls) -> None:
        self._parts = parts
        self._controls = controls
        self._room = Room(parts)
        self._moving = asyncio.Lock()

    def routes(self) -> list[Route]:
        """Return the demo's routes, each of them guarded."""
        table: tuple[tuple[str, str, Handler], ...] = (
            ("GET", "/", self.show),
            ("GET", "/demo/state", self.state),
            ("POST", "/demo/advance", self.advance),
            ("GET", "/demo/events", self.events),
            ("GET", "/demo/chat/{chat}/history", self.history),
            ("GET", "/demo/chat/{chat}/kept/{stamp}/{place:int}", self.attachment),
            ("POST", "/demo/chat/{chat}/send", self.say),
            ("POST", "/demo/chat/{chat}/file", self.upload),
        )
        return [Route(path, self._guarded(handler), methods=[method]) for method, path, handler in table]

    async def show(self, _request: Request) -> Response:
        """Return the page."""
        office = await self._parts.db.read(self._parts.office_name)
        return HTMLResponse(page("demo", office=office, plan=self._controls.plan(), now=_moment(self._controls.now())))

    async def state(self, _request: Request) -> Response:
        """Return the simulated moment and who can be played."""
        people = [_persona(persona) for persona in self._controls.personas()]
        return JSONResponse({"now": _moment(self._controls.now()), "people": people})

    async def advance(self, request: Request) -> Response:
        """Move the clock as {"to"} says and return what happened; one move at a time."""
        to = LEAPS.get(str(json_object(await read_body(request, BODY_LIMIT)).get("to")))
        if to is None:
            raise HTTPException(422, "Không rõ chuyển đồng hồ đến đâu.")
        if self._moving.locked():
            raise HTTPException(409, "Đồng hồ đang chuyển, xin chờ xong.")
        async with self._moving:
            return JSONResponse(_jump(await self._controls.advance(to)))

    async def events(self, request: Request) -> Response:
        """Return one stream for everybody's chats."""
        chats = [persona.chat for persona in self._controls.personas()]
        return self._room.events(request, chats, lambda: None)

    async def history(self, request: Request) -> Response:
        """Return what stands in one person's chat."""
        return await self._room.history(request, self._chat(request))

    async def attachment(self, request: Request) -> Response:
        """Return a file that was sent to one person."""
        return await self._room.attachment(request, self._chat(request))

    async def say(self, request: Request) -> Response:
        """Say something as one person."""
        return await self._room.say(request, self._chat(request))

    async def upload(self, request: Request) -> Response:
        """Send a file as one person."""
        return await self._room.upload(request, self._chat(request))

    def _chat(self, request: Request) -> str:
        chat = request.path_params["chat"]
        if chat not in {persona.chat for persona in self._controls.personas()}:
            raise HTTPException(404, "Không có người này trong bản chạy thử.")
        return str(chat)

    def _guarded(self, handler: Handler) -> Handler:
        async def guarded(request: Request) -> Response:
            require_this_machine(request)
            if request.method == "POST":
                require_same_origin(request, self._parts.public_url)
            return await handler(request)

        return guarded


def _moment(moment: datetime) -> dict[str, str]:
    at = local(moment)
    return {"day": long_day(at.date()), "time": f"{at:%H:%M}", "iso": at.isoformat()}


def _persona(persona: Persona) -> dict[str, Any]:
    return {
        "key": persona.key,
        "name": persona.name,
        "role": persona.role_label,
        "agency": persona.agency,
        "chat": persona.chat,
        "hint": persona.hint,
        "suggestions": [{"label": one.label, "says": one.says} for one in persona.suggestions],
    }


def _jump(jump: Jump) -> dict[str, Any]:
    return {
        "from": _moment(jump.start),
        "to": _moment(jump.end),
        "lines": list(jump.lines),
        "sent": dict(jump.sent),
    }
