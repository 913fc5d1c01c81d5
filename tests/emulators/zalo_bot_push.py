"""Webhook mode: updates posted to the bot one after another, repeated until it answers 2xx."""

import asyncio
from typing import Any

import aiohttp

from tests.emulators.zalo_bot_methods import Methods

HEADER = "X-Bot-Api-Secret-Token"


class Pusher:
    """Posts what is pending while a webhook is set. `wait` in seconds before a repeat; `copies` of each update."""

    def __init__(self, methods: Methods, wait: float = 1.0) -> None:
        self.copies = 1
        self.answers: list[int] = []
        self._methods = methods
        self._wait = wait
        self._watch: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        methods.changed = self._woken.set

    def start(self) -> None:
        self._watch = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)

    async def _serve(self) -> None:
        world = self._methods.world
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            while True:
                if not self._methods.webhook:
                    self._woken.clear()
                    await self._woken.wait()
                    continue
                world.arrived = asyncio.Event()
                while world.updates and self._methods.webhook:
                    await self._bring(session, world.updates[0])
                if self._methods.webhook:
                    await world.arrived.wait()

    async def _bring(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> None:
        brought = [await self._post(session, update) for _ in range(self.copies)]
        if any(brought):
            self._methods.world.updates.remove(update)
        else:
            await asyncio.sleep(self._wait)

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any]) -> bool:
        headers = {HEADER: self._methods.secret}
        try:
            async with session.post(self._methods.webhook, json=update, headers=headers) as answer:
                self.answers.append(answer.status)
                return 200 <= answer.status < 300
        except (aiohttp.ClientError, TimeoutError):
            return False
