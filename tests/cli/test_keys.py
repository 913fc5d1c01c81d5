"""nhacviec key: everything sealed anew under another key, also where that ended half way."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import create_engine, inspect, text

from actions.cases.opening import Opened
from app.settings import read
from app.wiring import open_store
from storage import sealed
from storage.cases import people as citizens
from storage.database import open_database
from storage.locks import FileLock
from storage.vault import Vault
from storage.views.cases import cards
from tests.cli.citizens import WHO, open_one
from tests.cli.conftest import Cli


@pytest.fixture
def opened(cli: Cli) -> Opened:
    """A case of a citizen."""
    return open_one(cli)


def _sealed_values(folder: Path) -> Iterator[bytes]:
    """Yield every Fernet token that stands anywhere in the database."""
    engine = create_engine(f"sqlite:///{folder / 'nhacviec.db'}")
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):
                for value in row:
                    yield from _tokens(value)
    engine.dispose()


def _tokens(value: object) -> Iterator[bytes]:
    if isinstance(value, str) and value[:1] in {"{", '"'}:
        try:
            inside = json.loads(value)
        except ValueError:
            return
        for one in inside.values() if isinstance(inside, dict) else [inside]:
            yield from _tokens(one)
    elif isinstance(value, str | bytes):
        token = value.encode() if isinstance(value, str) else value
        if token.startswith(b"gAAAA"):
            yield token


def _key(cli: Cli) -> bytes:
    return (cli.folder / "secret.key").read_bytes().strip()


def test_everything_is_sealed_anew_and_still_read(cli: Cli, opened: Opened) -> None:
    before = _key(cli)
    assert len(list(_sealed_values(cli.folder))) >= 8
    done = cli("key", "rotate")
    assert done.code == 0, done.err
    after = _key(cli)
    assert after != before
    assert b"," not in after
    for token in _sealed_values(cli.folder):
        Fernet(after).decrypt(token)
        with pytest.raises(InvalidToken):
            Fernet(before).decrypt(token)
    assert (cli.folder / "secret.key").stat().st_mode & 0o077 == 0
    _is_read(cli, opened)
    assert cli("key", "rotate").code == 0
    _is_read(cli, opened)


def _is_read(cli: Cli, opened: Opened) -> None:
    database = open_store(read({"NHACVIEC_DATA_DIR": str(cli.folder)}))
    try:
        row = database.run_now(lambda unit: cards.seen_by(unit, opened.code, None, opened.secret))
        assert row is not None, "digests are salted as the database was begun with"
        assert database.run_now(lambda unit: citizens.get(unit, row.citizen_id)) == WHO
    finally:
        database.close()


def test_a_rotation_that_ended_half_way_goes_on(cli: Cli, opened: Opened) -> None:
    old, new = _key(cli), Vault.new_key()
    (cli.folder / "secret.key").write_bytes(new + b"," + old)
    half = open_database(read({"NHACVIEC_DATA_DIR": str(cli.folder)}).url, Vault([new, old]))
    place = sealed.PLACES[0]
    rows = half.run_now(partial(sealed.batch, place=place, after=None))
    assert half.run_now(partial(sealed.reseal, place=place, rows=rows)) == 1
    half.close()
    assert cli("key", "rotate").code == 0
    assert _key(cli) == new, "the key that was begun with is gone on with"
    for token in _sealed_values(cli.folder):
        Fernet(new).decrypt(token)
    _is_read(cli, opened)


def test_keys_of_the_environment_are_the_operators(cli: Cli, opened: Opened) -> None:
    old, new = _key(cli).decode(), Vault.new_key().decode()
    assert "mới có một khoá" in cli("key", "rotate", environment={"NHACVIEC_SECRET_KEY": old}).refusal
    assert cli("key", "rotate", environment={"NHACVIEC_SECRET_KEY": f"{new},{old}"}).code == 0
    for token in _sealed_values(cli.folder):
        Fernet(new.encode()).decrypt(token)
    assert cli("case", "list", "--json", environment={"NHACVIEC_SECRET_KEY": new}).json[0]["code"] == opened.code
    assert "khoá" in cli("case", "list", environment={"NHACVIEC_SECRET_KEY": Vault.new_key().decode()}).refusal


def test_it_waits_for_a_program_that_runs(cli: Cli, opened: Opened) -> None:
    before, turn = _key(cli), FileLock(cli.folder / "sender.lock")
    assert turn.acquire()
    assert "đang chạy" in cli("key", "rotate").refusal
    turn.release()
    assert _key(cli) == before
    assert opened.code


def test_a_new_key_is_one(cli: Cli) -> None:
    Fernet(cli("key", "new").out.strip())
