"""Building the office from its settings: nothing is global, tests and the demo build their own."""

import asyncio
import errno
import math
import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from actions import calendar as calendar_actions
from actions import catchup, confirming, detours, links, preferences, previews
from app.calendar_corrections import LAST_ANNOUNCED_YEAR
from app.calendar_seed import culture_changes, has_culture_day, missing_days
from app.connections import connect
from app.connections.base import Connection, Ground
from app.correspondence import Correspondence
from app.guessing import nearest_name, text_likeness
from app.reading import read_sent
from app.settings import Settings, secret
from app.settings_checks import listed
from app.timing import Clock, SystemTimer, system_clock
from bot.citizens.file_reader import CaseFileReader
from bot.evidence_reader import EvidenceReader
from bot.intake import Fetch, IntakeReader
from bot.worker import Parser, Worker
from channels.base import Provider
from channels.files import FileKeeper
from channels.pacing import Limits, Pacer
from channels.webchat import WebChat
from documents.letters import read as read_letter
from domain.errors import SettingWrong, StorageUnavailable, VaultKeyWrong
from domain.incoming import Incoming
from domain.timing import Timer
from scheduler.deliver import Account, Deliverer
from storage import calendars, offices
from storage.database import Database, Unit, open_database
from storage.upgrade import begun, migrate
from storage.vault import SALT, Vault

FREE = Limits(per_second=math.inf, chat_gap=0.0, group_count=100_000)
"""The pace of a channel that has no provider."""

YEARS_BACK, YEARS_AHEAD = 5, 1


@dataclass(frozen=True, slots=True)
class Office:
    """The assembled parts of one office."""

    settings: Settings
    db: Database
    clock: Clock
    timer: Timer
    webchat: WebChat
    connections: tuple[Connection, ...]
    worker: Worker
    intake: IntakeReader
    evidence: EvidenceReader
    case_files: CaseFileReader
    deliverer: Deliverer

    async def close(self) -> None:
        """Let go of the network and the database."""
        await self.webchat.close()
        for connection in self.connections:
            await connection.channel.close()
        await asyncio.to_thread(self.db.close)


def prepare_folder(settings: Settings) -> Path:
    """Make the data folder where it is missing. Raises StorageUnavailable."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        settings.data_dir.stat()
    except OSError as error:
        raise StorageUnavailable(_folder_trouble(settings.data_dir, error)) from None
    if not os.access(settings.data_dir, os.W_OK | os.X_OK):
        raise StorageUnavailable(f"không có quyền ghi vào thư mục {settings.data_dir}")
    return settings.data_dir


def _folder_trouble(folder: Path, error: OSError) -> str:
    said = _TROUBLES.get(error.errno or 0, "không tạo được thư mục")
    return f"{said} {folder}"


_TROUBLES = {
    errno.EEXIST: "đây không phải thư mục:",
    errno.ENOTDIR: "đây không phải thư mục:",
    errno.EACCES: "không có quyền ghi vào thư mục",
    errno.EPERM: "không có quyền ghi vào thư mục",
    errno.EROFS: "ổ đĩa chỉ cho đọc, không ghi được vào thư mục",
    errno.ENOSPC: "ổ đĩa đã đầy, không tạo được thư mục",
}


def vault(settings: Settings) -> Vault:
    """Return the vault with the office's keys, newest first; the first start makes a key in the data folder."""
    given = secret(settings.secret_key)
    if given:
        try:
            return Vault([part.strip().encode() for part in given.split(",")])
        except ValueError:
            raise SettingWrong("NHACVIEC_SECRET_KEY", "cần khoá Fernet (32 byte, base64).") from None
    path = prepare_folder(settings) / "secret.key"
    try:
        sealed = _has_data(settings)  # asked first: whoever makes the database has made its key before
        if not path.exists():
            if sealed and begun(settings.url):
                raise SettingWrong("NHACVIEC_SECRET_KEY", f"{_KEY_LOST} Chép lại tệp {path} từ bản sao lưu.")
            write_once(path, Vault.new_key())
        return Vault([part.strip() for part in path.read_bytes().split(b",")])
    except (OSError, ValueError):
        raise SettingWrong("NHACVIEC_SECRET_KEY", f"tệp khoá {path} không đọc được.") from None


_KEY_LOST = "không còn khoá, mà cơ sở dữ liệu có dữ liệu mã hoá bằng khoá ấy."


def _has_data(settings: Settings) -> bool:
    """Whether the SQLite database has been written to."""
    url = make_url(settings.url)
    if url.get_backend_name() != "sqlite":
        return False
    file = Path(url.database or "")
    return file.is_file() and file.stat().st_size > 0


