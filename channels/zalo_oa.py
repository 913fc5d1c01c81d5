"""A Zalo Official Account: text with five buttons, files both ways, receipts, and a window that shuts.

Reference: developers.zalo.me, "Official Account API" (v3 messages, v2 uploads) and ZNS.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from channels import zalo_oa_markup as markup
from channels import zalo_oa_updates as updates
from channels.base import ChannelError
from channels.downloads import Downloads
from channels.zalo_oa_api import Api, code_of, data_of, door
from channels.zalo_oa_errors import TOKEN_STALE, UPLOAD_STALE, WINDOW_SHUT, Place, outcome_of
from channels.zalo_oa_files import Uploads
from channels.zalo_oa_keeping import TEMPLATE, TEMPLATE_REFUSED, Doors, Keeping
from channels.zalo_oa_templates import Template, dialled
from channels.zalo_oa_tokens import Tokens
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.incoming import Incoming
from domain.outgoing import Attachment, Capabilities, Message, Pictures
from domain.windows import Allowance, Standing, Window, allowance

CAN = Capabilities(
    text_limit=2000,
    buttons=True,
    files_in=True,
    utf16=True,
    most_buttons=markup.MOST_BUTTONS,
    files_out=(".pdf", ".doc", ".docx"),
    largest_out=5 * 1024 * 1024,
    pictures=Pictures.BYTES,
    largest_picture=1024 * 1024,
    links=True,
    receipts=True,
    windowed=True,
)
"""2,000 characters, counted as the strictest reader would."""

COPIED_AT_ONCE = 16
"""So many files of people are fetched at a time before anybody asks for them."""

SHUT = "no interaction within the last days"
_logger = logging.getLogger(__name__)


class _CodeError(ChannelError):
    """The API answered with an error's code."""

    def __init__(self, place: Place, code: int) -> None:
        self.code = code
        super().__init__(outcome_of(place, code))


