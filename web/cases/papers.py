"""Papers about a case to be numbered and signed, and the list as a workbook for entry in another register.

Both are asked for by a form: each reading of who reports is kept, and so is that a list went out.
"""

import asyncio
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions.cases import exporting, papers
from domain.case_papers import PaperKind
from domain.cases.codes import case_code_in
from domain.errors import ActRefused, NotFound
from domain.local import today
from domain.register_files import RegisterRow
from messages import case_list, case_papers
from storage.views import Unit, office
from storage.views.cases import pages
from web.cases.lines import SOON
from web.cases.query import Asked
from web.frame import CASES, NOT_HERE, Frame
from web.parts import WebParts
from web.tasks import attachment

_LONGEST = 300


class CasePaperPages:
    """Routes of the papers of a case, and of the list taken along."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._frame = Frame(parts)

    def routes(self) -> list[Route]:
        """Return what the forms post to."""
        return [
            Route(f"{CASES}/export", self.export, methods=["POST"]),
            Route(f"{CASES}/{{code}}/papers/{{kind}}", self.paper, methods=["POST"]),
        ]

    async def paper(self, request: Request) -> Response:
        """Hand out a paper about a case."""
        session, _ = await self._frame.guard.form(request)
        kind, code = request.path_params["kind"], case_code_in(request.path_params["code"]) or ""

        def work(unit: Unit) -> bytes:
            viewer = self._frame.guard.member(unit, session)
            row = pages.seen(unit, viewer, code)
            if row is None or kind not in {one.value for one in PaperKind}:
                raise NotFound()
            return papers.write(unit, viewer, row.id, PaperKind(kind), self._parts.clock())

        try:
            content = await self._parts.db.run(work)
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        except ActRefused as refused:
            raise HTTPException(422, refused.sentence) from None
        return _file(content, f"{PaperKind(kind).word}-{code}.docx", case_papers.MEDIA_TYPE)

    async def export(self, request: Request) -> Response:
        """Hand out the list as it was narrowed, with who reports where a reason is given."""
        session, form = await self._frame.guard.form(request)
        reason, now = form.get("reason", "")[:_LONGEST].strip(), self._parts.clock()
        try:
            found = await self._parts.db.run(lambda unit: self._rows(unit, session, form, reason))
        except NotFound:
            raise HTTPException(404, NOT_HERE) from None
        except ActRefused as refused:
            raise HTTPException(422, refused.sentence) from None
        content = await asyncio.to_thread(exporting.book, found, now, persons=bool(reason))
        return _file(content, f"phan-anh-{today(now):%Y-%m-%d}.xlsx", case_list.MEDIA_TYPE)

    def _rows(self, unit: Unit, session: str, form: Mapping[str, str], reason: str) -> list[RegisterRow]:
        viewer, now = self._frame.guard.office(unit, session), self._parts.clock()
        soon = office.calendar(unit).add(today(now), SOON)
        found = exporting.rows(unit, viewer, Asked.read(form).wanted(None, today(now), soon), now, reason=reason)
        if not found:
            raise ActRefused("Không có phản ánh nào phù hợp để xuất.")
        return found


def _file(content: bytes, name: str, kind: str) -> Response:
    return Response(content, media_type=kind, headers={"Content-Disposition": attachment(name)})
