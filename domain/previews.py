"""What goes above the officers is shown to the coordinating office first, which may hold it."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.notices import Etiquette


class Preview(StrEnum):
    """What becomes of a word to heads and leaders once the coordinators were shown it."""

    DELAY = "delay"  # it leaves after a while unless a coordinator holds it
    HOLD = "hold"  # it leaves only when a coordinator lets it go
    OFF = "off"  # nothing is shown first


LEAD = timedelta(hours=2)
"""So long at least a coordinator can hold what was shown: from 08:00 until 10:00."""


def leaves_at(at: datetime, shown_at: datetime, etiquette: Etiquette) -> datetime:
    """Return the moment (local, aware) at which what is planned for `at` leaves unless it is held."""
    return etiquette.next_open(max(at, shown_at + LEAD))
