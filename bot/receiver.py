"""What a provider posts: kept before it is thanked for; what comes during a commit shares the next."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions import inbox
from bot.poller import rows
from channels.base import Provider
from storage.views import Database

_Row = tuple[str, str, dict[str, Any]]

TOGETHER = 100
"""The most updates kept by one unit: so many a poll brings at once."""


@dataclass(slots=True)
class Receiver:
    """Takes in one account's updates one by one; `saved` is called after each commit that kept some."""

    db: Database
    source: Provider
    clock: Callable[[], datetime]
    saved: Callable[[], None]
    _arrived: list[tuple[list[_Row], "asyncio.Future[None]"]] = field(default_factory=list)
    _keeping: "asyncio.Task[None] | None" = None

    async def receive(self, update: dict[str, Any]) -> None:
        """Return once the update is committed. Raises what kept it from being kept: the provider brings it again."""
        kept = rows(self.source, [update])
        if kept:
            done = asyncio.get_running_loop().create_future()
            self._arrived.append((kept, done))
            if self._keeping is None:
                self._keeping = asyncio.create_task(self._keep())
            await done
        await self.source.acknowledge(update)

    async def _keep(self) -> None:
        while self._arrived:
            group, self._arrived = self._arrived[:TOGETHER], self._arrived[TOGETHER:]
            every = [row for kept, _ in group for row in kept]
            failure: Exception | None = None
            try:
                await self.db.run(lambda unit: inbox.save(unit, self.source.name, every, self.clock()))  # noqa: B023
                self.saved()
            except Exception as error:
                failure = error
            for _, done in group:
                if not done.done():  # who posted it may have hung up
                    _end(done, failure)
        self._keeping = None


def _end(done: "asyncio.Future[None]", failure: Exception | None) -> None:
    if failure is None:
        done.set_result(None)
    else:
        done.set_exception(failure)
