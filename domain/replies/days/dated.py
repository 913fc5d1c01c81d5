"""Days of the calendar: "15/12", "ngày 15 tháng sau", "2026-12-15"."""

from datetime import date

from domain.replies.days.reader import NEXT, THIS, UNITS, Reader, month_after, nearest, next_on, safe, year_said
from domain.replies.days.values import Found


def dated(reader: Reader) -> Found | None:
    """Read 15/12, 15-12-2026, 15.12.26, 15/12 năm sau, 2026-12-15."""
    first = reader.tokens[reader.at]
    if len(first.word) == 4 and first.number is not None:
        return _iso(reader, first.number)
    day = reader.number(99)
    sign = reader.sign("/-.") if day is not None else ""
    month = reader.number(99) if sign else None
    if day is None or month is None:
        return None
    if reader.sign("/-.") and reader.word().isdecimal() and len(reader.word()) in (2, 4):
        written = reader.word()
        reader.at += 1
        return reader.day(safe(int(written) + (2000 if len(written) == 2 else 0), month, day))
    if sign != "/" and (reader.lead() == "" or reader.word() in UNITS):
        return None  # "3-4 ngày", "1.2"
    if reader.word() in {"%", "/"} or reader.word() in UNITS:
        return None
    year = year_said(reader)
    on = safe(year, month, day) if year is not None else next_on(reader.today, month, day)
    reader.any_of(NEXT)
    return reader.day(on, None if year is not None else nearest(reader.today, month, day))


def _iso(reader: Reader, year: int) -> Found | None:
    reader.at += 1
    month = reader.number(12) if reader.sign("-/") else None
    day = reader.number(31) if month is not None and reader.sign("-/") else None
    return reader.day(safe(year, month, day)) if month is not None and day is not None else None


def worded(reader: Reader) -> Found | None:
    """Read "ngày 15 tháng 12", "ngày 15 tháng sau", "15 tháng 12", "ngày 15", "mùng 5 tháng sau"."""
    named = reader.any_of(frozenset({"ngay", "mung", "mong"}))
    reader.any_of(frozenset({"mung", "mong"}))
    day = reader.number(31)
    if day is None:
        return None
    if reader.take("thang"):
        month = reader.number(12)
        if month is not None:
            year = year_said(reader)
            on = safe(year, month, day) if year is not None else next_on(reader.today, month, day)
            return reader.day(on, None if year is not None else nearest(reader.today, month, day))
        if named and reader.word() in NEXT | THIS:
            year, number = month_after(reader.today, reader.word() in NEXT)
            reader.at += 1
            return reader.day(safe(year, number, day))
        return None
    if not named or reader.word() in {"/", "-", ".", "%"} | UNITS:
        return None
    return reader.day(_coming_day(reader.today, day), safe(reader.today.year, reader.today.month, day))


def _coming_day(today: date, day: int) -> date | None:
    """Return the next day of that number; None where the month meant is not certain."""
    this = safe(today.year, today.month, day)
    return this if this is not None and this >= today else safe(*month_after(today, True), day)
