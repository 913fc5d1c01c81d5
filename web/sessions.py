"""Who a browser is: a random chat address in a signed cookie, nothing more."""

import base64
import hashlib
import hmac
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "nhacviec_chat"
LIFE = 180 * 24 * 3600
"""Seconds a browser keeps its chat."""

_BYTES = 24
_LOST = "Phiên trò chuyện không còn hợp lệ. Xin tải lại trang."


class Sessions:
    """Makes and checks the cookie. The address has 192 random bits; the signature keeps others from being tried."""

    def __init__(self, secret: bytes, *, https: bool) -> None:
        self._key = hmac.new(secret, b"nhacviec web chat cookie", hashlib.sha256).digest()
        self._https = https

    def chat_of(self, request: Request) -> str | None:
        """Return the chat of the browser's session, None without a genuine cookie."""
        chat, _, signature = request.cookies.get(COOKIE, "").partition(".")
        if not chat or not hmac.compare_digest(signature.encode(), self._signature(chat).encode()):
            return None
        return chat

    def require(self, request: Request) -> str:
        """Return the chat of the browser's session; raises HTTPException 403 without a genuine cookie."""
        chat = self.chat_of(request)
        if chat is None:
            raise HTTPException(403, _LOST)
        return chat

    def begin(self, response: Response) -> str:
        """Give the browser a chat of its own and return its address."""
        chat = secrets.token_urlsafe(_BYTES)
        self.renew(response, chat)
        return chat

    def renew(self, response: Response, chat: str) -> None:
        """Let the browser keep its chat for another `LIFE`."""
        value = f"{chat}.{self._signature(chat)}"
        response.set_cookie(COOKIE, value, max_age=LIFE, path="/", secure=self._https, httponly=True, samesite="lax")

    def _signature(self, chat: str) -> str:
        digest = hmac.new(self._key, chat.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")
