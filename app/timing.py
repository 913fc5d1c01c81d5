"""The real clock and the real timer, handed to everything that needs time."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Return the machine's moment, aware, in UTC."""
    return datetime.now(UTC)


class SystemTimer:
    """Real seconds."""

    def monotonic(self) -> float:
        """Return seconds that only grow."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Sleep for real."""
        await asyncio.sleep(seconds)


class SetClock:
    """A business clock that is moved by hand: for the demo, rehearsals and diaries."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def __call__(self) -> datetime:
        """Return the moment."""
        return self._moment

    def move_to(self, moment: datetime) -> None:
        """Go forward to a moment; an earlier one leaves the clock where it is."""
        self._moment = max(self._moment, moment)

    def tick(self, seconds: float = 1) -> None:
        """Go forward by seconds."""
        self._moment += timedelta(seconds=seconds)
