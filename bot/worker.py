"""Handling what came in: one unit an update, a chat's updates in order."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from actions import inbox, outbox, people
from bot.dispatch import handle
from bot.looping import keep_working
from domain.incoming import Incoming
from domain.outgoing import Capabilities, Message
from storage.views import Database, Unit

log = structlog.get_logger(__name__)

Parser = Callable[[str, str, dict[str, Any]], Incoming | None]
"""Reads a saved update, given (chat, key, payload); None for one that nobody answers."""

APOLOGY = "Xin lỗi, chưa xử lý được tin vừa rồi do lỗi hệ thống; bộ phận kỹ thuật đã được báo. Xin thử lại sau ít phút."


@dataclass(slots=True)
class Worker:
    """Takes updates one by one; `answered` is called after each commit, so that the answer leaves at once."""

    db: Database
    clock: Callable[[], datetime]
    parsers: Mapping[str, Parser]
    can: Mapping[str, Capabilities]
    answered: Callable[[], None]
    awake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Work until cancelled."""
        await keep_working(self.step, self.awake)

    async def step(self) -> bool:
        """Handle one update; return whether there was one."""
        taken: list[int] = []
        try:
            await self.db.run(lambda unit: self._handle(unit, taken))
        except Exception as error:
            if not taken:
                raise
            log.exception("update_failed", inbox=taken[0])
            name = type(error).__name__
            await self.db.run(lambda unit: self._failed(unit, taken[0], name))
        if taken:
            self.answered()
        return bool(taken)

    def _handle(self, unit: Unit, taken: list[int]) -> None:
        row = inbox.take(unit)
        if row is None:
            return
        taken.append(row.id)
        incoming = self.parsers[row.channel](row.chat, row.update_key, row.payload)
        if incoming is not None:
            handle(unit, incoming, f"in:{row.id}", self.can, self.clock())
        inbox.finish(unit, row.id, self.clock())

    def _failed(self, unit: Unit, inbox_id: int, error: str) -> None:
        """Count the failure; a given-up update is answered politely."""
        now = self.clock()
        row = inbox.failed(unit, inbox_id, error, now)
        if row is None:
            return
        endpoint = people.endpoint(unit, row.channel, row.chat, now)
        outbox.reply(
            unit,
            f"in:{inbox_id}",
            endpoint.id,
            endpoint.person_id,
            [Message(APOLOGY, heading=False)],
            self.can[row.channel],
            now,
        )
