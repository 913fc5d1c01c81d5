"""A mail server on loopback, small enough to be read: it keeps what it takes, and refuses when told to."""

import asyncio
import ssl
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self, cast


@dataclass
class Mailbox:
    """Speaks as much SMTP as a client of ours needs. `refusing` mails are answered with 451 at their end."""

    trust: ssl.SSLContext | None = None
    """With it STARTTLS is offered; with `wrapped` TLS stands from the first byte."""
    wrapped: bool = False
    password: str = ""
    refusing: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    under_tls: list[bool] = field(default_factory=list)
    port: int = 0
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        context = self.trust if self.wrapped else None
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._session(reader, writer)
        except (OSError, asyncio.IncompleteReadError):  # whoever calls may hang up, also amid the handshake
            pass
        finally:
            writer.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        secure, known = self.wrapped, not self.password
        writer.write(b"220 mailbox\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line.split()[0].upper()
            if word == "EHLO":
                offered = ["STARTTLS"] * (self.trust is not None and not secure) + ["AUTH PLAIN"] * secure
                lines = ["mailbox", *offered]
                last = len(lines) - 1
                writer.write(
                    "".join(f"250{' ' if at == last else '-'}{one}\r\n" for at, one in enumerate(lines)).encode()
                )
            elif word == "STARTTLS" and self.trust is not None:
                writer.write(b"220 go\r\n")
                await writer.drain()
                await writer.start_tls(self.trust)
                secure = True
            elif word == "AUTH":
                known = secure  # any password is right, but none in clear
                writer.write(b"235 yes\r\n" if known else b"538 not in clear\r\n")
            elif word == "DATA":
                await self._take(reader, writer, secure=secure)
            elif word == "QUIT":
                writer.write(b"221 bye\r\n")
                return
            else:
                writer.write(b"250 ok\r\n" if known else b"530 who are you\r\n")

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, secure: bool) -> None:
        writer.write(b"354 go on\r\n")
        body = (await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n")
        if self.refusing:
            self.refusing -= 1
            writer.write(b"451 later\r\n")
            return
        self.mails.append(cast(EmailMessage, message_from_bytes(body, policy=policy.default)))
        self.under_tls.append(secure)
        writer.write(b"250 taken\r\n")
