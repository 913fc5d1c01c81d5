"""The quarterly question about what has no date: work that goes on all year, or comes up on occasion.

One message an agency a quarter, ahead of the cut-off of the periodic report (the 14th of the quarter's last
month): answers accumulate and close nothing; silence is "chưa có thông tin", never late.
"""

from datetime import date
from enum import StrEnum

from domain.workdays import WorkCalendar

KINDS = ("continuous", "on_event", "recurring")
"""Deadlines (as in the plan format) that are asked about; a recurring one only where it has no date."""

ASKED_ON = 5
"""Asked on the first working day from this day of the quarter's last month on."""


class Answer(StrEnum):
    """What an agency can say of all of them at once."""

    GOING_ON = "ok"
    ONE_BY_ONE = "each"
    JOINT = "joint"

    @property
    def label(self) -> str:
        """The answer as a choice."""
        return _LABELS[self]


_LABELS = {
    Answer.GOING_ON: "Vẫn thực hiện, không vướng",
    Answer.ONE_BY_ONE: "Báo riêng từng việc",
    Answer.JOINT: "Gửi một báo cáo chung",
}


def quarter(day: date) -> str:
    """Return the quarter of a day as "2026-Q1"."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def asked_on(day: date, calendar: WorkCalendar) -> date:
    """Return the day on which the quarter of this day is asked about."""
    last_month = (day.month + 2) // 3 * 3
    return calendar.on_or_after(date(day.year, last_month, ASKED_ON))
