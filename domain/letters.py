"""A message as a letter: to whom it goes and the tasks it speaks of, before anybody writes it down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from domain.outgoing import Attachment


@dataclass(frozen=True, slots=True)
class Entry:
    """One task of a letter; what it lacks is "" or None."""

    code: str
    content: str
    agency: str
    due_on: date | None
    """The last day on which it is still on time."""
    due_version: int
    """Grows with each date that the task gets."""
    deadline: str
    """The plan's own words."""
    product: str
    plan: str
    """The document that gives it: kind, number, date."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to one person at one moment."""

    office: str
    hotline: str
    person: str
    position: str
    subject: str
    written_at: datetime
    place: str
    """The office's own short name, part of what names its entries in calendars."""
    entries: tuple[Entry, ...]


Letters = Callable[[Letter], tuple[Attachment, ...]]
"""Writes a letter down and keeps it; the files are on disk when this returns."""
