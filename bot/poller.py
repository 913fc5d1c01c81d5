"""Long polling: a batch is saved and committed before the next poll acknowledges it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from actions import inbox
from channels.base import ChannelError, Polled, Provider
from domain.delivery import backoff
from domain.incoming import Incoming, cleaned
from domain.timing import Timer
from storage.views import Database, Unit

log = structlog.get_logger(__name__)

NO_WAIT = 1.0
"""A provider that says "nothing" sooner than after so many seconds did not wait as asked: we do, as long."""


def parsed(channel: Provider, update: dict[str, Any]) -> Incoming | None:
    """Read one update. What is no update at all would otherwise come again with every poll, for ever."""
    try:
        incoming = channel.parse(update)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.warning("update_unreadable", channel=channel.name, error=type(error).__name__)
        return None
    return incoming and cleaned(incoming)


@dataclass(slots=True)
class Poller:
    """Polls one account; `saved` is called after each commit that kept something."""

    db: Database
    channel: Polled
    clock: Callable[[], datetime]
    timer: Timer
    saved: Callable[[], None]

    async def run(self) -> None:
        """Poll until cancelled; failures wait longer and longer, and are logged once each."""
        failures = 0
        while True:
            began = self.timer.monotonic()
            try:
                brought = await self.step()
                failures = 0
                if not brought and self.timer.monotonic() - began < NO_WAIT:
                    await self.timer.sleep(NO_WAIT)
            except ChannelError as error:
                failures += 1
                log.warning("poll_failed", channel=self.channel.name, failures=failures, error=str(error))
                await self.timer.sleep(backoff(failures).total_seconds())

    async def step(self) -> int:
        """Take one batch; return how many updates it had. Raises ChannelError."""
        name = self.channel.name
        mark = await self.db.read(lambda unit: inbox.mark(unit, name))
        updates = await self.channel.updates(mark)
        if not updates:
            return 0
        after = self.channel.mark_after(updates)
        every = [(one, update) for update in updates if (one := parsed(self.channel, update)) is not None]
        await self.db.run(lambda unit: self._save(unit, every, after))
        self.saved()
        for update in updates:
            await self.channel.acknowledge(update)
        return len(updates)

    def _save(self, unit: Unit, every: Sequence[tuple[Incoming, dict[str, Any]]], after: str) -> None:
        now = self.clock()
        kept = [(one.key, one.chat, update) for one, update in every]
        inbox.save_polled(unit, self.channel.name, kept, after, now)
        inbox.gather(unit, [one for one, _ in every], now)
