"""Mail, where SMTP_URL is set. Nothing comes in by it."""

from app.connections.base import Connection, Ground
from app.settings import Settings, secret
from channels.email import EmailChannel
from channels.pacing import Limits
from channels.smtp import MailServer
from domain.errors import SettingWrong
from storage.views import office as office_views

TIMEOUT = 30.0
"""Seconds for each step of an attempt; servers that look into a mail before they answer take their time."""

_IN_FLIGHT = 4
"""Connections at a time: mail servers bound them."""
_GAP = 1.0
"""Seconds between two mails to one address."""

REFUSED = "máy chủ thư không nhận tài khoản hoặc địa chỉ gửi; kiểm tra lại SMTP_URL và NHACVIEC_MAIL_FROM."


def email(settings: Settings, ground: Ground) -> Connection | None:
    """Return the mail account, None where there is no server."""
    url = secret(settings.smtp_url)
    return by(MailServer(url, TIMEOUT), settings, ground) if url else None


def by(server: MailServer, settings: Settings, ground: Ground) -> Connection:
    """Return the account as this server takes its mails."""

    async def office() -> str:
        return await ground.database.read(office_views.name)

    sender = settings.mail_from or server.sender
    channel = EmailChannel(server, sender, office, ground.content, ground.clock)
    limits = Limits(per_second=settings.mail_per_minute / 60, chat_gap=_GAP, in_flight=_IN_FLIGHT)
    return Connection(channel, limits, refused=SettingWrong("SMTP_URL", REFUSED), whoami=channel.me)
