"""Waking the other processes that work on the same database, so that none waits for its own next look.

PostgreSQL carries the words (LISTEN and NOTIFY); SQLite has one process and nobody to wake. A word lost is no harm:
whoever waits looks again by itself, only later.
"""

from collections.abc import Callable
from typing import Protocol

import psycopg
from sqlalchemy import func, select
from sqlalchemy.engine import URL

from storage.database import Database

_CHANNEL = "nhacviec"


class Colleagues(Protocol):
    """The other processes of this office."""

    async def tell(self, word: str) -> None:
        """Say a word to all of them, this process included. Raises SQLAlchemyError where the database is away."""
        ...

    async def listen(self, heard: Callable[[str], None]) -> None:
        """Hand over every word until cancelled. Raises psycopg.Error where the database is away."""
        ...


class Notified:
    """The processes on one PostgreSQL database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tell(self, word: str) -> None:
        """Say a word with NOTIFY."""
        await self._database.run(lambda unit: unit.conn.execute(select(func.pg_notify(_CHANNEL, word))))

    async def listen(self, heard: Callable[[str], None]) -> None:
        """Listen on a connection of its own."""
        address = _libpq(self._database.url)
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            await connection.execute(f"LISTEN {_CHANNEL}")
            async for said in connection.notifies():
                heard(said.payload)


def colleagues(database: Database) -> Colleagues | None:
    """Return the processes beside this one; None where there can be none (SQLite)."""
    return None if database.url.get_backend_name() == "sqlite" else Notified(database)


def _libpq(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
