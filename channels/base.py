"""What every channel offers, whoever provides it."""

from typing import Protocol

from domain.delivery import Outcome, Refused, Unknown
from domain.outgoing import Capabilities, Message


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


class ChannelError(Exception):
    """A call other than `send` failed; `outcome` says how, in the words of `domain.delivery`."""

    def __init__(self, outcome: Refused | Unknown) -> None:
        self.outcome = outcome
        reason = outcome.reason if isinstance(outcome, Refused) else "unknown"
        super().__init__(f"{reason}: {outcome.detail}")


class FileTooLargeError(ChannelError):
    """The file is larger than the limit, or than the provider hands out."""
