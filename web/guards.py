"""What holds for every request: headers that bind the browser, and who may knock at all."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
FORMS_HEADERS = {
    "Content-Security-Policy": POLICY.replace("form-action 'none'", "form-action 'self'").replace(
        "script-src 'self'", "script-src 'none'"
    ),
    "Referrer-Policy": "same-origin",
}
"""For pages that hold plain forms and no script at all. Without a referrer a browser posts as from origin "null"."""

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class SecureHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers = _HEADERS | (_HTTPS if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the answer gets the headers that it does not set itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)


def client_of(request: Request) -> str:
    """Return the address the request comes from, "" where the server does not tell."""
    return request.client.host if request.client else ""


def require_same_origin(request: Request, public_url: str) -> None:
    """Refuse (HTTPException 403) what another site's page has sent; a client without a page is let through."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    ours = {request.headers.get("host", ""), urlsplit(public_url).netloc} - {""}
    if site not in ("same-origin", "none") or (origin is not None and _parts(origin).netloc not in ours):
        raise HTTPException(403, "Yêu cầu này đến từ một trang khác nên không được nhận.")


def require_this_machine(request: Request) -> None:
    """Refuse (HTTPException 403) every client but a browser on this very machine.

    A forwarded request comes from elsewhere, and so does a name that another site has pointed at us.
    """
    told = _parts(f"//{request.headers.get('host', '')}").hostname  # request.url takes our own for an unreadable one
    near = _is_loopback(client_of(request)) and _is_local_name(told or "")
    if not near or any(name in request.headers for name in _FORWARDED):
        raise HTTPException(403, "Trang chạy thử chỉ mở được ngay trên máy đang chạy chương trình.")


def _parts(address: str) -> SplitResult:
    """Return the parts of an address, all empty for one that is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return bool((mapped or parsed).is_loopback)


def _is_local_name(name: str) -> bool:
    return name == "localhost" or _is_loopback(name)
