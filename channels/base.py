"""What every channel offers, whoever provides it."""

from collections.abc import Callable
from typing import Any, Protocol

from domain.delivery import Outcome, Refused, Unknown
from domain.incoming import Incoming
from domain.outgoing import Capabilities, Message

Content = Callable[[str], bytes]
"""Returns what a file that goes out holds, by its digest. Raises ChannelError where it is not kept."""


class Channel(Protocol):
    """One account at one provider, through which messages leave."""

    @property
    def name(self) -> str:
        """The short name under which addresses of this channel are kept ("telegram")."""
        ...

    @property
    def can(self) -> Capabilities:
        """What this channel can show and take in."""
        ...

    async def send(self, chat: str, message: Message) -> Outcome:
        """Make one attempt to bring one message to one chat, and say how it ended.

        Never raises for anything the network or the provider does, never repeats by itself.
        """
        ...

    async def answers(self) -> bool:
        """Whether the provider answers at all, whatever it says; sends nothing to anyone, never raises."""
        ...

    async def close(self) -> None:
        """Give back connections; harmless when called twice."""
        ...


class Provider(Channel, Protocol):
    """A channel of which somebody else keeps the far end: it brings updates as JSON objects of its own."""

    def parse(self, update: dict[str, Any]) -> Incoming | None:
        """Return what an update says, None for one that nobody answers.

        Raises KeyError, TypeError, ValueError or AttributeError for what is no update at all.
        """
        ...

    async def acknowledge(self, update: dict[str, Any]) -> None:
        """Show the person that what they did was taken; best effort, often nothing."""
        ...

    async def fetch(self, reference: str, limit: int) -> bytes:
        """Return a file a person sent, at most `limit` bytes; raises FileTooLargeError beyond, ChannelError."""
        ...


class Polled(Provider, Protocol):
    """A provider that can be asked for its updates."""

    async def updates(self, mark: str | None = None) -> list[dict[str, Any]]:
        """Return the next raw updates from that mark on, waiting for some; may confirm all before it."""
        ...

    def mark_after(self, updates: list[dict[str, Any]]) -> str:
        """Return the mark from which the next poll goes on once these updates are kept; "" where there is none."""
        ...


class ChannelError(Exception):
    """A call other than `send` failed; `outcome` says how, in the words of `domain.delivery`."""

    def __init__(self, outcome: Refused | Unknown) -> None:
        self.outcome = outcome
        reason = outcome.reason if isinstance(outcome, Refused) else "unknown"
        super().__init__(f"{reason}: {outcome.detail}")


class FileTooLargeError(ChannelError):
    """The file is larger than the limit, or than the provider hands out."""
