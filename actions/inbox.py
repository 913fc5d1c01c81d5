"""Taking in what arrives: kept before it is acknowledged, handled once."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from domain.incoming import Incoming
from storage import inbox
from storage.database import Unit
from storage.inbox import Waiting as Waiting
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


GATHERED = timedelta(seconds=1)
"""Files sent together come one by one and without an end mark: so long after the last one they count as complete."""


def gather(unit: Unit, updates: Iterable[Incoming], now: datetime) -> None:
    """Let the parts of albums among updates just kept wait for one another."""
    albums: dict[tuple[str, str, str], list[str]] = {}
    for one in updates:
        if one.album:
            albums.setdefault((one.channel, one.chat, one.album), []).append(one.key)
    for (channel, chat, album), keys in albums.items():
        inbox.gather(unit, channel, chat, album, keys, now + GATHERED)


def rest_of_album(unit: Unit, first: Waiting) -> list[Waiting]:
    """Return what came together with an update that was taken, and is handled with it."""
    return inbox.rest_of_album(unit, first)


def take(unit: Unit, most: int, now: datetime) -> list[Waiting]:
    """Return the next updates to handle, at most one of a chat, locked for this unit."""
    return inbox.next_waiting(unit, most, now)


def take_one(unit: Unit, inbox_id: int, now: datetime) -> Waiting | None:
    """Return one update to handle, locked for this unit; None where its turn has passed or not yet come."""
    return inbox.waiting(unit, inbox_id, now)


def finish(unit: Unit, inbox_ids: Collection[int], now: datetime) -> None:
    """Mark updates as handled, in the unit that did what they asked."""
    inbox.finish(unit, inbox_ids, now)


def failed(unit: Unit, inbox_id: int, error: str, now: datetime) -> AnyRow | None:
    """Count a failed try; return the update's row where it was given up (parked), after the third."""
    return inbox.failed(unit, inbox_id, error, now)
