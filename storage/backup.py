"""Backup and restore: the whole office as one archive, the same from SQLite and from PostgreSQL, into either.

A zip with one member a table (JSON lines: the columns' names, then one array a row), the files that people sent, and
a manifest with the revision, the moment, how many rows, and a SHA-256 of each member.
"""

import hashlib
import json
import os
import re
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, exists, func, select, text

from domain.errors import BackupUnusable, OfficeNotEmpty, OperatorError
from storage.backup_rows import VERSION_TABLE, lines, load, tables
from storage.database import plain_engine, snapshot
from storage.search import PUBLIC, SEARCH
from storage.upgrade import upgrade

T = TypeVar("T")

FORMAT = 1
MANIFEST = "manifest.json"
KEY = "secret.key"
_BYTES_AT_ONCE = 1 << 20
_FILE = re.compile(r"files/[0-9a-f]{2}/([0-9a-f]{64})")

SEEDED = {
    VERSION_TABLE,
    "audit",
    "calendar_changes",
    "calendar_days",
    "calendar_versions",
    "channel_state",
    "counters",
    "ladders",
    "settings",
}
"""Tables that the program fills by itself: rows in others mean that somebody has worked with the office."""

NOTHING_THERE = "Chưa có dữ liệu nào để sao lưu. Kiểm tra NHACVIEC_DATA_DIR hoặc NHACVIEC_DATABASE_URL rồi chạy lại."


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive holds: `rows` by table, `digests` by member."""

    program: str
    revision: str
    made_at: str
    rows: Mapping[str, int]
    digests: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        """When the backup was made."""
        return datetime.fromisoformat(self.made_at)

    @property
    def files(self) -> int:
        """How many files that people sent are in it."""
        return sum(_FILE.fullmatch(name) is not None for name in self.digests)

    @property
    def has_key(self) -> bool:
        """Whether the key that unseals personal values is in it."""
        return KEY in self.digests


def back_up(url: str, target: Path, files: Path, *, program: str, now: datetime, key: bytes | None = None) -> Manifest:
    """Write a consistent archive of a database that may be in use; nothing is left of one that fails.

    Raises StorageUnavailable, OperatorError where there is nothing to back up, OSError.
    """
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _pack(url, _Packer(archive), files, program, now, key)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


@dataclass(slots=True)
class _Packer:
    """Adds members and keeps their digests."""

    archive: zipfile.ZipFile
    digests: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, chunks: Iterator[bytes]) -> None:
        """Write one member."""
        digest = hashlib.sha256()
        with self.archive.open(name, "w", force_zip64=True) as member:
            for chunk in chunks:
                digest.update(chunk)
                member.write(chunk)
        self.digests[name] = digest.hexdigest()


def _pack(url: str, packer: _Packer, files: Path, program: str, now: datetime, key: bytes | None) -> Manifest:
    rows = {}
    with snapshot(url) as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise OperatorError(NOTHING_THERE)
        for table in tables(connection):
            rows[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
            packer.add(_member(table.name), lines(connection, table))
    for path in sorted(files.glob("??/*")):  # whatever a row names was on disk before the row was written
        name = f"files/{path.parent.name}/{path.name}"
        if _FILE.fullmatch(name):
            packer.add(name, _chunks(path))
    if key is not None:
        packer.add(KEY, iter([key]))
    manifest = Manifest(program, revision, now.isoformat(), rows, packer.digests)
    packer.archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
    return manifest


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_BYTES_AT_ONCE):
            yield chunk


def read_manifest(path: Path) -> Manifest:
    """Read an archive through and return its manifest. Raises BackupUnusable where anything in it is not as told."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            if manifest.format != FORMAT:
                raise BackupUnusable(f"định dạng {manifest.format} không phải của bản nhacviec này")
            names = set(archive.namelist()) - {MANIFEST}
            if names != set(manifest.digests) or {_member(name) for name in manifest.rows} - names:
                raise BackupUnusable("thiếu hoặc thừa phần so với bản kê")
            for name, digest in manifest.digests.items():
                if _digest(archive, name) != digest:
                    raise BackupUnusable(f"phần {name} đã bị sửa hoặc hỏng")
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, OSError) as error:
        raise BackupUnusable(f"không đọc được: {type(error).__name__}") from None
    return manifest


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while chunk := member.read(_BYTES_AT_ONCE):
            digest.update(chunk)
    return digest.hexdigest()


def key_of(path: Path) -> bytes:
    """Return the key that an archive holds."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(KEY)


def restore(url: str, path: Path, manifest: Manifest, files: Path, finish: Callable[[Connection], T]) -> T:
    """Put an archive into an empty office and bring it to this program's revision, all or nothing.

    `finish` is called before the commit and may refuse by raising. Raises OfficeNotEmpty, StorageNewer,
    StorageUnavailable, BackupUnusable.
    """
    with zipfile.ZipFile(path) as archive, plain_engine(url) as engine, engine.begin() as connection:
        _clear(connection)
        upgrade(connection, manifest.revision)
        for table in tables(connection):
            if table.name in manifest.rows:
                with archive.open(_member(table.name)) as member:
                    load(connection, table, member)
        _check_counts(connection, manifest)
        _go_on_counting(connection)
        upgrade(connection, "head")
        result = finish(connection)
        _unpack_files(archive, manifest, files)
        return result


def _clear(connection: Connection) -> None:
    """Take away what the program itself has written. Raises OfficeNotEmpty where there is more."""
    found = tables(connection)
    for table in found:
        if table.name not in SEEDED and connection.execute(select(exists(select(table)))).scalar():
            raise OfficeNotEmpty()
    if connection.dialect.name == "sqlite":
        for index in (PUBLIC, SEARCH):
            connection.execute(text(f"DROP TABLE IF EXISTS {index}"))
    for table in reversed(found):
        table.drop(connection)
    connection.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE}"))


def _check_counts(connection: Connection, manifest: Manifest) -> None:
    there = {table.name: table for table in tables(connection)}
    for name, count in manifest.rows.items():
        if name not in there:
            raise BackupUnusable(f"bảng {name} không có ở phiên bản {manifest.revision}")
        if connection.execute(select(func.count()).select_from(there[name])).scalar_one() != count:
            raise BackupUnusable(f"bảng {name} không đủ số dòng")


def _go_on_counting(connection: Connection) -> None:
    """Let PostgreSQL's sequences go on behind the rows that were put in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in tables(connection):
        if "id" not in table.columns:
            continue
        sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar()
        if sequence is not None:
            last = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, last, False)))


def _unpack_files(archive: zipfile.ZipFile, manifest: Manifest, files: Path) -> None:
    """Put the files that people sent to their places; they are named by what they hold, so none is overwritten."""
    for name, digest in manifest.digests.items():
        found = _FILE.fullmatch(name)
        if found is None:
            continue
        if found.group(1) != digest:
            raise BackupUnusable(f"phần {name} không mang đúng tên")
        place = files / digest[:2] / digest
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f"new-{digest}")
            fresh.write_bytes(archive.read(name))
            fresh.replace(place)
