"""How long personal data is kept once it has done its work (Luật 91/2025/QH15, Điều 14): the office's months."""

import calendar
from datetime import datetime


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same time so many months earlier; a day that a month lacks is its last one."""
    at = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(at, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
