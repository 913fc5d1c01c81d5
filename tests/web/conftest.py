"""What the web's tests share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.fakes import Office, open_office


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """An office whose worker has finished, without fault, when the test is over."""
    with open_office(tmp_path) as opened:
        yield opened
        await opened.worker.settle()


@asynccontextmanager
async def browser_at(
    app: Starlette, address: str = "127.0.0.1", base_url: str = "http://127.0.0.1:8080"
) -> AsyncIterator[httpx.AsyncClient]:
    """A client that keeps its cookies and comes from `address`; faults of the application are answered as 500."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url=base_url) as client:
        yield client
