"""The posted forms of the pages of cases: made by this session's own pages, with at most one file.

A file is kept by its hash when the form first comes; the look before an act carries it on as a note that only we make.

"""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from domain.errors import ActRefused
from domain.incoming import IncomingFile
from web import forms
from web.forms import Posted
from web.guards import require_same_origin
from web.limits import Places
from web.office_sessions import OLD_PAGE, OfficeGuard, read_form
from web.parts import WebParts

BODY_LIMIT = 256 * 1024
"""Bytes of a form without a file: the longest texts, percent-encoded."""
_FIELDS = 40
KEPT = "kept"
"""The field in which the look before an act carries a file on."""


class CasePosts:
    """Takes forms; `guard` knows their sessions."""

    def __init__(self, parts: WebParts, guard: OfficeGuard) -> None:
        self._parts = parts
        self._guard = guard
        self._key = hmac.new(parts.secret, b"nhacviec case files", hashlib.sha256).digest()
        self._places = Places(each=3, total=24)

    @asynccontextmanager
    async def taken(self, request: Request) -> AsyncIterator[tuple[str, Posted]]:
        """Hold the session and the form that one of its pages made. Raises HTTPException for any other."""
        require_same_origin(request, self._parts.public_url)
        session = self._guard.session(request)
        self._places.take(session)
        try:
            form = await self._read(request)
            try:
                self._guard.sessions.require_token(session, form.fields)
                yield session, form
            finally:
                await form.close()
        finally:
            self._places.leave(session)

    async def _read(self, request: Request) -> Posted:
        if request.headers.get("content-type", "").startswith("multipart/form-data"):
            return await forms.read(request, fields=_FIELDS)
        return Posted(await read_form(request, BODY_LIMIT, _FIELDS, lines=True), None)

    async def file(self, session: str, form: Posted) -> IncomingFile | None:
        """Return the file of a form, kept, also one that was kept at the first look; None where there is none.

        Raises ActRefused with the sentence for one that must not come in.
        """
        if form.upload is not None:
            return await forms.keep(self._parts.webchat.files, form.upload)
        return self._opened(session, form.text(KEPT))

    def note(self, session: str, file: IncomingFile) -> str:
        """Return what a form carries on instead of the file itself."""
        told = json.dumps([file.reference, file.name, file.media_type, file.size]).encode()
        return base64.urlsafe_b64encode(told).decode() + "." + self._sign(session, told)

    def _opened(self, session: str, note: str) -> IncomingFile | None:
        if not note:
            return None
        told, _, signed = note.partition(".")
        try:
            content = base64.urlsafe_b64decode(told)
        except ValueError:
            content = b""
        if not content or not hmac.compare_digest(signed.encode(), self._sign(session, content).encode()):
            raise ActRefused(OLD_PAGE)
        return IncomingFile(*json.loads(content))

    def _sign(self, session: str, told: bytes) -> str:
        return hmac.new(self._key, session.encode() + b" " + told, hashlib.sha256).hexdigest()
