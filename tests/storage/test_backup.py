"""Backup and restore on both databases, into either: every row as it was, nothing said again, all or nothing."""

import json
import zipfile
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select, text, update

from actions import restoring
from actions.restoring import Presumed
from app.wiring import check_key
from channels.files import FileKeeper
from domain.errors import BackupUnusable, OfficeNotEmpty, StorageNewer, VaultKeyWrong
from domain.local import VIETNAM
from domain.people import Role
from scheduler.sweep import sweep, upkeep
from storage import backup as archives
from storage.backup import Manifest
from storage.database import Unit, plain_engine, snapshot
from storage.schema import metadata
from storage.schema import notices as notice_table
from storage.schema import outbox as outbox_table
from storage.schema import planned as planned_table
from storage.upgrade import revision_of, upgrade
from storage.vault import Vault
from tests.flows.story import at, play
from tests.office import Chat, Office, Row, make_office
from tests.storage.conftest import BOTH, fresh_postgres

pytestmark = pytest.mark.anyio

MADE = datetime(2026, 3, 6, 17, 0, tzinfo=VIETNAM)
FILE = b"bao cao ket qua"


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module", params=BOTH)
async def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[Path]:
    """A backup of an office that has worked for seven weeks, made on one of the databases while it is open."""
    folder = tmp_path_factory.mktemp("source")
    url = None if request.param == "sqlite" else fresh_postgres(request.getfixturevalue("server"))
    office, _ = await play(folder, url)
    archives.back_up(
        office.inner.db.url.render_as_string(hide_password=False),
        folder / "office.zip",
        folder / "files",
        program="0.1.0",
        now=MADE,
        key=(folder / "secret.key").read_bytes() if (folder / "secret.key").exists() else None,
    )
    yield folder / "office.zip"
    await office.close()


@pytest.fixture(params=BOTH)
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'office.db'}"
    return fresh_postgres(request.getfixturevalue("server"))


