"""nhacviec backup, restore: the whole office as one file, and back into an empty one without saying anything twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from actions import restoring
from actions.restoring import Presumed
from app.commands import console
from app.settings import Settings, secret
from app.wiring import check_key, prepare_folder, seed, vault, write_once
from domain.errors import ActRefused, OperatorError
from domain.local import local
from scheduler.sweep import sweep, upkeep
from storage import backup as archives
from storage.backup import Manifest
from storage.database import Unit, open_database
from storage.locks import lock

File = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sao lưu.")]


def backup(
    file: File,
    with_key: Annotated[bool, typer.Option("--with-key", help="Kèm cả khoá mã hoá dữ liệu cá nhân.")] = False,
) -> None:
    """Write the whole office to one file while it may be running."""
    settings = console.settings()
    if file.exists():
        raise ActRefused(f"Tệp {file} đã có. Đặt tên khác để không ghi đè bản sao lưu cũ.")
    key = _key(settings) if with_key else None
    made = archives.back_up(
        settings.url, file, _files(settings), program=version("nhacviec"), now=console.now(), key=key
    )
    console.say(f"Đã sao lưu vào {file}: {_size(made)}.")
    console.say(WITH_KEY if with_key else f"{WITHOUT_KEY} {_where(settings)}.")


WITH_KEY = (
    "Bản sao lưu có kèm khoá mã hoá: ai giữ tệp này đọc được dữ liệu cá nhân. Cất ở nơi an toàn như cất chính dữ liệu."
)
WITHOUT_KEY = (
    "Bản sao lưu KHÔNG kèm khoá mã hoá dữ liệu cá nhân; không có khoá thì không khôi phục được. Cất riêng khoá ở"
)


def _where(settings: Settings) -> str:
    return "NHACVIEC_SECRET_KEY" if settings.secret_key else f"tệp {_key_path(settings)}"


def _key_path(settings: Settings) -> Path:
    return settings.data_dir.absolute() / archives.KEY


def _key(settings: Settings) -> bytes:
    given = secret(settings.secret_key)
    if given:
        return given.encode()
    path = _key_path(settings)
    if not path.is_file():
        raise OperatorError(f"Không thấy khoá mã hoá ở {path}. Kiểm tra NHACVIEC_DATA_DIR rồi chạy lại.")
    return path.read_bytes().strip()


def _files(settings: Settings) -> Path:
    return settings.data_dir / "files"


def _size(made: Manifest) -> str:
    rows = sum(made.rows.values())
    return f"{rows} dòng của {len(made.rows)} bảng, {made.files} tệp, phiên bản {made.revision}"


def restore(file: File) -> None:
    """Put a backup into an empty office; what was promised when it was made is presumed said."""
    settings = console.settings()
    if not file.is_file():
        raise ActRefused(f"Không có tệp {file}.")
    manifest = archives.read_manifest(file)
    prepare_folder(settings)
    with _key_at_hand(settings, file, manifest):
        keys = vault(settings)
        database = open_database(settings.url, keys)
        turn = lock(database, settings.data_dir, "sender")
        try:
            if not turn.acquire():
                raise ActRefused("Chương trình nhacviec đang chạy trên dữ liệu này. Dừng chương trình rồi chạy lại.")
            now = console.now()

            def finish(connection: Connection) -> Presumed:
                return _finish(Unit(connection, keys), settings, manifest, now)

            found = archives.restore(settings.url, file, manifest, _files(settings), finish)
        finally:
            turn.release()
            database.close()
    _report(manifest, found)


def _finish(unit: Unit, settings: Settings, manifest: Manifest, now: datetime) -> Presumed:
    check_key(unit, now)
    seed(unit, settings, now)
    return restoring.presume_said(unit, manifest.moment, upkeep, sweep, now)


@contextmanager
def _key_at_hand(settings: Settings, file: Path, manifest: Manifest) -> Iterator[None]:
    """Take the key out of the archive where none is set up here; it goes again where the restore fails."""
    path = _key_path(settings)
    if settings.secret_key or path.exists():
        yield
        return
    if not manifest.has_key:
        raise ActRefused(
            f"Bản sao lưu không kèm khoá mã hoá. Chép tệp khoá cũ vào {path} hoặc đặt NHACVIEC_SECRET_KEY rồi chạy lại."
        )
    write_once(path, archives.key_of(file))
    try:
        yield
    except BaseException:
        path.unlink()
        raise


def _report(manifest: Manifest, found: Presumed) -> None:
    console.say(f"Đã khôi phục bản sao lưu lúc {local(manifest.moment):%H:%M %d/%m/%Y}: {_size(manifest)}.")
    console.say(
        f"Coi như đã gửi và không gửi lại: {found.messages} tin trong hộp gửi, {found.notices} lượt báo, "
        f"{found.moments} lần nhắc đến hạn từ lúc sao lưu. Xem: nhacviec outbox list."
    )
    if found.updates:
        console.say(f"{found.updates} tin của người dùng chưa xử lý lúc sao lưu được xếp lại, không trả lời.")
    console.say("Lịch nhắc từ nay về sau vẫn như cũ. Cán bộ Văn phòng được báo một dòng về lần khôi phục này.")
