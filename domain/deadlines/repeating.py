"""Deadlines that come back: "Hằng tháng", "Trước ngày 25 hằng tháng", "3 tháng/lần", "Định kỳ 06 tháng và cuối năm"."""

from domain.deadlines.context import Context, Item, not_understood
from domain.deadlines.dated import limit
from domain.deadlines.days import day
from domain.deadlines.stretches import stretch
from domain.deadlines.tokens import Phrase
from domain.deadlines.values import Every, Recurring
from domain.deadlines.written import Found, Stretch, numeral, weekday

_EACH = ("hang", "moi", "tung", "cac")
_UNITS: dict[str, Every] = {
    "ngay": "day", "tuan": "week", "thang": "month", "quy": "quarter", "qui": "quarter", "nam": "year",
}  # fmt: skip
_EVERY_SO_MANY: dict[tuple[int, str], Every] = {
    (1, "ngay"): "day", (1, "tuan"): "week", (1, "thang"): "month", (1, "quy"): "quarter", (1, "nam"): "year",
    (3, "thang"): "quarter", (6, "thang"): "half_year", (12, "thang"): "year", (2, "quy"): "half_year",
    (4, "quy"): "year", (7, "ngay"): "week",
}  # fmt: skip
_SO_MANY_TIMES_A: dict[tuple[int, str], Every] = {
    (1, "ngay"): "day", (1, "tuan"): "week", (1, "thang"): "month", (1, "quy"): "quarter", (1, "nam"): "year",
    (2, "nam"): "half_year", (4, "nam"): "quarter", (12, "nam"): "month", (3, "quy"): "month",
}  # fmt: skip
_JOINS = frozenset((",", "/", "va", "hoac", "-", "&", "+"))
_REPORTS = ("bao cao", "so ket", "tong ket", "dinh ky", "theo")


