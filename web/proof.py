"""The proof of notice as a page that prints: for coordinators, and for an agency's people of their own assignments.

A link from the chat opens it. Whoever asks is looked up in the database at every request.
"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from actions import pages
from domain.errors import NotFound
from domain.evidence import code_in
from domain.local import today
from messages.pages import page
from storage.views import Unit, proof
from web.frame import rooms
from web.guards import FORMS_HEADERS
from web.limits import Limiter
from web.office_sessions import NO_SESSION, OfficeSessions
from web.parts import WebParts

NOT_HERE = "Không có việc này, hoặc việc không thuộc đơn vị của đồng chí."


class ProofPages:
    """Routes under /office/proof."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._sessions = OfficeSessions(parts.secret, https=parts.public_url.startswith("https:"))
        self._asks = Limiter(60, 0.5, parts.timer)

    def routes(self) -> list[Route]:
        """Return the page of one assignment, and that of all agencies of its task."""
        return [
            Route("/office/proof/{code}", self.one, methods=["GET"]),
            Route("/office/proof/{code}/all", self.every, methods=["GET"]),
        ]

    async def one(self, request: Request) -> Response:
        """Show the proof of one assignment."""
        return await self._page(request, every=False)

    async def every(self, request: Request) -> Response:
        """Show the proofs of every assignment of the same task."""
        return await self._page(request, every=True)

    async def _page(self, request: Request, *, every: bool) -> Response:
        session = self._sessions.of(request)
        if not session:
            raise HTTPException(403, NO_SESSION)
        self._asks.check(session)
        code = code_in(request.path_params["code"][:40]) or ""
        try:
            values = await self._parts.db.read(lambda unit: self._values(unit, session, code, every=every))
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        token = self._sessions.form_token(session)
        text = page("proof", **values, code=code, every=every, token=token)
        return HTMLResponse(text, headers=FORMS_HEADERS)

    def _values(self, unit: Unit, session: str, code: str, *, every: bool) -> dict[str, Any]:
        now = self._parts.clock()
        viewer = pages.member(unit, session, now)
        if viewer is None:
            raise HTTPException(403, NO_SESSION)
        day = today(now)
        one = proof.of_assignment(unit, code, day, viewer)
        return {
            "proofs": proof.of_task(unit, code, day, viewer) if every else [one],
            "office": self._parts.office_name(unit),
            "viewer": viewer,
            "rooms": rooms(viewer),
            "at": "",
            "now": now,
        }
