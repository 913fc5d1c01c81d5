"""Changing the work calendar: what an entry may say, and the calendar that comes of it.

A change is proposed first and only then written, so that its effect can be shown before anybody decides.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from domain.errors import ActRefused
from domain.local import long_day, short_day
from domain.words import fold, squeeze
from domain.workdays import FORECAST, CalendarDay, DayKind, WorkCalendar

YEARS_AROUND = 5
"""Days further from today than so many years are slips of the hand."""
LONGEST_SOURCE = 300
"""Characters."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Change:
    """What stands for one day before and after; None where the day is plain."""

    day: date
    before: CalendarDay | None
    after: CalendarDay | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes that are one act, and the document they rest on. `year` is the year that it confirms, if any."""

    changes: tuple[Change, ...]
    source: str
    year: int | None = None


def applied(calendar: WorkCalendar, changes: Iterable[Change], version: int = 0) -> WorkCalendar:
    """Return the calendar after the changes, under a version of its own."""
    by_day = {one.day: one for one in calendar.days}
    for change in changes:
        by_day.pop(change.day, None)
        if change.after is not None:
            by_day[change.day] = change.after
    return WorkCalendar(tuple(by_day[day] for day in sorted(by_day)), version)


def entry(
    calendar: WorkCalendar, day: date, kind: DayKind, source: str, today: date, swap_with: date | None = None
) -> Proposal:
    """Propose an exception, for a swapped day together with the day that is worked (or off) instead.

    Raises ActRefused for what no calendar can mean: make-up work on a working day, a day entered already, a day
    decades away, a swap without its other half, an empty source.
    """
    document = read_source(source)
    pair = checked(calendar, day, kind, today, swap_with)
    entries = [CalendarDay(one, its_kind, _worded(one, its_kind, pair, document)) for one, its_kind in pair]
    return Proposal(tuple(Change(one.day, None, one) for one in entries), document)


def checked(
    calendar: WorkCalendar, day: date, kind: DayKind, today: date, swap_with: date | None = None
) -> tuple[tuple[date, DayKind], ...]:
    """Return the days that one entry covers, each with its kind. Raises ActRefused for what no calendar can mean."""
    pair = _pair(day, kind, swap_with)
    for one, its_kind in pair:
        _check(calendar, one, its_kind, today)
    return pair


def known(calendar: WorkCalendar, day: date) -> CalendarDay:
    """Return the exception that stands for a day. Raises ActRefused where the day is plain."""
    found = calendar.entry(day)
    if found is None:
        raise ActRefused(f"{_upper(long_day(day))} không có trong lịch riêng: đây là {_plainly(calendar, day)}.")
    return found


def removal(calendar: WorkCalendar, day: date, source: str) -> Proposal:
    """Propose that a day be plain again; of a swap both days are. Raises ActRefused where the day is plain."""
    document = read_source(source)
    found = known(calendar, day)
    gone = [found, *(one for one in (partner(calendar, found),) if one is not None)]
    return Proposal(tuple(Change(one.day, one, None) for one in sorted(gone, key=lambda one: one.day)), document)


def confirmation(calendar: WorkCalendar, year: int, source: str) -> Proposal:
    """Propose that a year's days rest on the official notice instead of a forecast.

    Raises ActRefused for a year of which the calendar knows no day.
    """
    document = read_source(source)
    if year not in calendar.years:
        raise ActRefused(f"Lịch chưa có ngày nghỉ nào của năm {year}. Ghi các ngày nghỉ của năm này rồi xác nhận.")
    forecast = [one for one in calendar.days if one.day.year == year and FORECAST in one.source]
    told = [replace(one, source=one.source.replace(f" ({FORECAST})", f", {document}")) for one in forecast]
    return Proposal(tuple(Change(one.day, one, new) for one, new in zip(forecast, told, strict=True)), document, year)


def partner(calendar: WorkCalendar, found: CalendarDay) -> CalendarDay | None:
    """Return the other half of a swap, known by the day that its source names."""
    other = _OTHER_HALF.get(found.kind)
    written = {short_day(found.day), f"{found.day:%d}/{found.day.month}/{found.day.year}"}
    return next((one for one in calendar.days if one.kind is other and any(day in one.source for day in written)), None)


_OTHER_HALF = {DayKind.SWAPPED_OFF: DayKind.MAKEUP_WORK, DayKind.MAKEUP_WORK: DayKind.SWAPPED_OFF}


_DAY = re.compile(r"(\d{1,2})\s*(?:[/.\-]|thang)\s*(\d{1,2})(?:\s*(?:[/.\-]|nam)\s*(\d{4}))?")


def read_day(text: str, today: date) -> date:
    """Return the day that the words name; without a year it is the next one from today on. Raises ActRefused."""
    found = _DAY.search(fold(text))
    if found is None:
        raise ActRefused(_NO_DAY)
    day, month, year = (int(one) if one else None for one in found.groups())
    try:
        on = date(year or today.year, month or 0, day or 0)
        return on.replace(year=today.year + 1) if year is None and on < today else on
    except ValueError:
        raise ActRefused(_NO_DAY) from None


_NO_DAY = "Chưa rõ là ngày nào. Xin gõ ngày, tháng, năm, ví dụ 02/01/2027."


def read_source(source: str) -> str:
    """Return the document that a change rests on. Raises ActRefused for none, and for a whole letter."""
    document = squeeze(source)
    if not any(one.isalnum() for one in document):
        raise ActRefused("Chưa ghi căn cứ. Xin ghi số, ký hiệu văn bản, ví dụ 12729/VPCP-KGVX.")
    if len(document) > LONGEST_SOURCE:
        raise ActRefused(f"Căn cứ dài quá {LONGEST_SOURCE} ký tự. Xin chỉ ghi số, ký hiệu và ngày của văn bản.")
    return document


def _pair(day: date, kind: DayKind, swap_with: date | None) -> tuple[tuple[date, DayKind], ...]:
    other = _OTHER_HALF.get(kind)
    if swap_with is None:
        if kind is DayKind.SWAPPED_OFF:
            raise ActRefused("Ngày nghỉ hoán đổi cần có ngày làm bù đi kèm. Xin ghi cả ngày làm bù.")
        return ((day, kind),)
    if other is None:
        raise ActRefused(f"Chỉ ngày nghỉ hoán đổi và ngày làm bù mới đi thành cặp, ngày {kind.label} thì không.")
    if swap_with == day:
        raise ActRefused("Ngày nghỉ hoán đổi và ngày làm bù phải là hai ngày khác nhau.")
    return ((day, kind), (swap_with, other))


def check_day(calendar: WorkCalendar, day: date, today: date) -> None:
    """Raise ActRefused for a day decades away, and for one that is entered already."""
    if abs(day.year - today.year) > YEARS_AROUND:
        raise ActRefused(f"Năm {day.year} cách nay quá xa. Xin kiểm tra lại ngày đã ghi.")
    there = calendar.entry(day)
    if there is not None:
        raise ActRefused(
            f"{_upper(long_day(day))} đã có trong lịch: {there.said}. Muốn ghi khác, xin gỡ ngày này trước."
        )


def kinds_for(day: date) -> tuple[DayKind, ...]:
    """Return the kinds that a day of the week can be."""
    if day.weekday() >= _SATURDAY:
        return (DayKind.MAKEUP_WORK, DayKind.HOLIDAY)
    return (DayKind.HOLIDAY, DayKind.BRIDGE_OFF, DayKind.SWAPPED_OFF)


def _check(calendar: WorkCalendar, day: date, kind: DayKind, today: date) -> None:
    check_day(calendar, day, today)
    weekend = day.weekday() >= _SATURDAY
    if kind is DayKind.MAKEUP_WORK and not weekend:
        raise ActRefused(f"{_upper(long_day(day))} vốn là ngày làm việc nên không ghi làm bù được.")
    if kind in {DayKind.BRIDGE_OFF, DayKind.SWAPPED_OFF} and weekend:
        raise ActRefused(f"{_upper(long_day(day))} vốn là ngày nghỉ cuối tuần nên không ghi {kind.label} được.")


def _worded(day: date, kind: DayKind, pair: tuple[tuple[date, DayKind], ...], document: str) -> str:
    others = [one for one, _ in pair if one != day]
    if not others:
        return f"{kind.label}, {document}"
    return f"{kind.label} {'cho' if kind is DayKind.MAKEUP_WORK else 'với'} {long_day(others[0])}, {document}"


def _plainly(calendar: WorkCalendar, day: date) -> str:
    return "ngày làm việc bình thường" if calendar.is_working(day) else "ngày nghỉ cuối tuần"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
