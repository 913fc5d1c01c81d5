"""Bringing a database to the program's shape, and refusing one that it cannot serve."""

import warnings
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.exc import SAWarning

from domain.errors import StorageNewer, StorageUnavailable
from storage.database import open_database, plain_engine
from storage.schema import metadata
from storage.search import SEARCH, is_derived
from storage.upgrade import migrate, revision_of
from storage.vault import Vault


def test_the_migrations_lead_to_the_tables_of_the_program(empty_url: str) -> None:
    """Indexes over expressions are beyond what SQLAlchemy reads back from SQLite; tests of their own cover them."""
    migrate(empty_url)
    with plain_engine(empty_url) as engine, engine.connect() as connection, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Skipped unsupported reflection", SAWarning)
        warnings.filterwarnings("ignore", "autogenerate skipping metadata-specified expression-based index")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = [one for one in compare_metadata(context, metadata) if not _over_expression(one)]
        assert differences == []
        found = set(inspect(connection).get_table_names())
    assert {name for name in found if not is_derived(name)} - {"alembic_version"} == set(metadata.tables)


def _over_expression(difference: object) -> bool:
    names = ("uq_notices_occasion", "uq_ladder_overrides_place", SEARCH)
    return any(name in str(difference) for name in names)


def test_migrating_again_changes_nothing(empty_url: str) -> None:
    first = migrate(empty_url)
    assert migrate(empty_url) == first
    assert revision_of(empty_url) == (first, first)


def test_an_empty_database_has_no_revision(empty_url: str) -> None:
    current, head = revision_of(empty_url)
    assert current is None
    assert head


def test_a_database_of_a_newer_program_is_refused(empty_url: str) -> None:
    migrate(empty_url)
    with plain_engine(empty_url) as engine, engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageNewer, match="9999") as refused:
        migrate(empty_url)
    assert "mới hơn" in refused.value.sentence
    with plain_engine(empty_url) as engine, engine.connect() as connection:
        assert "agencies" in inspect(connection).get_table_names()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nhacviec.db"
    path.write_bytes(b"day khong phai co so du lieu" * 100)
    url = f"sqlite:///{path}"
    with pytest.raises(StorageUnavailable, match="không phải cơ sở dữ liệu") as refused:
        migrate(url)
    assert refused.value.sentence.startswith("Không mở được cơ sở dữ liệu")
    with pytest.raises(StorageUnavailable):
        open_database(url, Vault([Vault.new_key()]))
    assert path.read_bytes().startswith(b"day khong phai"), "the file is left as it was"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageUnavailable):
        migrate(f"sqlite:///{tmp_path / 'file' / 'nhacviec.db'}")


def test_a_server_that_nobody_runs_is_refused() -> None:
    url = "postgresql://nobody@127.0.0.1:1/office?connect_timeout=2"
    with pytest.raises(StorageUnavailable):
        open_database(url, Vault([Vault.new_key()]))
    with pytest.raises(StorageUnavailable):
        migrate(url)


def test_a_url_that_is_none_is_refused() -> None:
    with pytest.raises(StorageUnavailable):
        open_database("no url at all", Vault([Vault.new_key()]))
    with pytest.raises(StorageUnavailable):
        migrate("no url at all")
