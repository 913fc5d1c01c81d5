"""Telegram, where TELEGRAM_TOKEN is set."""

from actions import offices as office_actions
from app.connections.base import Connection, Ground
from app.settings import Settings, secret
from bot.menus import MenuKeeper
from channels.pacing import Limits
from channels.telegram import TelegramChannel, is_group
from domain.errors import SettingWrong
from web.webhooks import telegram_webhook

TOKEN_REFUSED = "Telegram không nhận token này; kiểm tra lại hoặc lấy token mới ở @BotFather."


def telegram(settings: Settings, ground: Ground) -> Connection | None:
    """Return the bot's account, None where it is off. Raises SettingWrong for a proxy that cannot be used."""
    token = secret(settings.telegram_token)
    if not token:
        return None
    try:
        proxy = settings.telegram_proxy or None
        channel = TelegramChannel(token, settings.telegram_api_url, proxy=proxy, content=ground.content)
    except ValueError as error:
        raise SettingWrong("TELEGRAM_PROXY", str(error)) from None
    return by(channel, settings, ground)


def by(channel: TelegramChannel, settings: Settings, ground: Ground) -> Connection:
    """Return the account as this channel reaches it."""
    by_webhook = settings.telegram_mode == "webhook"
    key = secret(settings.telegram_webhook_secret)
    menus = MenuKeeper(ground.database, channel)

    async def whoami() -> str:
        return f"@{await channel.me()}"

    async def introduce() -> None:
        name = await channel.me()
        await ground.database.run(lambda unit: office_actions.remember_bot(unit, name, ground.clock()))
        if by_webhook:
            await channel.set_webhook(settings.public_url.rstrip("/") + "/telegram", key)
        else:
            await channel.delete_webhook()
        await menus.step()

    return Connection(
        channel,
        Limits(per_second=settings.telegram_per_second),
        source=channel,
        polled=None if by_webhook else channel,
        door=(lambda receive: telegram_webhook(key, receive)) if by_webhook else None,
        introduce=introduce,
        refused=SettingWrong("TELEGRAM_TOKEN", TOKEN_REFUSED),
        whoami=whoami,
        is_group=is_group,
        tidy=menus.step,
    )
