"""Telegram by the Bot API: python-telegram-bot's Bot on our own transport.

Reference: core.telegram.org/bots/api (version 10.0).
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, TelegramError

from channels import telegram_updates
from channels.base import ChannelError, Content, FileTooLargeError
from channels.telegram_errors import outcome_of
from channels.telegram_sending import CAPTION_LIMIT, LARGEST_DOCUMENT, LARGEST_PICTURE, TEXT_LIMIT, Sending
from channels.telegram_transport import PLACEHOLDER, AiohttpTransport, DownloadTooLargeError
from domain.delivery import Delivered, Outcome, Reason, Refused, Unknown
from domain.incoming import Incoming
from domain.outgoing import Capabilities, Message, Pictures

CAN = Capabilities(
    text_limit=TEXT_LIMIT,
    buttons=True,
    files_in=True,
    private=False,
    utf16=True,
    slash=True,
    files_out=("",),
    largest_out=LARGEST_DOCUMENT,
    pictures=Pictures.BYTES,
    largest_picture=LARGEST_PICTURE,
    edits=True,
    threads=True,
    links=True,
    groups=True,
    caption_limit=CAPTION_LIMIT,
)
"""A foreign service, so no citizens' data by it."""

EVERYONE = ""
GROUPS = "groups"
"""Whose menu of commands, beside a chat's own."""

API_URL = "https://api.telegram.org"
ACKNOWLEDGED_AT_ONCE = 64
"""So many presses are acknowledged side by side."""
LONGEST_POLL = 50
"""Seconds a getUpdates may wait at the server (LONG_POLL_MAX_TIMEOUT of the public Bot API server)."""

_BATCH = 100
_POLL_GRACE = 10.0
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError)

_logger = logging.getLogger(__name__)
_Result = TypeVar("_Result")


def _nothing_kept(_digest: str) -> bytes:
    raise ChannelError(Refused(Reason.BROKEN, "no such file"))


