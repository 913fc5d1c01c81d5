"""Running the office: web, worker, delivery, ticks and polling in one process, and a clean stop.

Stop: intake first, then claims, then the sends in flight are finished and recorded, then the database closes.
While the database is away the web entrance and the watcher go on, and the work begins anew when it is back.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import Any

import structlog
import uvicorn
from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from actions import catchup, inbox
from actions import offices as office_actions
from app.connections.base import Connection, Receive
from app.sender import SoleSender
from app.watching import Gauges, health, watcher
from app.wiring import Office
from bot.poller import Poller, rows
from channels.base import ChannelError, Provider
from domain.delivery import Reason, Refused, backoff
from scheduler import ticks
from scheduler.sweep import sweep, upkeep
from scheduler.watch import Watcher
from storage.views import Unit
from storage.views import office as office_views
from web.app import create_app
from web.demo_controls import DemoControls
from web.parts import WebParts
from web.webhooks import Webhook

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 20.0
UPKEEP_SECONDS = 3600.0
WATCH_SECONDS = 60.0
LONGEST_REST = 10.0
"""Seconds after which a database that is away is tried again, at most."""
AWAY = (OperationalError, InterfaceError, NoConnectionError)
"""How a database that is gone, full or locked shows; any other error of it is a fault of ours and ends the process."""


class CannotListen(OSError):
    """The web entrance cannot be bound to its address."""


class Server(uvicorn.Server):
    """uvicorn without its own signal handling: the office owns the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


async def serve(
    office: Office, host: str, port: int, ready: Callable[[int], None], standby: Callable[[], None] = lambda: None
) -> None:
    """Run until SIGTERM or SIGINT. `ready` is called with the port once the web entrance listens.

    `standby` is called once where another process sends and this one waits for its turn. Raises CannotListen,
    SettingWrong where a token is refused, SenderLockLost.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        await run(office, host, port, ready, stop, standby=standby)
    finally:
        await office.close()
        log.info("stopped")


async def run(
    office: Office,
    host: str,
    port: int,
    ready: Callable[[int], None],
    stop: asyncio.Event,
    demo: DemoControls | None = None,
    standby: Callable[[], None] = lambda: None,
) -> None:
    """Run every part until `stop` is set, then stop them in order."""
    sender = SoleSender(office)
    if not await sender.wait(stop, standby):
        return
    eye = watcher(office, lambda: not sender.lost)
    parts = web_parts(office, demo, eye)
    config = uvicorn.Config(create_app(parts), host, port, log_config=None, lifespan="off", timeout_graceful_shutdown=3)
    server = Server(config)
    serving = asyncio.create_task(_serve(server))
    others: list[asyncio.Task[None]] = []
    try:
        await _until_listening(server, serving, ready)
        address = _address(office, host, server)
        others.append(asyncio.create_task(_keep_working(office, sender, address, plan_ahead=demo is None)))
        others.append(asyncio.create_task(sender.hold(eye)))
        if demo is None:
            others.append(asyncio.create_task(_watch(office, eye, Gauges(parts.metrics))))
        await _first([asyncio.create_task(stop.wait()), serving, *others])
    finally:
        server.should_exit = True
        await office.webchat.close()
        await asyncio.gather(serving, return_exceptions=True)
        await _end(others)
        sender.release()


async def _keep_working(office: Office, sender: SoleSender, address: str, *, plan_ahead: bool) -> None:
    """Work, and begin anew whenever the database was away. Raises SenderLockLost, SettingWrong."""
    failures = 0
    while True:
        began = office.timer.monotonic()
        try:
            await sender.confirm()
            await _work(office, address, plan_ahead=plan_ahead)
        except AWAY as error:
            failures = 1 if office.timer.monotonic() - began > WATCH_SECONDS else failures + 1
            log.error("database_away", failures=failures, error=type(error).__name__)
            await office.timer.sleep(min(backoff(failures).total_seconds(), LONGEST_REST))


async def _work(office: Office, address: str, *, plan_ahead: bool) -> None:
    """Take in, handle, sweep and deliver until cancelled or until something fails, then stop these in order."""
    await office.deliverer.adopt()
    await office.db.run(lambda unit: _resume(office, unit, address, plan_ahead=plan_ahead))
    intake = _intake(office)
    worker = asyncio.create_task(office.worker.run())
    reader = asyncio.create_task(office.intake.run())
    deliverer = asyncio.create_task(office.deliverer.run())
    scheduler = ticks.start(_ticks(office)) if plan_ahead else None
    keeping = [] if scheduler is None else [asyncio.create_task(ticks.keep(scheduler, office.timer))]
    try:
        await _first([worker, reader, deliverer, *intake, *keeping])
    finally:
        await _end(intake)
        if scheduler is not None:
            scheduler.shutdown(wait=False)
        await _end([worker, reader, *keeping])
        await _end([deliverer])


def _resume(office: Office, unit: Unit, address: str, *, plan_ahead: bool) -> None:
    """Note where browsers find us, and how long nobody swept: before the first message may leave."""
    now = office.clock()
    if address:
        office_actions.remember_address(unit, address, now)
    if plan_ahead:
        catchup.resume(unit, office_views.etiquette(unit), now)


async def _watch(office: Office, eye: Watcher, gauges: Gauges) -> None:
    """Watch until cancelled, by the timer alone: a clock that jumps stops neither the watcher nor its alarm."""
    while True:
        await office.timer.sleep(WATCH_SECONDS)
        try:
            await eye.step()
            await office.db.read(gauges.show)
        except Exception:
            log.exception("watch_failed")


async def _serve(server: Server) -> None:
    try:
        await server.serve()
    except SystemExit:  # uvicorn's way of saying that it cannot bind
        raise CannotListen() from None


async def _until_listening(server: Server, serving: "asyncio.Task[None]", ready: Callable[[int], None]) -> None:
    while not server.started:
        if serving.done():
            serving.result()
            return
        await asyncio.sleep(0.01)
    ready(server.servers[0].sockets[0].getsockname()[1])


def _address(office: Office, host: str, server: Server) -> str:
    """Return where browsers find us, for the links that the chat gives; "" where the server could not start."""
    if not server.started:
        return ""
    near = "127.0.0.1" if host in {"0.0.0.0", "::", "localhost"} else host
    port = server.servers[0].sockets[0].getsockname()[1]
    return office.settings.public_url or f"http://{f'[{near}]' if ':' in near else near}:{port}"


async def _first(tasks: list["asyncio.Task[object]"]) -> None:
    """Return when the first task ends; raise what it raised."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    tasks[0].cancel()
    for task in done:
        if not task.cancelled():
            task.result()


