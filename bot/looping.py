"""The loop of whoever takes one piece of work after the other: woken by a colleague, or looking by itself."""

import asyncio
from collections.abc import Awaitable, Callable

PATIENCE = 1.0
"""Seconds after which it looks even if nobody woke it (another process may have left work)."""


async def keep_working(step: Callable[[], Awaitable[bool]], awake: asyncio.Event) -> None:
    """Take step after step until cancelled; rest where a step found nothing, until woken or out of patience."""
    while True:
        awake.clear()
        if not await step():
            try:
                await asyncio.wait_for(awake.wait(), PATIENCE)
            except TimeoutError:
                continue
