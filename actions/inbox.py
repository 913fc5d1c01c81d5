"""Taking in what arrives: kept before it is acknowledged, handled once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storage import inbox
from storage.database import Unit
from storage.inbox import Waiting
from storage.types import AnyRow


def save(unit: Unit, channel: str, updates: Iterable[tuple[str, str, dict[str, Any]]], now: datetime) -> int:
    """Keep updates given as (key, chat, payload) and return how many were not known yet."""
    return inbox.save(unit, channel, updates, now)


def save_polled(
    unit: Unit, channel: str, updates: Iterable[tuple[str, str, dict[str, Any]]], mark: str, now: datetime
) -> int:
    """Keep a polled batch together with the mark from which the next poll goes on ("": the provider has none)."""
    saved = inbox.save(unit, channel, updates, now)
    if mark:
        inbox.remember(unit, channel, "offset", mark)
    return saved


def mark(unit: Unit, channel: str) -> str | None:
    """Return from where the next poll goes on, None before the first."""
    return inbox.remembered(unit, channel, "offset")


def take(unit: Unit) -> Waiting | None:
    """Return the next update to handle, locked for this unit."""
    return inbox.next_waiting(unit)


def finish(unit: Unit, inbox_id: int, now: datetime) -> None:
    """Mark an update as handled, in the unit that did what it asked."""
    inbox.finish(unit, inbox_id, now)


def failed(unit: Unit, inbox_id: int, error: str, now: datetime) -> AnyRow | None:
    """Count a failed try; return the update's row where it was given up (parked), after the third."""
    return inbox.failed(unit, inbox_id, error, now)
