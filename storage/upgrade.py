"""Bringing a database to the shape this program expects."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from domain.errors import StorageNewer
from storage.database import plain_engine

_MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def migrate(url: str) -> str:
    """Create or upgrade the database and return its revision.

    Raises StorageUnavailable where it cannot be opened, StorageNewer where a newer program has been there.
    """
    with plain_engine(url) as engine, engine.begin() as connection:
        current = _refuse_newer(connection)
        if current is not None and current == _scripts().get_current_head():
            return current
        return upgrade(connection, "head")


def upgrade(connection: Connection, revision: str) -> str:
    """Bring the database forward to a revision ("head": this program's own) and return the one it has then.

    Raises StorageNewer for a revision that only a newer program knows.
    """
    if revision != "head" and revision not in _known():
        raise StorageNewer(revision)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    return MigrationContext.configure(connection).get_current_revision() or ""


def begun(url: str) -> bool:
    """Return whether a database of this program stands there. Raises StorageUnavailable, StorageNewer."""
    with plain_engine(url) as engine, engine.connect() as connection:
        return _refuse_newer(connection) is not None


def revision_of(url: str) -> tuple[str | None, str]:
    """Return the database's revision and the program's own."""
    with plain_engine(url) as engine, engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, _scripts().get_current_head() or ""


def _refuse_newer(connection: Connection) -> str | None:
    """Return the database's revision, None for an empty one. Raises StorageNewer for one that nobody here knows."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in _known():
        raise StorageNewer(current)
    return current


@cache
def _scripts() -> ScriptDirectory:
    """Return the migrations, read once a process."""
    return ScriptDirectory.from_config(_config())


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())
