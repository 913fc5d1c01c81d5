"""What the office decides itself: its settings, each with its own form, and the ladders in force to read."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import office_settings
from domain.office_settings import SETTINGS as RULES
from domain.people import Viewer
from storage.views import Unit
from storage.views import office_settings as views
from web import ladders
from web.frame import NOT_HERE, SETTINGS, Frame
from web.ladders import PLACE, LadderForms
from web.parts import WebParts


class SettingPages:
    """Routes under /office/settings. Every one needs a session of a coordinator."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the page, and what its forms post to."""
        return [
            Route(SETTINGS, self.show, methods=["GET"]),
            *LadderForms(self._parts, self._frame, self._refuse_ladder).routes(),
            Route(f"{SETTINGS}/{{name}}", self.change, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show every setting and a ladder: the one that is named, else the one in force."""
        return await self._show(self._frame.guard.session(request), request.query_params.get("ladder", "")[:80])

    async def _refuse_ladder(self, session: str, sentence: str) -> Response:
        return await self._show(session, "", PLACE, "", sentence)

    async def _show(
        self, session: str, ladder: str = "", name: str = "", typed: str = "", trouble: str = ""
    ) -> Response:
        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer, now = self._frame.guard.office(unit, session), self._parts.clock()
            kept = views.everything(unit)
            shown = [(one, one.show(kept[one.name])) for one in RULES.values()]
            return viewer, {
                **ladders.values(unit, ladder, now),
                "groups": [(group, list(each)) for group, each in groupby(shown, lambda one: one[0].group)],
                "wrong": name,
                "typed": typed,
            }

        # The office's first ladder is kept when it is first asked for.
        return await self._frame.shown(session, "settings", ask, at=SETTINGS, writes=True, trouble=trouble)

    async def change(self, request: Request) -> Response:
        """Change one setting; what it does not accept is said at its field."""
        session, form = await self._frame.guard.form(request)
        name, text = request.path_params["name"], form.get("value", "")[:200]
        if name not in RULES:
            raise HTTPException(404, NOT_HERE)

        def work(unit: Unit) -> None:
            viewer = self._frame.guard.office(unit, session)
            office_settings.change(unit, viewer, name, text, self._parts.clock())

        refused = await self._frame.act(work)
        if refused:
            return await self._show(session, "", name, text, refused)
        return RedirectResponse(f"{SETTINGS}#{name}", 303)
