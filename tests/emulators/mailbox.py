"""A mail server on loopback, small enough to be read: it keeps what it takes, and refuses what real ones refuse."""

import asyncio
import re
import ssl
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self

FAULTS = {
    "blocked": ("RCPT", b"550 5.1.1 no such user\r\n"),
    "greylisted": ("RCPT", b"450 4.2.0 come back later\r\n"),
    "no relay": ("RCPT", b"554 5.7.1 relay access denied\r\n"),
    "flood": ("DATA", b"451 4.3.2 too many mails\r\n"),
    "closing": ("EHLO", b"421 4.3.2 shutting down\r\n"),
    "content": (".", b"554 5.6.0 cannot be delivered\r\n"),
    "account": ("MAIL", b"530 5.7.0 authentication required\r\n"),
    "login": ("AUTH", b"535 5.7.8 wrong password\r\n"),
    "hang up before": ("DATA", b""),
    "hang up after": (".", b""),
}
"""What a session may be told to answer, at which command; "." is the end of the mail. Nothing: the line is cut."""


class _HungUpError(OSError):
    """The server cuts the line."""


@dataclass
class Mailbox:
    """Speaks as much SMTP as a client of ours needs. `refusing` mails are answered with 451 at their end.

    Each of `faults` spoils one session, in turn. A mail over `largest` bytes is refused as real servers do.
    """

    trust: ssl.SSLContext | None = None
    """With it STARTTLS is offered; with `wrapped` TLS stands from the first byte."""
    wrapped: bool = False
    password: str = ""
    refusing: int = 0
    largest: int = 10_000_000
    faults: deque[str] = field(default_factory=deque)
    unknown: set[str] = field(default_factory=set)
    """Addresses that nobody has."""
    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    under_tls: list[bool] = field(default_factory=list)
    sessions: int = 0
    port: int = 0
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        context = self.trust if self.wrapped else None
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Listen no more; harmless when called twice."""
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
        fault: str | None = None
        to = ""
        self.sessions += 1
        writer.write(b"220 mailbox\r\n")
        while line := (await reader.readline()).decode().strip():
            word = line.split()[0].upper()
            if word == "MAIL" or (word in {"EHLO", "AUTH"} and fault is None):
                fault = self._fault(word, fault)
            told = self._spoiled(fault, word)
            if told is not None:
                fault = None if word != "EHLO" else fault
                writer.write(told)
            elif word == "EHLO":
                offered = ["STARTTLS"] * (self.trust is not None and not secure) + ["AUTH PLAIN"] * secure
                writer.write(_listed(["mailbox", f"SIZE {self.largest}", *offered]))
            elif word == "STARTTLS" and self.trust is not None:
                writer.write(b"220 go\r\n")
                await writer.drain()
                await writer.start_tls(self.trust)
                secure = True
            elif word == "AUTH":
                known = secure  # any password is right, but none in clear
                writer.write(b"235 yes\r\n" if known else b"538 not in clear\r\n")
            elif word == "QUIT":
                writer.write(b"221 bye\r\n")
                return
            elif word in {"MAIL", "RCPT", "DATA"} and not known:
                writer.write(b"530 who are you\r\n")
            elif word == "MAIL" and _size(line) > self.largest:
                writer.write(b"552 5.3.4 too large\r\n")
            elif word == "RCPT":
                to = line[line.index("<") + 1 : line.index(">")]
                writer.write(b"550 5.1.1 no such user\r\n" if to in self.unknown else b"250 ok\r\n")
            elif word == "DATA":
                await self._take(reader, writer, fault, to, secure=secure)
            else:
                writer.write(b"250 ok\r\n")

    def _fault(self, word: str, fault: str | None) -> str | None:
        """Take the next fault where it is one of this command, or of a later one."""
        if fault is not None or not self.faults:
            return fault
        return self.faults.popleft() if word == "MAIL" or FAULTS[self.faults[0]][0] == word else None

    def _spoiled(self, fault: str | None, word: str) -> bytes | None:
        if fault is None or FAULTS[fault][0] != word:
            return None
        if not FAULTS[fault][1]:
            raise _HungUpError
        return FAULTS[fault][1]

    async def _take(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, fault: str | None, to: str, *, secure: bool
    ) -> None:
        writer.write(b"354 go on\r\n")
        wire = bytearray()
        while not wire.endswith(b"\r\n.\r\n"):
            if not (chunk := await reader.read(65536)):
                raise _HungUpError
            wire += chunk
        body = re.sub(rb"(?m)^\.\.", b".", bytes(wire.removesuffix(b".\r\n")))
        if self.refusing:
            self.refusing -= 1
            writer.write(b"451 later\r\n")
            return
        if fault == "content":
            writer.write(FAULTS[fault][1])
            return
        self.mails.append(message_from_bytes(body, policy=policy.default))
        self.raw.append(body)
        self.recipients.append(to)
        self.under_tls.append(secure)
        if fault == "hang up after":
            raise _HungUpError
        writer.write(b"250 taken\r\n")


def _listed(words: list[str]) -> bytes:
    last = len(words) - 1
    return "".join(f"250{' ' if at == last else '-'}{one}\r\n" for at, one in enumerate(words)).encode()


def _size(line: str) -> int:
    found = re.search(r"\bsize=(\d+)", line, re.IGNORECASE)
    return int(found.group(1)) if found else 0
