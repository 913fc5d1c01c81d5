"""What the web entrance is handed: everything it needs, and nothing it would have to look up."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry

from channels.webchat import WebChat
from domain.cases.likeness import Alike, unlike
from storage.views import Database, Unit
from web.demo_controls import DemoControls
from web.webhooks import Webhook


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must work, and in a few words how it stands."""

    name: str
    good: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How the office stands; ready when every check is good."""

    checks: tuple[Check, ...]

    @property
    def ready(self) -> bool:
        """Whether requests should be sent here."""
        return all(check.good for check in self.checks)


@dataclass(frozen=True, slots=True)
class WebParts:
    """The parts of the web entrance.

    `wake` is called after an incoming message is committed and must not block. `secret` signs the sessions'
    cookies and is the same in every process of one office. `public_url` is where browsers find us ("" where
    unknown). `office_name` is asked in a unit that only reads. `timer` gives seconds for rate limits only.
    """

    db: Database
    clock: Callable[[], datetime]
    webchat: WebChat
    wake: Callable[[], None]
    secret: bytes
    office_name: Callable[[Unit], str]
    health: Callable[[], Awaitable[Health]]
    metrics: CollectorRegistry
    public_url: str = ""
    webhooks: tuple[Webhook, ...] = ()
    demo: DemoControls | None = None
    timer: Callable[[], float] = time.monotonic
    alike: Alike = unlike
    """How alike two texts are, 0 to 1."""
