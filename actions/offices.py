"""What the office keeps about itself."""

from datetime import datetime

from storage import offices
from storage.database import Unit

BOT_NAME = "telegram_bot"


def remember_bot(unit: Unit, name: str, now: datetime) -> None:
    """Keep the Telegram bot's user name: invites link to it."""
    if offices.setting(unit, BOT_NAME) != name:
        offices.set_setting(unit, BOT_NAME, name, now)


ADDRESS = "address"


def remember_address(unit: Unit, url: str, now: datetime) -> None:
    """Keep where browsers find the web entrance: the chat links to it."""
    if offices.setting(unit, ADDRESS) != url:
        offices.set_setting(unit, ADDRESS, url, now)
