"""The drills that a customer runs by `make drill`, few people each: nothing lost, nothing said twice unmarked."""

from pathlib import Path

import pytest
from anyio import to_thread

from benchmarks.drills.catalogue import DRILLS
from benchmarks.drills.postgres import Server
from benchmarks.drills.stage import QUICK, Drill, run

pytestmark = pytest.mark.anyio

KEPT = [pytest.param(one, id=one.name) for one in DRILLS if one.quick]


@pytest.mark.parametrize("drill", KEPT)
async def test_every_promise_is_kept(drill: Drill, tmp_path: Path) -> None:
    server = Server()
    try:
        row = await run(drill, QUICK, tmp_path, server)
    finally:
        await to_thread.run_sync(server.close)
    assert not row.wrong
    assert (row.lost, row.held) == (0, 0)
    assert row.doubled == row.marked
    assert row.promised
