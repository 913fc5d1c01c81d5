"""The files of a case, handed out to who works on it: pictures to be looked at, anything else to be saved."""

import asyncio

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from documents.attachments import ENDINGS, JPEG, PNG
from domain.cases.codes import case_code_in
from domain.errors import NotFound
from storage.views import AnyRow, Unit
from storage.views.cases import cards, pages
from web.frame import CASES, NOT_HERE, Frame
from web.parts import WebParts
from web.tasks import PLAIN, attachment

_PICTURES = {JPEG, PNG}
_KINDS = {*ENDINGS, "image/webp", "image/heic", "audio/ogg", "audio/mpeg", "audio/mp4", "video/mp4"}
"""What a file is handed out as; anything else as bytes of no kind."""


class CaseFilePages:
    """The route of a case's file."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return the way to a file."""
        return [Route(f"{CASES}/{{code}}/files/{{file:int}}", self.fetch, methods=["GET"])]

    async def fetch(self, request: Request) -> Response:
        """Hand out a file of a case to who works on it: a picture to be looked at, anything else to be saved."""
        session = self._frame.guard.session(request)

        def ask(unit: Unit) -> AnyRow:
            viewer = self._frame.guard.member(unit, session)
            row = pages.seen(unit, viewer, case_code_in(request.path_params["code"]) or "")
            found = None if row is None else _file(unit, row, request.path_params["file"])
            own = row is not None and (viewer.coordinates or row.agency_id in viewer.own_agencies)
            if found is None or not (own or _is_answered(unit, found)):
                raise NotFound()
            return found

        try:
            found = await self._parts.db.read(ask)
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        content = await asyncio.to_thread(self._parts.webchat.files.take, found.digest, max(found.size or 0, 1))
        if content is None:
            raise HTTPException(404, NOT_HERE)
        named = attachment(found.name)
        if found.media_type in _PICTURES:
            named = named.replace("attachment", "inline", 1)
        kind = found.media_type if found.media_type in _KINDS else PLAIN
        return Response(content, media_type=kind, headers={"Content-Disposition": named})


def _file(unit: Unit, row: AnyRow, file_id: int) -> AnyRow | None:
    """Return a file of a case that lies in the house, None for any other."""
    found = {one.id: one for one in cards.files_of(unit, row.id)}.get(file_id)
    return found if found is not None and found.digest else None


def _is_answered(unit: Unit, file: AnyRow) -> bool:
    """Whether a file went out with an answer: leaders see those, never what citizens sent."""
    if file.answer_id is None:
        return False
    return any(one.id == file.answer_id and one.state == "approved" for one in cards.answers_of(unit, file.case_id))
