"""Alarms by another path than the chats: an address that is called, a mailbox. They must work where we do not."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

import httpx

from channels.smtp import MailServer

TIMEOUT = 10.0
"""Seconds for one attempt."""


@dataclass(frozen=True, slots=True)
class Cry:
    """One alarm as it is told: its name, what is wrong, since when (ISO), whose office."""

    name: str
    said: str
    since: str
    office: str


class Siren(Protocol):
    """One path by which an alarm leaves."""

    @property
    def name(self) -> str:
        """The short name under which it is kept who took an alarm."""
        ...

    async def sound(self, cry: Cry) -> str:
        """Make one attempt; return "" where the alarm was taken, else why not. Never raises for the network."""
        ...


class UrlSiren:
    """Posts JSON to an address; any 2xx means taken."""

    name = "url"

    def __init__(self, url: str) -> None:
        self._url = url

    async def sound(self, cry: Cry) -> str:
        """Post the alarm."""
        told = {"program": "nhacviec", "name": cry.name, "said": cry.said, "since": cry.since, "office": cry.office}
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT) as client:
                answer = await client.post(self._url, json=told)
        except httpx.HTTPError as error:
            return type(error).__name__
        return "" if answer.is_success else f"HTTP {answer.status_code}"


class MailSiren:
    """Sends a mail through a server given as a URL (see `channels.smtp.MailServer`)."""

    name = "mail"

    def __init__(self, server: str, to: str, trust: ssl.SSLContext | None = None) -> None:
        self._server = MailServer(server, TIMEOUT, trust)
        self._to = to

    async def sound(self, cry: Cry) -> str:
        """Send the alarm, on a thread of its own."""
        try:
            await asyncio.to_thread(self._send, self._mail(cry))
        except (OSError, smtplib.SMTPException, UnicodeError) as error:  # ssl.SSLError is an OSError
            return type(error).__name__
        return ""

    def _mail(self, cry: Cry) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"] = f"[nhacviec] Sự cố: {cry.name}"
        mail["From"], mail["To"] = self._server.sender, self._to
        mail.set_content(f"{cry.office}\n\n{cry.said}\n\nTừ: {cry.since}\n")
        return mail

    def _send(self, mail: EmailMessage) -> None:
        with self._server.connected() as server:
            server.send_message(mail)
