"""Saying a deadline in plain Vietnamese, in words the grammar reads back to the same value."""

from datetime import date, timedelta

from domain.deadlines.grammar import read
from domain.deadlines.values import (
    AnyOf,
    ByDate,
    ByOtherPlan,
    Continuous,
    Deadline,
    Every,
    Occurrences,
    OnEvent,
    Period,
    Recurring,
    Simple,
)

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
EACH: dict[Every, str] = {
    "day": "hằng ngày",
    "week": "hằng tuần",
    "month": "hằng tháng",
    "quarter": "hằng quý",
    "half_year": "6 tháng một lần",
    "year": "hằng năm",
}
DAY_OF: dict[Every, str] = {
    "month": "ngày {day} hằng tháng",
    "quarter": "ngày {day} của tháng cuối mỗi quý",
    "half_year": "ngày {day} của tháng cuối mỗi 6 tháng",
    "year": "ngày {day}/{month} hằng năm",
}
QUARTERS = {1: "I", 4: "II", 7: "III", 10: "IV"}


def say(deadline: Deadline) -> str:
    """Return the deadline in plain Vietnamese; `read` gives the same deadline back.

    The shortest wording is taken first. Where it would be read differently (a reference that holds a
    deadline of its own, a choice that would melt together) the parts are marked off.
    """
    for marked in (False, True):
        text = _whole(deadline, marked)
        if read(text, year=None).deadline == deadline:
            return text
    return text


def weekday_date(day: date) -> str:
    """Return a date with its day of the week: "thứ Bảy 20/01/2024"."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def _whole(deadline: Deadline, marked: bool) -> str:
    match deadline:
        case AnyOf(of) if marked:
            return "một trong các mốc: " + "; hoặc ".join(_simple(each, marked) for each in of)
        case AnyOf(of):
            return " hoặc ".join(_simple(each, marked) for each in of)
        case Period(_, end) if (named := _named(deadline)) is not None:
            return f"trong {named}, ngày cuối {weekday_date(end)}"
        case ByDate(on, False):
            before = on - timedelta(days=1)
            last = weekday_date(before) if before.year != on.year else weekday_date(before)[:-5]
            return f"{_simple(deadline, marked)}, ngày cuối an toàn {last}"
        case ByOtherPlan():
            return f"{_simple(deadline, marked)} (chưa có ngày cụ thể)"
        case _:
            return _simple(deadline, marked)


def _simple(deadline: Simple, marked: bool) -> str:
    match deadline:
        case ByDate(on, inclusive):
            return f"{'chậm nhất' if inclusive else 'trước'} {weekday_date(on)}"
        case Period():
            return _period(deadline)
        case Occurrences(periods):
            turns = "; ".join(_named(period) or _period(period) for period in periods)
            return f"chia {len(periods)} đợt: {turns}" if marked else turns
        case Recurring():
            return _recurring(deadline)
        case Continuous(year, reference):
            within = f" trong năm {year}" if year is not None else ""
            return f"thường xuyên{within}" + (f" theo {_quoted(reference, marked)}" if reference else "")
        case OnEvent():
            return "khi có phát sinh"
        case ByOtherPlan(reference):
            return f"theo {_quoted(reference, marked)}"
        case _:
            return "chưa có thời hạn"


def _quoted(reference: str, marked: bool) -> str:
    return f"«{reference}»" if marked else reference


def _period(period: Period) -> str:
    if (named := _named(period)) is not None:
        return f"trong {named}"
    return f"từ {weekday_date(period.start)} đến hết {weekday_date(period.end)}"


def _named(period: Period) -> str | None:
    """Return the name of a whole month, quarter, half or year, None for any other stretch."""
    start, end = period.start, period.end
    after = end + timedelta(days=1)
    if start.day != 1 or after.day != 1 or end.year != start.year:
        return None
    months = end.month - start.month + 1
    if months == 1:
        return f"tháng {start.month}/{start.year}"
    if months == 3 and start.month in QUARTERS:
        return f"quý {QUARTERS[start.month]}/{start.year}"
    if months == 6 and start.month in (1, 7):
        return f"6 tháng {'đầu' if start.month == 1 else 'cuối'} năm {start.year}"
    return f"năm {start.year}" if months == 12 else None


def _recurring(value: Recurring) -> str:
    if value.day is not None:
        text = DAY_OF[value.every[0]].format(day=value.day, month=value.month)
    elif value.month is not None:
        text = f"tháng {value.month} hằng năm"
    elif value.every:
        text = ", ".join(EACH[unit] for unit in value.every)
    else:
        text = "định kỳ (chưa rõ bao lâu một lần)"
    return f"{text} và đột xuất khi có yêu cầu" if value.on_demand else text
