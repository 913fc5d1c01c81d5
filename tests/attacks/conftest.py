"""What the attacks share: the command line in this process, one event loop library, the small web office."""

import pytest

from tests.cli.conftest import cli, offices
from tests.web.conftest import office as web_office

__all__ = ["anyio_backend", "cli", "offices", "web_office"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
