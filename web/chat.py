"""The public chat page: one browser, one chat."""

from functools import partial

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from channels import webchat
from domain.local import today
from messages.pages import page
from storage.views import Unit
from storage.views import office as office_views
from web.guards import client_of, require_same_origin
from web.limits import Limiter, Places
from web.parts import WebParts
from web.room import Room
from web.sessions import Sessions

CITIZENS = (("Gửi phản ánh, kiến nghị", "phananh"), ("Xem hướng dẫn", "trogiup"))
OFFICERS = (("Việc của tôi", "viec"), ("Cài đặt nhận tin", "caidat"), ("Xem hướng dẫn", "trogiup"))
OVERSEERS = (("Tổng hợp", "tonghop"), ("Cài đặt nhận tin", "caidat"), ("Xem hướng dẫn", "trogiup"))
"""What the page suggests to type, by who sits there."""


class ChatPages:
    """Every request is measured: by session, and by address for those who make sessions without end.

    One address may be a whole office behind its router, so it is allowed much more than one session.
    """

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._room = Room(parts)
        self._sessions = Sessions(parts.secret, https=parts.public_url.startswith("https:"))
        self._says = (Limiter(12, 2.0, parts.timer), Limiter(120, 0.25, parts.timer))
        self._files = (Limiter(12, 20.0, parts.timer), Limiter(40, 2.0, parts.timer))
        self._reads = (Limiter(40, 0.5, parts.timer), Limiter(400, 0.1, parts.timer))
        self._places = Places(each=200, total=2000)

    def routes(self) -> list[Route]:
        """Return the page and what its script calls."""
        return [
            Route("/chat", self.show, methods=["GET"]),
            Route("/chat/send", self.say, methods=["POST"]),
            Route("/chat/file", self.upload, methods=["POST"]),
            Route("/chat/history", self.history, methods=["GET"]),
            Route("/chat/events", self.events, methods=["GET"]),
            Route("/chat/kept/{stamp}/{place:int}", self.attachment, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """Return the page; a browser that has no chat gets one."""
        chat = self._sessions.chat_of(request)
        office = await self._parts.db.read(self._parts.office_name)
        suggestions = await self._parts.db.read(lambda unit: self._suggestions(unit, chat))
        response = HTMLResponse(page("chat", office=office, suggestions=suggestions))
        if chat is None:
            self._sessions.begin(response)
        else:
            self._sessions.renew(response, chat)
        return response

    def _suggestions(self, unit: Unit, chat: str | None) -> tuple[tuple[str, str], ...]:
        viewer = office_views.viewer_of_chat(unit, webchat.NAME, chat, today(self._parts.clock())) if chat else None
        if viewer is None or not viewer.seats:
            return CITIZENS
        return OFFICERS if viewer.own_agencies else OVERSEERS

    async def say(self, request: Request) -> Response:
        """Take what the person typed or chose."""
        return await self._room.say(request, self._sender(request, self._says))

    async def upload(self, request: Request) -> Response:
        """Take a file."""
        return await self._room.upload(request, self._sender(request, self._files))

    async def history(self, request: Request) -> Response:
        """Return what stands in the chat."""
        return await self._room.history(request, self._reader(request))

    async def attachment(self, request: Request) -> Response:
        """Return a file that was sent to this chat."""
        return await self._room.attachment(request, self._reader(request))

    async def events(self, request: Request) -> Response:
        """Return the stream of new lines."""
        chat, address = self._reader(request), client_of(request)
        self._places.take(address)
        return self._room.events(request, (chat,), partial(self._places.leave, address))

    def _sender(self, request: Request, limits: tuple[Limiter, Limiter]) -> str:
        require_same_origin(request, self._parts.public_url)
        return self._measured(request, limits)

    def _reader(self, request: Request) -> str:
        return self._measured(request, self._reads)

    def _measured(self, request: Request, limits: tuple[Limiter, Limiter]) -> str:
        limits[1].check(client_of(request))
        chat = self._sessions.require(request)
        limits[0].check(chat)
        return chat
