"""Long polling: a batch is saved and committed before the next poll acknowledges it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from actions import inbox
from channels.base import ChannelError, Polled, Provider
from domain.delivery import backoff
from domain.incoming import Incoming
from domain.timing import Timer
from storage.views import Database

log = structlog.get_logger(__name__)


def rows(channel: Provider, updates: Sequence[dict[str, Any]]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return (key, chat, payload) of the updates that somebody may answer; an unreadable one is passed over."""
    parsed = [(_parsed(channel, update), update) for update in updates]
    return [(incoming.key, incoming.chat, update) for incoming, update in parsed if incoming is not None]


def _parsed(channel: Provider, update: dict[str, Any]) -> Incoming | None:
    """Read one update. What is no update at all would otherwise come again with every poll, for ever."""
    try:
        return channel.parse(update)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        log.warning("update_unreadable", channel=channel.name, error=type(error).__name__)
        return None


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
            try:
                await self.step()
                failures = 0
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
        kept = rows(self.channel, updates)
        await self.db.run(lambda unit: inbox.save_polled(unit, name, kept, after, self.clock()))
        self.saved()
        for update in updates:
            await self.channel.acknowledge(update)
        return len(updates)
