"""The office as a process of its own, for drills: `python -m tests.run_office`, with the product's settings.

With arguments it is one of the product's commands, at the drill's business time.

It is put together by `app.wiring` and run by `app.run.serve`, as `nhacviec run` does; a few things are different,
and all are told by variables that the product never reads:

OFFICE_CLOCK   "<ISO moment> <seconds since 1970> <speed>": business time was that moment when the machine's clock
               stood there, and runs `speed` times as fast, so that every process of one drill agrees about it.
OFFICE_LEAP    a file that holds the seconds by which that clock stands wrong; it may be written anew at any moment.
OFFICE_END     a `Point`: the process ends itself by SIGKILL there, as if somebody had killed it exactly then.
OFFICE_WAITS   "silence=1.5 lock=0.5 sweep=1": other seconds than the product's own for its patience with a provider
               that is silent and with a locked SQLite file, and between two sweeps.
"""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Never, Self, TypeVar

from sqlalchemy import Engine, event, func, select
from sqlalchemy.exc import SQLAlchemyError

from app import logs
from app.cli import main
from app.commands import console
from app.connections.base import Ground
from app.connections.telegram import by
from app.run import serve
from app.settings import Settings, read, secret
from app.wiring import Office, build, open_store
from channels.base import ChannelError
from channels.telegram import TelegramChannel
from channels.telegram_transport import AiohttpTransport
from domain.delivery import Outcome, Reason, Refused, State
from domain.outgoing import Message
from scheduler.sweep import sweep
from storage.database import Database, Unit, Work
from storage.inbox import DONE
from storage.schema import inbox, outbox

_T = TypeVar("_T")

CLOCK = "OFFICE_CLOCK"
LEAP = "OFFICE_LEAP"
END = "OFFICE_END"
WAITS = "OFFICE_WAITS"


class Point(StrEnum):
    """Where a process can be made to end."""

    SAVED = "saved"  # a batch of updates is committed, nothing of it is handled
    HANDLING = "handling"  # the first update is handled, its unit is not committed
    HANDLED = "handled"  # the first update is handled and its unit is committed, the answer has not left
    CLAIMED = "claimed"  # the first message is claimed and committed, its request has not left
    ACCEPTED = "accepted"  # the provider has answered the first message, nothing is recorded
    RECORDED = "recorded"  # the first message is recorded as sent


def die() -> Never:
    """End this process at once, with nothing put in order."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody outlives SIGKILL")


class RunningClock:
    """Business time that runs by itself from a told moment."""

    def __init__(self, told: str, leap: str | None = None) -> None:
        moment, origin, speed = told.split()
        self._moment = datetime.fromisoformat(moment)
        self._origin = float(origin)
        self._speed = float(speed)
        self._leap = Path(leap) if leap else None

    def __call__(self) -> datetime:
        wrong = float(self._leap.read_text()) if self._leap else 0.0
        return self._moment + timedelta(seconds=(time.time() - self._origin) * self._speed + wrong)


@dataclass(frozen=True, slots=True)
class Waits:
    """Other seconds than the product's own; None leaves them as they are."""

    silence: float | None = None
    lock: float | None = None
    sweep: float | None = None

    @classmethod
    def read(cls, told: str) -> Self:
        return cls(**{name: float(seconds) for name, seconds in (pair.split("=") for pair in told.split())})


class DrilledChannel(TelegramChannel):
    """Telegram with a patience of its own, and the end of the process at one point of its work."""

    def __init__(self, settings: Settings, end: Point | None, silence: float | None) -> None:
        token = secret(settings.telegram_token)
        transport = AiohttpTransport(token, read=silence) if silence else None
        super().__init__(token, settings.telegram_api_url, transport=transport)
        self._end = end

    async def send(self, chat: str, message: Message) -> Outcome:
        if self._end is Point.CLAIMED:
            die()
        outcome = await super().send(chat, message)
        if self._end is Point.ACCEPTED:
            die()
        return outcome

    async def acknowledge(self, update: dict[str, Any]) -> None:
        if self._end is Point.SAVED:
            die()
        await super().acknowledge(update)


