"""Files that people send, fetched by the addresses that came with the updates: never from anywhere else."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import httpx

from channels.base import ChannelError, FileTooLargeError
from domain.delivery import Reason, Refused, Unknown

PATIENCE = 120.0
"""Seconds that a whole file may take."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Downloads:
    """Fetches files by addresses that came with events: only by https, from the hosts told, following no redirect."""

    def __init__(self, hosts: Sequence[str], *, read: float = 25.0) -> None:
        """Take the hosts from which files are fetched, with all below them; `read` is in seconds of silence."""
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
