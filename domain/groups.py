"""What a group chat of an agency may hear: how its tasks stand, nothing personal, nothing that can be pressed."""

from datetime import datetime, time, timedelta

from domain.local import local
from domain.notices import Etiquette

CODE_LIFE = timedelta(hours=1)
"""How long the code that binds a group may be used, once."""

SUMMARY_AT = time(16, 30)
"""Local time of a group's evening summary on working days; it does not leave after the office has closed."""


def summary_is_due(now: datetime, etiquette: Etiquette) -> bool:
    """Whether groups are told now how the day stands."""
    return local(now).time() >= SUMMARY_AT and etiquette.open_now(now)


def next_summary(now: datetime, etiquette: Etiquette) -> datetime:
    """Return the next moment at which groups are told (local, aware), later than `now`."""
    moment = local(now)
    day = moment.date()
    if not etiquette.calendar.is_working(day) or moment.time() >= SUMMARY_AT:
        day = etiquette.calendar.add(day, 1)
    return datetime.combine(day, SUMMARY_AT, moment.tzinfo)
