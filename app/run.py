"""Running the office: web, worker, delivery, ticks and polling in one process, and a clean stop.

Stop: intake first, then claims, then the sends in flight are finished and recorded, then the database closes.
"""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from datetime import timedelta

import httpx
import structlog
import uvicorn
from prometheus_client import CollectorRegistry, Gauge

from actions import inbox
from actions import offices as office_actions
from app.settings import secret
from app.wiring import Office
from bot.poller import Poller, rows
from bot.routes import COMMANDS
from channels.base import ChannelError
from channels.telegram import TelegramChannel
from domain.delivery import Reason, Refused
from domain.errors import SettingWrong
from scheduler import ticks
from scheduler.sweep import sweep, upkeep
from storage.locks import Lock, lock
from storage.views import office as office_views
from web.app import create_app
from web.demo_controls import DemoControls
from web.parts import Check, Health, WebParts
from web.webhooks import Webhook, telegram_webhook

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 20.0
UPKEEP_SECONDS = 3600.0
HEARTBEAT_SECONDS = 60.0
LOCK_SECONDS = 2.0
TOKEN_REFUSED = "Telegram không nhận token này; kiểm tra lại hoặc lấy token mới ở @BotFather."
REPLY_PATIENCE = timedelta(minutes=5)
"""An answer that waits longer to be sent makes the office not ready."""


class Server(uvicorn.Server):
    """uvicorn without its own signal handling: the office owns the signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


async def serve(office: Office, host: str, port: int, ready: Callable[[int], None]) -> None:
    """Run until SIGTERM or SIGINT. `ready` is called with the port once the web entrance listens.

    Raises OSError where the address cannot be bound.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        await run(office, host, port, ready, stop)
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
) -> None:
    """Run every part until `stop` is set, then stop them in order."""
    app = create_app(web_parts(office, demo))
    server = Server(uvicorn.Config(app, host, port, log_config=None, lifespan="off", timeout_graceful_shutdown=3))
    sender_lock = await _sole_sender(office, stop)
    if sender_lock is None:
        return
    await office.deliverer.adopt()
    intake = _telegram_intake(office)
    scheduler = None
    worker = asyncio.create_task(office.worker.run())
    reader = asyncio.create_task(office.intake.run())
    deliverer = asyncio.create_task(office.deliverer.run())
    serving = asyncio.create_task(_serve(server))
    try:
        await _until_listening(server, serving, ready)
        scheduler = ticks.start(_ticks(office)) if demo is None else None
        await _remember_address(office, host, server)
        await _first([asyncio.create_task(stop.wait()), serving, worker, reader, deliverer, *intake])
    finally:
        server.should_exit = True
        await office.webchat.close()
        await _end(intake)
        await asyncio.gather(serving, return_exceptions=True)
        if scheduler is not None:
            scheduler.shutdown(wait=False)
        await _end([worker, reader])
        await _end([deliverer])
        sender_lock.release()


async def _serve(server: Server) -> None:
    try:
        await server.serve()
    except SystemExit:  # uvicorn's way of saying that it cannot bind
        raise OSError("cannot bind") from None


async def _until_listening(server: Server, serving: "asyncio.Task[None]", ready: Callable[[int], None]) -> None:
    while not server.started:
        if serving.done():
            serving.result()
            return
        await asyncio.sleep(0.01)
    ready(server.servers[0].sockets[0].getsockname()[1])


async def _remember_address(office: Office, host: str, server: Server) -> None:
    """Keep where browsers find us, for the links that the chat gives; nothing where the server could not start."""
    if not server.started:
        return
    near = "127.0.0.1" if host in {"0.0.0.0", "::", "localhost"} else host
    port = server.servers[0].sockets[0].getsockname()[1]
    url = office.settings.public_url or f"http://{f'[{near}]' if ':' in near else near}:{port}"
    await office.db.run(lambda unit: office_actions.remember_address(unit, url, office.clock()))


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


async def _sole_sender(office: Office, stop: asyncio.Event) -> Lock | None:
    """Wait until this process is the one active sender; None where it is stopped before."""
    wanted = lock(office.db, office.settings.data_dir, "sender")
    told = False
    while not await asyncio.to_thread(wanted.acquire):
        if not told:
            log.warning("another_process_sends", waiting=True)
            told = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LOCK_SECONDS)
            return None
    return wanted