async def _end(tasks: list["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _intake(office: Office) -> list["asyncio.Task[None]"]:
    """Start what brings updates in, account by account."""
    if not office.connections:
        log.info("web_chat_alone", reason="no token of any provider")
    return [asyncio.create_task(_take_in(office, one)) for one in office.connections if one.source is not None]


async def _take_in(office: Office, connection: Connection) -> None:
    """Poll, or, where the provider calls us, stay until cancelled.

    A failing introduction is logged and passed over. Raises SettingWrong where the account itself is refused.
    """
    try:
        if connection.introduce is not None:
            await connection.introduce()
    except ChannelError as error:
        refused = isinstance(error.outcome, Refused) and error.outcome.reason is Reason.ACCOUNT
        if refused and connection.refused is not None:
            raise connection.refused from None
        log.warning("setup_failed", channel=connection.channel.name, error=str(error))
    if connection.polled is None:
        await asyncio.Event().wait()
    else:
        await Poller(office.db, connection.polled, office.clock, office.timer, office.worker.awake.set).run()


def _ticks(office: Office) -> list[tuple[str, float, ticks.Tick]]:
    async def sweeping() -> None:
        await office.db.run(lambda unit: sweep(unit, office.clock()))
        office.deliverer.awake.set()

    async def renewing() -> None:
        await office.db.run(lambda unit: upkeep(unit, office.clock()))

    return [("sweep", SWEEP_SECONDS, sweeping), ("upkeep", UPKEEP_SECONDS, renewing)]


def web_parts(office: Office, demo: DemoControls | None, eye: Watcher | None = None) -> WebParts:
    """Return what the web entrance is handed."""
    registry = CollectorRegistry()
    gauge = Gauge("nhacviec_demo", "1 in the demo, 0 for real", registry=registry)
    gauge.set(0 if demo is None else 1)
    seeing = eye or watcher(office)
    return WebParts(
        db=office.db,
        clock=office.clock,
        webchat=office.webchat,
        wake=office.worker.awake.set,
        secret=office.db.run_now(lambda unit: unit.vault.digest("web sessions")).encode(),
        office_name=office_views.name,
        health=lambda: health(seeing),
        metrics=registry,
        public_url=office.settings.public_url,
        webhooks=_webhooks(office),
        demo=demo,
    )


def _webhooks(office: Office) -> tuple[Webhook, ...]:
    return tuple(
        one.door(_receiver(office, one.source))
        for one in office.connections
        if one.door is not None and one.source is not None
    )


def _receiver(office: Office, source: Provider) -> Receive:
    async def receive(update: dict[str, Any]) -> None:
        kept = rows(source, [update])
        await office.db.run(lambda unit: inbox.save(unit, source.name, kept, office.clock()))
        office.worker.awake.set()
        await source.acknowledge(update)

    return receive
