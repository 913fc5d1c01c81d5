"""The frameworks whose webhooks are compared: `python -m benchmarks.inbound_peers NAME TOLD`, see `inbound_servers`."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message as TelegramMessage
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.inbound_load import SECRET
from benchmarks.inbound_servers import AT_ONCE, TEXT, KeptInSqlite, Told, main, told_port
from benchmarks.services import TOKEN, free_port


def ptb(told: Told) -> None:
    """python-telegram-bot as it comes: its own server, its own transport, updates handled side by side."""

    uvloop.install()
    kept: list[KeptInSqlite] = []

    async def begin(_application: Any) -> None:
        kept.append(KeptInSqlite(Path(told.folder) / "talks.db"))

    async def handle(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.effective_message
        assert message is not None
        await kept[0].seen(message.chat_id, message.text or "")
        await message.reply_text(TEXT)

    made = ApplicationBuilder().token(TOKEN).base_url(f"{told.api}/bot").concurrent_updates(True).post_init(begin)
    application = made.build()
    application.add_handler(MessageHandler(filters.ALL, handle))
    port = free_port()
    told_port(port)
    application.run_webhook(
        "127.0.0.1", port, "telegram", webhook_url="https://nhacviec.invalid/telegram", secret_token=SECRET
    )


def aiogram(told: Told) -> None:
    """aiogram with its handler for aiohttp's server."""

    async def main() -> None:
        store = KeptInSqlite(Path(told.folder) / "talks.db")
        session = AiohttpSession(api=TelegramAPIServer.from_base(told.api), limit=AT_ONCE)
        bot, dispatcher = Bot(TOKEN, session=session), Dispatcher()

        @dispatcher.message()
        async def handle(message: TelegramMessage) -> None:
            await store.seen(message.chat.id, message.text or "")
            await message.answer(TEXT)

        application = web.Application()
        SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(application, path="/telegram")
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        told_port(runner.addresses[0][1])
        await asyncio.Event().wait()

    logging.disable(logging.INFO)
    uvloop.run(main())


SERVERS = {"ptb": ptb, "aiogram": aiogram}

if __name__ == "__main__":
    main(SERVERS)
