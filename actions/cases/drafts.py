"""Feedback begun and not sent: kept for a day also when the citizen wanders off, then erased."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from storage import conversations
from storage.cases import drafts
from storage.database import Unit

LIFE = timedelta(hours=24)
"""So long a draft is kept after the last answer (NHAP, expires and is erased)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a citizen has answered so far: the question that waited, the answers, until when they are kept."""

    step: str
    data: dict[str, Any]
    saved_at: datetime

    @property
    def until(self) -> datetime:
        """When it is erased."""
        return self.saved_at + LIFE


def keep(unit: Unit, endpoint_id: int, step: str, data: dict[str, Any], now: datetime) -> None:
    """Keep what was answered so far."""
    drafts.save(unit, endpoint_id, step, data, now)


def waiting(unit: Unit, endpoint_id: int, now: datetime) -> Draft | None:
    """Return what a chat has begun within the last day, None where nothing was."""
    found = drafts.get(unit, endpoint_id, now - LIFE)
    return Draft(*found) if found is not None else None


def forget(unit: Unit, endpoint_id: int) -> None:
    """Erase what a chat has begun: it was sent, or is not wanted any more."""
    drafts.drop(unit, endpoint_id)


def forget_old(unit: Unit, now: datetime) -> int:
    """Erase every draft, and every open question with its answers, that is older than a day; return how many."""
    return drafts.drop_before(unit, now - LIFE) + conversations.forget_expired(unit, now)
