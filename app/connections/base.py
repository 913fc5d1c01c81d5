"""What the office knows of one account at a provider: how to send by it, how what comes in reaches us."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from channels.base import Channel, Content, Polled, Provider
from channels.pacing import Limits
from domain.errors import SettingWrong
from domain.timing import Timer
from storage.database import Database
from web.webhooks import Webhook

Receive = Callable[[dict[str, Any]], Awaitable[None]]
"""Keeps one update; it has been saved when this returns."""

Introduce = Callable[[], Awaitable[None]]
"""Tells the provider how updates are to come and which commands there are. Raises ChannelError."""


def never(_chat: str) -> bool:
    """No chat is a group's."""
    return False


@dataclass(frozen=True, slots=True)
class Connection:
    """One account that is on. `source` is None where nothing comes in (mail).

    `polled` is set where we ask for updates, `door` where the provider calls us. `refused` is raised where the
    provider refuses the account itself: the operator must act.
    """

    channel: Channel
    limits: Limits
    source: Provider | None = None
    polled: Polled | None = None
    door: Callable[[Receive], Webhook] | None = None
    introduce: Introduce | None = None
    refused: SettingWrong | None = None
    whoami: Callable[[], Awaitable[str]] | None = None
    """Asks the provider for our own name there. Raises ChannelError."""
    is_group: Callable[[str], bool] = never
    tidy: Callable[[], Awaitable[object]] | None = None
    """Keeps in order what the account shows beside messages, as menus; called now and then, best effort."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a connection may build upon: the open database, the clock's two forms, the files that go out."""

    database: Database
    clock: Callable[[], datetime]
    timer: Timer
    content: Content
