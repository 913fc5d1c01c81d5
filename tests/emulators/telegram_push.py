"""Webhook mode: updates posted to the bot, one chat in order, repeated until it answers 2xx.

Source: core.telegram.org/bots/api#setwebhook; first repeat at once, then doubling.
"""

import asyncio
import json
from typing import Any

import aiohttp

from tests.emulators.telegram_methods import Methods
from tests.emulators.telegram_rules import Refusal

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Pusher:
    """Posts what is pending while a webhook is set. `first_wait` is the second repeat's wait in seconds."""

    def __init__(self, methods: Methods, first_wait: float = 1.0, longest_wait: float = 60.0) -> None:
        self._methods = methods
        self._first_wait = first_wait
        self._longest_wait = longest_wait
        self._session: aiohttp.ClientSession | None = None
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        methods.changed = self._woken.set

    def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        self._watch = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        tasks = [task for task in (self._watch, *self._busy.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    async def _serve(self) -> None:
        world = self._methods.world
        while True:
            if not self._methods.webhook:
                self._woken.clear()
                await self._woken.wait()
                continue
            world.arrived = asyncio.Event()
            for chat in {_chat(update) for update in world.updates} - self._busy.keys():
                self._busy[chat] = asyncio.create_task(self._drain(chat))
            await world.arrived.wait()

    async def _drain(self, chat: int) -> None:
        """Post one chat's updates until none is left."""
        world, failures = self._methods.world, 0
        try:
            while self._methods.webhook:
                update = next((one for one in world.updates if _chat(one) == chat), None)
                if update is None:
                    return
                if await self._post(update):
                    world.updates.remove(update)
                    failures = 0
                    continue
                failures += 1
                if failures > 1:
                    wait = self._first_wait * 2 ** (failures - 2)
                    await asyncio.sleep(min(wait, self._longest_wait))
        finally:
            self._busy.pop(chat, None)

    async def _post(self, update: dict[str, Any]) -> bool:
        assert self._session is not None
        headers = {HEADER: self._methods.secret} if self._methods.secret else {}
        try:
            async with self._session.post(self._methods.webhook, json=update, headers=headers) as answer:
                body = await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            self._methods.webhook_error = type(error).__name__
            return False
        if not 200 <= answer.status < 300:
            self._methods.webhook_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
            return False
        await self._obey(body)
        return True

    async def _obey(self, body: bytes) -> None:
        """Run the one method call that the body of a 2xx may carry; its result goes nowhere."""
        try:
            call = json.loads(body)
            await self._methods.call(call.pop("method").lower(), call)
        except (ValueError, KeyError, AttributeError, TypeError, Refusal):
            return


def _chat(update: dict[str, Any]) -> int:
    content = update.get("message") or update.get("my_chat_member") or update.get("edited_message")
    found = content or update["callback_query"]["message"]
    return int(found["chat"]["id"])
