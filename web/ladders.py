"""Choosing a ladder: a file is kept, looked at by its name, and then chosen for the office or for one plan."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import ladders
from domain import ladder_files
from domain.errors import ActRefused, Stale
from domain.ladder import Ladder
from storage.views import Unit, office
from web import forms
from web.forms import Posted
from web.frame import SETTINGS, Frame, number
from web.guards import require_same_origin
from web.parts import WebParts

PLACE = "lich-nhac"
"""Where the page of settings shows ladders; also the name under which their refusals stand."""
LIMIT = 64 * 1024
"""Bytes of a ladder's file."""
NO_FILE = "Xin chọn một tệp .toml không rỗng, dưới 64 KB. Mẫu: nhacviec ladder show --toml."


def mark(ladder: Ladder) -> str:
    """Return what tells one ladder from another of the same name."""
    return hashlib.sha256(ladder_files.to_toml(ladder).encode()).hexdigest()[:16]


def values(unit: Unit, name: str, now: datetime) -> dict[str, Any]:
    """Return what the page of settings shows of ladders: the one of that name, else the one in force.

    Raises ActRefused for a name that nobody gave.
    """
    in_force = ladders.in_force(unit, ladders.place(unit, None, None, None), now)
    shown = ladders.named(unit, name) if name else in_force
    plans = [one for one in office.plan_list(unit) if one.state != "closed"]
    return {
        "in_force": in_force,
        "ladder": shown,
        "ladder_mark": mark(shown),
        "ladder_names": ladders.names(unit),
        "plans": plans,
        "own_ladders": [(one, ladders.overrides(unit, one.id)) for one in plans],
        "when": ladder_files.when,
        "says": ladder_files.SAYS,
    }


class LadderForms:
    """What the forms about ladders on the page of settings post to; a coordinator's session is needed.

    `refuse` shows that page with the sentence that says why a form was not taken.
    """

    def __init__(self, parts: WebParts, frame: Frame, refuse: Callable[[str, str], Awaitable[Response]]) -> None:
        self._parts = parts
        self._frame = frame
        self._refuse = refuse

    def routes(self) -> list[Route]:
        """Return where a file is sent, and where a choice is made."""
        return [
            Route(f"{SETTINGS}/ladder/upload", self.upload, methods=["POST"]),
            Route(f"{SETTINGS}/ladder/choose", self.choose, methods=["POST"]),
        ]

    async def upload(self, request: Request) -> Response:
        """Keep a ladder's file and show it; nothing is issued under it before it is chosen."""
        require_same_origin(request, self._parts.public_url)
        session = self._frame.guard.session(request)
        await self._parts.db.read(lambda unit: self._frame.guard.coordinator(unit, session))  # before anything is read
        posted = await forms.read(request)
        try:
            self._frame.guard.sessions.require_token(session, posted.fields)
            text = await _text(posted)
        finally:
            await posted.close()
        kept = list[Ladder]()

        def work(unit: Unit) -> None:
            viewer = self._frame.guard.office(unit, session)
            if not text:
                raise ActRefused(NO_FILE)
            kept.append(ladder_files.from_toml(text, office.hours(unit)))
            ladders.keep(unit, viewer, kept[0], self._parts.clock())

        refused = await self._frame.act(work)
        if refused:
            return await self._refuse(session, refused)
        return RedirectResponse(f"{SETTINGS}?{urlencode({'ladder': kept[0].name})}#{PLACE}", 303)

    async def choose(self, request: Request) -> Response:
        """Let what is issued from now on climb by the ladder that was shown."""
        session, form = await self._frame.guard.form(request)

        def work(unit: Unit) -> None:
            viewer = self._frame.guard.office(unit, session)
            chosen = ladders.named(unit, form.get("ladder", "")[:80])
            if mark(chosen) != form.get("mark"):
                raise Stale()
            plan = number(form.get("plan", "")) or None
            ladders.choose(unit, viewer, ladders.place(unit, plan, None, None), chosen, self._parts.clock())

        refused = await self._frame.act(work)
        return await self._refuse(session, refused) if refused else RedirectResponse(f"{SETTINGS}#{PLACE}", 303)


async def _text(posted: Posted) -> str:
    """Return what the file holds, "" for none and for one that is too large."""
    content = await posted.upload.read(LIMIT + 1) if posted.upload is not None else b""
    if not content or len(content) > LIMIT:
        return ""
    return content.decode("utf-8", "replace")
