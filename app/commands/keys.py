"""nhacviec key: the key that seals personal values, changed for a new one."""

from functools import partial
from pathlib import Path

import typer

from app.commands import console
from app.settings import Settings, secret
from app.wiring import check_key, prepare_folder, vault, write_once
from domain.errors import ActRefused, OperatorError
from storage import audit, sealed
from storage.database import Database, open_database
from storage.locks import lock
from storage.upgrade import migrate
from storage.vault import Vault

app = typer.Typer(help="Khoá mã hoá dữ liệu cá nhân.")

_RUNNING = "Chương trình nhacviec đang chạy trên dữ liệu này. Dừng mọi tiến trình rồi chạy lại."
_ONE_KEY = (
    "NHACVIEC_SECRET_KEY mới có một khoá. Đặt “khoá mới,khoá cũ” (khoá mới đứng trước), "
    "chạy lại lệnh này, rồi bỏ khoá cũ. Tạo khoá mới: nhacviec key new."
)


@app.command("new", help="In một khoá mới, chưa dùng vào đâu.")
def new() -> None:
    """Print a fresh key."""
    typer.echo(Vault.new_key().decode())


@app.command("rotate", help="Mã hoá lại mọi dữ liệu cá nhân bằng khoá mới; dừng giữa chừng thì chạy lại để tiếp tục.")
def rotate() -> None:
    """Seal everything under the newest key. A rotation that ended half way goes on when it is asked for again."""
    settings = console.settings()
    prepare_folder(settings)
    path = None if settings.secret_key else settings.data_dir / "secret.key"
    if path is None:
        if "," not in secret(settings.secret_key):
            raise ActRefused(_ONE_KEY)
    elif not path.is_file():
        raise OperatorError(f"Không thấy khoá mã hoá ở {path}. Kiểm tra NHACVIEC_DATA_DIR rồi chạy lại.")
    migrate(settings.url)
    database = open_database(settings.url, vault(settings))
    turn = lock(database, settings.data_dir, "sender")
    try:
        if not turn.acquire():
            raise ActRefused(_RUNNING)
        changed = _under_new_key(database, settings, path)
    finally:
        turn.release()
        database.close()
    console.say(f"Đã mã hoá lại {changed} giá trị bằng khoá mới.")
    console.say(
        "Bỏ khoá cũ khỏi NHACVIEC_SECRET_KEY." if path is None else f"Khoá mới ở tệp {path}; khoá cũ không còn dùng."
    )
    console.say("Bản sao lưu làm trước đây vẫn cần khoá cũ: cất khoá cũ ở nơi an toàn cho đến khi xoá các bản ấy.")


def _under_new_key(database: Database, settings: Settings, path: Path | None) -> int:
    """Add a new key to the file where it holds one, seal everything under it, and leave it alone in the file."""
    now = console.now()
    database.run_now(lambda unit: check_key(unit, now))
    if path is not None and b"," not in path.read_bytes():
        _replace(path, Vault.new_key() + b"," + path.read_bytes().strip())
    fresh = open_database(settings.url, vault(settings))
    try:
        fresh.run_now(lambda unit: check_key(unit, now))
        changed = sum(_resealed(fresh, place) for place in sealed.PLACES)
        fresh.run_now(sealed.reseal_salt)
        fresh.run_now(lambda unit: audit.record(unit, "rotate_key", "key", 0, now, actor=audit.OPERATOR))
    finally:
        fresh.close()
    if path is not None:
        _replace(path, path.read_bytes().split(b",")[0].strip())
    return changed


def _resealed(database: Database, place: sealed.Place) -> int:
    """Seal one column anew, a batch a unit: what is done stays done."""
    changed, after = 0, None
    while rows := database.run_now(partial(sealed.batch, place=place, after=after)):
        changed += database.run_now(partial(sealed.reseal, place=place, rows=rows))
        after = tuple(getattr(rows[-1], column.name) for column in place.keys)
    return changed


def _replace(path: Path, content: bytes) -> None:
    """Write the key's file anew, whole or not at all."""
    beside = path.with_suffix(".next")
    beside.unlink(missing_ok=True)
    write_once(beside, content)
    beside.replace(path)
