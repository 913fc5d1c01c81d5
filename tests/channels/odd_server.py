"""A server that answers every request with the bytes it was told, HTTP or not; for what no emulator would say."""

import asyncio
from typing import Self


class OddServer:
    """Answers on the loopback; set `status`, `body` and `headers`, or `raw` for something that is no HTTP at all."""

    def __init__(self) -> None:
        self.status = 200
        self.body = b""
        self.headers: dict[str, str] = {}
        self.raw: bytes | None = None
        self.asked = 0
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = next((line.split(":")[1] for line in head.split("\r\n") if line.startswith("content-length")), "0")
            await reader.readexactly(int(length))
            self.asked += 1
            writer.write(self._said() if self.raw is None else self.raw)
            await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _said(self) -> bytes:
        told = {"Content-Type": "application/json", **self.headers, "Content-Length": str(len(self.body))}
        lines = [
            f"HTTP/1.1 {self.status} X",
            *(f"{name}: {value}" for name, value in told.items()),
            "Connection: close",
        ]
        return "\r\n".join([*lines, "", ""]).encode() + self.body
