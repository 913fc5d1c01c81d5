"""Handling what came in, a chat's updates in order.

Updates of several chats that wait together share a unit. Where one of them fails nothing of it is kept, and each is
handled in a unit of its own: a failure, or a quarrel over rows with a neighbour, counts against nobody else.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog

from actions import inbox, outbox, people
from actions.inbox import Waiting
from bot.dispatch import handle
from bot.fresh import Fresh
from bot.looping import keep_working
from domain.cases.likeness import Alike, unlike
from domain.incoming import Incoming, cleaned, together
from domain.neutral import is_neutral, unpacked
from domain.outgoing import Capabilities, Message
from storage.views import Database, Unit

log = structlog.get_logger(__name__)

Parser = Callable[[str, str, dict[str, Any]], Incoming | None]
"""Reads a saved update, given (chat, key, payload); None for one that nobody answers."""

TOGETHER = 32
"""The most updates handled in one unit: meanwhile, on SQLite, nothing else is written."""

APOLOGY = "Xin lỗi, chưa xử lý được tin vừa rồi do lỗi hệ thống; bộ phận kỹ thuật đã được báo. Xin thử lại sau ít phút."


@dataclass(slots=True)
class Worker:
    """Takes what waits; `answered` is called after each commit, so that the answers leave at once.

    `filed` is called as well where a file came: whoever reads files looks at once, else in its own time.
    """

    db: Database
    clock: Callable[[], datetime]
    parsers: Mapping[str, Parser]
    can: Mapping[str, Capabilities]
    answered: Callable[[], None]
    filed: Callable[[], None]
    alike: Alike = unlike
    """How alike two texts are."""
    fresh: Fresh = field(default_factory=Fresh)
    awake: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Work until cancelled."""
        await keep_working(self.step, self.awake)

    async def step(self) -> bool:
        """Handle the updates whose turn it is; return whether there was one."""
        taken: list[int] = []
        try:
            with_files = await self.db.run(lambda unit: self._together(unit, taken))
        except Exception as error:
            if len(taken) < 2:
                await self._count(taken, error)
            else:
                for inbox_id in taken:
                    await self._alone(inbox_id)
            with_files = True
        if taken:
            self.answered()
            if with_files:
                self.filed()
        return bool(taken)

    def _together(self, unit: Unit, taken: list[int]) -> bool:
        """Handle all whose turn it is, or nothing; return whether a file came."""
        rows = inbox.take(unit, TOGETHER, self.clock())
        taken.extend(row.id for row in rows)
        done: list[int] = []
        with_files = [self._handle(unit, row, done) for row in rows]
        inbox.finish(unit, done, self.clock())
        return True in with_files

    async def _alone(self, inbox_id: int) -> None:
        """Handle one update in a unit of its own."""
        taken: list[int] = []
        try:
            await self.db.run(lambda unit: self._by_itself(unit, inbox_id, taken))
        except Exception as error:
            await self._count(taken, error)
        self.answered()

    def _by_itself(self, unit: Unit, inbox_id: int, taken: list[int]) -> None:
        row = inbox.take_one(unit, inbox_id, self.clock())
        if row is not None:
            taken.append(row.id)
            done: list[int] = []
            self._handle(unit, row, done)
            inbox.finish(unit, done, self.clock())

    def _handle(self, unit: Unit, row: Waiting, done: list[int]) -> bool:
        """Handle an update with all of its album, which joins what is done; return whether a file came."""
        rows = [row, *inbox.rest_of_album(unit, row)]
        pieces = [one for one in map(self._read, rows) if one is not None]
        incoming = together(pieces) if pieces else None
        if incoming is not None:
            handle(unit, incoming, f"in:{row.id}", self.can, self.clock(), self.alike)
        done.extend(one.id for one in rows)
        return incoming is not None and bool(incoming.files)

    def _read(self, row: Waiting) -> Incoming | None:
        fresh = self.fresh.take(row.channel, row.update_key)
        if fresh is not None:
            return fresh
        if is_neutral(row.update_key):
            return unpacked(row.channel, row.chat, row.update_key, row.payload)
        incoming = self.parsers[row.channel](row.chat, row.update_key, row.payload)
        return incoming and cleaned(incoming)

    async def _count(self, taken: list[int], error: Exception) -> None:
        """Count a failure against the one update that was taken; raises the error where there was none."""
        if not taken:
            raise error
        log.exception("update_failed", inbox=taken[0])
        name = type(error).__name__
        await self.db.run(lambda unit: self._failed(unit, taken[0], name))

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
