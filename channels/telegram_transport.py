"""The Bot API over aiohttp: python-telegram-bot's own extension point, and the keeper of the bot's token.

Two things are done here and nowhere else. A failure is told apart: the request certainly never left, or it
may have arrived. And the token is put into addresses here, at the last moment, from a placeholder: the
library above never learns it, so neither its logs nor its errors can tell it.
"""

import json
import re
from asyncio import TimeoutError as AsyncTimeoutError
from io import BytesIO
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.request import BaseRequest, RequestData

PLACEHOLDER = "0:the-token"
"""What stands for the token in every address above this file."""

_NEVER_LEFT = (
    aiohttp.ClientConnectorError,  # name, route, refusal, TLS, also of a proxy
    aiohttp.ClientHttpProxyError,  # the proxy would not open the tunnel
    aiohttp.ConnectionTimeoutError,  # no connection in time, ours or the pool's
    aiohttp.InvalidURL,
)
_MAY_HAVE_ARRIVED = (aiohttp.ClientError, AsyncTimeoutError, OSError)
_TOO_LARGE = 413
_TOO_MANY = 429
_CHUNK = 1 << 16
_SLOWEST = 100_000
"""Bytes a second: a file that goes out slower than this is given up."""


class NotSentError(NetworkError):
    """The request never left this machine: repeating it cannot double anything."""


class FloodError(TelegramError):
    """The provider said "too many requests"; `seconds` is how long to wait (Bot API, ResponseParameters)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Too Many Requests: retry after {seconds:g}")
        self.seconds = seconds


class DownloadTooLargeError(TelegramError):
    """More bytes came than were asked for; the rest was not read."""


class AiohttpTransport(BaseRequest):
    """One connection pool for all requests of one bot; opened by the first request.

    Timeouts are in seconds. `proxy` is an http:// or https:// address, credentials included, or None; others
    raise ValueError.
    """

    __slots__ = ("_connect", "_connections", "_proxy", "_read", "_session", "_shut", "_token", "_write")

    def __init__(
        self,
        token: str,
        *,
        proxy: str | None = None,
        connect: float = 10.0,
        read: float = 25.0,
        write: float = 20.0,
        connections: int = 64,
    ) -> None:
        if proxy is not None and urlsplit(proxy).scheme not in ("http", "https"):
            raise ValueError("Địa chỉ proxy của Telegram phải bắt đầu bằng http:// hoặc https://.")
        self._token = token
        self._proxy = proxy
        self._connect = connect
        self._read = read
        self._write = write
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._shut = False

    @property
    def read_timeout(self) -> float | None:
        """Seconds of silence after which an answer counts as lost."""
        return self._read

    async def initialize(self) -> None:
        """Open nothing: the first request does."""

    async def shutdown(self) -> None:
        """Close all connections; later requests end as not sent."""
        self._shut = True
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 (fixed by the base class)
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Make one request and return the status and body of its answer.

        Raises NotSentError, NetworkError (it may have arrived), FloodError (429), BadRequest (413).
        """
        read = self._read if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        status, body = await self._guarded(url, method, read, None, request_data)
        if status == _TOO_MANY:
            raise FloodError(_retry_after(body))
        if status == _TOO_LARGE:
            raise BadRequest("Request Entity Too Large")
        return status, body

    async def call(self, url: str, parameters: dict[str, str | int], read: float) -> Any:
        """Call a method whose answer is wanted as it came; `read` in seconds of silence."""
        return await self.post(f"{url}?{urlencode(parameters)}", read_timeout=read)

    async def download(self, url: str, limit: int) -> bytes:
        """Return a file's bytes; raises DownloadTooLargeError beyond `limit` bytes, else as `do_request`."""
        status, body = await self._guarded(url, "GET", self._read, limit)
        if status != 200:
            raise BadRequest(f"file not served: {status}")
        return body

    async def _guarded(
        self, url: str, method: str, read: float, limit: int | None, data: RequestData | None = None
    ) -> tuple[int, bytes]:
        """Exchange, telling failures apart and keeping none of aiohttp's errors: they quote addresses."""
        if self._shut:
            raise NotSentError("closed")
        failure: NetworkError
        try:
            return await self._exchange(url, method, read, limit, data)
        except _NEVER_LEFT as error:
            failure = NotSentError(type(error).__name__)
        except _MAY_HAVE_ARRIVED as error:
            failure = NetworkError(type(error).__name__)
        raise failure

    async def _exchange(
        self, url: str, method: str, read: float, limit: int | None, data: RequestData | None
    ) -> tuple[int, bytes]:
        form, size = _form(data)
        read += size / _SLOWEST
        timeout = aiohttp.ClientTimeout(total=self._connect + self._write + read, connect=self._connect, sock_read=read)
        async with self._opened().request(
            method,
            url.replace(PLACEHOLDER, self._token, 1),
            data=form,
            timeout=timeout,
            proxy=self._proxy,
            allow_redirects=False,
        ) as answer:
            if limit is None:
                return answer.status, await answer.read()
            return answer.status, await _limited(answer, limit)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def _form(data: RequestData | None) -> tuple[aiohttp.FormData | dict[str, str] | None, int]:
    """Return what is posted and how many bytes of files it holds; a file's name goes as it is, in UTF-8."""
    if data is None or not data.contains_files:
        return (data.json_parameters if data else None), 0
    form, size = aiohttp.FormData(quote_fields=False), 0
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, media_type) in data.multipart_data.items():
        held = content if isinstance(content, bytes) else content.read()
        form.add_field(name, BytesIO(held), filename=_SIGNS.sub("_", file_name), content_type=media_type)
        size += len(held)
    return form, size


_SIGNS = re.compile(r'[\x00-\x1f\x7f"\\]')
"""What would end the name of a file early in its header."""


def _retry_after(body: bytes) -> float:
    """Return the seconds a 429 asks for; one second where something on the way answered in its own words."""
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0


async def _limited(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > limit:
            raise DownloadTooLargeError(f"more than {limit} bytes")
    return bytes(content)
