"""The work of one process: handling what came in, and, for the one that leads, polling, sweeping and sending.

With SQLite there is one process and it leads. On PostgreSQL any number of processes serve the web, keep what providers
post and handle it, woken by one another; one at a time (`SoleSender`) leads. While the database is away every part
waits, and begins anew when it is back.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

import psycopg
import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from actions import catchup
from actions import offices as office_actions
from app.connections.base import Connection
from app.sender import SoleSender
from app.wiring import Office
from bot.poller import Poller
from channels.base import ChannelError
from channels.webchat import NAME as WEB
from domain.delivery import Reason, Refused, backoff
from scheduler import ticks
from scheduler.sweep import sweep, upkeep
from storage.colleagues import Colleagues
from storage.views import Unit
from storage.views import office as office_views

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 20.0
UPKEEP_SECONDS = 3600.0
TIDY_SECONDS = 30.0
LONG_ENOUGH = 60.0
"""Seconds of good work after which an outage counts as a first one again."""
LONGEST_REST = 10.0
"""Seconds after which a database that is away is tried again, at most."""
AWAY = (OperationalError, InterfaceError, NoConnectionError, psycopg.OperationalError)
"""How a database that is gone, full or locked shows; any other error of it is a fault of ours and ends the process."""

OUTBOX = "outbox"
"""Said to the process that leads: something waits to be sent."""
CHAT = "chat:"
"""Said with a web chat's name: something arrived there."""


async def first(tasks: "Iterable[asyncio.Task[object]]") -> None:
    """Return when the first task ends; raise what it raised."""
    done, _ = await asyncio.wait(list(tasks), return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        if not task.cancelled():
            task.result()


async def end(tasks: "Iterable[asyncio.Task[None]]") -> None:
    """Stop tasks and wait until they have stopped."""
    stopping = list(tasks)
    for task in stopping:
        task.cancel()
    await asyncio.gather(*stopping, return_exceptions=True)


async def keep(office: Office, work: Callable[[], Awaitable[None]]) -> None:
    """Do work that never ends, and begin anew whenever the database was away. Raises what else it raises."""
    failures = 0
    while True:
        began = office.timer.monotonic()
        try:
            await work()
        except AWAY as error:
            failures = 1 if office.timer.monotonic() - began > LONG_ENOUGH else failures + 1
            log.error("database_away", failures=failures, error=type(error).__name__)
            await office.timer.sleep(min(backoff(failures).total_seconds(), LONGEST_REST))


async def lead(office: Office, sender: SoleSender, address: str, *, plan_ahead: bool) -> None:
    """Poll, sweep and send, having made sure of the turn. Raises SenderLockLost, SettingWrong."""
    await sender.confirm()
    await office.deliverer.adopt()
    await office.db.run(lambda unit: _resume(office, unit, address, plan_ahead=plan_ahead))
    intake = _intake(office)
    running = (office.intake.run(), office.evidence.run(), office.case_files.run())
    readers = [asyncio.create_task(one) for one in running]
    deliverer = asyncio.create_task(office.deliverer.run())
    scheduler = ticks.start(_ticks(office)) if plan_ahead else None
    keeping = [] if scheduler is None else [asyncio.create_task(ticks.keep(scheduler, office.timer))]
    try:
        await first([*readers, deliverer, *intake, *keeping])
    finally:
        await end(intake)
        if scheduler is not None:
            scheduler.shutdown(wait=False)
        await end([*readers, *keeping])
        await end([deliverer])


def _resume(office: Office, unit: Unit, address: str, *, plan_ahead: bool) -> None:
    """Note where browsers find us, and how long nobody swept: before the first message may leave."""
    now = office.clock()
    if address:
        office_actions.remember_address(unit, address, now)
    if plan_ahead:
        catchup.resume(unit, office_views.etiquette(unit), now)


def _intake(office: Office) -> list["asyncio.Task[None]"]:
    """Start what brings updates in, account by account."""
    if not office.connections:
        log.info("web_chat_alone", reason="no token of any provider")
    return [asyncio.create_task(_take_in(office, one)) for one in office.connections if one.source is not None]


async def _take_in(office: Office, connection: Connection) -> None:
    """Introduce ourselves, and poll where we ask. Raises SettingWrong where the office's only account is refused."""
    tasks = [asyncio.create_task(_introduce(office, connection))]
    if connection.polled is not None:
        poller = Poller(office.db, connection.polled, office.clock, office.timer, office.worker.awake.set)
        tasks.append(asyncio.create_task(poller.run()))
    try:
        await first(tasks)
    finally:
        await end(tasks)


async def _introduce(office: Office, connection: Connection) -> None:
    """Introduce ourselves until the provider has heard us, then stay. Raises SettingWrong (see `_take_in`).

    A refused account does not end the others: it is logged, the watcher sees its messages wait.
    """
    failures = 0
    while connection.introduce is not None:
        try:
            await connection.introduce()
            break
        except ChannelError as error:
            refused = isinstance(error.outcome, Refused) and error.outcome.reason is Reason.ACCOUNT
            if refused and connection.refused is not None and len(office.connections) == 1:
                raise connection.refused from None
            failures += 1
            log.warning("setup_failed", channel=connection.channel.name, failures=failures, error=str(error))
            await office.timer.sleep(backoff(failures).total_seconds())
    await asyncio.Event().wait()


def _ticks(office: Office) -> list[tuple[str, float, ticks.Tick]]:
    async def sweeping() -> None:
        await office.db.run(lambda unit: sweep(unit, office.clock()))
        office.deliverer.awake.set()

    async def renewing() -> None:
        await office.db.run(lambda unit: upkeep(unit, office.clock()))

    async def tidying() -> None:
        for connection in office.connections:
            if connection.tidy is not None:
                await connection.tidy()

    every = [("sweep", SWEEP_SECONDS, sweeping), ("upkeep", UPKEEP_SECONDS, renewing)]
    return [*every, ("tidy", TIDY_SECONDS, tidying)]


def listen(office: Office, mates: Colleagues) -> Callable[[], Awaitable[None]]:
    """Return the work of hearing what other processes say."""

    def heard(word: str) -> None:
        if word == OUTBOX:
            office.deliverer.awake.set()
        elif word.startswith(CHAT):
            office.webchat.nudge(word.removeprefix(CHAT))

    return partial(mates.listen, heard)


async def learn_names(office: Office) -> None:
    """Ask every provider for our own name there: a process that does not lead must know it to read groups."""
    for connection in office.connections:
        failures = 0
        while connection.whoami is not None:
            try:
                await connection.whoami()
                break
            except ChannelError as error:
                failures += 1
                log.warning("name_unknown", channel=connection.channel.name, failures=failures, error=str(error))
                await office.timer.sleep(backoff(failures).total_seconds())
    await asyncio.Event().wait()


async def pass_on(office: Office, sender: SoleSender, mates: Colleagues) -> None:
    """Tell the process that leads of answers made here, until this process leads itself."""
    while not sender.leads:
        await office.deliverer.awake.wait()
        if not sender.leads:
            office.deliverer.awake.clear()
            await mates.tell(OUTBOX)
    await asyncio.Event().wait()


async def tell_of_chats(office: Office, mates: Colleagues) -> None:
    """Tell the other processes in which web chats something arrived: people may be listening there."""
    arrived: asyncio.Queue[str] = asyncio.Queue()
    office.deliverer.recorded = lambda channel, chat: arrived.put_nowait(chat) if channel == WEB else None
    while True:
        await mates.tell(CHAT + await arrived.get())
