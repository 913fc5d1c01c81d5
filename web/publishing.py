"""Where a coordinator prepares what becomes public of a case, and a second person releases it or sends it back."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.cases import publishing
from documents import pictures
from domain.cases.publication import Public, State, left_in
from domain.errors import ActRefused, DocumentRefused, NotFound
from domain.people import Viewer
from domain.redaction import Certainty, pieces
from domain.redaction import Kind as Data
from domain.words import squeeze
from storage.views import AnyRow, Unit
from storage.views.cases import cards, publications
from web.frame import NOT_HERE, Frame, number
from web.guards import FORMS_HEADERS, require_same_origin
from web.office_sessions import read_form
from web.parts import WebParts

PUBLISH = "/office/publish"
SHOWN = 30
_BYTES, _FIELDS = 96 * 1024, 200


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a preparer has typed so far; empty texts are made from the case."""

    title: str = ""
    content: str = ""
    answer: str = ""
    more: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "_Draft":
        """Read it from the page's form."""
        lines = tuple(squeeze(one) for one in form.get("more", "").split("\n") if one.strip())
        return cls(
            squeeze(form.get("title", "")),
            form.get("content", ""),
            form.get("answer", ""),
            lines[:50],
            tuple(value for name, value in form.items() if name.startswith("keep-")),
            tuple(number(value) for name, value in form.items() if name.startswith("picture-")),
        )

    def afresh(self) -> "_Draft":
        """Return it with the texts to be made from the case once more."""
        return _Draft(self.title, "", "", self.more, self.kept, self.pictures)


class PublishPages:
    """Routes under /office/publish, for coordinators alone."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the list, the page of a case, its forms, and the way to a picture."""
        return [
            Route(PUBLISH, self.listed, methods=["GET"]),
            Route(f"{PUBLISH}/{{case:int}}", self.one, methods=["GET"]),
            Route(f"{PUBLISH}/{{case:int}}", self.prepare, methods=["POST"]),
            Route(f"{PUBLISH}/{{case:int}}/release", self.release, methods=["POST"]),
            Route(f"{PUBLISH}/{{case:int}}/return", self.give_back, methods=["POST"]),
            Route(f"{PUBLISH}/{{case:int}}/withdraw", self.withdraw, methods=["POST"]),
            Route(f"{PUBLISH}/{{case:int}}/picture/{{file:int}}", self.picture, methods=["GET"]),
        ]

    async def listed(self, request: Request) -> Response:
        """Show what waits to become public."""

        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.office(unit, session)
            rows = publications.waiting(unit, SHOWN)
            return viewer, {
                "rows": [(one, publishing.due_on(unit, one.case.answered_on)) for one in rows],
                "total": publications.count(unit),
                "page_open": publishing.open_to_all(unit),
            }

        return await self._frame.show(request, "publish_list", ask)

    async def one(self, request: Request) -> Response:
        """Show a case: its original, what is found in it, the version so far."""
        return await self._one(self._frame.guard.session(request), request.path_params["case"], _Draft())

    async def _one(self, session: str, case_id: int, draft: _Draft, trouble: str = "") -> Response:
        def ask(unit: Unit, session: str) -> tuple[Viewer, Mapping[str, Any]]:
            viewer = self._frame.guard.office(unit, session)
            return viewer, _shown(unit, viewer, case_id, draft)

        return await self._frame.shown(session, "publish", ask, trouble=trouble)

    async def _form(self, request: Request) -> tuple[str, dict[str, str]]:
        require_same_origin(request, self._parts.public_url)
        session = self._frame.guard.session(request)
        form = await read_form(request, _BYTES, _FIELDS, lines=True)
        self._frame.guard.sessions.require_token(session, form)
        return session, form

    async def prepare(self, request: Request) -> Response:
        """Mask anew, clean a picture, or lay the version as typed before a second person."""
        session, form = await self._form(request)
        case_id, draft, act = request.path_params["case"], _Draft.of(form), form.get("act", "")
        if act == "again":
            return await self._one(session, case_id, draft.afresh())
        if act.startswith("clean-"):
            return await self._one(session, case_id, draft, await self._clean(session, case_id, number(act[6:])))

        def work(unit: Unit) -> None:
            viewer = self._frame.guard.office(unit, session)
            publishing.prepare(
                unit,
                viewer,
                case_id,
                Public(draft.title, draft.content, draft.answer),
                self._parts.clock(),
                kept=draft.kept,
                pictures=draft.pictures,
                shown=number(form.get("version", "")),
            )

        refused = await self._frame.act(work)
        return await self._one(session, case_id, draft, refused) if refused else self._back(case_id)

    def _back(self, case_id: int) -> Response:
        self._parts.wake()
        return RedirectResponse(f"{PUBLISH}/{case_id}", 303)

    async def _clean(self, session: str, case_id: int, file: int) -> str:
        """Draw a picture anew in a process of its own and keep the copy; return why not, "" where it is done."""

        found = await self._file(session, case_id, file)
        if not found.digest:
            raise HTTPException(404, NOT_HERE)
        content = await asyncio.to_thread(self._parts.webchat.files.take, found.digest, pictures.FILE_BYTES)
        if content is None:
            return "Tệp này không còn trong kho. Xin chọn ảnh khác."
        try:
            copy = await asyncio.to_thread(pictures.public_copy, found.name, content)
        except DocumentRefused as refused:
            return refused.sentence

        def keep(unit: Unit) -> None:
            viewer, now = self._frame.guard.office(unit, session), self._parts.clock()
            publishing.keep_clean(unit, viewer, case_id, file, copy.content, copy.media_type, now)

        return await self._frame.act(keep)

    async def _file(self, session: str, case_id: int, file: int) -> AnyRow:
        """Return a case's file for a coordinator. Raises HTTPException 404 for anybody else, and for none."""

        def find(unit: Unit) -> AnyRow | None:
            self._frame.guard.office(unit, session)
            return next((one for one in cards.files_of(unit, case_id) if one.id == file), None)

        try:
            found = await self._parts.db.read(find)
        except NotFound:
            found = None
        if found is None:
            raise HTTPException(404, NOT_HERE)
        return found

    async def release(self, request: Request) -> Response:
        """Let everybody read the version that was shown, by a second person."""

        def act(unit: Unit, viewer: Viewer, form: Mapping[str, str]) -> None:
            publishing.release(unit, viewer, number(form.get("publication", "")), self._parts.clock())

        return await self._decide(request, act)

    async def give_back(self, request: Request) -> Response:
        """Send a version back to its preparer."""

        def act(unit: Unit, viewer: Viewer, form: Mapping[str, str]) -> None:
            version, reason = number(form.get("publication", "")), form.get("reason", "")
            publishing.give_back(unit, viewer, version, reason, self._parts.clock())

        return await self._decide(request, act)

    async def withdraw(self, request: Request) -> Response:
        """Take a version off the public page."""

        def act(unit: Unit, viewer: Viewer, form: Mapping[str, str]) -> None:
            version, reason = number(form.get("publication", "")), form.get("reason", "")
            publishing.withdraw(unit, viewer, version, reason, self._parts.clock())

        return await self._decide(request, act)

    async def _decide(self, request: Request, act: Callable[[Unit, Viewer, Mapping[str, str]], None]) -> Response:
        session, form = await self._form(request)
        case_id = request.path_params["case"]

        def work(unit: Unit) -> None:
            act(unit, self._frame.guard.office(unit, session), form)

        refused = await self._frame.act(work)
        return await self._one(session, case_id, _Draft(), refused) if refused else self._back(case_id)

    async def picture(self, request: Request) -> Response:
        """Show the cleaned copy of a picture to who prepares or releases it."""
        session = self._frame.guard.session(request)
        found = await self._file(session, request.path_params["case"], request.path_params["file"])
        if found.clean_digest is None or found.media_type not in publishing.PICTURES:
            raise HTTPException(404, NOT_HERE)
        take = self._parts.webchat.files.take
        content = await asyncio.to_thread(take, found.clean_digest, publishing.MOST_BYTES)
        if content is None:
            raise HTTPException(404, NOT_HERE)
        return Response(content, media_type=found.media_type, headers=FORMS_HEADERS)


