"""What the drills share: one event loop library, the emulated Bot API, and processes that never outlive a test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.drills.site import Site
from tests.emulators.telegram import TelegramEmulator


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def api() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as emulator:
        yield emulator
        emulator.methods.polls += 1  # whoever still polls is sent away, so that stopping waits for nobody
        emulator.world.arrived.set()


@pytest.fixture
async def site(tmp_path: Path, api: TelegramEmulator) -> AsyncIterator[Site]:
    built = Site(tmp_path / "data", api)
    yield built
    await built.clear()
