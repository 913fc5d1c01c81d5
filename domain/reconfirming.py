"""Twice a year each agency is asked whether its focal officers are still these: when, and when once more."""

from datetime import date, datetime, time

from domain.local import VIETNAM, today
from domain.workdays import WorkCalendar

AGAIN_AFTER = 5
"""Working days after which an agency that has not answered is asked once more."""
SAME = "vẫn đúng"
"""What is kept as the answer of an agency whose officers are still these."""


def round_on(day: date, months: str, calendar: WorkCalendar) -> str | None:
    """Return the round ("2026-07") that runs on a day: from the month's first working day to its end; None for none.

    `months` is the office's setting, "1,7".
    """
    if str(day.month) not in months.split(","):
        return None
    return f"{day:%Y-%m}" if day >= calendar.on_or_after(day.replace(day=1)) else None


def known_before(day: date) -> datetime:
    """Return the moment before which an officer must have joined to be asked about in the round of that day's month."""
    return datetime.combine(day.replace(day=1), time.min, VIETNAM)


def asks_again(asked_at: datetime, day: date, calendar: WorkCalendar) -> bool:
    """Whether an agency that was asked then, and has not answered, is asked again on a day."""
    return calendar.between(today(asked_at), day) >= AGAIN_AFTER
