"""What the demo page needs to know and to do; the demo itself, with its clock, is built by the application."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Leap = Literal["next", "day", "week", "month"]
"""How far the clock is moved: to the next planned moment, or by so much."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something worth saying first: the words on the button, and what is said for it."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody the visitor can be. `chat` is an address of the web chat; `hint` says what to try as this person."""

    key: str
    name: str
    role_label: str
    agency: str
    chat: str
    hint: str
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """What came of moving the clock.

    `lines` tell it in short Vietnamese sentences; `sent` counts new messages by persona key.
    """

    start: datetime
    end: datetime
    lines: Sequence[str]
    sent: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan that the demo has issued: "Kế hoạch 15/KH-UBND", its title, and a few short facts."""

    name: str
    title: str
    facts: tuple[str, ...]


class DemoControls(Protocol):
    """The demo as its page sees it."""

    def personas(self) -> Sequence[Persona]:
        """Return whom the visitor can be, in the order shown."""

    def now(self) -> datetime:
        """Return the simulated moment."""

    def plan(self) -> PlanFacts:
        """Return what the page's header says of the plan."""

    async def advance(self, to: Leap) -> Jump:
        """Move the clock, visiting every planned moment on the way, and return what happened."""