class TelegramChannel:
    """One bot. Opens its connections with the first call; `close` gives them back.

    Every call but `send`, `parse` and `answer_callback` raises ChannelError.
    """

    def __init__(
        self,
        token: str,
        api_url: str = API_URL,
        *,
        proxy: str | None = None,
        transport: AiohttpTransport | None = None,
        content: Content = _nothing_kept,
    ) -> None:
        root = api_url.rstrip("/")
        self._transport = transport or AiohttpTransport(token, proxy=proxy)
        self._updates_url = f"{root}/bot{PLACEHOLDER}/getUpdates"
        self._bot = Bot(
            PLACEHOLDER,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )
        self._sending = Sending(self._bot, content)
        self._username = ""
        self._acknowledging: set[asyncio.Task[None]] = set()

    @property
    def name(self) -> str:
        """The name under which Telegram addresses are kept."""
        return telegram_updates.NAME

    @property
    def can(self) -> Capabilities:
        """Buttons, links, files both ways, edits, threads, groups; nothing personal about citizens."""
        return CAN

    async def send(self, chat: str, message: Message) -> Outcome:
        """Make one attempt to bring a message; see `channels.base.Channel.send`."""
        try:
            return Delivered(await self._sending.send(chat, message))
        except TelegramError as error:
            return outcome_of(error)
        except ChannelError as error:
            return error.outcome
        except _UNREADABLE as error:
            return Unknown(f"answer not understood: {type(error).__name__}")

    def parse(self, update: dict[str, Any]) -> Incoming | None:
        """Return what an update says (see `channels.telegram_updates.parse`)."""
        return telegram_updates.parse(update, self._username)

    async def answer_callback(self, callback: str, text: str = "") -> None:
        """Stop the button's spinning, with a short notice (200 characters) where given; best effort.

        The work does not hang on it: a late answer is refused ("query is too old") and that is all right.
        """
        try:
            await _checked(self._bot.answer_callback_query(callback, text=text or None))
        except ChannelError as error:
            _logger.debug("callback not answered: %s", error)

    async def acknowledge(self, update: dict[str, Any]) -> None:
        """Begin to show the person that the press behind an update was taken; best effort. Returns at once.

        Nobody waits for it: neither the provider's next update nor the answer itself. In a flood some go without.
        """
        pressed = telegram_updates.callback_id(update)
        if pressed is not None and len(self._acknowledging) < ACKNOWLEDGED_AT_ONCE:
            task = asyncio.create_task(self.answer_callback(pressed))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)

    async def acknowledged(self) -> None:
        """Wait for the acknowledgements under way."""
        await asyncio.gather(*self._acknowledging)

    async def updates(self, mark: str | None = None, wait: int = LONGEST_POLL) -> list[dict[str, Any]]:
        """Return the raw updates from the mark (an offset) on, waiting at most `wait` seconds for the first.

        Asking for an offset confirms everything below it: save the last batch before.
        """
        parameters: dict[str, str | int] = {
            "timeout": wait,
            "limit": _BATCH,
            "allowed_updates": json.dumps(telegram_updates.KINDS),
        }
        if mark is not None:
            parameters["offset"] = int(mark)
        found = await _checked(self._transport.call(self._updates_url, parameters, wait + _POLL_GRACE))
        if not isinstance(found, list):
            raise ChannelError(Unknown("getUpdates did not answer with a list"))
        return found

    def mark_after(self, updates: list[dict[str, Any]]) -> str:
        """Return the offset that confirms these updates."""
        return str(max(int(update["update_id"]) for update in updates) + 1)

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates posted to `url` (HTTPS; ports 80, 88, 443, 8443) with `secret` in the header.

        `secret` is 1-256 of A-Z a-z 0-9 _ -. What is pending stays pending.
        """
        kinds = list(telegram_updates.KINDS)
        await _checked(self._bot.set_webhook(url, secret_token=secret, allowed_updates=kinds))

    async def delete_webhook(self) -> None:
        """Return to polling; what is pending stays pending."""
        await _checked(self._bot.delete_webhook())

    async def me(self) -> str:
        """Return the bot's user name without "@", and know it from now on when reading commands in groups."""
        user = await _checked(self._bot.get_me())
        self._username = user.username or ""
        return self._username

    async def answers(self) -> bool:
        """Whether the provider answers at all, whatever it says."""
        try:
            await self.me()
        except ChannelError as error:
            return isinstance(error.outcome, Refused) and error.outcome.reason is not Reason.UNREACHED
        return True

    async def set_commands(self, commands: Sequence[tuple[str, str]], whose: str = EVERYONE) -> None:
        """Set a menu of commands: (word without "/", what it does in Vietnamese); without any the next wider applies.

        `whose` is EVERYONE, GROUPS or one private chat.
        """
        menu = [BotCommand(word, what) for word, what in commands]
        scope = _scope(whose)
        if menu:
            await _checked(self._bot.set_my_commands(menu, scope))
        else:
            await _checked(self._bot.delete_my_commands(scope))

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """Return a file a person sent, at most `limit` bytes; raises FileTooLargeError beyond.

        The public server hands out files up to 20 MiB only.
        """
        try:
            file = await self._bot.get_file(file_id)
            if file.file_size is not None and file.file_size > limit:
                raise DownloadTooLargeError(f"{file.file_size} bytes")
            return await self._transport.download(file.file_path or "", limit)
        except TelegramError as error:
            raise _fetch_error(error) from None
        except _UNREADABLE as error:
            raise ChannelError(Unknown(f"answer not understood: {type(error).__name__}")) from None

    async def close(self) -> None:
        """Close all connections; later calls end as not sent."""
        for task in self._acknowledging:
            task.cancel()
        await self._transport.shutdown()


def _scope(whose: str) -> BotCommandScope:
    if whose == EVERYONE:
        return BotCommandScopeDefault()
    return BotCommandScopeAllGroupChats() if whose == GROUPS else BotCommandScopeChat(whose)


def is_group(chat: str) -> bool:
    """Return whether an address is a group's: Telegram numbers groups below zero."""
    return chat.startswith("-")


async def _checked(call: Awaitable[_Result]) -> _Result:
    """Await a call, turning every way in which it can fail into ChannelError."""
    try:
        return await call
    except TelegramError as error:
        raise ChannelError(outcome_of(error)) from None
    except _UNREADABLE as error:
        raise ChannelError(Unknown(f"answer not understood: {type(error).__name__}")) from None


def _fetch_error(error: TelegramError) -> ChannelError:
    too_big = isinstance(error, BadRequest) and "file is too big" in error.message.lower()
    if too_big or isinstance(error, DownloadTooLargeError):
        return FileTooLargeError(Refused(Reason.BROKEN, error.message))
    return ChannelError(outcome_of(error))
