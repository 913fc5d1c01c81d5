"""What nobody needs any more is removed: uses no figure counts, links and codes long expired, copies long read."""

from datetime import datetime, timedelta

from actions import uses
from storage import accounts, chat_links
from storage.database import Unit

KEPT = timedelta(days=30)
"""So long after its end a link or a code, and after its making the note of a copy, is kept."""

MOST = 5000
"""Rows removed of each kind at a time; the rest goes the next time."""


def forget(unit: Unit, now: datetime, most: int = MOST) -> int:
    """Remove what has had its time; return how many links, codes and copies. `most` of each kind go at once."""
    uses.forget_old(unit, now)
    before = now - KEPT
    return (
        chat_links.forget(unit, before, most)
        + accounts.forget_codes(unit, before, most)
        + uses.forget_copies(unit, before, most)
    )