def write_once(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads; whoever is second keeps the first one's."""
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def shelf(settings: Settings) -> FileKeeper:
    """Return the folder of the office's files, under their digests."""
    return FileKeeper(settings.data_dir / "files")


def open_store(settings: Settings, clock: Clock = system_clock) -> Database:
    """Open the office's database, created or upgraded first, with a work calendar in it.

    Raises StorageUnavailable, StorageNewer, SettingWrong, VaultKeyWrong.
    """
    prepare_folder(settings)
    keys = vault(settings)
    migrate(settings.url)
    database = open_database(settings.url, keys, shelf(settings))
    try:
        database.run_now(lambda unit: _furnish(unit, settings, clock()))
    except BaseException:
        database.close()
        raise
    return database


_KEY_MARK = "key_mark"


def _furnish(unit: Unit, settings: Settings, now: datetime) -> None:
    """Refuse another key than the database was begun with, then write what an office needs. Raises VaultKeyWrong."""
    check_key(unit, now)
    seed(unit, settings, now)


def check_key(unit: Unit, now: datetime) -> None:
    """Refuse another key than the database was begun with; the first one is noted. Raises VaultKeyWrong."""
    salt = offices.setting(unit, SALT)
    if salt is not None:
        unit.vault.adopt(salt)
    mark = unit.vault.digest(_KEY_MARK)
    known = offices.setting(unit, _KEY_MARK)
    if known is None:
        offices.set_setting(unit, _KEY_MARK, mark, now)
    elif known != mark:
        raise VaultKeyWrong()
    if salt is None:
        offices.set_setting(unit, SALT, unit.vault.salt, now)


def seed(unit: Unit, settings: Settings, now: datetime) -> None:
    """Write what an office needs: the calendar of the years around now, and what the settings say of it."""
    _fill_calendar(unit, settings, now)
    given = {
        "province_code": settings.province_code,
        "hotline": settings.hotline,
        previews.SETTING: settings.preview,
        confirming.SETTING: settings.auto_confirm_days,
        catchup.BURST_CAP: settings.burst_cap,
        detours.FALLBACK_HOURS: settings.fallback_hours,
        links.LIFE_SETTING: settings.link_days,
        links.UPLOAD_SETTING: settings.upload_hours,
        preferences.BRIEF_CHANNELS: listed(settings.brief_channels),
        calendars.ANNOUNCED: LAST_ANNOUNCED_YEAR,
    }
    for key, value in given.items():
        if offices.setting(unit, key) != value:
            offices.set_setting(unit, key, value, now)


def _fill_calendar(unit: Unit, settings: Settings, now: datetime) -> None:
    """Enter the years that are missing, and follow the switch for 24/11 where it was turned.

    A command run without the setting says nothing about the switch: it stays as it was.
    """
    calendar = calendars.in_force(unit)
    kept = offices.setting(unit, calendars.CULTURE_DAY)
    before = has_culture_day(calendar) if kept is None else bool(kept)
    off = before if settings.culture_day_off is None else settings.culture_day_off
    if off != before:
        calendar_actions.fill(unit, culture_changes(calendar, off=off), "cấu hình NHACVIEC_CULTURE_DAY_OFF", now)
    years = range(now.year - YEARS_BACK, now.year + YEARS_AHEAD + 1)
    missing = missing_days(calendar, years, culture_day_off=off)
    if missing:
        calendar_actions.fill(unit, missing, "gói holidays và bảng hiệu chỉnh kèm chương trình", now)
    if kept != off:
        offices.set_setting(unit, calendars.CULTURE_DAY, off, now)


def build(settings: Settings, database: Database, *, clock: Clock = system_clock, timer: Timer | None = None) -> Office:
    """Assemble an office on an open database."""
    seconds = timer or SystemTimer()
    files = shelf(settings)
    webchat = WebChat(clock, files)
    connections = connect(settings, Ground(database, clock, seconds, lambda digest: files.read(digest, LARGEST_FILE)))
    accounts = {webchat.name: Account(webchat, Pacer(seconds, FREE))}
    parsers: dict[str, Parser] = {webchat.name: webchat.parse}
    fetchers: dict[str, Fetch] = {webchat.name: files.first(webchat.fetch)}
    for one in connections:
        letters = Correspondence(files) if one.channel.can.encloses else None
        accounts[one.channel.name] = Account(one.channel, Pacer(seconds, one.limits), one.is_group, letters)
        if one.source is not None:
            parsers[one.channel.name] = _parser(one.source)
            fetchers[one.channel.name] = files.first(one.source.fetch)
    deliverer = Deliverer(database, clock, seconds, accounts, f"{os.getpid()}-{secrets.token_hex(4)}")
    can = {name: account.channel.can for name, account in accounts.items()}
    intake = IntakeReader(database, clock, fetchers, read_sent, nearest_name, can, deliverer.awake.set)

    evidence = EvidenceReader(
        database, clock, fetchers, read_letter, partial(files.keep, limit=LARGEST_FILE), can, deliverer.awake.set
    )

    case_files = CaseFileReader(
        database, clock, fetchers, partial(files.keep, limit=LARGEST_FILE), can, deliverer.awake.set
    )

    def filed() -> None:
        intake.awake.set()
        evidence.awake.set()
        case_files.awake.set()

    worker = Worker(database, clock, parsers, can, deliverer.awake.set, filed, text_likeness)
    return Office(
        settings, database, clock, seconds, webchat, connections, worker, intake, evidence, case_files, deliverer
    )


LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of the largest file that goes out by any channel."""


def _parser(source: Provider) -> Parser:
    def parse(_chat: str, _key: str, payload: dict[str, Any]) -> Incoming | None:
        return source.parse(payload)

    return parse
