"""Settings that several processes write as they start."""

import asyncio
from functools import partial

import pytest

from storage import offices
from storage.database import Database, Unit
from tests.storage.conftest import NOW

pytestmark = pytest.mark.anyio


async def test_two_processes_may_set_the_same_setting_at_once(database: Database) -> None:
    def put(value: int, unit: Unit) -> None:
        offices.set_setting(unit, "province_code", value, NOW)

    await asyncio.gather(*(database.run(partial(put, value)) for value in range(16)))
    kept = await database.read(lambda unit: offices.setting(unit, "province_code"))
    assert kept in range(16)
