"""Delivery: claim only what may start now, commit, send, record. No transaction stands open over the network."""

import asyncio
import math
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions import outbox
from channels.base import Channel
from channels.pacing import Pacer, Waiting
from domain.delivery import Delivered, Next, Outcome, Reason, Refused, Unknown, backoff
from domain.letters import Letters
from domain.timing import Timer
from storage.views import AnyRow, Database, Unit, office

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

LOOKED_AT = 1000
"""So many waiting rows of an account are known at a time."""

TOGETHER = 64
"""The most rows claimed in one unit: composing them keeps other units waiting."""

PATIENCE = 1.0
"""Seconds after which the outbox is looked at even if nobody woke us."""

SILENT = 3
"""So many sendings in a row without an answer, and the account is asked whether it answers at all before the next:
in an outage every attempt would be spent on nothing, and what may have arrived is said only once more."""

LONGEST_SILENCE = timedelta(minutes=1)
"""The longest wait between two such questions."""

ACCOUNT_REST = 60.0
"""Seconds for which an account stands still whose provider refuses our token; other accounts go on."""


@dataclass(frozen=True, slots=True)
class Account:
    """One channel with the pacing of its account."""

    channel: Channel
    pacer: Pacer
    is_group: Callable[[str], bool] = lambda _chat: False
    letters: Letters | None = None
    """Writes what goes with each message, where files travel with the text."""


@dataclass(slots=True)
class _Line:
    """What is known to wait for one account, answers first, as rows and as the pacer wants it."""

    rows: list[AnyRow] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    passed: bool = True
    """Whether something of the account was recorded since it was looked at: more may wait by now."""

    def know(self, account: Account, rows: Iterable[AnyRow]) -> None:
        """Keep what a look has found."""
        self.rows = list(rows)
        self.waiting = [Waiting(row.chat, account.is_group(row.chat)) for row in self.rows]
        self.passed = False

    def pop(self, at: int) -> AnyRow:
        """Take one out."""
        del self.waiting[at]
        return self.rows.pop(at)


