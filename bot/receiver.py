"""What a provider posts: kept before it is thanked for; what comes during a commit shares the next."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions import inbox
from bot.fresh import Fresh
from bot.poller import parsed
from channels.base import Provider
from domain.incoming import Incoming
from storage.views import Database, Unit

TOGETHER = 100
"""The most updates kept by one unit: so many a poll brings at once."""


_Arrival = tuple[Incoming, dict[str, Any], "asyncio.Future[None]"]


@dataclass(slots=True)
class Receiver:
    """Takes in one account's updates one by one; `saved` is called after each commit that kept some."""

    db: Database
    source: Provider
    clock: Callable[[], datetime]
    saved: Callable[[], None]
    fresh: Fresh
    _arrived: list[_Arrival] = field(default_factory=list, repr=False)
    _keeping: "asyncio.Task[None] | None" = None

    async def receive(self, update: dict[str, Any]) -> None:
        """Return once the update is committed. Raises what kept it from being kept: the provider brings it again."""
        incoming = parsed(self.source, update)
        if incoming is not None:
            done = asyncio.get_running_loop().create_future()
            self._arrived.append((incoming, update, done))
            if self._keeping is None:
                self._keeping = asyncio.create_task(self._keep())
            await done
        await self.source.acknowledge(update)

    async def _keep(self) -> None:
        while self._arrived:
            group, self._arrived = self._arrived[:TOGETHER], self._arrived[TOGETHER:]
            for incoming, _, _ in group:
                self.fresh.put(incoming)
            failure = await self._attempt(group)
            for one in group:
                alone = failure if failure is None or len(group) == 1 else await self._attempt([one])
                if not one[2].done():  # who posted it may have hung up
                    _end(one[2], alone)
        self._keeping = None

    async def _attempt(self, group: list[_Arrival]) -> Exception | None:
        """Keep a group in one unit; return what kept it from being kept."""
        try:
            await self.db.run(lambda unit: self._save(unit, group))
        except Exception as error:
            return error
        self.saved()
        return None

    def _save(self, unit: Unit, group: list[_Arrival]) -> None:
        now = self.clock()
        inbox.save(unit, self.source.name, [(one.key, one.chat, update) for one, update, _ in group], now)
        inbox.gather(unit, [one for one, _, _ in group], now)


def _end(done: "asyncio.Future[None]", failure: Exception | None) -> None:
    if failure is None:
        done.set_result(None)
    else:
        done.set_exception(failure)