def _telegram_intake(office: Office) -> list["asyncio.Task[None]"]:
    """Start what brings Telegram's updates in; nothing where Telegram is off."""
    if office.telegram is None:
        log.info("telegram_off", reason="no TELEGRAM_TOKEN; the web chat alone is open")
        return []
    return [asyncio.create_task(_take_in(office, office.telegram))]


async def _take_in(office: Office, telegram: TelegramChannel) -> None:
    """Poll, or, where Telegram calls us, stay until cancelled.

    A failing introduction is logged and passed over. Raises SettingWrong where Telegram refuses the token.
    """
    by_webhook = office.settings.telegram_mode == "webhook"
    try:
        await _introduce(office, telegram, by_webhook=by_webhook)
    except ChannelError as error:
        if isinstance(error.outcome, Refused) and error.outcome.reason is Reason.ACCOUNT:
            raise SettingWrong("TELEGRAM_TOKEN", TOKEN_REFUSED) from None
        log.warning("telegram_setup_failed", error=str(error))
    if by_webhook:
        await asyncio.Event().wait()
    await Poller(office.db, telegram, office.clock, office.timer, office.worker.awake.set).run()


async def _introduce(office: Office, telegram: TelegramChannel, *, by_webhook: bool) -> None:
    """Learn our own name, say how we take updates and which commands there are."""
    name = await telegram.me()
    await office.db.run(lambda unit: office_actions.remember_bot(unit, name, office.clock()))
    if by_webhook:
        url = office.settings.public_url.rstrip("/") + "/telegram"
        await telegram.set_webhook(url, secret(office.settings.telegram_webhook_secret))
    else:
        await telegram.delete_webhook()
    await telegram.set_commands([(word, said) for word, (_, said) in COMMANDS.items()])


def _ticks(office: Office) -> list[tuple[str, float, ticks.Tick]]:
    async def sweeping() -> None:
        await office.db.run(lambda unit: sweep(unit, office.clock()))
        office.deliverer.awake.set()

    async def renewing() -> None:
        await office.db.run(lambda unit: upkeep(unit, office.clock()))

    async def beating() -> None:
        if (await health(office)).ready:
            async with httpx.AsyncClient(timeout=10) as client:
                with contextlib.suppress(httpx.HTTPError):
                    await client.get(office.settings.heartbeat_url)

    every: list[tuple[str, float, ticks.Tick]] = [
        ("sweep", SWEEP_SECONDS, sweeping),
        ("upkeep", UPKEEP_SECONDS, renewing),
    ]
    return [*every, ("heartbeat", HEARTBEAT_SECONDS, beating)] if office.settings.heartbeat_url else every


async def health(office: Office) -> Health:
    """Say how the office stands: the database answers, nothing waits too long to be sent."""
    try:
        await office.db.read(office_views.outbox_counts)
    except Exception as error:
        return Health((Check("database", False, type(error).__name__),))
    stuck = await office.db.read(office_views.oldest_reply_waiting)
    waits = stuck is not None and office.clock() - stuck > REPLY_PATIENCE
    return Health((Check("database", True), Check("outbox", not waits, f"since {stuck}" if waits else "")))


def web_parts(office: Office, demo: DemoControls | None) -> WebParts:
    """Return what the web entrance is handed."""
    registry = CollectorRegistry()
    gauge = Gauge("nhacviec_demo", "1 in the demo, 0 for real", registry=registry)
    gauge.set(0 if demo is None else 1)
    return WebParts(
        db=office.db,
        clock=office.clock,
        webchat=office.webchat,
        wake=office.worker.awake.set,
        secret=office.db.run_now(lambda unit: unit.vault.digest("web sessions")).encode(),
        office_name=office_views.name,
        health=lambda: health(office),
        metrics=registry,
        public_url=office.settings.public_url,
        webhooks=_webhooks(office),
        demo=demo,
    )


def _webhooks(office: Office) -> tuple[Webhook, ...]:
    telegram = office.telegram
    if telegram is None or office.settings.telegram_mode != "webhook":
        return ()

    async def receive(update: dict[str, object]) -> None:
        kept = rows(telegram, [update])
        await office.db.run(lambda unit: inbox.save(unit, telegram.name, kept, office.clock()))
        office.worker.awake.set()
        await telegram.acknowledge(update)

    return (telegram_webhook(secret(office.settings.telegram_webhook_secret), receive),)
