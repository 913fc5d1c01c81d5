"""The sweep: what has come due is turned into notices, and each person's notices into one message.

Harmless to repeat: every notice is unique by occasion, so a second sweep, or a second process, says nothing
twice.
"""

from dataclasses import dataclass
from datetime import datetime

from actions import checkins, layout, notices
from domain.local import local
from domain.notices import DIGEST_AT, Etiquette
from storage.views import Unit, office


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did, and when the next one has something to do at the latest."""

    noticed: int
    messages: int
    next_at: datetime


def sweep(unit: Unit, now: datetime) -> Swept:
    """Do everything that is due by `now`."""
    etiquette = office.etiquette(unit)
    noticed = notices.promote(unit, now)
    noticed += _daily(unit, now, etiquette)
    messages = notices.assemble(unit, now, etiquette)
    return Swept(noticed, messages, next_moment(unit, now, etiquette))


def _daily(unit: Unit, now: datetime, etiquette: Etiquette) -> int:
    moment = local(now)
    if not etiquette.calendar.is_working(moment.date()) or moment.time() < DIGEST_AT:
        return 0
    noticed = notices.announce_digest(unit, now)
    noticed += notices.announce_unconfirmed(unit, now, etiquette.calendar)
    first = etiquette.calendar.on_or_after(moment.date().replace(day=1))
    noticed += notices.announce_undated(unit, now) if moment.date() >= first else 0
    return noticed + checkins.announce(unit, now, etiquette.calendar)


def next_moment(unit: Unit, now: datetime, etiquette: Etiquette) -> datetime:
    """Return the next moment at which something may have to be said: a planned one, or the next turn of the day."""
    turn = etiquette.next_turn(now)
    planned = office.next_planned(unit, now)
    return turn if planned is None else min(turn, etiquette.next_open(planned))


def upkeep(unit: Unit, now: datetime) -> int:
    """Lay out the coming periods of recurring tasks; return how many assignments are new."""
    return layout.renew(unit, now)
