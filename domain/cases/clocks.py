"""The clocks of a case: until when it is passed on, answered, supplemented, and how old it is.

The day of the event is not counted (Bộ luật Dân sự 2015, Điều 147); C1 never pauses. What a province sets itself is
an argument here: the limit for the answer (C2) has no number in the decree and no default.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from domain.local import today
from domain.statutes import CONDUCT_FORWARDING, Limit, law_on
from domain.words import fold
from domain.workdays import Explanation, WorkCalendar


def forwarding(received_on: date, *, conduct: bool, conduct_days: int) -> Limit:
    """Return the limit C1 under the law of the day of reception; the province sets that of conduct."""
    if conduct:
        return Limit(CONDUCT_FORWARDING.what, conduct_days, CONDUCT_FORWARDING.article)
    return law_on(received_on).forwarding


def forward_by(received_on: date, limit: Limit, calendar: WorkCalendar) -> Explanation:
    """Return the last day to pass a case on, with the days counted and skipped."""
    return calendar.explain(received_on, limit.working_days)


def waited(asked: Iterable[tuple[datetime, datetime | None]], until: date, calendar: WorkCalendar) -> int:
    """Return for how many working days a case waited for its sender, until a day.

    `asked` are the questions: when each was put, and when it was answered, None where it was not.
    """
    return sum(calendar.between(today(at), today(answered) if answered else until) for at, answered in asked)


@dataclass(frozen=True, slots=True)
class AnswerLimit:
    """The limit C2 that a province sets: so many working days, or so many working hours."""

    amount: int
    in_hours: bool = False

    @property
    def said(self) -> str:
        """The limit in Vietnamese."""
        return f"{self.amount:02d} {'giờ' if self.in_hours else 'ngày'} làm việc"

    @property
    def text(self) -> str:
        """The form in which the setting keeps it."""
        return f"{self.amount} {'giờ' if self.in_hours else 'ngày'}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the limit that "15", "15 ngày" or "4 giờ" means, None for nothing. Raises ValueError."""
        said = fold(text)
        if not said:
            return None
        found = re.fullmatch(r"(\d{1,3})\s*(gio|ngay)?(?: lam viec)?", said)
        if found is None or not int(found.group(1)):
            raise ValueError(text)
        return cls(int(found.group(1)), found.group(2) == "gio")
