"""The edges of weeks, months, quarters and years, and bare lengths: "hết quý I", "giữa tháng 12", "thêm 3 ngày"."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from domain.replies.days.reader import LAST, NEXT, THIS, Reader, month_after, weeks_said, year_said
from domain.replies.days.values import Day, Found, Length

FRIDAY = 4
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
FRIDAY, SUNDAY = 4, 6
_COUNTS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "tu": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}
_DAYS_IN = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 7, "thang": 30}
_MOST_DAYS = 3650
_POINTERS = frozenset({"den", "toi", "sang", "trong", "vao", "khoang", ""})


def edge_of_span(reader: Reader) -> Found | None:
    """Read "cuối tháng", "hết quý I", "đầu tuần sau", "giữa tháng 12", "trong tuần này"."""
    edge = reader.word()
    if edge in _SPANS and reader.word(1) in THIS | NEXT:
        return _bare_span(reader)
    if edge not in {"cuoi", "het", "dau", "giua", "trong"}:
        return None
    reader.at += 1
    unit = reader.word()
    measure = _SPANS.get(unit)
    if measure is None:
        return None
    reader.at += 1
    bare = reader.at
    span = measure(reader)
    if span is None or (edge in {"dau", "giua", "trong"} and reader.at == bare):
        return None  # "đầu tháng", "trong năm": of which one is not certain
    first, last = span
    if edge == "dau":
        return reader.day(first)
    if edge == "giua":
        return reader.day(first + timedelta(14)) if unit == "thang" else None
    return reader.day(last)


def _bare_span(reader: Reader) -> Found:
    """Read "tuần này", "tháng sau": of which day is not certain, but it tells whether it lies ahead."""
    reader.at += 2
    later = reader.word(-1) in NEXT
    return Found(2, Day(None, reader.today + timedelta(later), reader.lead()))


def _week(reader: Reader) -> tuple[date, date] | None:
    monday = reader.today - timedelta(reader.today.weekday())
    reader.at -= 1  # the word "tuan" is part of what is read
    weeks = weeks_said(reader)
    if weeks is None:
        if not reader.take("tuan"):
            return None
        weeks = 0
    start = monday + timedelta(7 * weeks)
    return start, start + timedelta(FRIDAY)


def _month(reader: Reader) -> tuple[date, date] | None:
    today = reader.today
    number = reader.number(12)
    if number is not None:
        year = year_said(reader) or today.year + (number < today.month)
    else:
        later = reader.word() in NEXT
        if reader.word() in LAST:
            return None
        if later or reader.word() in THIS:
            reader.at += 1
        year, number = month_after(today, later)
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def _quarter(reader: Reader) -> tuple[date, date] | None:
    today = reader.today
    number = _QUARTERS.get(reader.word())
    year = today.year
    if number is not None:
        reader.at += 1
        year = year_said(reader) or today.year + (number < (today.month + 2) // 3)
    else:
        number = (today.month + 2) // 3
        if reader.any_of(NEXT):
            number, year = (number + 1, year) if number < 4 else (1, year + 1)
        else:
            reader.any_of(THIS)
    last = 3 * number
    return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])


def _whole_year(reader: Reader) -> tuple[date, date] | None:
    today = reader.today
    year = today.year
    if len(reader.word()) == 4 and reader.word().isdecimal():
        year = int(reader.word())
        reader.at += 1
    elif reader.any_of(NEXT):
        year += 1
    else:
        reader.any_of(THIS)
    return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9000 else None


_SPANS: dict[str, Callable[[Reader], tuple[date, date] | None]] = {
    "tuan": _week,
    "thang": _month,
    "quy": _quarter,
    "nam": _whole_year,
}


def length(reader: Reader) -> Found | None:
    """Read "3 ngày", "hai tuần nữa", "5 ngày làm việc", "nửa tháng"."""
    if reader.take("nua", "thang"):
        count, size = 1, 15
    else:
        numbered = reader.number(999)
        count = numbered if numbered is not None else _COUNTS.get(reader.word(), 0)
        if numbered is None and count:
            reader.at += 1
        size = _DAYS_IN.get(reader.word(), 0)
        if not count or not size:
            return None
        reader.at += 1
    working = reader.take("lam", "viec")
    pointed = reader.any_of(frozenset({"nua", "toi"}))
    before = reader.word(reader.began - reader.at - 1)
    days = count * size
    if days > _MOST_DAYS:
        return None
    return Found(reader.at - reader.began, Length(days, working, pointed and before in _POINTERS))
