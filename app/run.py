"""Running the office: the web entrance and the work beside it in one process, and a clean stop.

Stop: intake first, then claims, then the sends in flight are finished and recorded, then the database closes.
While the database is away the web entrance and the watcher go on, and the work begins anew when it is back.
"""

import asyncio
import contextlib
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from functools import partial
from typing import Any

import structlog
import uvicorn
from prometheus_client import CollectorRegistry, Gauge
from starlette.applications import Starlette

from app import working
from app.connections.base import Receive
from app.guessing import text_likeness
from app.sender import SoleSender
from app.watching import Gauges, health, watcher
from app.wiring import Office
from bot.receiver import Receiver
from channels.base import Provider
from scheduler.watch import Watcher
from storage.colleagues import Colleagues, colleagues
from storage.views import office as office_views
from web.app import create_app
from web.demo_controls import DemoControls
from web.parts import WebParts
from web.webhooks import Webhook

log = structlog.get_logger(__name__)

WATCH_SECONDS = 60.0

Work = Callable[[], Coroutine[Any, Any, None]]
"""Something that goes on until it is cancelled."""


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
    """Run every part until `stop` is set, then stop them in order.

    Beside another process a SQLite office waits for its turn; on PostgreSQL it does its share meanwhile.
    """
    sender, mates = SoleSender(office), colleagues(office.db)
    if mates is None and not await sender.wait(stop, standby):
        return
    eye = watcher(office, lambda: not sender.lost)
    parts = web_parts(office, demo, eye)
    server = Server(_quietly(create_app(parts), host, port))
    serving = asyncio.create_task(_serve(server))
    stopping = asyncio.create_task(stop.wait())
    handling: list[asyncio.Task[None]] = []
    leading: list[asyncio.Task[None]] = []
    try:
        await _until_listening(server, serving, ready)
        address = _address(office, host, server)
        work: list[Work] = [partial(working.keep, office, office.worker.run)]
        work += [] if mates is None else _beside(office, sender, mates)
        work += [] if demo is not None else [partial(_watch, office, sender, eye, Gauges(parts.metrics, office.clock))]
        handling += [asyncio.create_task(one()) for one in work]
        turn = partial(sender.wait, stop, standby)
        leading.append(asyncio.create_task(_lead(office, sender, eye, turn, address, plan_ahead=demo is None)))
        await working.first([stopping, serving, *handling, *leading])
    finally:
        server.should_exit = True
        stopping.cancel()
        await office.webchat.close()
        await asyncio.gather(serving, return_exceptions=True)
        await working.end(handling)
        await working.end(leading)
        sender.release()


def _beside(office: Office, sender: SoleSender, mates: Colleagues) -> list[Work]:
    """Return what a process does because there may be others."""
    words = (
        working.listen(office, mates),
        partial(working.pass_on, office, sender, mates),
        partial(working.tell_of_chats, office, mates),
        partial(working.learn_names, office),
    )
    return [partial(working.keep, office, one) for one in words]


async def _lead(
    office: Office,
    sender: SoleSender,
    eye: Watcher,
    turn: Callable[[], Awaitable[bool]],
    address: str,
    *,
    plan_ahead: bool,
) -> None:
    """Lead once it is this process's turn. Raises SenderLockLost, SettingWrong."""
    if not sender.leads and not await turn():
        return
    work = partial(working.lead, office, sender, address, plan_ahead=plan_ahead)
    tasks = [asyncio.create_task(working.keep(office, work)), asyncio.create_task(sender.hold(eye))]
    try:
        await working.first(tasks)
    finally:
        await working.end(tasks)


async def _watch(office: Office, sender: SoleSender, eye: Watcher, gauges: Gauges) -> None:
    """Watch until cancelled, by the timer alone: a clock that jumps stops neither the watcher nor its alarm.

    Only the process that leads raises alarms.
    """
    while True:
        await office.timer.sleep(WATCH_SECONDS)
        try:
            if sender.leads:
                await eye.step()
            await office.db.read(gauges.show)
        except Exception:
            log.exception("watch_failed")


def _quietly(app: Starlette, host: str, port: int) -> uvicorn.Config:
    """Return how the web entrance is served; without a log of what was asked for: the addresses of links are keys."""
    return uvicorn.Config(
        app, host, port, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=3
    )


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
        alike=text_likeness,
    )


def _webhooks(office: Office) -> tuple[Webhook, ...]:
    return tuple(
        one.door(_receiver(office, one.source))
        for one in office.connections
        if one.door is not None and one.source is not None
    )


def _receiver(office: Office, source: Provider) -> Receive:
    return Receiver(office.db, source, office.clock, office.worker.awake.set, office.worker.fresh).receive
