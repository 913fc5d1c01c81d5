"""The emulated methods of the Bot API: each takes a request's parameters and returns its result or refuses."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any

from tests.emulators.telegram_deliveries import Deliveries, Parameters
from tests.emulators.telegram_faults import Flood
from tests.emulators.telegram_memory import BOT, DEFAULT_KINDS, LARGEST_FILE
from tests.emulators.telegram_rules import Refusal, bad, decoded
from tests.emulators.telegram_world import World

LONGEST_POLL = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_HOOK = re.compile(r"https://\S+|http://127\.0\.0\.1[:/]\S*")  # the real server takes https only
_LATE = "query is too old and response timeout expired or query ID is invalid"

MOST_COMMANDS = 100
_SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"})

Method = Callable[[Parameters], Awaitable[Any]]


class Methods:
    """The methods over one world; `webhook` is the address set, empty while polling; `polls` counts getUpdates."""

    def __init__(self, world: World, flood: Flood) -> None:
        self.world = world
        self.flood = flood
        self.webhook = ""
        self.secret = ""
        self.webhook_error = ""
        self.changed: Callable[[], None] = lambda: None
        self.polls = 0
        deliveries = Deliveries(world, flood)
        self._table: dict[str, Method] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._get_webhook_info,
            "sendmessage": deliveries.send_message,
            "editmessagetext": deliveries.edit_message_text,
            "sendphoto": deliveries.send_photo,
            "senddocument": deliveries.send_document,
            "answercallbackquery": self._answer_callback_query,
            "getfile": self._get_file,
            "setmycommands": self._set_my_commands,
            "deletemycommands": self._delete_my_commands,
        }

    async def call(self, method: str, parameters: Parameters) -> Any:
        """Run a method by its lower-case name; raises Refusal."""
        known = self._table.get(method)
        if known is None:
            raise Refusal(404, "Not Found")
        return await known(parameters)

    async def _get_me(self, _parameters: Parameters) -> Any:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False}

    async def _answer_callback_query(self, parameters: Parameters) -> Any:
        key = str(parameters.get("callback_query_id", ""))
        if key not in self.world.callbacks:
            bad(_LATE)
        if len(str(parameters.get("text") or "")) > 200:
            bad("MESSAGE_TOO_LONG")
        self.world.answered.append(parameters)
        return True

    async def _get_file(self, parameters: Parameters) -> Any:
        key = str(parameters.get("file_id", ""))
        if key not in self.world.files:
            bad("wrong file_id or the file is temporarily unavailable")
        path, content = self.world.files[key]
        if len(content) > LARGEST_FILE:
            bad("file is too big")
        size = {"file_size": len(content)} if self.world.tells_sizes else {}
        return {"file_id": key, "file_unique_id": f"u{key}", "file_path": path} | size

    async def _set_my_commands(self, parameters: Parameters) -> Any:
        commands = decoded(parameters.get("commands"), "commands") or []
        if len(commands) > MOST_COMMANDS:
            bad("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.world.menus[self._whose(parameters)] = commands
        return True

    async def _delete_my_commands(self, parameters: Parameters) -> Any:
        self.world.menus.pop(self._whose(parameters), None)
        return True

    def _whose(self, parameters: Parameters) -> str:
        """Return whose menu a request is about: "default", another kind of chat, or "chat <number>"."""
        scope = decoded(parameters.get("scope"), "BotCommandScope") or {"type": "default"}
        if scope["type"] not in _SCOPES:
            bad("can't parse BotCommandScope: unsupported type specified")
        if scope["type"] != "chat":
            return str(scope["type"])
        if int(scope["chat_id"]) not in self.world.chats:
            bad("chat not found")
        return f"chat {scope['chat_id']}"

    async def _set_webhook(self, parameters: Parameters) -> Any:
        url, secret = str(parameters.get("url") or ""), str(parameters.get("secret_token") or "")
        if url and not _HOOK.fullmatch(url):
            bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            bad("secret token contains unallowed characters")
        self._ask_for(parameters)
        self.webhook, self.secret, self.webhook_error = url, secret, ""
        self.world.arrived.set()
        self.changed()
        return True

    async def _delete_webhook(self, parameters: Parameters) -> Any:
        if str(parameters.get("drop_pending_updates", "")).lower() == "true":
            self.world.updates.clear()
        self.webhook = ""
        self.changed()
        return True

    async def _get_webhook_info(self, _parameters: Parameters) -> Any:
        return {
            "url": self.webhook,
            "has_custom_certificate": False,
            "pending_update_count": len(self.world.updates),
            "allowed_updates": sorted(self.world.kinds),
        } | ({"last_error_message": self.webhook_error} if self.webhook_error else {})

    def _ask_for(self, parameters: Parameters) -> None:
        kinds = decoded(parameters.get("allowed_updates"), "allowed_updates")
        if kinds is not None:
            self.world.kinds = frozenset(kinds) or DEFAULT_KINDS

    async def _get_updates(self, parameters: Parameters) -> Any:
        self.polls += 1
        mine = self.polls
        self._ask_for(parameters)
        self._confirm(int(parameters.get("offset") or 0))
        limit = max(1, min(int(parameters.get("limit") or 100), 100))
        wait = max(0, min(int(parameters.get("timeout") or 0), LONGEST_POLL))
        self.world.arrived.set()  # whoever polled before is sent away
        loop = asyncio.get_running_loop()
        until = loop.time() + wait
        while True:
            self._still_polling(mine)
            if self.world.updates or loop.time() >= until:
                return self.world.updates[:limit]
            self.world.arrived = asyncio.Event()
            try:
                await asyncio.wait_for(self.world.arrived.wait(), until - loop.time())
            except TimeoutError:
                continue

    def _still_polling(self, mine: int) -> None:
        if self.webhook:
            words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
            raise Refusal(409, f"Conflict: {words}")
        if mine != self.polls:
            words = "terminated by other getUpdates request; make sure that only one bot instance is running"
            raise Refusal(409, f"Conflict: {words}")

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.world.updates = self.world.updates[offset:]
        elif offset:
            self.world.updates = [one for one in self.world.updates if one["update_id"] >= offset]
