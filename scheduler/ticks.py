"""The only file that knows APScheduler: a handful of ticks in memory.

What matters stands in our tables; a tick that is missed, or comes twice, changes nothing (every step may be
repeated). APScheduler 3 drops a job that is late by more than a second unless told otherwise.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from domain.local import VIETNAM
from domain.timing import Timer

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


KEEP_SECONDS = 15.0


async def keep(scheduler: AsyncIOScheduler, timer: Timer) -> None:
    """Bring forward, until cancelled, ticks that a clock set back would keep waiting for as long as it was set back."""
    while True:
        await timer.sleep(KEEP_SECONDS)
        bring_forward(scheduler)


def bring_forward(scheduler: AsyncIOScheduler) -> None:
    """Let ticks that stand further ahead than they ever should come at once: APScheduler plans by the clock."""
    now = datetime.now(VIETNAM)
    for job in scheduler.get_jobs():
        if job.next_run_time - now > job.trigger.interval + timedelta(seconds=KEEP_SECONDS):
            job.modify(next_run_time=now)
