"""The ledger of what providers count: when people last acted, what was used since, where their files lie here."""

import hashlib
from datetime import datetime, timedelta

from domain.local import today
from domain.windows import Allowance, Standing
from storage import uses
from storage.database import Unit

KEPT = timedelta(days=70)
"""So long a use is kept: the figures reach over the running month."""

_IN_A_ROW = (Allowance.FREE.value, Allowance.PACKAGE.value)


def standing(unit: Unit, channel: str, chat: str) -> Standing:
    """Return how we stand with a chat."""
    return uses.standing(unit, channel, chat, _IN_A_ROW)


def note(unit: Unit, channel: str, chat: str, kind: str, now: datetime) -> None:
    """Count one message to a chat."""
    uses.note(unit, channel, chat, kind, now)


def heard(unit: Unit, endpoint_id: int, now: datetime) -> None:
    """Note that the person behind a chat did something there: the window opens anew."""
    uses.heard(unit, endpoint_id, now)


def forget_old(unit: Unit, now: datetime) -> None:
    """Remove what no figure counts any more."""
    uses.forget(unit, now - KEPT)


def forget_copies(unit: Unit, before: datetime, most: int) -> int:
    """Remove what is known of copies made before a moment's day, at most so many; return how many.

    A file that was sent in is long kept under its own digest by then, or refused.
    """
    return uses.forget_copies(unit, today(before), most)


def copy_of(unit: Unit, channel: str, reference: str) -> str:
    """Return the digest under which a file lies here that came by this reference, "" where it does not."""
    return uses.copy_of(unit, channel, _key(reference))


def note_copy(unit: Unit, channel: str, reference: str, digest: str, now: datetime) -> None:
    """Keep the digest of a file that came by this reference."""
    uses.note_copy(unit, channel, _key(reference), digest, today(now))


def _key(reference: str) -> str:
    """Return the reference's own digest: addresses of people's files stand nowhere in clear."""
    return hashlib.sha256(reference.encode()).hexdigest()[:32]
