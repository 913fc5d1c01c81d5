"""Queues that others have made, sending the same message: `python -m benchmarks.peers NAME TOLD`.

As `benchmarks.senders`, but they need `benchmarks/requirements.txt`. A task is one aiohttp request; none of Telegram's
objects is built.
"""

import asyncio
import json
import time
from contextlib import suppress
from typing import Any

import aiohttp
import procrastinate
from taskiq.api import run_receiver_task
from taskiq_redis import ListQueueBroker

from benchmarks import house
from benchmarks.senders import Told, Watch, main, until_done
from channels import telegram_markup


def _form(chat: str) -> dict[str, str]:
    """Return the same message as the Bot API takes it, for the peers that know nothing of Telegram."""
    entities, keyboard = telegram_markup.entities(house.READY), telegram_markup.keyboard(house.READY.choices)
    assert keyboard is not None
    return {
        "chat_id": chat,
        "text": house.READY.text,
        "entities": json.dumps([one.to_dict() for one in entities]),
        "reply_markup": keyboard.to_json(),
        "link_preview_options": '{"is_disabled": true}',
    }


class Poster:
    """A task's body for a queue: one aiohttp request."""

    def __init__(self, told: Told) -> None:
        self.watch = Watch(told)
        self._address = told.address
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=told.at_once))

    async def post(self, form: dict[str, str]) -> None:
        async with self._session.post(self._address, data=form) as answer:
            assert (await answer.json())["ok"]
        self.watch.arrived()

    async def close(self) -> None:
        await self._session.close()


def _jobs(told: Told) -> tuple[procrastinate.App, Any]:
    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=told.store))

    @app.task(name="send")
    async def send(form: dict[str, str]) -> None:
        await app.poster.post(form)  # type: ignore[attr-defined]

    return app, send


async def procrastinate_fill(told: Told) -> dict[str, float]:
    """Make procrastinate's tables and queue everything in one batch."""
    app, send = _jobs(told)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        begun = time.perf_counter()
        await send.batch_defer_async(*({"form": _form(chat)} for chat in told.chats))
        return {"seconds": time.perf_counter() - begun}


async def procrastinate_work(told: Told) -> dict[str, float]:
    """Send what procrastinate holds."""
    app, _ = _jobs(told)
    poster = app.poster = Poster(told)  # type: ignore[attr-defined]
    options: dict[str, Any] = {"install_signal_handlers": False, "listen_notify": False, "wait": False}
    async with app.open_async():
        await app.run_worker_async(concurrency=told.at_once, **options)  # ends when nothing is left, all recorded
        found = poster.watch.stop()
    await poster.close()
    assert poster.watch.done.is_set()
    return found


def _broker(told: Told) -> tuple[ListQueueBroker, Any]:
    broker = ListQueueBroker(told.store)

    @broker.task("send")
    async def send(form: dict[str, str]) -> None:
        await broker.state.poster.post(form)

    return broker, send


async def taskiq_fill(told: Told) -> dict[str, float]:
    """Queue everything in taskiq's list."""
    broker, send = _broker(told)
    await broker.startup()
    begun = time.perf_counter()
    for chat in told.chats:
        await send.kiq(_form(chat))
    seconds = time.perf_counter() - begun
    await broker.shutdown()
    return {"seconds": seconds}


async def taskiq_work(told: Told) -> dict[str, float]:
    """Send what taskiq's list holds; what is taken from it is gone, whatever becomes of it."""
    broker, _ = _broker(told)
    poster = broker.state.poster = Poster(told)
    broker.is_worker_process = True
    receiving = asyncio.create_task(run_receiver_task(broker, max_async_tasks=told.at_once, run_startup=True))
    await until_done(receiving, poster.watch)
    found = poster.watch.stop()
    receiving.cancel()
    with suppress(asyncio.CancelledError):
        await receiving
    await poster.close()
    return found


PEERS = {
    "procrastinate_fill": procrastinate_fill,
    "procrastinate_work": procrastinate_work,
    "taskiq_fill": taskiq_fill,
    "taskiq_work": taskiq_work,
}


if __name__ == "__main__":
    main(PEERS)
