"""One active sender: a lock that is lost is noticed, on a file and on a connection."""

from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import Database, open_database
from storage.locks import FileLock, lock
from storage.vault import Vault


def test_of_two_one_has_the_lock_until_it_lets_go(database: Database, tmp_path: Path) -> None:
    first, second = lock(database, tmp_path, "sender"), lock(database, tmp_path, "sender")
    assert (first.acquire(), second.acquire()) == (True, False)
    assert (first.held(), second.held()) == (True, False)
    first.release()
    assert not first.held()
    assert second.acquire()
    second.release()


def test_a_lock_whose_file_was_taken_away_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "sender.lock"
    mine = FileLock(path)
    assert mine.acquire()
    path.unlink()
    assert not mine.held()
    assert mine.acquire(), "and can be had again where nobody else has it"
    assert mine.held()
    mine.release()


@pytest.mark.postgres
def test_a_lock_whose_connection_was_cut_is_lost(shaped_server: str, tmp_path: Path) -> None:
    opened = open_database(shaped_server, Vault([Vault.new_key()]))
    mine = lock(opened, tmp_path, "sender")
    assert mine.acquire()
    assert mine.held()
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()")
    opened.run_now(lambda unit: unit.conn.execute(cut).all())
    assert not mine.held()
    assert mine.acquire()
    assert mine.held()
    mine.release()
    opened.close()
