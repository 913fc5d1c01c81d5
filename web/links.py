"""What short links open: send a file in, fetch one, read a task, act on the tasks of a mail. Plain pages, no script.

Opening changes nothing: chats and mail filters open links before people do. A link that does not open is answered in
the same words whatever the reason.
"""

import asyncio
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from actions import links
from actions.links import SAME_ANSWER
from channels.base import ChannelError
from documents import attachments, citizen_files
from domain.errors import ActRefused
from domain.links import Purpose
from domain.local import today
from messages.pages import page
from storage.views import Unit, work
from web import link_answers
from web.forms import Kinds, Posted
from web.link_guard import HEADERS, LinkGuard, Trouble, html
from web.parts import WebParts

NO_FILE = "Xin chọn một tệp để gửi."

_CAPTION = 500
"""Characters of the words that go with a file."""


class LinkPages:
    """Routes under /l. The token in the address is the only key; no session, no cookie."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._guard = LinkGuard(parts)
        self._forms = link_answers.AnswerForms(parts, self._guard, self._shown)

    def routes(self) -> list[Route]:
        """Return what a link opens, the pages behind it, and what their forms post to."""
        return [
            Route("/l/{token}", self.show, methods=["GET"]),
            Route("/l/{token}", self.upload, methods=["POST"]),
            Route("/l/{token}/tep", self.fetch, methods=["GET"]),
            Route("/l/{token}/{code}", self.one, methods=["GET"]),
            *self._forms.routes(),
        ]

    async def show(self, request: Request) -> Response:
        """Show what the link is for."""
        self._guard.asked(request)
        return await self._shown(request)

    async def one(self, request: Request) -> Response:
        """Show one of the tasks to which the link is limited."""
        self._guard.asked(request)
        return await self._shown(request, request.path_params["code"])

    async def _shown(self, request: Request, code: str = "", trouble: Trouble | None = None) -> Response:
        token = request.path_params["token"]
        try:
            name, values = await self._parts.db.read(lambda unit: self._values(unit, token, code))
        except ActRefused:
            return await self._guard.refused()
        form = {"token": self._guard.form_token(token), "trouble": trouble, "base": f"/l/{token}"}
        return html(page(name, **values, **form), 422 if trouble else 200)

    def _values(self, unit: Unit, token: str, code: str) -> tuple[str, dict[str, Any]]:
        """Return the page's name and what it shows. Raises ActRefused for what the link does not open."""
        now = self._parts.clock()
        link = links.opened(unit, token, now)
        shared = {"office": self._parts.office_name(unit), "until": link.expires_at, "viewer": link.viewer}
        if link.purpose in {Purpose.ANSWER, Purpose.DETAIL}:
            name, values = link_answers.values(unit, link, code, now)
            return name, {**shared, **values}
        if code:
            raise ActRefused(SAME_ANSWER)
        if link.purpose is Purpose.FILE:
            return "link_file", {**shared, "file": link.file}
        found = work.by_ids(unit, [link.matter_id] if link.matter_id else [], today(now))
        taken = {"taken": ",".join(_taken(link).ENDINGS.values()), "citizen": link.viewer is None}
        return "link_upload", {**shared, "work": next(iter(found.values()), None), **taken}

    async def fetch(self, request: Request) -> Response:
        """Hand out the file of a link."""
        token = self._guard.asked(request)
        try:
            link = await self._parts.db.read(lambda unit: links.opened(unit, token, self._parts.clock()))
            if link.purpose is not Purpose.FILE:
                raise ActRefused(SAME_ANSWER)
            content = await asyncio.to_thread(self._parts.webchat.files.read, link.file.digest, link.file.size)
        except (ActRefused, ChannelError):
            return await self._guard.refused()
        named = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(link.file.name)}"}
        return Response(content, media_type=link.file.media_type, headers=HEADERS | named)

    async def upload(self, request: Request) -> Response:
        """Take the one file of an upload link; it comes in as if it had been sent in the chat."""
        token = request.path_params["token"]
        try:
            async with self._guard.posted(request, lambda unit: self._takes_a_file(unit, token)) as form:
                return await self._uploaded(request, form)
        except ActRefused:
            return await self._guard.refused()

    def _takes_a_file(self, unit: Unit, token: str) -> None:
        if links.opened(unit, token, self._parts.clock()).purpose is not Purpose.UPLOAD:
            raise ActRefused(SAME_ANSWER)

    async def _uploaded(self, request: Request, form: Posted) -> Response:
        """Keep the file and use the link. Raises ActRefused for a link that was used in the meantime."""
        token, now = request.path_params["token"], self._parts.clock()
        try:
            link = await self._parts.db.read(lambda unit: links.opened(unit, token, now))
            sent = await self._guard.kept(form, _taken(link))
        except ActRefused as refused:
            return await self._shown(request, trouble=Trouble("upload", refused.sentence, form))
        if sent is None:
            return await self._shown(request, trouble=Trouble("upload", NO_FILE, form))
        text = form.text("text")[:_CAPTION]
        await self._parts.db.run(lambda unit: links.take_file(unit, token, sent, text, now))
        self._parts.wake()
        return await self._guard.said("link_sent", file=sent)


def _taken(link: links.Opened) -> Kinds:
    """Return which files may come in by a link: of officials what serves as evidence, of citizens what phones make."""
    return attachments if link.viewer is not None else citizen_files
