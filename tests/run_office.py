"""The office as a process of its own, for drills: `python -m tests.run_office`, with the product's settings.

It is put together by `app.wiring` and run by `app.run.serve`, as `nhacviec run` does; two things are different,
and both are told by variables that the product never reads:

OFFICE_CLOCK   "<ISO moment> <seconds since 1970> <speed>": business time was that moment when the machine's clock
               stood there, and runs `speed` times as fast, so that every process of one drill agrees about it.
OFFICE_END     a `Point`: the process ends itself by SIGKILL there, as if somebody had killed it exactly then.
"""

import asyncio
import os
import signal
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Never, TypeVar

from sqlalchemy import select

from app import logs
from app.run import serve
from app.settings import Settings, read, secret
from app.wiring import Office, build, open_store
from channels.telegram import TelegramChannel
from domain.delivery import Outcome
from domain.outgoing import Message
from storage.database import Database, Unit, Work
from storage.inbox import DONE
from storage.schema import inbox

_T = TypeVar("_T")

CLOCK = "OFFICE_CLOCK"
END = "OFFICE_END"


class Point(StrEnum):
    """Where a process can be made to end."""

    SAVED = "saved"  # a batch of updates is committed, nothing of it is handled
    HANDLING = "handling"  # the first update is handled, its unit is not committed
    CLAIMED = "claimed"  # the first message is claimed and committed, its request has not left
    ACCEPTED = "accepted"  # the provider has answered the first message, nothing is recorded


def die() -> Never:
    """End this process at once, with nothing put in order."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody outlives SIGKILL")


class RunningClock:
    """Business time that runs by itself from a told moment."""

    def __init__(self, told: str) -> None:
        moment, origin, speed = told.split()
        self._moment = datetime.fromisoformat(moment)
        self._origin = float(origin)
        self._speed = float(speed)

    def __call__(self) -> datetime:
        return self._moment + timedelta(seconds=(time.time() - self._origin) * self._speed)


class EndingChannel(TelegramChannel):
    """Telegram, and the end of the process at one point of its work."""

    def __init__(self, settings: Settings, end: Point) -> None:
        super().__init__(secret(settings.telegram_token), settings.telegram_api_url)
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
    """A database whose process ends before the first unit that handled an update is committed."""

    def __init__(self, inner: Database) -> None:
        self._inner = inner
        self.url = inner.url

    async def run(self, work: Work[_T]) -> _T:
        return await self._inner.run(lambda unit: _ending(unit, work))

    async def read(self, work: Work[_T]) -> _T:
        return await self._inner.read(work)

    def run_now(self, work: Work[_T]) -> _T:
        return self._inner.run_now(work)

    def close(self) -> None:
        self._inner.close()


def _ending(unit: Unit, work: Work[_T]) -> _T:
    value = work(unit)
    if unit.conn.execute(select(inbox.c.id).where(inbox.c.state == DONE)).first() is not None:
        die()
    return value


def armed(office: Office, end: Point | None) -> Office:
    """Return the office with its Telegram account ending at the point."""
    if end is None or office.telegram is None:
        return office
    channel = EndingChannel(office.settings, end)
    accounts = dict(office.deliverer.accounts)
    accounts[channel.name] = replace(accounts[channel.name], channel=channel)
    office.deliverer.accounts = accounts
    return replace(office, telegram=channel)


async def _run() -> None:
    settings = read(os.environ)
    logs.set_up("text")
    clock = RunningClock(os.environ[CLOCK])
    told = os.environ.get(END)
    end = Point(told) if told else None
    database = await asyncio.to_thread(open_store, settings, clock)
    kept: Database = EndingDatabase(database) if end is Point.HANDLING else database
    await serve(armed(build(settings, kept, clock=clock), end), settings.host, settings.port, _ready)


def _ready(port: int) -> None:
    sys.stdout.write(f"running: http://127.0.0.1:{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(_run())
