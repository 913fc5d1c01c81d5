"""Who a browser of the office's pages is: an opaque session in a strict cookie, and the token that its forms carry."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from actions import pages
from actions.pages import SESSION_LIFE
from domain.errors import NotFound
from domain.people import Viewer
from domain.words import nfc
from storage.views import Unit
from web.guards import FORMS_HEADERS, require_same_origin
from web.limits import Limiter, read_body
from web.parts import WebParts

COOKIE = "nhacviec_office"
PATH = "/office"

NO_SESSION = "Phiên làm việc đã hết hoặc chưa mở. Xin gõ trang trong khung chat để lấy liên kết mới."
OLD_PAGE = "Trang này đã cũ nên chưa ghi gì. Xin tải lại trang rồi làm lại."

FORM_LIMIT = 32 * 1024
"""Bytes."""
_FIELDS = 20


class OfficeSessions:
    """Gives and reads the cookie; what the session is worth stands in the database alone."""

    def __init__(self, secret: bytes, *, https: bool) -> None:
        self._key = hmac.new(secret, b"nhacviec office forms", hashlib.sha256).digest()
        self._https = https

    def of(self, request: Request) -> str:
        """Return the session that the browser shows, "" where it shows none."""
        return request.cookies.get(COOKIE, "")[:100]

    def give(self, response: Response, session: str) -> None:
        """Let the browser keep a session for as long as it lives."""
        life = int(SESSION_LIFE.total_seconds())
        response.set_cookie(
            COOKIE, session, max_age=life, path=PATH, secure=self._https, httponly=True, samesite="strict"
        )

    def forget(self, response: Response) -> None:
        """Take the cookie away."""
        response.delete_cookie(COOKIE, path=PATH, secure=self._https, httponly=True, samesite="strict")

    def form_token(self, session: str) -> str:
        """Return the token that every form of this session's pages carries."""
        return hmac.new(self._key, session.encode(), hashlib.sha256).hexdigest()

    def require_token(self, session: str, form: Mapping[str, str]) -> None:
        """Raise HTTPException 403 for a form that no page of this session made."""
        if not hmac.compare_digest(form.get("token", "").encode(), self.form_token(session).encode()):
            raise HTTPException(403, OLD_PAGE)


class OfficeGuard:
    """Lets in whom a page is for: whoever asks is looked up in the database at every request."""

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self.sessions = OfficeSessions(parts.secret, https=parts.public_url.startswith("https:"))
        self._asks = Limiter(60, 0.5, parts.timer)

    def session(self, request: Request) -> str:
        """Return the session that a request shows. Raises HTTPException 403 for none, 429 for too many requests."""
        session = self.sessions.of(request)
        if not session:
            raise HTTPException(403, NO_SESSION)
        self._asks.check(session)
        return session

    async def form(self, request: Request) -> tuple[str, dict[str, str]]:
        """Return the session and the fields of a form that one of its pages made. Raises HTTPException otherwise."""
        require_same_origin(request, self._parts.public_url)
        session = self.session(request)
        form = await read_form(request)
        self.sessions.require_token(session, form)
        return session, form

    def coordinator(self, unit: Unit, session: str) -> Viewer:
        """Return the coordinator behind a session, asked of the database now. Raises HTTPException 403."""
        viewer = pages.visitor(unit, session, self._parts.clock())
        if viewer is None:
            raise HTTPException(403, NO_SESSION)
        return viewer

    def member(self, unit: Unit, session: str) -> Viewer:
        """Return whoever has a seat, in the office or in an agency, asked of the database now.

        Raises HTTPException 403.
        """
        viewer = pages.member(unit, session, self._parts.clock())
        if viewer is None or not (viewer.oversees or viewer.own_agencies):
            raise HTTPException(403, NO_SESSION)
        return viewer

    def overseer(self, unit: Unit, session: str) -> Viewer:
        """Return a coordinator or a leader. Raises NotFound for an agency's people, as for a page that is none."""
        viewer = self.member(unit, session)
        if not viewer.oversees:
            raise NotFound()
        return viewer

    def office(self, unit: Unit, session: str) -> Viewer:
        """Return a coordinator. Raises NotFound for everybody else who has a seat."""
        viewer = self.member(unit, session)
        if not viewer.coordinates:
            raise NotFound()
        return viewer


def html(text: str, status: int = 200) -> Response:
    """Answer with a page of plain forms."""
    return HTMLResponse(text, status, headers=FORMS_HEADERS)


async def read_form(
    request: Request, limit: int = FORM_LIMIT, fields: int = _FIELDS, *, lines: bool = False
) -> dict[str, str]:
    """Return the fields of a posted form, the last of each name, in form C without control characters.

    The ends of lines are kept where `lines` are wanted. Raises HTTPException 400 for anything that is no form, 413 for
    a too large one.
    """
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise HTTPException(400, OLD_PAGE)
    body = await read_body(request, limit)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=fields, errors="strict")
    except ValueError:
        raise HTTPException(400, OLD_PAGE) from None
    return {name: _clean(value, lines=lines) for name, value in pairs}


def _clean(value: str, *, lines: bool) -> str:
    kept = "\n" if lines else ""
    whole = value.replace("\r\n", "\n")
    return nfc("".join(letter for letter in whole if letter.isprintable() or letter in kept))
