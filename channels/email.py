"""Mail as a channel: notices to people who have no chat, or whose chats are closed. Nothing comes back by it."""

import asyncio
import hashlib
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime

from channels.base import ChannelError, Content
from channels.email_text import compose
from channels.smtp import MailServer
from domain.delivery import Outcome, Reason, Refused
from domain.mailboxes import is_mailbox
from domain.outgoing import Attachment, Capabilities, Message

NAME = "email"
LARGEST = 8 * 1024 * 1024
"""Bytes of a file; mail grows by a third on its way, and many servers refuse more than 10 MB."""
CAN = Capabilities(
    text_limit=20_000,
    buttons=False,
    files_in=False,
    files_out=(".docx", ".ics", ".pdf", ".xlsx", ".png", ".jpg"),
    largest_out=LARGEST,
    links=True,
    encloses=True,
    hears=False,
)


class EmailChannel:
    """The channel "email"; a chat is an address. `office` returns the sender's name for people."""

    def __init__(
        self,
        server: MailServer,
        sender: str,
        office: Callable[[], Awaitable[str]],
        content: Content,
        clock: Callable[[], datetime],
    ) -> None:
        self._server = server
        self._sender = sender
        self._office = office
        self._content = content
        self._clock = clock
        self._closed = False

    @property
    def name(self) -> str:
        """The name under which its addresses are kept."""
        return NAME

    @property
    def can(self) -> Capabilities:
        """Long texts, links, and files beside the text; nothing comes in."""
        return CAN

    async def send(self, chat: str, message: Message) -> Outcome:
        """Make one attempt to hand the mail to the server."""
        if self._closed:
            return Refused(Reason.UNREACHED, "closed")
        if not is_mailbox(chat):
            return Refused(Reason.BLOCKED, "no address")
        if CAN.length(message.text) > CAN.text_limit or not all(CAN.takes(one) for one in message.files):
            return Refused(Reason.BROKEN, "more than a mail takes")
        try:
            files = [(one, await asyncio.to_thread(self._content, one.digest)) for one in message.files]
        except ChannelError as error:
            return error.outcome
        name = _name(message.mark)
        mail = await self._written(chat, message, files, name)
        return await asyncio.to_thread(self._server.hand_over, self._sender, chat, mail, name)

    async def _written(self, chat: str, message: Message, files: list[tuple[Attachment, bytes]], name: str) -> bytes:
        office = await self._office()
        return compose(message, files, sender=(office, self._sender), to=chat, name=name, at=self._clock())

    async def me(self) -> str:
        """Return the address that mails bear. Raises ChannelError where the server does not let us in."""
        trouble = await asyncio.to_thread(self._server.trouble)
        if trouble is not None:
            raise ChannelError(trouble)
        return self._sender

    async def answers(self) -> bool:
        """Whether the server greets us."""
        return await asyncio.to_thread(self._server.greets)

    async def close(self) -> None:
        """Send nothing more; nothing stays open between two mails."""
        self._closed = True


def _name(mark: str) -> str:
    """Return what a mail is known by: the same for every attempt at the same message."""
    return hashlib.sha256(mark.encode()).hexdigest()[:32] if mark else secrets.token_hex(16)
