"""The coordinator's page of a plan: source and result side by side, doubts answered in place, one button to issue.

A link from the chat opens it. Whoever asks is looked up in the database at every request; the actions ask again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import answers, drafts, heads, issue, pages, plans
from domain.errors import ActRefused, NotFound
from domain.people import Viewer
from domain.words import squeeze
from messages.pages import page
from storage.views import Unit, office, sheet
from web.frame import rooms
from web.guards import client_of, require_same_origin
from web.limits import Limiter
from web.office_sessions import OfficeGuard, html
from web.parts import WebParts

NOT_HERE = "Không có kế hoạch này."
MORE_DOUBTS = "Chưa ban hành: còn điểm cần trả lời (có thể có hạn vừa đến gần). Xin xem các điểm được đánh dấu."

Act = Callable[[Unit, Viewer, int, Mapping[str, str]], None]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not taken: where to show it, the sentence, and what was typed."""

    place: str
    sentence: str
    typed: str = ""


class OfficePages:
    """Routes under /office. Every one but the link's own needs a session of a coordinator."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._guard = OfficeGuard(parts)
        self._enters = Limiter(20, 3.0, parts.timer)
        self._acts: dict[str, Act] = {
            "answer": self._answer,
            "reopen": self._reopen,
            "lead": self._lead,
            "deadline": self._deadline,
            "facts": self._facts,
            "heads": self._heads,
            "issue": self._issue,
        }

    def routes(self) -> list[Route]:
        """Return the pages and what their forms post to."""
        return [
            Route("/office/enter/{token}", self.door, methods=["GET"]),
            Route("/office/enter/{token}", self.enter, methods=["POST"]),
            Route("/office/leave", self.leave, methods=["POST"]),
            Route("/office/plans/{plan:int}", self.show, methods=["GET"]),
            Route("/office/plans/{plan:int}/{act}", self.act, methods=["POST"]),
        ]

    async def door(self, request: Request) -> Response:
        """Show one button: a messenger that looks at the link in advance must not use it up."""
        self._enters.check(client_of(request))
        name = await self._parts.db.read(self._parts.office_name)
        return html(page("enter", office=name))

    async def enter(self, request: Request) -> Response:
        """Use the link and begin a session."""
        self._enters.check(client_of(request))
        require_same_origin(request, self._parts.public_url)
        token, now = request.path_params["token"], self._parts.clock()
        try:
            entered = await self._parts.db.run(lambda unit: pages.enter(unit, token, now))
        except ActRefused as refused:
            raise HTTPException(403, refused.sentence) from None
        response = RedirectResponse(entered.path, 303)
        self._guard.sessions.give(response, entered.session)
        return response

    async def leave(self, request: Request) -> Response:
        """End the session."""
        session, _ = await self._guard.form(request)
        await self._parts.db.run(lambda unit: pages.leave(unit, session, self._parts.clock()))
        response = RedirectResponse("/", 303)
        self._guard.sessions.forget(response)
        return response

    async def show(self, request: Request) -> Response:
        """Show one page of a plan."""
        return await self._page(request, self._guard.session(request), _place(request.query_params))

    async def act(self, request: Request) -> Response:
        """Do what a form of the page asks; what the rules refuse is shown where it was asked."""
        session, form = await self._guard.form(request)
        name, plan_id, now = request.path_params["act"], request.path_params["plan"], self._parts.clock()
        act = self._acts.get(name)
        if act is None:
            raise HTTPException(404, NOT_HERE)

        def work(unit: Unit) -> None:
            act(unit, self._guard.coordinator(unit, session), plan_id, form)
            drafts.ask_near_dates(unit, plan_id, now)

        try:
            await self._parts.db.run(work)
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        except ActRefused as refused:
            trouble = await self._refused(plan_id, form, refused)
            return await self._page(request, session, _place(form), trouble)
        query = urlencode({key: value for key, value in _place(form).items() if value})
        return RedirectResponse(f"/office/plans/{plan_id}{'?' if query else ''}{query}#{_anchor(form)}", 303)

    async def _refused(self, plan_id: int, form: Mapping[str, str], refused: ActRefused) -> Trouble:
        said = refused.sentence
        if isinstance(refused, issue.DoubtsOpen):
            await self._parts.db.run(lambda unit: drafts.ask_near_dates(unit, plan_id, self._parts.clock()))
            said = MORE_DOUBTS
        return Trouble(form.get("at", ""), said, form.get("text", ""))

    async def _page(
        self, request: Request, session: str, place: Mapping[str, str], trouble: Trouble | None = None
    ) -> Response:
        plan_id, now = request.path_params["plan"], self._parts.clock()
        try:
            values = await self._parts.db.read(lambda unit: self._values(unit, session, plan_id, place))
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        token = self._guard.sessions.form_token(session)
        text = page("plan", **values, token=token, place=place, trouble=trouble, today=now.date())
        return html(text, 422 if trouble else 200)

    def _values(self, unit: Unit, session: str, plan_id: int, place: Mapping[str, str]) -> dict[str, Any]:
        viewer = self._guard.coordinator(unit, session)
        number = int(place["page"]) if place["page"].isdecimal() and len(place["page"]) < 6 else 1
        return {
            "office": self._parts.office_name(unit),
            "viewer": viewer,
            "rooms": rooms(viewer),
            "at": "",
            "sheet": sheet.of_plan(unit, plan_id, page=number, only_open=bool(place["only"])),
            "directory": [one.name for one in office.directory(unit)],
            "offered": answers.offered,
            "answered": answers.said,
        }

    def _answer(self, unit: Unit, viewer: Viewer, plan_id: int, form: Mapping[str, str]) -> None:
        drafts.answer(unit, viewer, plan_id, _number(form, "doubt"), form.get("text", ""), self._parts.clock())

    def _reopen(self, unit: Unit, viewer: Viewer, plan_id: int, form: Mapping[str, str]) -> None:
        drafts.take_back(unit, viewer, plan_id, _number(form, "doubt"), self._parts.clock())

    def _lead(self, unit: Unit, viewer: Viewer, plan_id: int, form: Mapping[str, str]) -> None:
        drafts.set_lead(unit, viewer, plan_id, _number(form, "task"), form.get("text", ""), self._parts.clock())

    def _deadline(self, unit: Unit, viewer: Viewer, plan_id: int, form: Mapping[str, str]) -> None:
        drafts.set_deadline(unit, viewer, plan_id, _number(form, "task"), form.get("text", ""), self._parts.clock())

    def _facts(self, unit: Unit, viewer: Viewer, plan_id: int, form: Mapping[str, str]) -> None:
        number, on = squeeze(form.get("number", ""))[:80], _day(form.get("date", ""))
        if not number or on is None:
            raise ActRefused("Xin ghi đủ số và ngày ký của văn bản.")
        plans.set_facts(unit, plan_id, number, on, self._parts.clock(), viewer)

    def _heads(self, unit: Unit, viewer: Viewer, plan_id: int, form: Mapping[str, str]) -> None:
        heads.set_wanted(unit, plan_id, self._parts.clock(), viewer, on=form.get("on") == "1")

    def _issue(self, unit: Unit, viewer: Viewer, plan_id: int, form: Mapping[str, str]) -> None:
        if form.get("sure") != "1":
            raise ActRefused("Xin đánh dấu xác nhận trước khi ban hành.")
        now = self._parts.clock()
        issue.issue(unit, plan_id, accept_doubts=False, at=now, now=now, viewer=viewer)


def _place(given: Mapping[str, str]) -> dict[str, str]:
    """Return which page of the plan is looked at: its number, and whether only what is asked about."""
    return {"page": given.get("page", "")[:6], "only": "1" if given.get("only") else ""}


def _anchor(form: Mapping[str, str]) -> str:
    at = form.get("at", "")
    return at if at.isascii() and at.replace("-", "").isalnum() else "plan"


def _number(form: Mapping[str, str], name: str) -> int:
    text = form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