class EndingDatabase:
    """A database whose process ends before, or right after, the commit of its first unit that did something."""

    def __init__(self, inner: Database, end: Point) -> None:
        self._inner = inner
        self._end = end
        self._before = inner.run_now(self._done)
        self.url = inner.url

    async def run(self, work: Work[_T]) -> _T:
        value, reached = await self._inner.run(lambda unit: (work(unit), self._reached(unit)))
        if reached:
            die()
        return value

    def _reached(self, unit: Unit) -> bool:
        """Whether something has been done; ends the process here where that is to happen before the commit."""
        reached = self._done(unit) > self._before
        if reached and self._end is Point.HANDLING:
            die()
        return reached

    def _done(self, unit: Unit) -> int:
        rows = outbox.c.state == State.SENT if self._end is Point.RECORDED else inbox.c.state == DONE
        return unit.conn.execute(select(func.count()).where(rows)).scalar_one()

    async def read(self, work: Work[_T]) -> _T:
        return await self._inner.read(work)

    def run_now(self, work: Work[_T]) -> _T:
        return self._inner.run_now(work)

    def close(self) -> None:
        self._inner.close()


def drilled(office: Office, end: Point | None, silence: float | None) -> Office:
    """Return the office with its Telegram account drilled."""
    if not office.connections:
        return office
    channel = DrilledChannel(office.settings, end, silence)
    accounts = dict(office.deliverer.accounts)
    accounts[channel.name] = replace(accounts[channel.name], channel=channel)
    office.deliverer.accounts = accounts
    ground = Ground(office.db, office.clock, office.timer, nothing_kept)
    return replace(office, connections=(by(channel, office.settings, ground),))


def nothing_kept(digest: str) -> bytes:
    """No file goes out in a drill."""
    raise ChannelError(Refused(Reason.BROKEN, f"no such file: {digest}"))


async def _run() -> None:
    settings = read(os.environ)
    logs.set_up("text")
    clock = RunningClock(os.environ[CLOCK], os.environ.get(LEAP))
    waits = Waits.read(os.environ.get(WAITS, ""))
    end = Point(os.environ[END]) if END in os.environ else None
    if waits.lock is not None:
        patience = f"PRAGMA busy_timeout={int(waits.lock * 1000)}"
        event.listen(Engine, "connect", lambda connection, _record: connection.execute(patience))
    database: Database = await asyncio.to_thread(open_store, settings, clock)
    if end in {Point.HANDLING, Point.HANDLED, Point.RECORDED}:
        database = EndingDatabase(database, end)
    office = drilled(build(settings, database, clock=clock), end, waits.silence)
    sweeping: list[asyncio.Task[None]] = []

    def ready(port: int) -> None:
        sys.stdout.write(f"running: http://127.0.0.1:{port}\n")
        sys.stdout.flush()
        if waits.sweep is not None:
            sweeping.append(asyncio.create_task(_sweep_often(office, waits.sweep)))

    try:
        await serve(office, settings.host, settings.port, ready)
    finally:
        for task in sweeping:
            task.cancel()


async def _sweep_often(office: Office, seconds: float) -> None:
    """Sweep more often than the product's ticks do; like them, go on after a failure."""
    while True:
        await asyncio.sleep(seconds)
        with suppress(SQLAlchemyError):
            await office.db.run(lambda unit: sweep(unit, office.clock()))
            office.deliverer.awake.set()


def start(arguments: Sequence[str]) -> None:
    """Run the office, or with arguments one of the product's commands, until it ends."""
    if not arguments:
        asyncio.run(_run())
        return
    console.now = RunningClock(os.environ[CLOCK], os.environ.get(LEAP))
    main(arguments)


if __name__ == "__main__":
    start(sys.argv[1:])