@dataclass(slots=True)
class Deliverer:
    """The one active sender of its accounts; `owner` names it, so that what a dead one left can be told apart.

    What may start at once is claimed together, and what has ended since the last record is recorded together: many
    messages share a commit, and none waits for another.
    """

    db: Database
    clock: Callable[[], datetime]
    timer: Timer
    accounts: Mapping[str, Account]
    owner: str
    recorded: Callable[[str, str], None] = lambda _channel, _chat: None
    """Called with channel and chat after a message that arrived was recorded."""
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    _freed: asyncio.Event = field(default_factory=asyncio.Event)
    _lines: dict[str, _Line] = field(default_factory=dict)
    _looked_at: float = -math.inf
    _ended: dict[int, tuple[outbox.Ready, Outcome]] = field(default_factory=dict)
    _recording: bool = False
    _sending: set[asyncio.Task[Any]] = field(default_factory=set)
    _broken: BaseException | None = None
    _silent: dict[str, int] = field(default_factory=dict)
    _probes: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)

    async def adopt(self) -> int:
        """Settle what was claimed and not recorded; call it holding the accounts' lock, before `run`, also once more.

        What is known of our own sends is recorded; of all others nobody knows whether they left.
        """
        self._broken = None
        self._lines.clear()
        await self._record()
        names = list(self.accounts)
        return await self.db.run(lambda unit: outbox.adopt_orphans(unit, names, self.clock()))

    async def run(self) -> None:
        """Deliver until cancelled, then finish what is in flight.

        Raises what kept an ending from being recorded: the next sender adopts such a row, this one must not go on.
        """
        try:
            while self._broken is None:
                self._freed.clear()
                wait = await self.step()
                if wait > 0:
                    await self._rest(wait)
            raise self._broken
        finally:
            for probe in self._probes.values():
                probe.cancel()
            await self.finish()

    async def finish(self) -> None:
        """Wait for the sends in flight to end and be recorded."""
        while self._sending:
            await asyncio.gather(*self._sending, return_exceptions=True)

    async def _rest(self, seconds: float) -> None:
        waits = [
            asyncio.create_task(self.awake.wait()),
            asyncio.create_task(self._freed.wait()),
            asyncio.create_task(self.timer.sleep(seconds)),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()

    async def drain(self) -> int:
        """Send everything that may leave at this business moment; return how many. For demo and rehearsal."""
        sent = 0
        while rows := await self._candidates(list(self.accounts)):
            first = list({row.chat: row for row in reversed(rows)}.values())
            for name, account in self.accounts.items():
                mine = [row for row in first if row.channel == name]
                for row in mine:
                    account.pacer.started(row.chat, account.is_group(row.chat))
                sent += await self._start(account, mine)
            await self.finish()
        return sent

    async def idle(self) -> None:
        """Wait, beside a running `run`, until nothing may leave at this business moment."""
        while self._sending or await self._candidates(list(self.accounts)):
            self.awake.set()
            await self.timer.sleep(0.01)

    async def step(self) -> float:
        """Start every send that may start now; return the seconds until the next may, at most `PATIENCE`."""
        await self._look()
        wait = PATIENCE
        for name, account in self.accounts.items():
            line = self._lines[name]
            while picked := self._pick(account, line):
                await self._start(account, picked)
            wait = min(wait, self._next_in(account, line))
        return wait

    async def _look(self) -> None:
        """Learn what waits: all of it after a while, else what may have changed.

        As long as a backlog is known, only answers are asked for in between: they are few, and go first.
        """
        now = self.timer.monotonic()
        woken, every = self.awake.is_set(), list(self.accounts)
        self.awake.clear()
        behind = any(self._line(name).rows for name in every)
        passed = [name for name in every if self._line(name).passed and not self._line(name).rows]
        if now - self._looked_at >= PATIENCE or (woken and not behind):
            self._looked_at = now
            await self._learn(every)
        elif behind and (woken or passed):
            await self._learn(every if woken else passed, answers_only=True)
        elif passed:
            await self._learn(passed)

    async def _learn(self, names: Sequence[str], *, answers_only: bool = False) -> None:
        rows = await self._candidates(names, answers_only=answers_only)
        for name in names:
            line = self._line(name)
            known = {row.id: row for row in line.rows} if answers_only else {}
            found = {row.id: row for row in rows if row.channel == name}
            line.know(self.accounts[name], (found | known).values())

    def _line(self, name: str) -> _Line:
        return self._lines.setdefault(name, _Line())

    async def _candidates(self, names: Sequence[str], *, answers_only: bool = False) -> Sequence[AnyRow]:
        def ask(unit: Unit) -> Sequence[AnyRow]:
            now = self.clock()
            open_now = not answers_only and office.etiquette(unit).open_now(now)
            each = (outbox.candidates(unit, one, now, LOOKED_AT, unsolicited=open_now) for one in names)
            return [row for rows in each for row in rows]  # a channel that stands still keeps no other from view

        return await self.db.read(ask)

    def _pick(self, account: Account, line: _Line) -> list[AnyRow]:
        """Take out what may start at once, at most `TOGETHER`, having taken its place in the account's pace."""
        picked: list[AnyRow] = []
        if account.channel.name in self._probes:
            return picked
        while len(picked) < TOGETHER and (at := account.pacer.first_ready(line.waiting)) is not None:
            one = line.waiting[at]
            account.pacer.started(one.chat, one.group)
            picked.append(line.pop(at))
        return picked

    def _next_in(self, account: Account, line: _Line) -> float:
        """Return the seconds until the next of the others may start."""
        if account.channel.name in self._probes:
            return PATIENCE
        if not line.rows:
            return 0.0 if line.passed else PATIENCE
        until = account.pacer.next_at(line.waiting) - self.timer.monotonic()
        return max(0.001, until) if math.isfinite(until) else PATIENCE

    async def _start(self, account: Account, rows: Sequence[AnyRow]) -> int:
        """Claim rows and start their sends; who is stopped meanwhile still sends what was claimed (see `finish`)."""
        return await asyncio.shield(self._kept(self._claim(account, rows))) if rows else 0

    def _kept(self, work: Coroutine[Any, Any, _T]) -> "asyncio.Task[_T]":
        task = asyncio.create_task(work)
        self._sending.add(task)
        task.add_done_callback(self._let_go)
        return task

    def _let_go(self, task: "asyncio.Task[Any]") -> None:
        self._sending.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._broken = task.exception()
            self.awake.set()

    async def _claim(self, account: Account, rows: Sequence[AnyRow]) -> int:
        """Claim rows together; where the text of one cannot be made, one by one, and that one is put off."""
        chats = {row.id: row.chat for row in rows}
        can, letters = account.channel.can, account.letters
        try:
            ready = await self.db.run(lambda unit: outbox.claim(unit, chats, self.owner, can, self.clock(), letters))
        except SQLAlchemyError:  # the database fails, not the text: nothing may be given up for that
            _give_back(account, chats.values())
            raise
        except Exception as error:
            if len(rows) > 1:
                return sum([await self._claim(account, [row]) for row in rows])
            log.exception("compose_failed", outbox=rows[0].id)
            name = type(error).__name__
            await self.db.run(lambda unit: outbox.not_composed(unit, rows[0].id, name, self.clock()))
            ready = []
        for one in ready:
            del chats[one.id]
            self._kept(self._send(account, one))
        _give_back(account, chats.values())
        return len(ready)

    async def _send(self, account: Account, ready: outbox.Ready) -> None:
        outcome = await account.channel.send(ready.chat, ready.message)
        _pace(account.pacer, ready.chat, outcome)
        self._hear(account, outcome)
        self._freed.set()
        self._ended[ready.id] = ready, outcome
        if not self._recording:
            self._recording = True
            self._kept(self._record())

    def _hear(self, account: Account, outcome: Outcome) -> None:
        """Count endings without an answer; after some in a row nothing starts until the provider answers again."""
        name = account.channel.name
        silent = isinstance(outcome, Unknown) or (isinstance(outcome, Refused) and outcome.reason is Reason.UNREACHED)
        self._silent[name] = self._silent.get(name, 0) + 1 if silent else 0
        if self._silent[name] >= SILENT and name not in self._probes:
            log.warning("account_silent", channel=name)
            self._probes[name] = asyncio.create_task(self._until_it_answers(account))

    async def _until_it_answers(self, account: Account) -> None:
        name, asked = account.channel.name, 0
        while not await account.channel.answers():
            asked += 1
            await self.timer.sleep(min(backoff(asked), LONGEST_SILENCE).total_seconds())
        del self._probes[name], self._silent[name]
        self.awake.set()

    def _recording_of(self, outcomes: Mapping[int, Outcome]) -> Callable[[Unit], Mapping[int, Next]]:
        return lambda unit: outbox.record(unit, outcomes, self.clock())

    async def _record(self) -> None:
        """Record what has ended, at once; what ends meanwhile is recorded together next."""
        while self._ended:
            ended, self._ended = self._ended, {}
            outcomes = {row: outcome for row, (_, outcome) in ended.items()}
            try:
                decided = await self.db.run(self._recording_of(outcomes))
            except BaseException:
                self._ended = {**ended, **self._ended}  # `adopt` records it where the database comes back
                self._recording = False
                raise
            for row, (ready, outcome) in ended.items():
                self._line(ready.channel).passed = True
                if isinstance(outcome, Delivered):
                    self.recorded(ready.channel, ready.chat)
                else:
                    now = decided[row].state
                    log.warning("send_ended", outbox=row, channel=ready.channel, outcome=repr(outcome), now=now)
            self._freed.set()
        self._recording = False


def _give_back(account: Account, chats: Iterable[str]) -> None:
    """Let go of the places in the pace that were taken for what is not sent."""
    for chat in chats:
        account.pacer.answered(chat, measured=False)


def _pace(pacer: Pacer, chat: str, outcome: Outcome) -> None:
    match outcome:
        case Refused(reason, retry_after=wait):
            pacer.answered(chat, measured=reason is not Reason.UNREACHED)
            if wait is not None:
                pacer.flooded(chat, wait)
            if reason is Reason.ACCOUNT:
                pacer.stop(None, ACCOUNT_REST)
        case _:
            pacer.answered(chat, measured=isinstance(outcome, Delivered))
