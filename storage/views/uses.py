"""What was used of the providers' quotas, for the operator."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from domain.local import VIETNAM, local
from storage import uses
from storage.database import Unit


@dataclass(frozen=True, slots=True)
class Used:
    """How many messages of one kind left by one channel, today and in the running month."""

    channel: str
    kind: str
    today: int
    month: int


def figures(unit: Unit, now: datetime) -> Sequence[Used]:
    """Return what was used, by channel and kind; nothing where no channel counts."""
    day = local(now).date()
    today = uses.counts(unit, datetime.combine(day, time(0), VIETNAM))
    month = uses.counts(unit, datetime.combine(day.replace(day=1), time(0), VIETNAM))
    return [
        Used(channel, kind, today.get((channel, kind), 0), count) for (channel, kind), count in sorted(month.items())
    ]
