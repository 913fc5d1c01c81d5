"""Who wants to hear nothing at this hour, and when they do again."""

from collections.abc import Collection
from datetime import datetime

from domain.hearing import next_hearing
from domain.local import local
from domain.notices import Etiquette
from storage import accounts, calendars
from storage.database import Unit


def quiet_until(
    unit: Unit, person_ids: Collection[int], etiquette: Etiquette | None, now: datetime
) -> dict[int, datetime]:
    """Return those of the people who chose other hours than this one, with the next moment at which they hear."""
    chosen = accounts.hearings(unit, person_ids)
    if not chosen:
        return {}
    manners = etiquette or Etiquette(calendars.hours(unit)[0], calendars.in_force(unit))
    heard = {person: next_hearing(hours, manners, now) for person, hours in chosen.items()}
    return {person: moment for person, moment in heard.items() if moment > local(now)}
