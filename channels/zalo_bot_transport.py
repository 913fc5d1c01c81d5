"""The Zalo Bot API over httpx, and the keeper of the bot's token.

The token stands in every address of this provider, and httpx writes addresses into its log and its errors. So the
client above works with a placeholder, and the token is put in below it, where nothing is logged any more.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

import httpx

from channels.base import ChannelError
from domain.delivery import Reason, Refused, Unknown

PLACEHOLDER = "the-token"
"""What stands for the token in every address above this file."""

_NEVER_LEFT = (
    httpx.ConnectError,  # name, route, refusal, TLS
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_MAY_HAVE_ARRIVED = (httpx.HTTPError, TimeoutError, OSError)
_MOST_OF_A_DESCRIPTION = 300
_CONNECTIONS = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `code` is the provider's own, or the status of an answer that is not the provider's.

    `said` is False for an answer that is not the provider's (a gateway's page); `wait` in seconds where it asks for
    patience.
    """

    said: bool
    ok: bool
    code: int
    description: str = ""
    result: Any = None
    wait: float | None = None


class _WithToken(httpx.AsyncBaseTransport):
    """Writes the token into the path, below everything that logs or reports addresses."""

    def __init__(self, token: str, inner: httpx.AsyncBaseTransport) -> None:
        self._token = token.encode()
        self._inner = inner

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.replace(PLACEHOLDER.encode(), self._token, 1)
        told = httpx.Request(
            request.method,
            request.url.copy_with(raw_path=path),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return await self._inner.handle_async_request(told)

    async def aclose(self) -> None:
        await self._inner.aclose()


class ZaloBotTransport:
    """One small pool for the calls of one bot. Timeouts are in seconds.

    No proxy: none is taken from the environment either.
    """

    def __init__(
        self, token: str, api_url: str, *, connect: float = 10.0, read: float = 25.0, write: float = 20.0
    ) -> None:
        limits = httpx.Limits(max_connections=_CONNECTIONS, max_keepalive_connections=_CONNECTIONS)
        self._secret = token.rpartition(":")[2]
        self._root = f"{api_url.rstrip('/')}/bot{PLACEHOLDER}"
        self._times = httpx.Timeout(read, connect=connect, write=write, pool=connect)
        self._total = connect + write
        trusted = httpx.create_ssl_context(trust_env=False)
        below = httpx.AsyncHTTPTransport(verify=trusted, limits=limits, trust_env=False)
        self._api = httpx.AsyncClient(transport=_WithToken(token, below), trust_env=False)
        self._shut = False

    async def post(self, method: str, parameters: dict[str, Any], read: float | None = None) -> Answer:
        """Call a method with JSON and return what came back; `read` in seconds of silence, the pool's own by default.

        Raises ChannelError: UNREACHED where the request certainly never left, Unknown where it may have arrived.
        """
        patience = self.patience if read is None else read
        times = httpx.Timeout(patience, connect=self._times.connect, write=self._times.write, pool=self._times.pool)
        body = json.dumps(parameters).encode()
        headers = {"Content-Type": "application/json"}
        try:
            self.check_open()
            async with asyncio.timeout(self._total + patience):
                url = f"{self._root}/{method}"
                found = await self._api.post(url, content=body, headers=headers, timeout=times)
        except _NEVER_LEFT as error:
            raise ChannelError(Refused(Reason.UNREACHED, type(error).__name__)) from None
        except _MAY_HAVE_ARRIVED as error:
            raise ChannelError(Unknown(type(error).__name__)) from None
        return self._understood(found)

    @property
    def patience(self) -> float:
        """Seconds of silence after which an answer counts as lost."""
        return float(self._times.read or 0)

    def check_open(self) -> None:
        """Raise ChannelError once closed: what is asked for then never leaves."""
        if self._shut:
            raise ChannelError(Refused(Reason.UNREACHED, "closed"))

    async def close(self) -> None:
        """Close all connections; later calls end as not sent."""
        self._shut = True
        await self._api.aclose()

    def _understood(self, found: httpx.Response) -> Answer:
        wait = _seconds(found.headers.get("Retry-After"))
        try:
            told = json.loads(found.content)
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict) or not isinstance(told.get("ok"), bool):
            return Answer(said=False, ok=False, code=found.status_code, wait=wait)
        asked = told.get("parameters")
        wait = _seconds(asked.get("retry_after") if isinstance(asked, dict) else None) or wait
        code = _number(told.get("error_code"), found.status_code)
        return Answer(True, told["ok"], code, self._clean(told.get("description")), told.get("result"), wait)

    def _clean(self, description: object) -> str:
        """Return the provider's words without our token, should they quote the address."""
        text = description if isinstance(description, str) else ""
        return text.replace(self._secret, "…")[:_MOST_OF_A_DESCRIPTION] if self._secret else text


def _number(value: object, otherwise: int) -> int:
    try:
        return int(str(value))
    except ValueError:
        return otherwise


def _seconds(value: object) -> float | None:
    """Return a wait of at most an hour, None for what is none."""
    try:
        seconds = float(str(value))
    except ValueError:
        return None
    return min(seconds, 3600.0) if seconds > 0 else None
