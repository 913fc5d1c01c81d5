"""A task with all agencies that have it, one agency's part of it with its whole history, and the evidence."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions import assignments, evidence_bundle, sightings
from documents.attachments import ENDINGS, NAME_LIMIT
from domain.assignments import MOVES, Act
from domain.errors import ActRefused, NotFound
from domain.evidence import code_in
from domain.local import today
from domain.outgoing import Attachment
from domain.people import Viewer
from domain.words import squeeze
from storage.views import Unit, cards, chronicle, dates, exhibits, indicators, reach, standing, work
from storage.views.exhibits import Exhibit
from storage.views.work import Work
from web.frame import NOT_HERE, Frame, number
from web.parts import WebParts

TASKS, WORKS = "/office/tasks", "/office/works"
PLAIN = "application/octet-stream"
"""What a file is handed out as whose kind is not one of those that are taken."""
_KINDS = {*ENDINGS, evidence_bundle.MEDIA_TYPE}


class TaskPages:
    """Routes under /office/tasks, /office/works and /office/evidence."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the pages, the acts of their forms, and the way to a file."""
        return [
            Route(f"{TASKS}/{{task:int}}", self.task, methods=["GET"]),
            Route(f"{WORKS}/{{code}}", self.one, methods=["GET"]),
            Route(f"{WORKS}/{{code}}/confirm", self.confirm, methods=["POST"]),
            Route(f"{WORKS}/{{code}}/return", self.give_back, methods=["POST"]),
            Route(f"{WORKS}/{{code}}/bundle", self.bundle, methods=["POST"]),
            Route("/office/evidence/{evidence:int}", self.fetch, methods=["GET"]),
        ]

    async def task(self, request: Request) -> Response:
        """Show a task and who has it; an agency's people see their own part."""
        task_id = request.path_params["task"]

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer, day = self._frame.guard.member(unit, session), today(self._parts.clock())
            works = reach.of_viewer(unit, viewer).of(work.of_task(unit, task_id, day))
            if not works:
                raise NotFound()
            return viewer, {
                "works": works,
                "facts": cards.facts(unit, works[0], day),
                "stands": standing.of(unit, works, day),
                "originals": standing.original_dates(unit, works),
                "exhibits": exhibits.of_works(unit, [one.id for one in works]),
                "missed": indicators.missed_ids(unit),
            }

        return await self._frame.show(request, "task", ask)

    async def one(self, request: Request) -> Response:
        """Show one assignment with all that happened to it; that its agency's people have seen it is noted."""
        return await self._one(self._frame.guard.session(request), _code(request))

    async def _one(self, session: str, code: str, trouble: str = "") -> Response:
        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer, now = self._frame.guard.member(unit, session), self._parts.clock()
            one = _found(unit, viewer, code, self._parts)
            if one.agency_id in viewer.own_agencies:
                sightings.saw(unit, viewer, one.id, now)
            explained, named = dates.of_matter(unit, one.id, one.code), viewer.reads_names(one.agency_id)
            return viewer, {
                "one": one,
                "facts": cards.facts(unit, one, today(now)),
                "explained": explained,
                "events": chronicle.of_assignment(unit, one.id, inside=viewer.oversees, named=named),
                "named": named,
                "exhibits": exhibits.of_works(unit, [one.id])[one.id],
                "missed": {each.assignment_id for each in indicators.missed(unit, agency_ids=[one.agency_id])},
                "version": chronicle.version(unit, one.id),
                "acts": [act for act in (Act.CONFIRM, Act.RETURN) if viewer.coordinates and (one.state, act) in MOVES],
            }

        return await self._frame.shown(session, "work", ask, writes=True, trouble=trouble)

    async def confirm(self, request: Request) -> Response:
        """Confirm a report as it was shown."""
        session, form = await self._frame.guard.form(request)

        def act(unit: Unit, viewer: Viewer, one: Work) -> None:
            shown = number(form.get("version", ""))
            assignments.confirm(unit, viewer, one.id, self._parts.clock(), shown=shown)

        return await self._act(session, _code(request), act)

    async def give_back(self, request: Request) -> Response:
        """Return a report as it was shown, with the reason."""
        session, form = await self._frame.guard.form(request)
        reason = squeeze(form.get("reason", ""))[:2000]

        def act(unit: Unit, viewer: Viewer, one: Work) -> None:
            if not reason:
                raise ActRefused("Xin ghi lý do trả lại để cơ quan biết phải bổ sung gì.")
            shown = number(form.get("version", ""))
            assignments.give_back(unit, viewer, one.id, reason, self._parts.clock(), shown=shown)

        return await self._act(session, _code(request), act)

    async def _act(self, session: str, code: str, act: Callable[[Unit, Viewer, Work], None]) -> Response:
        def work(unit: Unit) -> None:
            viewer = self._frame.guard.office(unit, session)
            act(unit, viewer, _found(unit, viewer, code, self._parts))

        refused = await self._frame.act(work)
        if refused:
            return await self._one(session, code, refused)
        self._parts.wake()
        return RedirectResponse(f"{WORKS}/{code}#lich-su", 303)

    async def fetch(self, request: Request) -> Response:
        """Hand out a file to whoever may look at a task for which it stands."""
        session = self._frame.guard.session(request)

        def ask(unit: Unit) -> Exhibit:
            viewer = self._frame.guard.member(unit, session)
            found, works = exhibits.one(unit, request.path_params["evidence"])
            sees = reach.of_viewer(unit, viewer)
            if found is None or not any(sees.has(*one) for one in works):
                raise HTTPException(404, NOT_HERE)
            return found

        found = await self._parts.db.read(ask)
        return await self._file(found.digest, found.size, found.media_type, found.file)

    async def bundle(self, request: Request) -> Response:
        """Hand out the evidence of every agency that has the same task in the same period, as one file."""
        session, _ = await self._frame.guard.form(request)
        code, made = _code(request), list[Attachment]()

        def work(unit: Unit) -> None:
            viewer = self._frame.guard.office(unit, session)
            one = _found(unit, viewer, code, self._parts)
            made.append(evidence_bundle.bundle(unit, viewer, one.id, self._parts.clock()).file)

        refused = await self._frame.act(work)
        if refused:
            return await self._one(session, code, refused)
        file = made[0]
        return await self._file(file.digest, file.size, file.media_type, file.name)

    async def _file(self, digest: str, size: int, media_type: str, name: str) -> Response:
        """Return a file of the house's as one to be saved. Raises HTTPException 404 where it is not kept."""
        content = await asyncio.to_thread(self._parts.webchat.files.take, digest, max(size, 1))
        if content is None:
            raise HTTPException(404, NOT_HERE)
        kind = media_type if media_type in _KINDS else PLAIN
        return Response(content, media_type=kind, headers={"Content-Disposition": attachment(name)})


def attachment(name: str) -> str:
    """Return the header by which a browser saves a file under its name and never shows it; RFC 6266."""
    bare = "".join(one for one in name.replace("\\", "/").rpartition("/")[2] if one.isprintable())
    return f"attachment; filename*=UTF-8''{quote(bare[-NAME_LIMIT:].lstrip('.') or 'tep', safe='')}"


def _code(request: Request) -> str:
    return code_in(request.path_params["code"][:40]) or ""


def _found(unit: Unit, viewer: Viewer, code: str, parts: WebParts) -> Work:
    """Return the assignment of that code. Raises NotFound for none and for somebody else's."""
    one = work.by_code(unit, code, today(parts.clock()))
    if one is None or not reach.of_viewer(unit, viewer).of([one]):
        raise NotFound()
    return one
