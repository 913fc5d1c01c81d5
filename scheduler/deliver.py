"""Delivery: claim only what may start now, commit, send, record. No transaction stands open over the network."""

import asyncio
import math
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions import outbox
from channels.base import Channel
from channels.pacing import Lane, Pacer, Waiting
from domain.delivery import Delivered, Outcome, Reason, Refused
from domain.timing import Timer
from storage.views import AnyRow, Database, Unit, office

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

LOOKED_AT = 200
"""So many waiting rows are looked at for one that may start now."""

PATIENCE = 1.0
"""Seconds after which the outbox is looked at even if nobody woke us."""


@dataclass(frozen=True, slots=True)
class Account:
    """One channel with the pacing of its account."""

    channel: Channel
    pacer: Pacer
    is_group: Callable[[str], bool] = lambda _chat: False


@dataclass(slots=True)
class Deliverer:
    """The one active sender of its accounts; `owner` names it, so that what a dead one left can be told apart."""

    db: Database
    clock: Callable[[], datetime]
    timer: Timer
    accounts: Mapping[str, Account]
    owner: str
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    _sending: set[asyncio.Task[Any]] = field(default_factory=set)
    _broken: BaseException | None = None

    async def adopt(self) -> int:
        """Settle what an earlier sender had claimed and not recorded; call once, holding the accounts' lock."""
        names = list(self.accounts)
        return await self.db.run(lambda unit: outbox.adopt_orphans(unit, names, self.owner, self.clock()))

    async def run(self) -> None:
        """Deliver until cancelled, then finish what is in flight.

        Raises what kept an ending from being recorded: the next sender adopts such a row, this one must not go on.
        """
        try:
            while self._broken is None:
                self.awake.clear()
                wait = await self.step()
                if wait > 0:
                    await self._rest(wait)
            raise self._broken
        finally:
            await self.finish()

    async def finish(self) -> None:
        """Wait for the sends in flight to end and be recorded."""
        while self._sending:
            await asyncio.gather(*self._sending, return_exceptions=True)

    async def _rest(self, seconds: float) -> None:
        waker = asyncio.create_task(self.awake.wait())
        sleeper = asyncio.create_task(self.timer.sleep(seconds))
        try:
            await asyncio.wait({waker, sleeper}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waker.cancel()
            sleeper.cancel()

    async def drain(self) -> int:
        """Send everything that may leave at this business moment; return how many. For demo and rehearsal."""
        sent = 0
        while True:
            rows = await self._candidates()
            if not rows:
                return sent
            for row in {row.chat: row for row in reversed(rows)}.values():
                sent += await self._start(row)
            await self.finish()

    async def idle(self) -> None:
        """Wait, beside a running `run`, until nothing may leave at this business moment."""
        while self._sending or await self._candidates():
            self.awake.set()
            await self.timer.sleep(0.01)

    async def step(self) -> float:
        """Start every send that may start now; return the seconds until the next may, at most `PATIENCE`."""
        rows = await self._candidates()
        wait = PATIENCE
        for name, account in self.accounts.items():
            mine = [row for row in rows if row.channel == name]
            wait = min(wait, await self._start_ready(account, mine))
        return wait

    async def _candidates(self) -> Sequence[AnyRow]:
        names = list(self.accounts)

        def ask(unit: Unit) -> Sequence[AnyRow]:
            now = self.clock()
            open_now = office.etiquette(unit).open_now(now)
            each = (outbox.candidates(unit, [one], now, LOOKED_AT, unsolicited=open_now) for one in names)
            return [row for rows in each for row in rows]  # a channel that stands still keeps no other from view

        return await self.db.read(ask)

    async def _start_ready(self, account: Account, rows: Sequence[AnyRow]) -> float:
        """Start what may start now; return the seconds until the next of the others may."""
        left = list(rows)
        while left:
            waiting = [Waiting(row.chat, account.is_group(row.chat), _lane(row)) for row in left]
            at = account.pacer.first_ready(waiting)
            if at is None:
                until = account.pacer.next_at(waiting) - self.timer.monotonic()
                return max(0.001, until) if math.isfinite(until) else PATIENCE
            await self._start(left.pop(at))
        return 0.0 if len(rows) == LOOKED_AT else PATIENCE

    async def _start(self, row: AnyRow) -> bool:
        """Claim a row and start its send; who is stopped meanwhile still sends what was claimed (see `finish`)."""
        return await asyncio.shield(self._kept(self._claim(row)))

    def _kept(self, work: Coroutine[Any, Any, _T]) -> "asyncio.Task[_T]":
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[Any]") -> None:
        self._sending.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._broken = task.exception()
            self.awake.set()

    async def _claim(self, row: AnyRow) -> bool:
        account = self.accounts[row.channel]
        can = account.channel.can
        try:
            ready = await self.db.run(lambda unit: outbox.claim(unit, row.id, self.owner, can, self.clock()))
        except SQLAlchemyError:
            raise  # the database fails, not the text: nothing may be given up for that
        except Exception as error:
            log.exception("compose_failed", outbox=row.id)
            name = type(error).__name__
            await self.db.run(lambda unit: outbox.not_composed(unit, row.id, name, self.clock()))
            return False
        if ready is None:
            return False
        account.pacer.started(ready.chat, account.is_group(ready.chat))
        self._kept(self._send(account, ready))
        return True

    async def _send(self, account: Account, ready: outbox.Ready) -> None:
        outcome = await account.channel.send(ready.chat, ready.message)
        _pace(account.pacer, ready.chat, outcome)
        decided = await self.db.run(lambda unit: outbox.record(unit, ready.id, outcome, self.clock()))
        if not isinstance(outcome, Delivered):
            log.warning("send_ended", outbox=ready.id, channel=ready.channel, outcome=repr(outcome), now=decided.state)
        self.awake.set()


def _lane(row: AnyRow) -> Lane:
    return Lane.REPLY if row.lane == Lane.REPLY else Lane.NOTICE


def _pace(pacer: Pacer, chat: str, outcome: Outcome) -> None:
    match outcome:
        case Refused(reason, retry_after=wait):
            pacer.answered(chat, measured=reason is not Reason.UNREACHED)
            if wait is not None:
                pacer.flooded(chat, wait)
        case _:
            pacer.answered(chat, measured=isinstance(outcome, Delivered))
