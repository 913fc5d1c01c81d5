"""A channel that reaches nobody: it keeps what it was given. For tests and for the rehearsal."""

from dataclasses import dataclass

from domain.delivery import Delivered, Outcome
from domain.outgoing import Capabilities, Message

PLAIN = Capabilities(text_limit=2000, buttons=False, files_in=False)
"""The narrowest channel we serve: every flow must work whole on it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One attempt: to whom, what, and how it was made to end."""

    chat: str
    message: Message
    outcome: Outcome


@dataclass(slots=True)
class _Order:
    outcome: Outcome
    times: int
    chat: str | None


class FakeChannel:
    """Takes every message, unless told to end some attempts otherwise.

    `attempts` holds all, in order; `sent` those that a person would have seen.
    """

    def __init__(self, name: str = "fake", can: Capabilities = PLAIN) -> None:
        self._name = name
        self._can = can
        self._orders: list[_Order] = []
        self.attempts: list[Kept] = []
        self.closed = False

    @property
    def name(self) -> str:
        """The name it was given; a rehearsal stands in for several channels."""
        return self._name

    @property
    def can(self) -> Capabilities:
        """What it was told to be able to do."""
        return self._can

    @property
    def sent(self) -> list[Kept]:
        """The attempts that ended as delivered."""
        return [kept for kept in self.attempts if isinstance(kept.outcome, Delivered)]

    def end_with(self, outcome: Outcome, times: int = 1, chat: str | None = None) -> None:
        """Let the next `times` attempts (to this chat, with None to any) end so; orders are used in turn."""
        self._orders.append(_Order(outcome, times, chat))

    async def send(self, chat: str, message: Message) -> Outcome:
        """Keep the message and end as ordered, or as delivered."""
        outcome = self._ordered(chat) or Delivered(str(len(self.attempts) + 1))
        self.attempts.append(Kept(chat, message, outcome))
        return outcome

    async def answers(self) -> bool:
        """Always: there is no provider."""
        return True

    async def close(self) -> None:
        """Note that the channel was closed."""
        self.closed = True

    def _ordered(self, chat: str) -> Outcome | None:
        for order in self._orders:
            if order.times and order.chat in (None, chat):
                order.times -= 1
                return order.outcome
        return None
