"""Webhook of the emulated Official Account: each event signed and posted, repeated, in the end switched off.

Source: developers.zalo.me, "Webhook": 200 within two seconds; repeats after 30 s, 5 min, 15 min, 30 min, 1 h.
"""

import asyncio
import hashlib
import json
from typing import Any

import aiohttp

from tests.emulators.zalo_oa_world import APP, OA_SECRET, World

HEADER = "X-ZEvent-Signature"
PATIENCE = 2.0
REPEATS = (30.0, 300.0, 900.0, 1800.0, 3600.0)


def written(event: dict[str, Any]) -> bytes:
    """Return an event's bytes as the server writes them: compact, Vietnamese as it is."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()


def signature(body: bytes, timestamp: str, app: str = APP, secret: str = OA_SECRET) -> str:
    """Return what stands in the header: a plain hash, no HMAC."""
    return "mac=" + hashlib.sha256(app.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def headers(event: dict[str, Any], body: bytes, repeat: int = 0) -> dict[str, str]:
    """Return the headers under which an event is posted."""
    signed = signature(body, str(event["timestamp"]))
    return {HEADER: signed, "Content-Type": "application/json", "num_retry": str(repeat)}


class Pusher:
    """Posts events in order while an address is set; `hour` is how many real seconds stand for an hour of waiting."""

    def __init__(self, world: World, hour: float = 3600.0) -> None:
        self.url = ""
        self.failures: list[str] = []
        self.switched_off = False
        self.hour = hour
        self._world = world
        self._woken = asyncio.Event()
        self._session: aiohttp.ClientSession | None = None
        self._task: asyncio.Task[None] | None = None
        world.arrived = self._woken.set

    def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        self._task = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def point(self, url: str) -> None:
        """Set the address, as somebody does on the console; "" takes it away."""
        self.url, self.switched_off = url, False
        self._woken.set()

    async def _serve(self) -> None:
        posting: set[asyncio.Task[None]] = set()
        try:
            while True:
                await self._woken.wait()
                self._woken.clear()
                for event in self._world.taken() if self.url and not self.switched_off else ():
                    task = asyncio.create_task(self._bring(event))
                    posting.add(task)
                    task.add_done_callback(posting.discard)
        finally:
            for task in posting:
                task.cancel()

    async def _bring(self, event: dict[str, Any]) -> None:
        body = written(event)
        for repeat, wait in enumerate((*REPEATS, None)):
            if await self._post(headers(event, body, repeat), body):
                return
            if wait is None or self.switched_off:
                break
            await asyncio.sleep(wait / 3600.0 * self.hour)
        self.switched_off = True

    async def _post(self, told: dict[str, str], body: bytes) -> bool:
        assert self._session is not None
        try:
            async with self._session.post(self.url, data=body, headers=told, allow_redirects=False) as answer:
                if answer.status == 200:
                    return True
                self.failures.append(str(answer.status))
        except (aiohttp.ClientError, TimeoutError) as error:
            self.failures.append(type(error).__name__)
        return False
