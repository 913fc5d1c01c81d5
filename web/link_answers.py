"""Acting on the tasks of a mail by the link in it. Whoever acts is looked up in the unit that acts."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions import checkins, links
from actions.links import SAME_ANSWER, Opened
from documents.attachments import ENDINGS
from domain.errors import ActRefused
from domain.incoming import IncomingFile
from domain.links import Purpose
from domain.local import today
from messages.render import render
from storage.views import Unit, cards, details, work, worklists
from storage.views.work import Work
from web import answers
from web.answers import Act, Asked
from web.forms import Posted
from web.link_guard import LinkGuard, Trouble
from web.parts import WebParts

CHANGED = "Việc này vừa có thay đổi nên chưa ghi gì. Xin xem lại tình trạng mới rồi làm lại."

Show = Callable[[Request, str, Trouble], Awaitable[Response]]
"""Shows a link's page again, with what was wrong (code of the task, trouble)."""


def seen_by(unit: Unit, link: Opened, now: datetime) -> list[Work]:
    """Return the link's tasks that its person may see now."""
    viewer, day = link.viewer, today(now)
    if viewer is None:
        return []
    wanted = [link.matter_id] if link.matter_id is not None else list(link.works)
    found = work.by_ids(unit, wanted, day)
    own = {one.id for one in found.values() if viewer.oversees or one.agency_id in viewer.own_agencies}
    if link.purpose is Purpose.DETAIL and len(own) < len(found):
        own |= {one.id for one in worklists.coordinated(unit, viewer.own_agencies, day)}
    return [found[one] for one in wanted if one in found and one in own]


def values(unit: Unit, link: Opened, code: str, now: datetime) -> tuple[str, dict[str, Any]]:
    """Return the page of a link's tasks, or of the one with that code. Raises ActRefused for what it does not open."""
    found = seen_by(unit, link, now)
    one = next((each for each in found if code in ("", each.code)), None)
    if one is None:
        raise ActRefused(SAME_ANSWER)
    asked = _asked(unit, link, now)
    if not code and (len(found) > 1 or asked):
        return "link_works", {"works": found, "asked": asked}
    acts = answers.allowed(one, link.viewer) if link.viewer and link.purpose is Purpose.ANSWER else []
    return "link_work", {
        "work": one,
        "card": render("work/card", **cards.facts(unit, one, today(now))),
        "acts": acts,
        "seen": _stamp(unit, one),
        "many": len(found) > 1 or bool(asked),
        "taken": ",".join(ENDINGS.values()),
    }


def _asked(unit: Unit, link: Opened, now: datetime) -> list[tuple[int, list[Work], str]]:
    """Return the agencies whose work without a date is asked about: id, works, how they stand."""
    if link.viewer is None:
        return []
    asked = [one for one in link.asked if one in link.viewer.own_agencies]
    found = [(one, checkins.asked_of(unit, link.viewer, one, now)) for one in asked]
    return [(one, works, "".join(_stamp(unit, each) for each in works)) for one, works in found if works]


def _stamp(unit: Unit, one: Work) -> str:
    """Return what tells whether a task is still as its page showed it, so that no form is taken twice."""
    return f"{one.state}.{one.due_version}.{len(details.history(unit, one.id))};"


class AnswerForms:
    """What the forms of an answer link's pages post to."""

    def __init__(self, parts: WebParts, guard: LinkGuard, show: Show) -> None:
        self._parts = parts
        self._guard = guard
        self._show = show

    def routes(self) -> list[Route]:
        """Return one address for all work without a date, and one for each act on one task."""
        return [
            Route("/l/{token}/chung/{agency:int}", self.together, methods=["POST"]),
            Route("/l/{token}/{code}/{act}", self.act, methods=["POST"]),
        ]

    async def act(self, request: Request) -> Response:
        """Do what a form of a task's page asks; what the rules refuse is shown where it was asked."""
        token, code, name = (request.path_params[part] for part in ("token", "code", "act"))
        if name not in set(Act):
            return await self._guard.refused()
        try:
            async with self._guard.posted(request, lambda unit: self._target(unit, token, code)) as form:
                return await self._acted(request, form)
        except ActRefused:
            return await self._guard.refused()

    async def _acted(self, request: Request, form: Posted) -> Response:
        token, code, name = (request.path_params[part] for part in ("token", "code", "act"))
        try:
            await self._parts.db.read(lambda unit: self._asked_for(unit, token, code, Act(name), form))
            sent = await self._guard.kept(form) if name == Act.DONE else None
            said = await self._parts.db.run(lambda unit: self._do(unit, token, code, Act(name), form, sent))
        except ActRefused as refused:
            return await self._show(request, code, Trouble(name, refused.sentence, form))
        return await self._done(token, said, code)

    def _target(self, unit: Unit, token: str, code: str) -> tuple[Opened, Work]:
        """Return the link and the one of its tasks that is meant. Raises ActRefused for every other."""
        now = self._parts.clock()
        link = links.opened(unit, token, now)
        found = [one for one in seen_by(unit, link, now) if one.code == code]
        if link.purpose is not Purpose.ANSWER or not found:
            raise ActRefused(SAME_ANSWER)
        return link, found[0]

    def _asked_for(self, unit: Unit, token: str, code: str, act: Act, form: Posted) -> Asked:
        """Return what a form asks for, without its file. Raises ActRefused where that can be told before it is kept."""
        link, one = self._target(unit, token, code)
        viewer = link.viewer
        if viewer is None or form.text("seen") != _stamp(unit, one) or act not in answers.allowed(one, viewer):
            raise ActRefused(CHANGED)
        asked = Asked(unit, viewer, one, form, None, self._parts.clock())
        answers.check(act, asked)
        return asked

    def _do(self, unit: Unit, token: str, code: str, act: Act, form: Posted, sent: IncomingFile | None) -> str:
        return answers.do(act, replace(self._asked_for(unit, token, code, act, form), file=sent))

    async def together(self, request: Request) -> Response:
        """Take one answer for all the work of an agency that has no date."""
        token, agency = request.path_params["token"], request.path_params["agency"]
        try:
            async with self._guard.posted(request, lambda unit: self._asks(unit, token, agency)) as form:
                return await self._joined(request, form)
        except ActRefused:
            return await self._guard.refused()

    def _asks(self, unit: Unit, token: str, agency: int) -> None:
        link = links.opened(unit, token, self._parts.clock())
        if link.purpose is not Purpose.ANSWER or agency not in link.asked:
            raise ActRefused(SAME_ANSWER)

    async def _joined(self, request: Request, form: Posted) -> Response:
        token, agency = request.path_params["token"], request.path_params["agency"]
        try:
            said = await self._parts.db.run(lambda unit: self._answered(unit, token, agency, form))
        except ActRefused as refused:
            return await self._show(request, "", Trouble(f"chung/{agency}", refused.sentence, form))
        return await self._done(token, said)

    def _answered(self, unit: Unit, token: str, agency: int, form: Posted) -> str:
        now = self._parts.clock()
        link = links.opened(unit, token, now)
        asked = {one: (works, seen) for one, works, seen in _asked(unit, link, now)}
        works, seen = asked.get(agency, ([], ""))
        if link.viewer is None or form.text("seen") != seen or not works:
            raise ActRefused(CHANGED)
        return answers.check_in(unit, link.viewer, works, form.text("text"), now)

    async def _done(self, token: str, said: str, code: str = "") -> Response:
        self._parts.wake()
        return await self._guard.said("link_done", said=said, code=code, base=f"/l/{token}")
