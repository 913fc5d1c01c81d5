"""Several stretches said together: a range ("tháng 3 đến tháng 7") or a list ("tháng 3, 6, 9, 12/2024")."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from domain.deadlines.context import Context, Doubt, impossible, not_understood
from domain.deadlines.days import day
from domain.deadlines.spans import month_number, quarter_number
from domain.deadlines.stretches import stretch
from domain.deadlines.tokens import Phrase
from domain.deadlines.values import Occurrences, Period
from domain.deadlines.written import Found, Stretch

_RANGE = ("den het", "cho den het", "den cuoi", "cho den", "den", "toi", "-")
_FAR = 10  # years between a date and its plan that look like a slip of the pen
_LIST = (", va", ",", "va", "&", "+", "/")


@dataclass(frozen=True, slots=True)
class Series:
    """One stretch, the two ends of a range, or the members of a list."""

    members: tuple[Stretch, ...]
    ranged: bool = False

    @property
    def of_days(self) -> bool:
        """Say whether every member is a day."""
        return all(member.unit == "day" for member in self.members)


def series(phrase: Phrase, at: int, *, bare_year: bool = False) -> tuple[Series, int] | None:
    """Return the stretches that stand together at a place, and the place after the last of them."""
    begun = phrase.at(at) == "tu"
    at += begun
    first = stretch(phrase, at, bare_year=bare_year) or _leading_day(phrase, at)
    if first is None:
        return None
    members, after = [first[0]], first[1]
    if (second := _ranged(phrase, after, members[0])) is not None:
        return Series((members[0], second[0]), ranged=True), second[1]
    if begun:
        raise Doubt(f"“{phrase.source}” chỉ nêu lúc bắt đầu, chưa rõ hạn cuối.")
    while (found := _listed(phrase, after, members[-1])) is not None:
        members.append(found[0])
        after = found[1]
    return Series(tuple(members)), after


def days_of(found: Series, phrase: Phrase, context: Context) -> list[date]:
    """Return the days of a list of days, each with the month and year that stand further right."""
    return [_resolve(member, phrase, context).end for member in _filled(found.members)]


def periods_of(found: Series, phrase: Phrase, context: Context) -> Period | Occurrences:
    """Return a range or a list as one period, or as occurrences where the members do not adjoin."""
    if found.ranged:
        return _range(found.members[0], found.members[1], phrase, context)
    periods = [_resolve(member, phrase, context) for member in _filled(found.members)]
    if any(after.start <= before.end for before, after in pairwise(periods)):
        raise not_understood(phrase.source)
    adjoining = all(after.start == before.end + timedelta(days=1) for before, after in pairwise(periods))
    if len(periods) > 3 and adjoining:
        context.warn(f"“{phrase.source}” có thể là một kỳ dài hoặc mỗi kỳ một lần; đang hiểu là mỗi kỳ một lần.")
        return Occurrences(tuple(periods))
    if adjoining:
        return Period(periods[0].start, periods[-1].end)
    return Occurrences(tuple(periods))


def _leading_day(phrase: Phrase, at: int) -> Found:
    """Return the 01 of "từ 01-15/3/2024" or "từ ngày 01 đến 15/3": a day whose month comes later."""
    found = day(phrase, at, bare=True)
    if found is None or found[0].first is not None:
        return None
    second = _ranged(phrase, found[1], found[0])
    return found if second is not None and second[0].unit == "day" else None


def _ranged(phrase: Phrase, after: int, first: Stretch) -> Found:
    for words in _RANGE:
        if (at := phrase.has(after, words)) is None:
            continue
        at += phrase.at(at) in ("ngay", "trong") and phrase.at(at + 1) in ("thang", "quy")
        second = _quarter_with_year(phrase, at, first) or stretch(phrase, at, bare_year=words != "-")
        if (second := second or _same_kind(phrase, at, first)) is None:
            continue
        if words == "-" and first.unit != second[0].unit and first.day is None:
            continue
        return second
    return None


def _listed(phrase: Phrase, after: int, before: Stretch) -> Found:
    for words in _LIST:
        if (at := phrase.has(after, words)) is None:
            continue
        if (found := _quarter_with_year(phrase, at, before)) is not None:
            return found
        if words != "/" and (found := stretch(phrase, at)) is not None:
            same = found[0].unit == before.unit or {found[0].unit, before.unit} == {"month"}
            return found if same and not _opens_half(phrase, at) else None
        if words != "&" and (found := _same_kind(phrase, at, before)) is not None:
            return found
    return None


def _quarter_with_year(phrase: Phrase, at: int, before: Stretch) -> Found:
    """Return the 2/2024 of "quý 1-2/2024", which by itself would be a month."""
    if before.unit != "quarter" or before.dated or (phrase.number(at) or 5) > 4 or phrase.at(at + 1) != "/":
        return None
    found = quarter_number(phrase, at)
    return found if found is not None and found[0].year is not None else None


def _opens_half(phrase: Phrase, at: int) -> bool:
    return phrase.number(at) is not None and phrase.at(at + 1) == "thang" and phrase.at(at + 2) in ("dau", "cuoi")


def _same_kind(phrase: Phrase, at: int, before: Stretch) -> Found:
    """Return a bare number as one more month, quarter or day after its like."""
    if phrase.at(at + 1) in ("thang", "lan", "nam", "%") and phrase.number(at + 2) is None:
        return None
    if before.unit == "month" and before.day is None and (phrase.number(at) or 99) <= 12:
        return month_number(phrase, at)
    if before.unit == "quarter":
        return quarter_number(phrase, at)
    if before.unit == "day" and before.first is None:
        return day(phrase, at, bare=True)
    if before.unit == "day" and _after_month(phrase, at) and (found := month_number(phrase, at)) is not None:
        return replace(found[0], unit="day", day=before.day), found[1]
    return None


def _after_month(phrase: Phrase, at: int) -> bool:
    """Say whether a number goes on from "ngày 15 tháng 3, 6": the same day of one more month."""
    if phrase.number(at) is None or (phrase.number(at) or 0) > 12 or phrase.at(at + 1) == "thang":
        return False
    while at > 0 and (phrase.number(at) is not None or phrase.at(at) in (",", "va")):
        at -= 1
    return phrase.at(at) == "thang"


def _filled(members: tuple[Stretch, ...]) -> list[Stretch]:
    """Give each member the month and the year of its right neighbour, or else the year of its left one."""
    filled: list[Stretch] = []
    for member in reversed(members):
        right = filled[-1] if filled else None
        if right is not None:
            if member.unit == "day" and member.first is None:
                member = replace(member, first=right.first, last=right.last)
            if not member.dated:
                member = replace(member, year=right.year, shift=right.shift)
        filled.append(member)
    ordered = filled[::-1]
    for place in range(1, len(ordered)):
        if not ordered[place].dated:
            ordered[place] = replace(ordered[place], year=ordered[place - 1].year, shift=ordered[place - 1].shift)
    return ordered


def _range(first: Stretch, last: Stretch, phrase: Phrase, context: Context) -> Period:
    if first.unit == "day" and first.first is None:
        first = replace(first, first=last.first, last=last.last)
    if last.unit == "day" and last.first is None:
        last = replace(last, first=first.first, last=first.last)
    turns = ((first.first or 0), first.day or 0) > ((last.last or 0), last.day or 31)
    if not first.dated and last.dated:
        year = _year_of(last, phrase, context)
        first = replace(first, year=year - turns, shift=0)
    elif not last.dated and last.end_year is None:
        year = _year_of(first, phrase, context)
        if turns and not first.dated:
            context.warn(f"“{phrase.source}” vắt sang năm sau, xin kiểm tra lại năm.")
        last = replace(last, year=year + turns, shift=0)
    start, end = _resolve(first, phrase, context).start, _resolve(last, phrase, context).end
    if end < start:
        raise impossible(phrase.source)
    return Period(start, end)


def _resolve(member: Stretch, phrase: Phrase, context: Context) -> Period:
    """Return the days of one stretch; raise Doubt where the calendar has no such day."""
    if member.first is None or member.last is None:
        raise not_understood(phrase.source)
    year = _year_of(member, phrase, context)
    if context.year is not None and abs(year - context.year) > _FAR:
        context.warn(f"“{phrase.source}” cách năm kế hoạch hơn {_FAR} năm, xin kiểm tra lại.")
    if member.day is not None:
        try:
            only = date(year, member.first, member.day)
        except ValueError:
            raise impossible(f"{member.day}/{member.first}/{year}") from None
        return Period(only, only)
    if member.edge == "vague":
        context.warn(f"“{phrase.source}” không nêu ngày cụ thể, xin xác nhận ngày cuối.")
    end_year = member.end_year or year
    if end_year < year:
        raise impossible(phrase.source)
    return Period(date(year, member.first, 1), _month_end(end_year, member.last))


def _year_of(member: Stretch, phrase: Phrase, context: Context) -> int:
    return member.year if member.year is not None else context.default_year(phrase) + member.shift


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
