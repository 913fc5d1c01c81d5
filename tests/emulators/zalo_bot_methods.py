"""The emulated methods of the Zalo Bot Platform: each takes a request's JSON and returns its result or refuses.

Lengths are counted in UTF-16 units, as the strictest reading of "2,000 characters" has it.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.emulators.zalo_bot_faults import Flood
from tests.emulators.zalo_bot_world import BOT, SENT_AT, Refusal, World

LONGEST_TEXT = 2000
LONGEST_POLL = 50
_HTTPS = re.compile(r"https://\S+")
_HERE = re.compile(r"http://127\.0\.0\.1[:/]\S*")

Parameters = dict[str, Any]
Method = Callable[[Parameters], Awaitable[Any]]


class Methods:
    """The methods over one world. `webhook` is empty while polling; `loopback` lets a webhook be http://127.0.0.1."""

    def __init__(self, world: World, flood: Flood, *, loopback: bool = True) -> None:
        self.world = world
        self.flood = flood
        self.loopback = loopback
        self.webhook = ""
        self.secret = ""
        self.polls = 0
        self.changed: Callable[[], None] = lambda: None
        self._table: dict[str, Method] = {
            "getMe": self._get_me,
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "sendChatAction": self._send_chat_action,
        }

    async def call(self, method: str, parameters: Parameters) -> Any:
        """Run a method by its name, in which capitals count; raises Refusal."""
        known = self._table.get(method)
        if known is None:
            raise Refusal(404, "Not Found")
        return await known(parameters)

    async def _get_me(self, _parameters: Parameters) -> Any:
        return BOT

    async def _get_updates(self, parameters: Parameters) -> Any:
        asked = parameters.get("timeout", "30")
        if not isinstance(asked, str) or not asked.isdigit():
            raise Refusal(400, "Bad Request: timeout is invalid")
        self.polls += 1
        loop = asyncio.get_running_loop()
        until = loop.time() + min(int(asked), LONGEST_POLL)
        while True:
            if self.webhook:
                raise Refusal(409, "Conflict: webhook is active, call deleteWebhook first")
            update = self.world.taken()
            if update is not None:
                return update.get("result", update)
            if loop.time() >= until:
                raise Refusal(408, "Request timeout")
            self.world.arrived = asyncio.Event()
            try:
                await asyncio.wait_for(self.world.arrived.wait(), until - loop.time())
            except TimeoutError:
                continue

    async def _set_webhook(self, parameters: Parameters) -> Any:
        url, secret = _text(parameters, "url"), _text(parameters, "secret_token")
        if not _HTTPS.fullmatch(url) and not (self.loopback and _HERE.fullmatch(url)):
            raise Refusal(400, "Bad Request: url must be HTTPS")
        if not 8 <= len(secret) <= 256:
            raise Refusal(400, "Bad Request: secret_token must be 8 to 256 characters")
        self.webhook, self.secret = url, secret
        self._turned()
        return {"url": url, "updated_at": SENT_AT}

    async def _delete_webhook(self, _parameters: Parameters) -> Any:
        self.webhook = self.secret = ""
        self._turned()
        return {"url": "", "updated_at": SENT_AT}

    async def _get_webhook_info(self, _parameters: Parameters) -> Any:
        return {"url": self.webhook, "updated_at": SENT_AT}

    async def _send_message(self, parameters: Parameters) -> Any:
        chat, text = _text(parameters, "chat_id"), _text(parameters, "text")
        _fits(text, "text")
        self._may_write(chat)
        return self.world.bring(chat, text)

    async def _send_photo(self, parameters: Parameters) -> Any:
        chat, photo = _text(parameters, "chat_id"), _text(parameters, "photo")
        caption = parameters.get("caption")
        if caption is not None:
            _fits(_text(parameters, "caption"), "caption")
        if not _HTTPS.fullmatch(photo) and not (self.loopback and _HERE.fullmatch(photo)):
            raise Refusal(400, "Bad Request: photo must be a public URL")
        self._may_write(chat)
        return self.world.bring(chat, str(caption or ""), photo)

    async def _send_chat_action(self, parameters: Parameters) -> Any:
        if _text(parameters, "action") != "typing":
            raise Refusal(400, "Bad Request: action is invalid")
        chat = _text(parameters, "chat_id")
        self.world.reachable(chat)
        self.world.typing.append(chat)
        return True

    def _may_write(self, chat: str) -> None:
        self.world.reachable(chat)
        self.flood.count(chat, self.world.clock())

    def _turned(self) -> None:
        self.world.arrived.set()
        self.changed()


def _text(parameters: Parameters, field: str) -> str:
    value = parameters.get(field)
    if not isinstance(value, str) or not value:
        raise Refusal(400, f"Bad Request: {field} is required")
    return value


def _fits(text: str, field: str) -> None:
    if not text.strip():
        raise Refusal(400, f"Bad Request: {field} is required")
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
        raise Refusal(400, f"Bad Request: {field} must be 1 to {LONGEST_TEXT} characters")
