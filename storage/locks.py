"""One active sender (and poller) per provider account, whatever the number of processes."""

import fcntl
import os
import zlib
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from storage.database import Database


class Lock(Protocol):
    """A lock that ends with its process at the latest."""

    def acquire(self) -> bool:
        """Try once; return whether it is ours."""
        ...

    def held(self) -> bool:
        """Whether it is still ours; it may be lost to a broken connection, or a file that was taken away."""
        ...

    def release(self) -> None:
        """Give it back; harmless when it is not ours."""
        ...


class FileLock:
    """A lock on a file beside the SQLite database (flock: the kernel frees it when the process dies)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        """Try once; return whether it is ours."""
        file = self._path.open("wb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self.release()  # what is held of a file that is no longer at its place
        self._file = file
        return True

    def held(self) -> bool:
        """Whether the file that is locked is the one at its place."""
        if self._file is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._file.fileno()), self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        """Give it back."""
        if self._file is not None:
            self._file.close()
            self._file = None


class AdvisoryLock:
    """A PostgreSQL advisory lock on a connection of its own (freed when the connection ends)."""

    def __init__(self, database: Database, name: str) -> None:
        self._engine = create_engine(database.url, poolclass=NullPool)
        self._key = zlib.crc32(name.encode())
        self._connection: Connection | None = None

    def acquire(self) -> bool:
        """Try once; return whether it is ours."""
        connection = self._connection or self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}).scalar():
            self._connection = connection
            return True
        connection.close()
        return False

    def held(self) -> bool:
        """Whether the connection that holds it still answers."""
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            self._connection.invalidate()
            self._connection = None
            return False
        return True

    def release(self) -> None:
        """Give it back; told to the server, which otherwise frees it only once it has seen the connection end."""
        if self._connection is not None:
            with suppress(SQLAlchemyError):  # a connection that is broken holds nothing
                self._connection.execute(text("SELECT pg_advisory_unlock_all()"))
            self._connection.close()
            self._connection = None


def lock(database: Database, folder: Path, name: str) -> Lock:
    """Return the lock of that name for this database."""
    if database.url.get_backend_name() == "sqlite":
        return FileLock(folder / f"{name}.lock")
    return AdvisoryLock(database, f"nhacviec:{name}")
