"""What the flows share: one event loop library."""

import pytest


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