def content(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table, as the program reads it."""
    with plain_engine(url) as engine, engine.connect() as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def put(url: str, path: Path, folder: Path, finish: Callable[[Connection], Any] = lambda _: None) -> Any:
    return archives.restore(url, path, archives.read_manifest(path), folder / "files", finish)


async def test_every_row_comes_back_from_either_into_either(archive: Path, fresh_url: str, tmp_path: Path) -> None:
    source = archive.parent
    manifest = archives.read_manifest(archive)
    put(fresh_url, archive, tmp_path)
    there = content(fresh_url)
    assert {name: len(rows) for name, rows in there.items()} == dict(manifest.rows)
    assert sum(manifest.rows.values()) > 500
    again = tmp_path / "again.zip"
    archives.back_up(fresh_url, again, tmp_path / "files", program="0.1.0", now=MADE)
    copy = archives.read_manifest(again)
    assert sorted_lines(again) == sorted_lines(archive)
    assert (copy.revision, copy.rows) == (manifest.revision, manifest.rows)
    assert source.exists()
    assert revision_of(fresh_url)[0] == manifest.revision


def sorted_lines(path: Path) -> dict[str, list[Any]]:
    with zipfile.ZipFile(path) as opened:
        names = [name for name in opened.namelist() if name.startswith("tables/")]
        return {name: sorted(map(_comparable, opened.read(name).decode().splitlines())) for name in names}


def _comparable(line: str) -> str:
    """The order of the keys of a JSON value is not kept by everybody; nothing else may differ."""
    return repr([json.loads(one) if str(one).startswith(("{", "[")) else one for one in json.loads(line)])


async def test_counting_goes_on_behind_what_was_restored(archive: Path, fresh_url: str, tmp_path: Path) -> None:
    put(fresh_url, archive, tmp_path)
    with plain_engine(fresh_url) as engine, engine.begin() as connection:
        last = connection.execute(text("SELECT max(id) FROM people")).scalar_one()
        insert = metadata.tables["people"].insert().values(name="Mới", name_folded="moi", created_at=MADE)
        assert connection.execute(insert.returning(metadata.tables["people"].c.id)).scalar_one() == last + 1


async def test_an_office_in_which_somebody_worked_is_left_alone(archive: Path, tmp_path: Path) -> None:
    office = make_office(tmp_path / "busy")
    url = office.inner.db.url.render_as_string(hide_password=False)
    await office.close()
    before = content(url)
    with pytest.raises(OfficeNotEmpty):
        put(url, archive, tmp_path / "busy")
    assert content(url) == before
    seeded = make_office(tmp_path / "seeded", directory=())
    url = seeded.inner.db.url.render_as_string(hide_password=False)
    await seeded.close()
    put(url, archive, tmp_path / "seeded")
    assert len(content(url)["people"]) > 0


async def test_what_is_refused_at_the_end_leaves_nothing(archive: Path, fresh_url: str, tmp_path: Path) -> None:
    vault = Vault([Vault.new_key()])

    def finish(connection: Connection) -> None:
        check_key(Unit(connection, vault), MADE)

    with pytest.raises(VaultKeyWrong):
        put(fresh_url, archive, tmp_path, finish)
    assert revision_of(fresh_url)[0] is None
    assert not (tmp_path / "files").exists()


def test_a_snapshot_stands_still_while_others_write(shaped_url: str) -> None:
    with plain_engine(shaped_url) as engine, snapshot(shaped_url) as connection:
        assert connection.execute(text("SELECT count(*) FROM counters")).scalar_one() == 0
        with engine.begin() as other:
            other.execute(text("INSERT INTO counters (name, value) VALUES ('x', 1)"))
        assert connection.execute(text("SELECT count(*) FROM counters")).scalar_one() == 0
    with snapshot(shaped_url) as connection:
        assert connection.execute(text("SELECT count(*) FROM counters")).scalar_one() == 1


def tampered(archive: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                made.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda name, content: content + b"[]\n" if name == "tables/people.jsonl" else content, "đã bị sửa hoặc hỏng"),
        (lambda name, content: None if name == "tables/people.jsonl" else content, "thiếu hoặc thừa"),
        (lambda name, content: None if name == "manifest.json" else content, "không đọc được"),
        (
            lambda name, content: (
                content.replace(b'"format": 1', b'"format": 9') if name == "manifest.json" else content
            ),
            "định dạng 9",
        ),
    ],
    ids=["changed", "missing", "no manifest", "other format"],
)
async def test_a_damaged_archive_is_refused(
    archive: Path, tmp_path: Path, change: Callable[[str, bytes], bytes | None], said: str
) -> None:
    with pytest.raises(BackupUnusable, match=said):
        archives.read_manifest(tampered(archive, tmp_path / "bad.zip", change))


async def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(BackupUnusable):
        archives.read_manifest(tmp_path / "a.zip")


async def test_an_archive_of_a_newer_program_is_refused(archive: Path, fresh_url: str, tmp_path: Path) -> None:
    manifest = archives.read_manifest(archive)
    newer = Manifest(**{**manifest_values(manifest), "revision": "9999"})
    with pytest.raises(StorageNewer):
        archives.restore(fresh_url, archive, newer, tmp_path / "files", lambda _: None)
    assert revision_of(fresh_url)[0] is None


def manifest_values(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in ("program", "revision", "made_at", "rows", "digests", "format")}


async def test_an_archive_of_an_older_program_is_brought_forward(fresh_url: str, tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path / 'old.db'}"
    with plain_engine(old) as engine, engine.begin() as connection:
        upgrade(connection, "0003")
        connection.execute(text("INSERT INTO counters (name, value) VALUES ('assignments', 41)"))
    archives.back_up(old, tmp_path / "old.zip", tmp_path / "none", program="0.0.9", now=MADE)
    assert archives.read_manifest(tmp_path / "old.zip").revision == "0003"
    put(fresh_url, tmp_path / "old.zip", tmp_path)
    current, head = revision_of(fresh_url)
    assert current == head
    assert content(fresh_url)["counters"] == [("assignments", 41)]


async def test_files_come_back_under_their_digests(tmp_path: Path) -> None:
    office = make_office(tmp_path / "one")
    url = office.inner.db.url.render_as_string(hide_password=False)
    digest = await _keep(tmp_path / "one" / "files", FILE)
    (tmp_path / "one" / "files" / "new-half").write_bytes(b"half")
    manifest = archives.back_up(url, tmp_path / "a.zip", tmp_path / "one" / "files", program="0.1.0", now=MADE)
    await office.close()
    assert manifest.files == 1
    put(f"sqlite:///{tmp_path / 'two.db'}", tmp_path / "a.zip", tmp_path / "two")
    assert (tmp_path / "two" / "files" / digest[:2] / digest).read_bytes() == FILE


async def _keep(folder: Path, content: bytes) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return (await FileKeeper(folder).keep(chunks(), 100)).digest


def quietly(office: Office, made_at: datetime, now: datetime) -> Callable[[Unit], Presumed]:
    return lambda unit: restoring.presume_said(unit, made_at, upkeep, sweep, now)


PLAN = (
    Row("Ban hành kế hoạch của cơ quan", "Sở Tư pháp", "Trước ngày 20/02/2026"),
    Row("Báo cáo kết quả", "Sở Tư pháp", "Hằng tháng"),
)


@pytest.fixture
async def people(office: Office) -> tuple[Chat, Chat, Chat]:
    officer = await office.officer("STP")
    leader = await office.officer("UBNDT", Role.LEADER)
    coordinator = await office.officer("VPUBND", Role.COORDINATOR)
    await office.issue(PLAN)
    await office.advance(at(3, 2, 16))
    return officer, leader, coordinator


async def test_what_was_promised_is_presumed_said(office: Office, people: tuple[Chat, Chat, Chat]) -> None:
    """Backup in the middle of a sending; restored nine days later, when reminders and digests have come due."""
    officer, leader, coordinator = people
    made, now = at(3, 2, 16), at(12, 2, 9)

    def interrupt(unit: Unit) -> None:
        last = unit.conn.execute(select(outbox_table.c.id).order_by(outbox_table.c.id.desc())).scalars().all()
        unit.conn.execute(update(outbox_table).where(outbox_table.c.id == last[0]).values(state="sending"))
        unit.conn.execute(update(outbox_table).where(outbox_table.c.id == last[1]).values(state="waiting"))

    await office.run(interrupt)
    due = select(planned_table.c.id).where(planned_table.c.state == "waiting", planned_table.c.at <= now)
    ahead = select(planned_table.c.id).where(planned_table.c.state == "waiting", planned_table.c.at > now)
    passed = await office.read(lambda unit: set(unit.conn.execute(due).scalars()))
    later = await office.read(lambda unit: set(unit.conn.execute(ahead).scalars()))
    assert passed
    assert later
    office.clock.move_to(now)
    found = await office.run(quietly(office, made, now))
    assert (found.messages, found.moments >= len(passed)) == (2, True)
    states = await office.read(
        lambda unit: {row[0]: row[1:] for row in unit.conn.execute(select(*planned_table.c["id", "state", "reason"]))}
    )
    assert {states[one] for one in passed} == {("skipped", restoring.WHY)}
    assert {states[one] for one in later} == {("waiting", None)}
    assert await office.read(lambda unit: _unfinished(unit)) == 0
    for chat in people:
        await chat.heard()
    await office.settle()
    assert await officer.heard() == []
    assert await leader.heard() == [], "the day's digest was said by the office that ran on"
    (line,) = [one.text for one in await coordinator.heard()]
    assert "khôi phục từ bản sao lưu lúc 16:00 03/02/2026" in line
    await office.advance(at(24, 2, 9))
    assert [one.text for one in await officer.heard() if one.kind == "bundle"], "what lies ahead goes on"
    assert [one.text for one in await leader.heard() if one.kind == "bundle"]


def _unfinished(unit: Unit) -> int:
    open_rows = select(outbox_table.c.id).where(outbox_table.c.state.in_(("waiting", "sending")))
    waiting = select(notice_table.c.id).where(notice_table.c.state == "waiting", notice_table.c.kind != "alarm")
    return len(unit.conn.execute(open_rows).all()) + len(unit.conn.execute(waiting).all())


async def test_an_update_that_waited_is_not_answered_again(office: Office, people: tuple[Chat, Chat, Chat]) -> None:
    officer = people[0]
    await officer.heard()
    now = office.clock()
    await office.run(
        lambda unit: unit.conn.execute(
            text("UPDATE inbox SET state = 'waiting' WHERE id = (SELECT max(id) FROM inbox)")
        )
    )
    found = await office.run(quietly(office, now, now))
    assert found.updates == 1
    await office.settle()
    assert await officer.heard() == []
