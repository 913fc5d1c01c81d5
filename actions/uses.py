"""The ledger of what providers count: when people last acted, what was used since, where their files lie here."""

import hashlib
from datetime import datetime, timedelta

from domain.windows import Allowance, Standing
from storage import inbox, uses
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


def copy_of(unit: Unit, channel: str, reference: str) -> str:
    """Return the digest under which a file lies here that came by this reference, "" where it does not."""
    return inbox.remembered(unit, channel, _key(reference)) or ""


def note_copy(unit: Unit, channel: str, reference: str, digest: str) -> None:
    """Keep the digest of a file that came by this reference."""
    inbox.remember(unit, channel, _key(reference), digest)


def _key(reference: str) -> str:
    """Return the reference's own digest: addresses of people's files stand nowhere in clear."""
    return "copy:" + hashlib.sha256(reference.encode()).hexdigest()[:32]
