"""The only file that knows APScheduler: a handful of ticks in memory.

What matters stands in our tables; a tick that is missed, or comes twice, changes nothing (every step may be
repeated). APScheduler 3 drops a job that is late by more than a second unless told otherwise.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.local import VIETNAM

Tick = Callable[[], Awaitable[object]]


def start(ticks: list[tuple[str, float, Tick]]) -> AsyncIOScheduler:
    """Start the ticks given as (name, seconds between, what to do) on the running loop, each at once first.

    What came due while no process ran is said now, however often the process is started again.
    """
    scheduler = AsyncIOScheduler(
        timezone=VIETNAM, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    first = datetime.now(VIETNAM)
    for name, seconds, tick in ticks:
        scheduler.add_job(tick, IntervalTrigger(seconds=seconds), id=name, name=name, next_run_time=first)
    scheduler.start()
    return scheduler
