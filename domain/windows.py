"""When a provider lets us write to somebody who has not written: free for a while, then paid for, then not at all.

Source: developers.zalo.me, "Tin tư vấn": 48 hours and 8 messages in a row free, up to 7 days by package.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Allowance(StrEnum):
    """On whose account a message goes; `CLOSED`: it may not go at all."""

    FREE = "free"
    PACKAGE = "package"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """The provider's rule. `package` tells whether the office lets its package pay for what is not free."""

    free_hours: int = 48
    days: int = 7
    in_a_row: int = 8
    package: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """How we stand with one chat. `phone` is "" for whoever is no official, or has given none."""

    heard_at: datetime | None
    """The person's last act towards us; None before the first."""
    in_a_row: int
    """Messages of ours since."""
    phone: str = ""


def allowance(window: Window, standing: Standing, now: datetime) -> Allowance:
    """Return on whose account the next message to a chat goes."""
    if standing.heard_at is None or now - standing.heard_at > timedelta(days=window.days):
        return Allowance.CLOSED
    in_time = now - standing.heard_at <= timedelta(hours=window.free_hours)
    if in_time and standing.in_a_row < window.in_a_row:
        return Allowance.FREE
    return Allowance.PACKAGE if window.package else Allowance.CLOSED
