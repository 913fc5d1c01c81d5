"""The office's accounts at its providers: those whose settings are there are on, the others are off."""

from app.connections.base import Connection, Ground
from app.connections.email import email
from app.connections.telegram import telegram
from app.connections.zalo_bot import zalo_bot
from app.connections.zalo_oa import zalo_oa
from app.settings import Settings

_KNOWN = (telegram, zalo_bot, zalo_oa, email)


def connect(settings: Settings, ground: Ground) -> tuple[Connection, ...]:
    """Return the accounts that are on. Raises SettingWrong; nothing is called over the network yet."""
    opened = (opener(settings, ground) for opener in _KNOWN)
    return tuple(one for one in opened if one is not None)
