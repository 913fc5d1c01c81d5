"""What an Official Account must have kept for it, as Protocols that the house satisfies, and where its doors stand."""

from dataclasses import dataclass
from typing import Protocol

from channels.base import Content
from channels.files import FileKeeper
from domain.windows import Standing

TEMPLATE = "template"
TEMPLATE_REFUSED = "template_refused"
"""Kinds of use in the ledger, beside those of `domain.windows.Allowance`."""


class Ledger(Protocol):
    """Keeps when a chat's person last acted and what we have used since."""

    async def standing(self, chat: str) -> Standing:
        """Return how we stand with a chat. Raises ChannelError."""
        ...

    async def used(self, chat: str, kind: str) -> None:
        """Note one message to a chat; best effort, never raises."""
        ...


class Copies(Protocol):
    """Remembers under which digest a file lies here that people sent by an address; best effort, never raises."""

    async def find(self, reference: str) -> str:
        """Return the digest, "" where there is none."""
        ...

    async def note(self, reference: str, digest: str) -> None:
        """Keep the digest of a file."""
        ...


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the account's interfaces stand, without the paths."""

    api: str = "https://openapi.zalo.me"
    templates: str = "https://business.openapi.zalo.me"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the account has kept for it: the ledger, the folder of files and what is in it from whom."""

    ledger: Ledger
    copies: Copies
    folder: FileKeeper
    content: Content
    """What goes out."""
