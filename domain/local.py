"""Local time: what an office in Viet Nam means by a day and an hour."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def local(moment: datetime) -> datetime:
    """Return the moment as clocks in Viet Nam show it (no daylight saving)."""
    return moment.astimezone(VIETNAM)


def today(moment: datetime) -> date:
    """Return the calendar day in Viet Nam at this moment."""
    return local(moment).date()


def long_day(day: date) -> str:
    """Return "thứ Năm 15/01/2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def short_day(day: date) -> str:
    """Return "15/01/2026"."""
    return f"{day:%d/%m/%Y}"
