"""Waiting as a value that is handed in: leases, pacing and backoff ask a Timer, never the machine.

Business time (deadlines, office hours) is another thing: there `now` is an argument.
"""

from typing import Protocol


class Timer(Protocol):
    """A clock that only moves forward, and the wait that belongs to it."""

    def monotonic(self) -> float:
        """Return the seconds since some fixed moment; only differences mean anything."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds of this clock."""
        ...
