"""What the office stands on fails: its lock, its database, its disk."""

import asyncio
import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.drills.postgres import Missing
from benchmarks.drills.stage import Drill, Stage
from tests.processes import OfficeProcess, Supervisor

STANDING_BY = "another_process_sends"
CONFLICT = 409


def two_at_once(*, postgres: bool) -> Callable[[Stage], Awaitable[None]]:
    """Return the drill of two processes on one database: one sends, and when it is killed the other takes over."""

    async def act(stage: Stage) -> None:
        people = stage.scale.people
        stage.done = f"two processes started at once on one {_kind(postgres)}; the sender is killed"
        site = await stage.build(postgres=postgres)
        site.pace = 30
        await site.furnish(people, issue=True, answering=True)
        stage.all_answer(people)
        offices = [site.process(), site.process()]
        for office in offices:
            await office.launch()
        await stage.until(lambda: any(STANDING_BY in one.said() for one in offices), "one of the two standing by")
        standing = next(one for one in offices if STANDING_BY in one.said())
        sending = next(one for one in offices if one is not standing)
        await stage.until(lambda: len(stage.api.world.sent) >= people // 2, "some messages on their way")
        stage.expect(CONFLICT not in {one.status for one in stage.api.requests}, "both polled at once")
        await sending.kill()
        stage.time()
        await standing.listening()
        await stage.drain(2 * people)
        await standing.stop()
        percents = sorted(percent for (percent,) in site.ask("select percent from comments"))
        stage.expect(percents == list(range(1, people + 1)), "an answer of somebody was not taken in exactly once")

    return act


async def lock_lost(stage: Stage) -> None:
    """The sender is frozen and the connection that holds its lock is cut; another takes over; the first wakes up."""
    people = stage.scale.people
    stage.done = "the sender frozen, its lock's connection cut (PostgreSQL), another takes over, the first wakes up"
    site = await stage.build(postgres=True)
    await site.furnish(people, issue=True, answering=True)
    first, second = site.process(), site.process()
    async with Supervisor(first, 2 / stage.scale.speed):
        await second.launch()
        await stage.until(lambda: STANDING_BY in second.said(), "the second standing by")
        await stage.drain(people)
        frozen = first.pid
        assert frozen is not None, "the first ended"
        os.kill(frozen, signal.SIGSTOP)
        cut = site.ask("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted")
        stage.expect(len(cut) == 1, f"{len(cut)} connections held the sender's lock")
        await second.listening()
        stage.all_answer(people)
        stage.time()
        os.kill(frozen, signal.SIGCONT)
        await stage.drain(2 * people)
        await stage.until(lambda: STANDING_BY in first.said(), "the first standing by")
        settled = len(stage.api.requests)
        stage.asks(1, "/trogiup", "Hướng dẫn ngắn")
        await stage.drain(2 * people + 1)
        stage.expect(CONFLICT not in {one.status for one in stage.api.requests[settled:]}, "both go on polling")
    await second.stop()


def _kind(postgres: bool) -> str:
    return "PostgreSQL" if postgres else "SQLite file"


async def server_gone(stage: Stage) -> None:
    """PostgreSQL is stopped for a minute amid a burst; whoever manages the service starts the office again."""
    stage.done = "PostgreSQL stopped for a minute amid a burst"
    await stage.build(postgres=True)

    async def minute_without() -> None:
        await stage.server.stop()
        await asyncio.sleep(stage.scale.minute)
        await stage.server.start()

    await _without_database(stage, minute_without)


async def file_locked(stage: Stage) -> None:
    """Another program holds the SQLite file for itself for a minute amid a burst."""
    stage.done = "the SQLite file locked by another program for a minute amid a burst"
    site = await stage.build()
    site.waits += f" lock={15 / stage.scale.speed:g}"

    async def minute_without() -> None:
        with closing(sqlite3.connect(site.folder / "nhacviec.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            await asyncio.sleep(stage.scale.minute)
            other.execute("ROLLBACK")

    await _without_database(stage, minute_without)


async def _without_database(stage: Stage, gone: Callable[[], Awaitable[None]]) -> None:
    """Let a burst of answers and notices begin, take the database away and give it back, and drain."""
    people, site = stage.scale.people, stage.site
    site.pace = 30
    stage.api.delay = 0.02
    await site.furnish(people, issue=True, answering=True)
    async with Supervisor(site.process(), 2 / stage.scale.speed) as service:
        await stage.until(lambda: len(stage.api.world.sent) >= 3, "some messages on their way")
        stage.all_answer(people)
        await gone()
        stage.time()
        await stage.drain(2 * people)
    _all_taken_in(stage, people, service)


def _all_taken_in(stage: Stage, people: int, service: Supervisor) -> None:
    """Expect that every answer was taken in, once, and that none was given up for a failure of ours."""
    stage.done += f" ({service.starts - 1} restarts)"
    percents = sorted(percent for (percent,) in stage.site.ask("select percent from comments"))
    stage.expect(percents == list(range(1, people + 1)), "an answer of somebody was not taken in exactly once")
    parked = stage.site.count("select count(*) from inbox where state = 'parked'")
    stage.expect(not parked, f"{parked} updates were given up")


ROOM = 24 << 20
"""Bytes of the disk that is filled to its end."""


async def disk_full(stage: Stage) -> None:
    """The disk is full amid a burst; a minute later there is room again."""
    people = stage.scale.people
    stage.done = f"a disk of {ROOM >> 20} MB full for a minute amid a burst"
    site = await stage.build()
    stage.api.delay = 0.02
    site.pace = 30
    site.folder.mkdir()
    with _small_disk(site.folder):
        await site.furnish(people, issue=True, answering=True)
        async with Supervisor(site.process(), 2 / stage.scale.speed) as service:
            await stage.until(lambda: len(stage.api.world.sent) >= 3, "some messages on their way")
            ballast = _filled(site.folder)
            stage.all_answer(people)
            await asyncio.sleep(stage.scale.minute)
            ballast.unlink()
            stage.time()
            await stage.drain(2 * people)
        _all_taken_in(stage, people, service)
        stage.close_books()


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    """Put a small disk in memory under the folder. Raises Missing where we may not."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "nhacviec-drill", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        raise Missing("only root may mount a small disk; see “files that may not grow”")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _filled(folder: Path) -> Path:
    """Write a file until nothing more fits, and return it."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return ballast


async def files_may_not_grow(stage: Stage) -> None:
    """The same without a disk of our own: the kernel refuses to let the office's files grow (RLIMIT_FSIZE)."""
    people = stage.scale.people
    stage.done = "the kernel lets no file grow (RLIMIT_FSIZE) for a minute amid a burst"
    site = await stage.build()
    stage.api.delay = 0.02
    site.pace = 30
    await site.furnish(people, issue=True, answering=True)
    office = site.process()
    async with Supervisor(office, 2 / stage.scale.speed) as service:
        await stage.until(lambda: len(stage.api.world.sent) >= 3, "some messages on their way")
        stage.all_answer(people)
        for _ in range(10):
            _limit(office, LARGEST)
            await asyncio.sleep(stage.scale.minute / 10)
        _limit(office, resource.RLIM_INFINITY)
        stage.time()
        await stage.drain(2 * people)
    _all_taken_in(stage, people, service)


LARGEST = 128 << 10
"""Bytes: less than the database has, more than a log needs."""


def _limit(office: OfficeProcess, size: int) -> None:
    pid = office.pid
    if pid is not None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


DRILLS = (
    Drill("two processes", two_at_once(postgres=False)),
    Drill("two processes, PostgreSQL", two_at_once(postgres=True), quick=False),
    Drill("sender's lock lost", lock_lost, quick=False),
    Drill("PostgreSQL gone", server_gone, quick=False),
    Drill("SQLite locked", file_locked),
    Drill("disk full", disk_full, quick=False),
    Drill("files that may not grow", files_may_not_grow),
)
