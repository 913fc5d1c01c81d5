"""What the pages behind short links share: how often they may be asked for, which forms are theirs, how they refuse."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from actions.links import SAME_ANSWER
from documents import attachments
from domain.incoming import IncomingFile
from messages.pages import page
from storage.views import Unit
from web import forms
from web.forms import Posted
from web.guards import FORMS_HEADERS, client_of
from web.limits import Limiter, Places
from web.parts import WebParts

HEADERS = FORMS_HEADERS | {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
OLD_PAGE = "Trang này đã cũ nên chưa ghi gì. Xin mở lại liên kết rồi làm lại."


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form was not taken: which one, the sentence, what was typed."""

    act: str
    sentence: str
    form: Posted

    def typed(self, act: str, field: str) -> str:
        """Return what stood in a field of a form."""
        return self.form.text(field) if act == self.act else ""


class LinkGuard:
    """One for all pages under /l, so that all of them are measured together."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._key = hmac.new(parts.secret, b"nhacviec link forms", hashlib.sha256).digest()
        self._reads = Limiter(60, 0.5, parts.timer)
        self._writes = Limiter(20, 3.0, parts.timer)
        self._places = Places(each=4, total=40)

    def asked(self, request: Request) -> str:
        """Count a reading and return the link's token. Raises HTTPException 429."""
        self._reads.check(client_of(request))
        return str(request.path_params["token"])

    @asynccontextmanager
    async def posted(self, request: Request, opens: Callable[[Unit], object]) -> AsyncIterator[Posted]:
        """Hold a form that one of our own pages made for this link. Raises HTTPException for any other.

        `opens` raises ActRefused where the link does not open what is posted to: of that nothing is read at all.
        """
        client = client_of(request)
        self._writes.check(client)
        forms.require_own_form(request, self._parts.public_url)
        await self._parts.db.read(opens)
        self._places.take(client)
        try:
            form = await forms.read(request)
            try:
                self._require_token(request, form)
                yield form
            finally:
                await form.close()
        finally:
            self._places.leave(client)

    def _require_token(self, request: Request, form: Posted) -> None:
        ours = self.form_token(request.path_params["token"])
        if not hmac.compare_digest(form.text("token").encode(), ours.encode()):
            raise HTTPException(403, OLD_PAGE)

    def form_token(self, token: str) -> str:
        """Return what the forms of a link's pages carry."""
        return hmac.new(self._key, token.encode(), hashlib.sha256).hexdigest()

    async def kept(self, form: Posted, taken: forms.Kinds = attachments) -> IncomingFile | None:
        """Keep the file of a form, None where none was chosen. Raises ActRefused for one that must not come in."""
        return None if form.upload is None else await forms.keep(self._parts.webchat.files, form.upload, taken)

    async def refused(self) -> Response:
        """Answer whatever does not open."""
        return await self.said("link_refused", 404, sentence=SAME_ANSWER)

    async def said(self, name: str, status: int = 200, **values: object) -> Response:
        """Answer with a page that asks for nothing more than the office's name."""
        office = await self._parts.db.read(self._parts.office_name)
        return html(page(name, office=office, **values), status)


def html(text: str, status: int = 200) -> Response:
    """Answer with a page that nobody may find, keep, or learn the address of."""
    return HTMLResponse(text, status, headers=HEADERS)
