"""Files of an Official Account's chats: uploads before they are sent, and what people send, fetched at once.

Source: developers.zalo.me, "Upload": PDF, DOC, DOCX of 5 MB, JPG and PNG of 1 MB, 5,000 a month.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence

import httpx

from channels.base import ChannelError, FileTooLargeError
from domain.delivery import Reason, Refused, Unknown
from domain.outgoing import Attachment
from domain.timing import Timer

FILE_HOSTS = ("zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com", "dlfl.vn", "dlfl.me")
"""Hosts on which Zalo keeps what people send, with all below them."""

UPLOAD_LIFE = 6 * 24 * 3600.0
"""Seconds for which an upload is used again; Zalo keeps one for 7 days."""
PATIENCE = 120.0
"""Seconds that a whole file may take."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_REMEMBERED = 500


class Uploads:
    """Which of our files lie at the provider already: a file for many people is uploaded once."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._known: dict[str, tuple[str, float]] = {}

    def find(self, file: Attachment) -> str | None:
        """Return the token of an upload that is young enough."""
        token, at = self._known.get(file.digest, ("", 0.0))
        return token if token and self._timer.monotonic() - at < UPLOAD_LIFE else None

    def note(self, file: Attachment, token: str) -> None:
        """Remember an upload; the oldest are forgotten."""
        self._known[file.digest] = (token, self._timer.monotonic())
        while len(self._known) > _REMEMBERED:
            del self._known[next(iter(self._known))]

    def forget(self, file: Attachment) -> bool:
        """Forget an upload that the provider does not know any more; return whether it was known here."""
        return self._known.pop(file.digest, None) is not None


class Downloads:
    """Fetches files by addresses that came with events: only by https, from the hosts told, following no redirect."""

    def __init__(self, hosts: Sequence[str], *, read: float = 25.0) -> None:
        self._hosts = tuple(host.lower() for host in hosts if host)
        self._client = httpx.AsyncClient(trust_env=False, timeout=read, headers={"Accept-Encoding": "identity"})

    async def chunks(self, reference: str, limit: int) -> AsyncIterator[bytes]:
        """Yield a file; raises FileTooLargeError beyond `limit` bytes, ChannelError."""
        address, came = self._allowed(reference), 0
        try:
            async with asyncio.timeout(PATIENCE), self._client.stream("GET", address) as answer:
                if answer.status_code != httpx.codes.OK or answer.headers.get("Content-Encoding"):
                    raise ChannelError(_not_served(answer.status_code))
                async for chunk in answer.aiter_raw():
                    came += len(chunk)
                    if came > limit:
                        raise FileTooLargeError(Refused(Reason.BROKEN, f"more than {limit} bytes"))
                    yield chunk
        except (httpx.HTTPError, OSError) as error:  # a time-out of ours is an OSError too
            raise ChannelError(Unknown(type(error).__name__)) from None

    async def get(self, reference: str, limit: int) -> bytes:
        """Return a file whole; see `chunks`."""
        return b"".join([chunk async for chunk in self.chunks(reference, limit)])

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    def _allowed(self, reference: str) -> httpx.URL:
        """Return the address as the client will read it. Raises ChannelError where it may not be asked."""
        try:
            address = httpx.URL(reference)
        except httpx.InvalidURL:
            raise ChannelError(Refused(Reason.BROKEN, "no address of a file")) from None
        host = address.host.lower()
        known = any(host == one or host.endswith(f".{one}") for one in self._hosts)
        safe = address.scheme == "https" or (address.scheme == "http" and host in _LOOPBACK)
        if not known or not safe or address.userinfo:
            raise ChannelError(Refused(Reason.BROKEN, "file on a host that is not allowed"))
        return address


def _not_served(status: int) -> Refused | Unknown:
    gone = 300 <= status < 500 and status != httpx.codes.TOO_MANY_REQUESTS
    return Refused(Reason.BROKEN, f"file not served: {status}") if gone else Unknown(f"HTTP {status}")
