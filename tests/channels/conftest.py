"""What the channels' tests share: one event loop library, and the emulated Bot API."""

from collections.abc import AsyncIterator

import pytest

from channels.telegram import TelegramChannel
from channels.telegram_transport import AiohttpTransport
from tests.emulators.telegram import TelegramEmulator


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def api() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as emulator:
        yield emulator


@pytest.fixture
async def channel(api: TelegramEmulator) -> AsyncIterator[TelegramChannel]:
    """A channel that gives an answer up after 0.2 s of silence."""
    opened = TelegramChannel(api.token, api.url, transport=AiohttpTransport(api.token, read=0.2))
    yield opened
    await opened.close()
