"""Opening the database and running units of work on it.

A unit is one open transaction. Actions take it and never commit; whoever opened it (an entrance) does, once,
so that state, audit line and outgoing message commit together or not at all.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError

from domain.errors import StorageUnavailable
from domain.shelf import NoShelf, Shelf
from storage.compiled import COMPILED
from storage.vault import Vault

T = TypeVar("T")

GROUP = 64
"""The most units that share one commit on SQLite."""
BUSY_SECONDS = 15
CACHE_KIB = 65_536
"""What a connection to SQLite may keep of the file in memory; a small file takes no more than it has."""


NO_SHELF = NoShelf()


@dataclass(frozen=True, slots=True)
class Unit:
    """One open transaction: the connection, the vault that seals personal values, the shelf of files.

    `memory` holds what this unit has read whole and is asked for again and again; whoever changes such a thing
    forgets it there. `shared` holds the like for all units of a database, by versions that the database tells: only
    a unit that `only_reads` adds to it, for what it sees is committed.
    """

    conn: Connection
    vault: Vault
    memory: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    shared: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    only_reads: bool = False
    shelf: Shelf = NO_SHELF

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Take back what is written inside, and nothing else, where it raises.

        Attempts may stand one within the other. It is what SQLAlchemy's begin_nested does, without composing and
        compiling the same words each time.
        """
        self.conn.exec_driver_sql("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self.conn.exec_driver_sql("ROLLBACK TO SAVEPOINT attempt")
            self.conn.exec_driver_sql("RELEASE SAVEPOINT attempt")
            self.memory.clear()  # it may hold what has just been taken back
            raise
        self.conn.exec_driver_sql("RELEASE SAVEPOINT attempt")


Work = Callable[[Unit], T]


class Database(Protocol):
    """What entrances and commands hold: units that write, and units that only read."""

    url: URL

    async def run(self, work: Work[T]) -> T:
        """Run `work` in a unit of its own and commit it; nothing is kept when it raises."""

    async def read(self, work: Work[T]) -> T:
        """Run `work` in a unit that can only read."""

    def run_now(self, work: Work[T]) -> T:
        """Do as `run`, from code that is not asynchronous."""

    def close(self) -> None:
        """Finish what runs and let go of the database."""


def open_database(url: str, vault: Vault, shelf: Shelf = NO_SHELF) -> Database:
    """Open a database by URL (sqlite or postgresql).

    Raises StorageUnavailable where it cannot be reached or opened.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return SqliteDatabase(parsed, vault, shelf)
        return PostgresDatabase(parsed.set(drivername="postgresql+psycopg"), vault, shelf)
    except SQLAlchemyError as error:
        raise StorageUnavailable(cause(error)) from error


def cause(error: SQLAlchemyError) -> str:
    """Return why the database does not serve, in Vietnamese where the driver's words are known; never a value."""
    told = str(getattr(error, "orig", None) or error).splitlines()[0]
    return next((said for words, said in _CAUSES.items() if words in told), told)


_CAUSES = {
    "file is not a database": "tệp này không phải cơ sở dữ liệu của nhacviec",
    "unable to open database file": "không mở được tệp, hoặc đường dẫn không phải là tệp",
    "attempt to write a readonly database": "không có quyền ghi vào tệp",
    "database is locked": "chương trình khác đang giữ tệp",
    "disk is full": "ổ đĩa đã đầy",
    "disk I/O error": "không đọc hoặc ghi được ổ đĩa; có thể đã đầy",
    "no such table": "tệp thiếu bảng; khôi phục từ bản sao lưu",
    "database disk image is malformed": "tệp bị hỏng; khôi phục từ bản sao lưu",
    "password authentication failed": "sai tài khoản hoặc mật khẩu",
    "does not exist": "máy chủ không có cơ sở dữ liệu hoặc tài khoản này",
    "Connection refused": "máy chủ không nhận kết nối",
    "could not translate host name": "không tìm thấy máy chủ",
    "failed to resolve host": "không tìm thấy máy chủ",
    "timeout expired": "máy chủ không trả lời",
    "connection timeout": "máy chủ không trả lời",
}
"""By words of the messages of sqlite3 and libpq; what is not here is told as the driver says it."""


_SHARED = {"compiled_cache": COMPILED}

_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"cache_size={-CACHE_KIB}", "secure_delete=ON")
"""What is deleted is overwritten: personal data that was erased stands in no unused page of the file."""


def _sqlite_engine(url: URL, *, begin: str, read_only: bool, **options: Any) -> Engine:
    settings = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    engine = create_engine(url, connect_args=settings, hide_parameters=True, execution_options=_SHARED, **options)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    done: "Future[Any]"