class ZaloOaChannel:
    """One Official Account. Opens its connections with the first call; `close` gives them back.

    Every call but `send`, `parse`, `acknowledge` and `answers` raises ChannelError. `largest` is the size in bytes up
    to which files that people send are fetched.
    """

    def __init__(
        self,
        api: Api,
        tokens: Tokens,
        keeping: Keeping,
        clock: Callable[[], datetime],
        *,
        downloads: Downloads,
        uploads: Uploads,
        doors: Doors | None = None,
        window: Window | None = None,
        template: Template | None = None,
        largest: int = 20 * 1024 * 1024,
    ) -> None:
        self._api = api
        self._tokens = tokens
        self._keeping = keeping
        self._clock = clock
        self._downloads = downloads
        self._uploads = uploads
        self._doors = doors or Doors()
        self._window = window or Window()
        self._template = template
        self._largest = largest
        self._copying: set[asyncio.Task[None]] = set()

    @property
    def name(self) -> str:
        """The name under which the account's addresses are kept."""
        return updates.NAME

    @property
    def can(self) -> Capabilities:
        """Five buttons, links, PDF and Word of 5 MB, pictures of 1 MB, receipts; within a window."""
        return CAN

    async def send(self, chat: str, message: Message) -> Outcome:
        """Make one attempt at a tư vấn message, or at a template where the window is shut; see `Channel.send`.

        A call that was refused for its access token alone is made once more: it did nothing.
        """
        try:
            standing = await self._keeping.ledger.standing(chat)
            allowed = allowance(self._window, standing, self._clock())
            if allowed is Allowance.CLOSED:
                return await self._by_template(chat, message, standing)
            return await self._by_account(chat, message, standing, allowed)
        except ChannelError as error:
            return error.outcome

    def parse(self, update: dict[str, Any]) -> Incoming | None:
        """Return what an event says (see `channels.zalo_oa_updates.parse`)."""
        return updates.parse(update)

    async def acknowledge(self, update: dict[str, Any]) -> None:
        """Begin to fetch the files that came with an event: their addresses are public and die. Returns at once.

        In a flood of files the others wait until somebody asks for them.
        """
        for reference in updates.references(update)[: max(0, COPIED_AT_ONCE - len(self._copying))]:
            task = asyncio.create_task(self._copy(reference))
            self._copying.add(task)
            task.add_done_callback(self._copying.discard)

    async def copied(self) -> None:
        """Wait for the fetches under way."""
        await asyncio.gather(*self._copying)

    async def fetch(self, reference: str, limit: int) -> bytes:
        """Return a file a person sent, our copy where there is one; raises FileTooLargeError beyond `limit` bytes."""
        digest = await self._keeping.copies.find(reference)
        if digest:
            return await asyncio.to_thread(self._keeping.folder.read, digest, limit)
        return await self._downloads.get(reference, limit)

    async def me(self) -> str:
        """Return the account's name as people see it."""
        told = await self._called(Place.ACCOUNT, "GET", self._at("/v2.0/oa/getoa"))
        return data_of(told, "name", "oa_id")

    async def answers(self) -> bool:
        """Whether the provider answers at all, whatever it says."""
        try:
            await self.me()
        except ChannelError as error:
            return isinstance(error.outcome, Refused) and error.outcome.reason is not Reason.UNREACHED
        return True

    async def close(self) -> None:
        """Close all connections; later calls end as not sent."""
        for task in self._copying:
            task.cancel()
        await asyncio.gather(*self._copying, return_exceptions=True)
        await self._downloads.close()
        await self._api.close()

    def _at(self, path: str) -> str:
        return door(self._doors.api, path)

    async def _by_account(self, chat: str, message: Message, standing: Standing, allowed: Allowance) -> Outcome:
        try:
            told = await self._written(chat, message)
        except ChannelError as error:
            if isinstance(error, _CodeError) and error.code in WINDOW_SHUT:
                return await self._by_template(chat, message, standing)
            if isinstance(error.outcome, Unknown):
                await self._keeping.ledger.used(chat, allowed)
            raise
        await self._keeping.ledger.used(chat, allowed)
        return Delivered(data_of(told, "message_id"))

    async def _written(self, chat: str, message: Message) -> dict[str, Any]:
        """Send what a message says, with its file uploaded before; an upload that has died is made anew, once."""
        try:
            return await self._sent(chat, await self._content(message))
        except _CodeError as error:
            if error.code != UPLOAD_STALE or not self._forgotten(message):
                raise
        return await self._sent(chat, await self._content(message))

    def _forgotten(self, message: Message) -> bool:
        return bool([file for file in message.files if self._uploads.forget(file)])

    async def _sent(self, chat: str, content: dict[str, Any]) -> dict[str, Any]:
        body = {"recipient": {"user_id": chat}, "message": content}
        return await self._called(Place.ACCOUNT, "POST", self._at("/v3.0/oa/message/cs"), json=body)

    async def _content(self, message: Message) -> dict[str, Any]:
        if not message.files:
            return markup.content(message)
        (file, *more), bears = message.files, message.text.strip()
        asked = message.choices or message.links
        if more or asked or not CAN.takes(file) or (bears and not file.is_picture):
            raise ChannelError(Refused(Reason.BROKEN, "not a file that can be sent so"))
        token = self._uploads.find(file) or await self._upload(file)
        return markup.picture(token, message.text) if file.is_picture else markup.document(token)

    async def _upload(self, file: Attachment) -> str:
        """Bring a file to the provider. Whatever fails here, the message certainly did not arrive."""
        kind, field = ("image", "attachment_id") if file.is_picture else ("file", "token")
        content = await asyncio.to_thread(self._keeping.content, file.digest)
        parcel = {"file": (file.name, content, file.media_type)}
        try:
            told = await self._called(Place.ACCOUNT, "POST", self._at(f"/v2.0/oa/upload/{kind}"), files=parcel)
            token = data_of(told, field)
        except ChannelError as error:
            if isinstance(error.outcome, Unknown):
                raise ChannelError(Refused(Reason.UNREACHED, f"upload: {error.outcome.detail}")) from None
            raise
        self._uploads.note(file, token)
        return token

    async def _by_template(self, chat: str, message: Message, standing: Standing) -> Outcome:
        """Send an official's notice as an approved template; where that cannot be, the chat is shut."""
        phone = dialled(standing.phone)
        if self._template is None or message.gist is None or not phone:
            return Refused(Reason.BLOCKED, SHUT)
        data = self._template.filled(message.gist)
        url = door(self._doors.templates, "/message/template")
        try:
            told = await self._called(Place.TEMPLATE, "POST", url, json=self._template.request(chat, phone, data))
        except _CodeError:
            await self._keeping.ledger.used(chat, TEMPLATE_REFUSED)
            raise
        await self._keeping.ledger.used(chat, TEMPLATE)
        return Delivered(data_of(told, "msg_id", "message_id"), self._template.said(data))

    async def _called(self, place: Place, method: str, url: str, **content: Any) -> dict[str, Any]:
        token = await self._tokens.access()
        told = await self._api.call(method, url, {"access_token": token}, **content)
        if code_of(told) in TOKEN_STALE[place]:
            fresh = await self._tokens.access(stale=token)
            told = await self._api.call(method, url, {"access_token": fresh}, **content)
        code = code_of(told)
        if code is None:
            raise ChannelError(Unknown("answer not understood"))
        if code:
            raise _CodeError(place, code)
        return told

    async def _copy(self, reference: str) -> None:
        try:
            chunks = self._downloads.chunks(reference, self._largest)
            kept = await self._keeping.folder.keep(chunks, self._largest)
            await self._keeping.copies.note(reference, kept.digest)
        except ChannelError as error:
            _logger.warning("zalo_oa file not fetched: %s", error)
