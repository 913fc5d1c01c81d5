"""One message, one effect in one chat: a text, a changed text, a picture or a document.

Source: core.telegram.org/bots/api (sendMessage, editMessageText, sendPhoto, sendDocument; version 10.0). Where a call
was certainly refused for its form, the next best form is tried at once: nothing can arrive twice by that.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram import Message as Arrived
from telegram.error import BadRequest

from channels import telegram_markup
from channels.base import Content
from domain.outgoing import Attachment, Message, spelled

LARGEST_DOCUMENT = 50 * 1000 * 1000
LARGEST_PICTURE = 10 * 1000 * 1000
"""Bytes (Bot API, sending files by multipart/form-data)."""

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
"""UTF-16 units after entities are parsed."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)  # a preview would open one-time links before the person
_UNCHANGED = "message is not modified"
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "no text in the message to edit",
    "message_id_invalid",
)
_NO_PICTURE = ("photo_invalid_dimensions", "image_process_failed", "photo_save_file_invalid", "too big for a photo")
_FILE_FORGOTTEN = ("wrong file identifier", "wrong remote file", "wrong file_id", "file_reference")
_KNOWN_FILES = 500

_Hand = Callable[[str, Message, bytes | str], Awaitable[tuple[Arrived, str]]]
"""Hands a file over, its bytes or the provider's id of it; returns what arrived and the file's id there."""


class Sending:
    """The calls that bring messages; what they meet is raised as TelegramError.

    A file that was handed over is known by the provider's id from then on, as long as this process lives.
    """

    def __init__(self, bot: Bot, content: Content) -> None:
        self._bot = bot
        self._content = content
        self._known: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def send(self, chat: str, message: Message) -> str:
        """Bring one message and return the provider's id of it. Raises TelegramError, ChannelError."""
        shown = _with_links_that_open(message)
        if shown.files and shown.files[0].size <= LARGEST_DOCUMENT:  # a larger one only stays with its text
            return await self._file(chat, shown, shown.files[0])
        if shown.replaces.isdigit() and await self._edited(chat, shown):
            return shown.replaces
        sent = await self._bot.send_message(
            chat,
            shown.text,
            entities=telegram_markup.entities(shown),
            reply_markup=telegram_markup.keyboard(shown.choices, shown.links),
            reply_parameters=_answers(shown),
            link_preview_options=_NO_PREVIEW,
        )
        return str(sent.message_id)

    async def _edited(self, chat: str, message: Message) -> bool:
        """Show a text in the place of an earlier one; False where that is gone or no text."""
        try:
            await self._bot.edit_message_text(
                message.text,
                chat,
                int(message.replaces),
                entities=telegram_markup.entities(message),
                reply_markup=telegram_markup.keyboard(message.choices, message.links),
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if _says(error, (_UNCHANGED,)):
                return True
            if _says(error, _NOT_EDITABLE):
                return False
            raise
        return True

    async def _file(self, chat: str, message: Message, file: Attachment) -> str:
        if file.is_picture and file.size <= LARGEST_PICTURE:
            try:
                return await self._handed("photo", self._photo, chat, message, file)
            except BadRequest as error:
                if not _says(error, _NO_PICTURE):
                    raise
        return await self._handed("document", self._document, chat, message, file)

    async def _handed(self, kind: str, hand: _Hand, chat: str, message: Message, file: Attachment) -> str:
        key = (kind, file.digest)
        if (known := self._known.get(key)) is not None:
            try:
                return str((await hand(chat, message, known))[0].message_id)
            except BadRequest as error:
                if not _says(error, _FILE_FORGOTTEN):
                    raise
                del self._known[key]
        content = await asyncio.to_thread(self._content, file.digest)
        arrived, self._known[key] = await hand(chat, message, content)
        if len(self._known) > _KNOWN_FILES:
            self._known.popitem(last=False)
        return str(arrived.message_id)

    async def _photo(self, chat: str, message: Message, photo: bytes | str) -> tuple[Arrived, str]:
        arrived = await self._bot.send_photo(
            chat,
            photo,
            caption=message.text or None,
            caption_entities=telegram_markup.entities(message) or None,
            reply_markup=telegram_markup.keyboard(message.choices, message.links),
            reply_parameters=_answers(message),
            filename=message.files[0].name,
        )
        return arrived, arrived.photo[-1].file_id

    async def _document(self, chat: str, message: Message, document: bytes | str) -> tuple[Arrived, str]:
        arrived = await self._bot.send_document(
            chat,
            document,
            caption=message.text or None,
            caption_entities=telegram_markup.entities(message) or None,
            reply_markup=telegram_markup.keyboard(message.choices, message.links),
            reply_parameters=_answers(message),
            filename=message.files[0].name,
        )
        known = arrived.document or arrived.animation or arrived.audio or arrived.video
        if known is None:
            raise KeyError("document")
        return arrived, known.file_id


def _answers(message: Message) -> ReplyParameters | None:
    """Return under what the message stands; it comes all the same where that has been deleted."""
    if not message.answers.isdigit():
        return None
    return ReplyParameters(int(message.answers), allow_sending_without_reply=True)


def _with_links_that_open(message: Message) -> Message:
    """Return the message with the addresses that no button takes written out, as far as the text has room."""
    closed = tuple(link for link in message.links if not telegram_markup.opens(link))
    if not closed:
        return message
    told = spelled(replace(message, links=closed))
    fits = len(told.encode("utf-16-le")) // 2 <= (CAPTION_LIMIT if message.files else TEXT_LIMIT)
    opened = tuple(link for link in message.links if link not in closed)
    return replace(message, text=told if fits else message.text, links=opened)


def _says(error: BadRequest, words: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(one in said for one in words)
