"""The drills that a customer runs by `make drill`, few people each: nothing lost, nothing said twice unmarked.

Most of their time they wait, so several take place at once, each in a folder and with a provider of its own; alone
are those that count what is under way within milliseconds.
"""

import asyncio
from pathlib import Path

import pytest

from benchmarks.drills.catalogue import DRILLS
from benchmarks.drills.postgres import Server
from benchmarks.drills.stage import QUICK, Drill, run
from benchmarks.drills.table import Row

pytestmark = pytest.mark.anyio

AT_ONCE = 4
ALONE = {"kill at random", "SIGTERM"}
KEPT = [one for one in DRILLS if one.quick]


async def test_every_promise_is_kept(subtests: pytest.Subtests, tmp_path: Path) -> None:
    rows = await _run_all(tmp_path)
    for drill in KEPT:
        with subtests.test(drill.name):
            row = rows[drill.name]
            if isinstance(row, BaseException):
                raise row
            assert not row.wrong
            assert (row.lost, row.held) == (0, 0)
            assert row.doubled == row.marked
            assert row.promised


async def _run_all(folder: Path) -> dict[str, Row | BaseException]:
    """Run the drills, so many at a time; one that breaks down stops no other."""
    server = Server()
    try:
        rows: dict[str, Row | BaseException] = {}
        for drills, at_once in (([one for one in KEPT if one.name in ALONE], 1), (KEPT, AT_ONCE)):
            turns = asyncio.Semaphore(at_once)
            left = [one for one in drills if one.name not in rows]
            done = await asyncio.gather(
                *(_run(one, folder / one.name.replace(" ", "-"), server, turns) for one in left),
                return_exceptions=True,
            )
            rows.update(zip((one.name for one in left), done, strict=True))
        return rows
    finally:
        await asyncio.to_thread(server.close)


async def _run(drill: Drill, folder: Path, server: Server, turns: asyncio.Semaphore) -> Row:
    async with turns:
        return await run(drill, QUICK, folder, server)
