"""The Zalo Bot Platform, where ZALO_BOT_TOKEN is set."""

from app.connections.base import Connection, Ground, Receive
from app.settings import Settings, secret
from channels.pacing import Limits
from channels.zalo_bot import ZaloBotChannel
from domain.errors import SettingWrong
from web.webhooks import Webhook, secret_header

PATH = "/zalo/bot"
HEADER = "X-Bot-Api-Secret-Token"
TOKEN_REFUSED = "Zalo không nhận token này; kiểm tra lại hoặc lấy token mới ở Zalo Bot Manager."

_IN_FLIGHT = 16
"""Fewer than the connections there are: a long poll and a picture keep one each."""


def zalo_bot(settings: Settings, _ground: Ground) -> Connection | None:
    """Return the bot's account, None where it is off."""
    token = secret(settings.zalo_bot_token)
    if not token:
        return None
    hosts = [one.strip() for one in settings.zalo_bot_file_hosts.split(",")]
    return by(ZaloBotChannel(token, settings.zalo_bot_api_url, file_hosts=hosts), settings)


def by(channel: ZaloBotChannel, settings: Settings) -> Connection:
    """Return the account as this channel reaches it."""
    by_webhook = settings.zalo_bot_mode == "webhook"
    key = secret(settings.zalo_bot_webhook_secret)

    async def introduce() -> None:
        if by_webhook:
            await channel.set_webhook(settings.public_url.rstrip("/") + PATH, key)
        else:
            await channel.delete_webhook()

    def door(receive: Receive) -> Webhook:
        return Webhook(PATH, secret_header(HEADER, key), receive)

    return Connection(
        channel,
        Limits(per_second=settings.zalo_bot_per_second, in_flight=_IN_FLIGHT),
        source=channel,
        polled=None if by_webhook else channel,
        door=door if by_webhook else None,
        introduce=introduce,
        refused=SettingWrong("ZALO_BOT_TOKEN", TOKEN_REFUSED),
        whoami=channel.me,
    )
