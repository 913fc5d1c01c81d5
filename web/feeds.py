"""Calendars of due dates, read by calendar programs through a secret link (iCalendar, RFC 5545)."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions import feeds
from domain.errors import NotFound
from messages import appointments
from web.guards import client_of
from web.limits import Limiter
from web.parts import WebParts

GONE = "Lịch này không còn: liên kết sai, đã được thu hồi, hoặc người tạo không còn phụ trách. Xin tạo lại trong chat."

_HEADERS = {
    "Cache-Control": "private, max-age=900",
    "Content-Disposition": 'inline; filename="han-viec.ics"',
    "X-Robots-Tag": "noindex",
}


class FeedPages:
    """The one route of the calendars. The token in the address is the only key; reading changes nothing."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._asks = Limiter(60, 2.0, parts.timer)

    def routes(self) -> list[Route]:
        """Return what calendar programs ask for."""
        return [Route("/lich/{token}.ics", self.read, methods=["GET"])]

    async def read(self, request: Request) -> Response:
        """Return the calendar as it stands now, 404 with the same sentence for whatever does not open."""
        self._asks.check(client_of(request))
        token, now = request.path_params["token"], self._parts.clock()
        try:
            found = await self._parts.db.read(lambda unit: feeds.read(unit, token, now))
        except NotFound:
            raise HTTPException(404, GONE) from None
        return Response(appointments.feed(found), media_type="text/calendar; charset=utf-8", headers=_HEADERS)