class SqliteDatabase:
    """SQLite: one writer thread whose queued units share a commit, readers on connections of their own."""

    def __init__(self, url: URL, vault: Vault, shelf: Shelf) -> None:
        self.url = url
        self._vault = vault
        self._shelf = shelf
        self._shared: dict[str, Any] = {}
        self._writer = _sqlite_engine(url, begin="BEGIN IMMEDIATE", read_only=False, poolclass=NullPool)
        self._readers = _sqlite_engine(url, begin="BEGIN", read_only=True, pool_size=4)
        with self._writer.connect():
            pass  # fails here, in the caller's hands, when the file cannot be opened
        self._pool = ThreadPoolExecutor(4, thread_name_prefix="reader")
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_loop, name="writer", daemon=True)
        self._thread.start()

    async def run(self, work: Work[T]) -> T:
        """Queue the unit for the writer thread and wait for the commit it shares."""
        return await asyncio.wrap_future(self._submit(work))

    def run_now(self, work: Work[T]) -> T:
        """Do as `run`, blocking."""
        return self._submit(work).result()

    async def read(self, work: Work[T]) -> T:
        """Run on one of the readers' connections."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read, work)

    def close(self) -> None:
        """Finish queued units, then close every connection."""
        self._jobs.put(None)
        self._thread.join()
        self._pool.shutdown()
        self._readers.dispose()
        self._writer.dispose()

    def _submit(self, work: Work[T]) -> "Future[T]":
        job = _Job(work, Future())
        self._jobs.put(job)
        return job.done

    def _read(self, work: Work[T]) -> T:
        with self._readers.begin() as connection:
            return work(Unit(connection, self._vault, shared=self._shared, only_reads=True, shelf=self._shelf))

    def _unit(self, connection: Connection) -> Unit:
        return Unit(connection, self._vault, shared=self._shared, shelf=self._shelf)

    def _write_loop(self) -> None:
        with self._writer.connect() as connection:
            for group in self._groups():
                self._commit(connection, group)

    def _groups(self) -> Iterator[list[_Job]]:
        while (job := self._jobs.get()) is not None:
            group = [job]
            while len(group) < GROUP:
                try:
                    more = self._jobs.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    self._jobs.put(None)
                    break
                group.append(more)
            yield group

    def _commit(self, connection: Connection, group: list[_Job]) -> None:
        """Run the units of a group, several each in a savepoint, and answer only after the commit they share."""
        jobs = [job for job in group if job.done.set_running_or_notify_cancel()]  # from here on nobody can cancel them
        try:
            with connection.begin():
                results = self._results(connection, jobs)
        except BaseException as error:
            for job in jobs:
                job.done.set_exception(error)
            return
        for job, value, failure in results:
            if failure is None:
                job.done.set_result(value)
            else:
                job.done.set_exception(failure)

    def _results(self, connection: Connection, jobs: list[_Job]) -> list[tuple[_Job, Any, BaseException | None]]:
        if len(jobs) == 1:  # it needs no savepoint: what fails takes nobody else back
            return [(jobs[0], jobs[0].work(self._unit(connection)), None)]
        return [self._attempt(connection, job) for job in jobs]

    def _attempt(self, connection: Connection, job: _Job) -> tuple[_Job, Any, BaseException | None]:
        unit = self._unit(connection)
        try:
            with unit.attempt():
                return job, job.work(unit), None
        except Exception as error:
            return job, None, error


class PostgresDatabase:
    """PostgreSQL through psycopg 3: each unit its own transaction, on a pool of threads."""

    THREADS = 8

    def __init__(self, url: URL, vault: Vault, shelf: Shelf) -> None:
        self.url = url
        self._vault = vault
        self._shelf = shelf
        self._shared: dict[str, Any] = {}
        self._engine = create_engine(
            url, pool_size=self.THREADS, pool_pre_ping=True, hide_parameters=True, execution_options=_SHARED
        )
        event.listen(self._engine, "connect", _prefer_indexes)
        with self._engine.connect():
            pass
        self._pool = ThreadPoolExecutor(self.THREADS, thread_name_prefix="unit")

    async def run(self, work: Work[T]) -> T:
        """Run the unit on a thread of the pool."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.run_now, work)

    async def read(self, work: Work[T]) -> T:
        """Run the unit on a thread of the pool; the transaction is read-only."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._read, work)

    def run_now(self, work: Work[T]) -> T:
        """Run the unit here and commit."""
        with self._engine.begin() as connection:
            return work(Unit(connection, self._vault, shared=self._shared, shelf=self._shelf))

    def close(self) -> None:
        """Wait for running units and close the pool."""
        self._pool.shutdown()
        self._engine.dispose()

    def _read(self, work: Work[T]) -> T:
        with self._engine.connect().execution_options(postgresql_readonly=True) as connection, connection.begin():
            return work(Unit(connection, self._vault, shared=self._shared, only_reads=True, shelf=self._shelf))


def _prefer_indexes(connection: Any, _record: Any) -> None:
    """Price a page read out of order as it costs today: the default is a rotating disk's, and reads whole tables."""
    connection.execute("SET random_page_cost = 1.1")
    connection.commit()


@contextmanager
def plain_engine(url: str) -> Iterator[Engine]:
    """Give an engine for migrations, closed afterwards."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            Path(parsed.database or "").parent.mkdir(parents=True, exist_ok=True)
            engine = _sqlite_engine(parsed, begin="BEGIN IMMEDIATE", read_only=False, poolclass=NullPool)
        else:
            url_of_driver = parsed.set(drivername="postgresql+psycopg")
            engine = create_engine(url_of_driver, poolclass=NullPool, hide_parameters=True)
    except OSError as error:
        raise StorageUnavailable(error.strerror or str(error)) from error
    except SQLAlchemyError as error:
        raise StorageUnavailable(cause(error)) from error
    try:
        yield engine
    except SQLAlchemyError as error:
        raise StorageUnavailable(cause(error)) from error
    finally:
        engine.dispose()


@contextmanager
def snapshot(url: str) -> Iterator[Connection]:
    """Give a connection on which everything is read as it stood at the first look, while others go on writing.

    Raises StorageUnavailable; a SQLite file that is not there is not made.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if not Path(parsed.database or "").is_file():
            raise StorageUnavailable("chưa có tệp cơ sở dữ liệu")
        engine = _sqlite_engine(parsed, begin="BEGIN", read_only=True, poolclass=NullPool)
        options: dict[str, Any] = {}
    else:
        url_of_driver = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(url_of_driver, poolclass=NullPool, hide_parameters=True)
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    try:
        with engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection
    except SQLAlchemyError as error:
        raise StorageUnavailable(cause(error)) from error
    finally:
        engine.dispose()