def recurring(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Return a recurring deadline that stands at a place."""
    return (
        _numbered_day(phrase, at, context)
        or _end_of_each(phrase, at)
        or _periodic(phrase, at, context)
        or _weekly(phrase, at, context)
    )


def _numbered_day(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Read "Trước ngày 25 hằng tháng" and "ngày 15 của tháng cuối quý"; several days are several deadlines."""
    start, _, _ = limit(phrase, at)
    start += phrase.at(start) == "vao"
    if (ranged := _range_of_days(phrase, start, context)) is not None:
        return ranged
    days: list[int] = []
    found = day(phrase, start) or _bare_day(phrase, start)
    while found is not None and found[0].first is None and found[0].day is not None:
        days.append(found[0].day)
        after = found[1]
        found = day(phrase, after + 1, bare=True) if phrase.at(after) in ("va", ",") else None
    if not days or (unit := _of_each(phrase, after, context)) is None:
        return None
    return Item(tuple(Recurring((unit[0],), each) for each in days), unit[1])


def _bare_day(phrase: Phrase, at: int) -> Found:
    """Read the 15 of "15 hằng tháng": a lone number right before its unit."""
    number = phrase.number(at)
    if number is None or phrase.at(at + 1) not in ("hang", "moi") or phrase.at(at + 2) != "thang":
        return None
    return day(phrase, at, bare=True)


def _range_of_days(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Read "từ ngày 15 đến ngày 20 hằng tháng": due on the last of the days."""
    at += phrase.at(at) == "tu"
    first = _day_before_dash(phrase, at)
    if first is None and (phrase.number(at) is not None or phrase.at(at) == "ngay"):
        first = day(phrase, at, bare=True)
    if (
        first is None
        or first[0].first is not None
        or (joint := phrase.first(first[1], ("den het", "den", "toi", "-"))) is None
    ):
        return None
    last = day(phrase, joint, bare=True)
    if last is None or last[0].first is not None or first[0].day is None or last[0].day is None:
        return None
    if first[0].day >= last[0].day or (unit := _of_each(phrase, last[1], context)) is None:
        return None
    return Item((Recurring((unit[0],), last[0].day),), unit[1])


def _day_before_dash(phrase: Phrase, at: int) -> Found:
    """Read the 15 of "15-20 hằng tháng", which looks like a date."""
    at += phrase.at(at) == "ngay"
    number = phrase.number(at)
    is_range = phrase.at(at + 1) == "-" and phrase.number(at + 2) is not None and phrase.at(at + 3) in ("hang", "moi")
    return (Stretch("day", day=number), at + 1) if number is not None and number <= 31 and is_range else None


def _of_each(phrase: Phrase, at: int, context: Context) -> tuple[Every, int] | None:
    """Return the unit after a day: "hằng tháng", "của tháng cuối mỗi quý"."""
    at += phrase.at(at) in ("cua", "cac")
    if phrase.at(at) in _EACH and (unit := _UNITS.get(phrase.at(at + 1))) in ("month", "quarter"):
        return unit, at + 2
    if phrase.at(at) == "thang" and phrase.at(at + 1) in ("cuoi", "dau"):
        first = phrase.at(at + 1) == "dau"
        at += 2 + (phrase.at(at + 2) == "cung") + (phrase.at(at + 2) == "cua")
        at += phrase.at(at) in _EACH
        if first and phrase.at(at) in ("quy", "qui"):
            context.warn(f"“{phrase.source}”: hạn nằm ở tháng đầu quý, xin xác nhận ngày nhắc.")
        if phrase.at(at) in ("quy", "qui"):
            return "quarter", at + 1
        if phrase.has(at, "6 thang") or phrase.has(at, "06 thang"):
            return "half_year", at + 2
    return None


def _end_of_each(phrase: Phrase, at: int) -> Item | None:
    """Read "cuối mỗi quý", "ngày cuối cùng hằng tháng", "ngày làm việc cuối cùng của tháng"."""
    at = limit(phrase, at)[0]
    at += phrase.at(at) in ("vao", "ngay")
    worked = phrase.has(at, "lam viec")
    at = worked if worked is not None else at
    if phrase.at(at) != "cuoi":
        return None
    at += 1 + (phrase.at(at + 1) == "cung")
    at += phrase.at(at) in ("cua", "trong")
    if phrase.at(at) not in ("hang", "moi", "tung") or phrase.at(at + 1) not in _UNITS:
        return None
    return Item((Recurring((_UNITS[phrase.at(at + 1)],)),), at + 2)


def _weekly(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Read "thứ Sáu hằng tuần"; the day of the week has no place in the value, so a person is told."""
    start = limit(phrase, at)[0]
    start += phrase.at(start) in ("vao", "ngay")
    after = weekday(phrase, start)
    after += phrase.at(after) == "cua"
    if after == start or phrase.at(after) not in ("hang", "moi") or phrase.at(after + 1) != "tuan":
        return None
    _lose_weekday(phrase, context)
    return Item((Recurring(("week",)),), after + 2)


def _periodic(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Read "định kỳ …", "hằng …", "3 tháng/lần" and lists of them, with the day that may follow."""
    after, periodic = _preamble(phrase, at)
    units: list[Every] = []
    strange = False
    first = _unit(phrase, after, bare=periodic)
    if first is None and not periodic:
        first = _bare_list(phrase, after)
    if first is None:
        return Item((Recurring(),), after) if periodic == "dinh ky" else None
    found: tuple[Every | None, int] | None = first
    while found is not None:
        unit, after = found
        strange = strange or unit is None
        if unit is not None and unit not in units:
            units.append(unit)
        found = _next_unit(phrase, after)
    if strange:
        context.warn(f"“{phrase.source}”: chưa ghi được chu kỳ này, xin xác nhận.")
        return Item((Recurring(tuple(units)),), after)
    return _with_day(tuple(units), phrase, after, context)


def _preamble(phrase: Phrase, at: int) -> tuple[int, str]:
    """Skip "theo định kỳ", "báo cáo định kỳ"; return the place and which word makes bare units periodic."""
    word = ""
    while (after := phrase.first(at, _REPORTS)) is not None:
        if phrase.at(at) == "theo" and not (
            phrase.has(after, "dinh ky") or (phrase.at(after) in _UNITS and _ends_unit(phrase, after + 1))
        ):
            break
        word = "dinh ky" if phrase.has(at, "dinh ky") else word or ("theo" if phrase.at(at) == "theo" else "")
        at = after
    if word and phrase.at(at) in (":", "(", "vao", "theo") and _unit(phrase, at + 1, bare=word) is not None:
        at += 1
    return at, word


def _unit(phrase: Phrase, at: int, *, bare: str) -> tuple[Every | None, int] | None:
    """Return a unit and the place after it; None as the unit for a period that has no name here."""
    if phrase.at(at) in _EACH and (phrase.at(at) != "cac" or bare):
        if (unit := _UNITS.get(phrase.at(at + 1))) is not None:
            return _times(phrase, at + 1, 1) or (unit, at + 2)
        number, after = _count(phrase, at + 1)
        if number is not None and phrase.at(after) in _UNITS:
            return _EVERY_SO_MANY.get((number, phrase.at(after))), after + 1
        return None
    number, after = _count(phrase, at)
    if number is None:
        if phrase.at(at) in _UNITS and phrase.has(at + 1, "/ lan"):
            return _UNITS[phrase.at(at)], at + 3
        if bare and phrase.at(at) in _UNITS and _ends_unit(phrase, at + 1):
            return _UNITS[phrase.at(at)], at + 1
        return None
    if phrase.at(after) in ("lan", "dot", "cuoc"):
        return _per(phrase, after + 1, number)
    if phrase.at(after) not in _UNITS:
        return None
    if (times := _times(phrase, after, number)) is not None:
        return times
    if bare and _ends_unit(phrase, after + 1):
        return _EVERY_SO_MANY.get((number, phrase.at(after))), after + 1
    return None


def _times(phrase: Phrase, at: int, number: int) -> tuple[Every | None, int] | None:
    """Read what follows the unit of "3 tháng/lần", "6 tháng một lần", "1 năm 2 lần"."""
    unit, after = phrase.at(at), at + 1
    slashed = phrase.at(after) == "/"
    after += slashed
    if phrase.at(after) == "lan":
        return (_EVERY_SO_MANY.get((number, unit)), after + 1) if slashed else None
    times, end = _count(phrase, after)
    if times is None or phrase.at(end) != "lan":
        return None
    if times == 1:
        return _EVERY_SO_MANY.get((number, unit)), end + 1
    return (_SO_MANY_TIMES_A.get((times, unit)) if number == 1 else None), end + 1


def _per(phrase: Phrase, at: int, times: int) -> tuple[Every | None, int] | None:
    """Read what follows "2 lần": "/năm", "mỗi năm", "trong một năm"."""
    joined = phrase.at(at) in ("/", "moi", "trong", "mot")
    at += joined
    number, after = _count(phrase, at)
    if number is None:
        number, after = 1, at
    if (unit := phrase.at(after)) not in _UNITS or not joined:
        return None
    if times == 1:
        return _EVERY_SO_MANY.get((number, unit)), after + 1
    return (_SO_MANY_TIMES_A.get((times, unit)) if number == 1 else None), after + 1


def _bare_list(phrase: Phrase, at: int) -> tuple[Every | None, int] | None:
    """Accept "6 tháng, năm" or "Quý/6 tháng/năm" without "định kỳ" when at least two units stand there."""
    first = _unit(phrase, at, bare="list")
    return first if first is not None and first[0] and _next_unit(phrase, first[1]) is not None else None


def _next_unit(phrase: Phrase, at: int) -> tuple[Every | None, int] | None:
    joins = 0
    while phrase.at(at) in _JOINS and joins < 2:
        at, joins = at + 1, joins + 1
    if not joins:
        return None
    at, _ = _preamble(phrase, at)
    if phrase.at(at) in ("cuoi", "ca") and phrase.at(at + 1) == "nam" and _ends_unit(phrase, at + 2):
        return "year", at + 2
    return _unit(phrase, at, bare="list")


def _ends_unit(phrase: Phrase, at: int) -> bool:
    """Say whether a bare unit ends here, so that "năm 2024" or "quý I" is not taken for one."""
    word = phrase.at(at)
    return word in ("", ";", ",", "/", ".", "va", "hoac", "(", ")", "theo", "dot", "-", "&", ":", "truoc")


def _count(phrase: Phrase, at: int) -> tuple[int | None, int]:
    return numeral(phrase, at) or (None, at)


def _with_day(units: tuple[Every, ...], phrase: Phrase, after: int, context: Context) -> Item:
    """Join a day said after the unit: "Hằng tháng (trước ngày 25)", "Hằng năm, trước ngày 15/12"."""
    plain = Item((Recurring(units),), after)
    opened = phrase.at(after) == "("
    at = after + (phrase.at(after) in (",", "(", ":", "-"))
    reported = phrase.first(at, ("bao cao", "gui bao cao"))
    start, inclusive, _ = limit(phrase, at if reported is None else reported)
    start += phrase.at(start) in ("vao", "trong")
    if len(units) != 1:
        return plain
    if units == ("week",) and (end := weekday(phrase, start)) > start:
        _lose_weekday(phrase, context)
        return Item(plain.deadlines, end + (opened and phrase.at(end) == ")"))
    if inclusive is None and phrase.at(start) != "ngay" and phrase.at(start - 1) != "vao" and not opened:
        return plain
    if (joined := _day_of(units[0], phrase, start, context)) is None:
        return plain
    value, end = joined
    return Item((value,), end + (opened and phrase.at(end) == ")"))


def _day_of(unit: Every, phrase: Phrase, at: int, context: Context) -> tuple[Recurring, int] | None:
    if unit == "year":
        found = stretch(phrase, at)
        if found is None or found[0].last is None or found[0].dated or found[0].unit == "year":
            return None
        if found[0].day is None and found[0].first != found[0].last:
            context.warn(f"“{phrase.source}”: đang lấy tháng cuối của kỳ làm hạn hằng năm, xin xác nhận.")
        return Recurring(("year",), found[0].day, found[0].last), found[1]
    if unit not in ("month", "quarter", "half_year"):
        return None
    numbered = day(phrase, at)
    if numbered is None or numbered[0].first is not None or numbered[0].day is None:
        return None
    end = numbered[1]
    if unit == "month":
        end += 2 * (phrase.has(end, "cua thang") is not None)
        if phrase.at(end) == "thang":
            return None
    elif (inner := _of_each(phrase, end, context)) is not None:
        end = inner[1]
    elif phrase.at(end) in ("thang", "cua"):
        raise not_understood(phrase.source)
    return Recurring((unit,), numbered[0].day), end


def _lose_weekday(phrase: Phrase, context: Context) -> None:
    context.warn(f"“{phrase.source}”: chỉ ghi được hằng tuần, chưa giữ thứ trong tuần.")
