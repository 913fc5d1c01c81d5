"""Calls to the Official Account API over httpx, and the one place that tells how a call failed.

The access token goes in a header, which httpx writes into no log. Source: developers.zalo.me, "Official Account API".
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import httpx

from channels.base import ChannelError
from channels.zalo_oa_errors import FLOOD_WAIT
from domain.delivery import Reason, Refused, Unknown

_NEVER_LEFT = (
    httpx.ConnectError,  # name, route, refusal, TLS
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_MAY_HAVE_ARRIVED = (httpx.HTTPError, TimeoutError, OSError)
CONNECTIONS = 32


class Api:
    """One pool of connections for all calls of one account; opened by the first. Timeouts are in seconds."""

    def __init__(self, *, connect: float = 10.0, read: float = 25.0, write: float = 20.0) -> None:
        self._total = connect + read + write
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(read, connect=connect, write=write, pool=connect),
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            trust_env=False,
        )
        self._shut = False

    @property
    def total(self) -> float:
        """Seconds after which a call has ended, whatever happens."""
        return self._total

    async def call(self, method: str, url: str, headers: Mapping[str, str], **content: Any) -> dict[str, Any]:
        """Make one call and return the object it answered with, `error` and all.

        Raises ChannelError: UNREACHED where the request certainly never left, FLOOD for HTTP 429, Unknown where it may
        have arrived and nothing that is the API's came back.
        """
        if self._shut:
            raise ChannelError(Refused(Reason.UNREACHED, "closed"))
        try:
            async with asyncio.timeout(self._total):
                found = await self._client.request(method, url, headers=dict(headers), **content)
        except _NEVER_LEFT as error:
            raise ChannelError(Refused(Reason.UNREACHED, type(error).__name__)) from None
        except _MAY_HAVE_ARRIVED as error:
            raise ChannelError(Unknown(type(error).__name__)) from None
        return _understood(found)

    async def close(self) -> None:
        """Close all connections; later calls end as not sent."""
        self._shut = True
        await self._client.aclose()


def door(root: str, path: str) -> str:
    """Return the address of an interface; a root that holds the beginning of the path, or all of it, is taken so."""
    base = root.rstrip("/")
    steps = path.strip("/").split("/")
    for count in range(len(steps), 0, -1):
        if base.endswith("/" + "/".join(steps[:count])):
            return "/".join([base, *steps[count:]])
    return "/".join([base, *steps])


def _understood(found: httpx.Response) -> dict[str, Any]:
    if found.status_code == httpx.codes.TOO_MANY_REQUESTS:
        raise ChannelError(Refused(Reason.FLOOD, "HTTP 429", retry_after=FLOOD_WAIT))
    try:
        told = json.loads(found.content)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not told:
        raise ChannelError(Unknown(f"HTTP {found.status_code}"))
    return told


def code_of(told: Mapping[str, Any]) -> int | None:
    """Return the API's own code, 0 for success; None where the answer holds none."""
    try:
        return int(str(told["error"]))
    except (KeyError, ValueError):
        return None


def data_of(told: Mapping[str, Any], *names: str) -> str:
    """Return the first of these fields of an answer's data. Raises ChannelError (Unknown) where there is none."""
    data = told.get("data")
    for name in names:
        if isinstance(data, dict) and data.get(name):
            return str(data[name])
    raise ChannelError(Unknown("answer not understood"))
