"""Remembering which menus of commands a channel was given."""

from collections.abc import Mapping

from storage import inbox
from storage.database import Unit
from storage.views.menus import PREFIX


def note(unit: Unit, channel: str, marks: Mapping[str, str]) -> None:
    """Keep by whose it is the mark of each menu that was set."""
    for whose, mark in marks.items():
        inbox.remember(unit, channel, f"{PREFIX}{whose}", mark)