def _shown(unit: Unit, viewer: Viewer, case_id: int, draft: _Draft) -> dict[str, Any]:
    """Return what the page shows. Raises NotFound for what is no case."""
    row = cards.whole(unit, viewer, case_id)
    if row is None:
        raise HTTPException(404, NOT_HERE)
    waiting = publications.newest(unit, case_id, (State.PREPARED,))
    returned = publications.newest(unit, case_id, (State.PREPARED, State.RETURNED))
    names = cards.names_of(unit, [one.prepared_by for one in (waiting,) if one is not None])
    return {
        "row": row,
        "waiting": waiting,
        "returned": returned if returned is not None and waiting is None else None,
        "released": publications.newest(unit, case_id, (State.RELEASED,)),
        "preparer": names.get(waiting.prepared_by, "") if waiting is not None else "",
        "link": publishing.link_of(unit, row.code),
        "files": cards.files_of(unit, case_id),
        **_drafted(unit, viewer, case_id, draft),
    }


def _drafted(unit: Unit, viewer: Viewer, case_id: int, draft: _Draft) -> dict[str, Any]:
    """Return the draft of a version, or why there can be none."""
    try:
        found = publishing.source(unit, viewer, case_id)
        masked = publishing.source(unit, viewer, case_id, title=draft.title, more=draft.more, kept=draft.kept)
        said = ""
    except ActRefused as refused:
        if draft == _Draft():
            return {"refused": refused.sentence, "source": None, "draft": draft, "found": [], "said": ""}
        found = masked = publishing.source(unit, viewer, case_id, title=draft.title, kept=draft.kept)
        said = refused.sentence
    public = masked.drafted.public
    shown = Public(draft.title or public.title, draft.content or public.content, draft.answer or public.answer)
    return {
        "refused": "",
        "said": said,
        "source": found,
        "original": pieces(found.drafted.content, found.drafted.in_content),
        "replied": pieces(found.drafted.answer, found.drafted.in_answer),
        "found": _found(found.drafted.masked, shown),
        "draft": draft,
        "texts": shown,
    }


def _found(masked: list[tuple[str, Data, Certainty]], shown: Public) -> list[tuple[str, Data, Certainty]]:
    """Return what a person may say is nobody's: what is masked of the case, and what the typed texts still hold."""
    known = {one for one, *_ in masked}
    typed = [(one.words, one.kind, Certainty.LIKELY) for one in left_in(shown, "") if one.words not in known]
    return [*masked, *typed]
