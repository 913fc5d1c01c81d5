"""Deadlines that end on a day: limits ("chậm nhất ngày …"), periods, and counts of days from the signing."""

from calendar import monthrange
from datetime import date, timedelta

from domain.deadlines.context import Context, Doubt, Item, add_weekdays, not_understood
from domain.deadlines.series import Series, days_of, periods_of, series
from domain.deadlines.tokens import Phrase
from domain.deadlines.values import ByDate, Occurrences, OnEvent, Period, Recurring, Simple
from domain.deadlines.written import Stretch, numeral

_INCLUSIVE = (
    "cham nhat", "muon nhat", "den het", "cho den", "den", "toi", "het", "khong qua", "khong muon hon",
    "khong cham hon", "han cuoi cung", "han cuoi", "han chot", "han nop", "thoi han", "han", "tu nay",
    "tu ngay ky", "tu ngay ban hanh", "tu khi ban hanh",
    "truoc hoac trong", "truoc va trong", "ket thuc",
)  # fmt: skip
_FILLERS = ("la", "vao", "trong", "hoan thanh", "ngay", ":", "thoi diem", "truoc ngay", "cuoi cung")
_EVERY_YEAR = ("hang nam", "moi nam", "hang nam.", "cac nam", "tung nam")
_SIGNING = frozenset(
    ("ky", "ban", "hanh", "duoc", "va", "co", "hieu", "luc", "ke", "hoach", "tu", "ngay", "thi", "nay", "cua",
     "thoi", "diem", "quyet", "dinh", "van", "cong", "chi", "nghi", "thong", "bao")
)  # fmt: skip
_OTHER_DOCUMENTS = frozenset(("quyet", "dinh", "van", "cong", "chi", "nghi", "thong", "bao"))
_ANCHORS = ("ke tu khi", "tinh tu khi", "tu khi", "sau khi", "ke tu ngay", "tinh tu ngay", "tu ngay", "sau ngay",
            "ke tu", "tu luc")  # fmt: skip


def limit(phrase: Phrase, at: int) -> tuple[int, bool | None, bool]:
    """Return the place after words of limit, whether they include the day, and whether it is "trước".

    The middle value is None where no such word stands. "trước 16h ngày D" includes D: before that hour.
    """
    inclusive: bool | None = None
    before = timed = False
    while True:
        after: int | None
        if (after := phrase.first(at, _INCLUSIVE)) is not None:
            inclusive = inclusive or not before
        elif phrase.at(at) == "truoc" and (clock := _clock(phrase, at + 1)) is not None:
            after, timed, midnight = clock[0], True, clock[1]
            inclusive, before = not midnight, midnight
        elif phrase.at(at) == "truoc" and phrase.at(at + 1) != "khi":
            after, before, inclusive = at + 1, True, False
        elif inclusive is not None and (clock := _clock(phrase, at)) is not None:
            after, timed = clock[0], True
            inclusive, before = not clock[1], clock[1]
        elif inclusive is not None and (after := _filler(phrase, at)) is not None:
            pass
        else:
            return at, inclusive, before and not timed
        at = after


def dated(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Return a date, a period or a yearly date that stands at a place."""
    start, inclusive, _ = limit(phrase, at)
    if inclusive is None and (hour := _clock(phrase, start)) is not None:
        start, inclusive = hour[0] + (phrase.at(hour[0]) == ","), not hour[1]
    named_year = inclusive is not None or phrase.at(start) == "trong"
    start += phrase.at(start) in ("trong", "vao") and inclusive is None
    if (found := series(phrase, start, bare_year=named_year)) is None:
        return None
    values, after = found
    yearly = phrase.first(after + (phrase.at(after) in ("cua", ",")), _EVERY_YEAR)
    if yearly is not None:
        return Item(tuple(_yearly(member, phrase, context) for member in values.members), yearly)
    if (clock := _trailing_clock(phrase, after)) is not None:
        after, inclusive = clock, True
    return Item(_limited(values, inclusive, phrase, context), after)


def within_days(phrase: Phrase, at: int, context: Context) -> Item | None:
    """Return "trong 05 ngày làm việc kể từ ngày ký": by a date when it counts from this plan's signing."""
    start = at
    at, inclusive, _ = limit(phrase, at)
    for word in ("trong", "vong", "thoi", "han", "sau", "toi", "da"):
        at += phrase.at(at) == word
    if (counted := numeral(phrase, at)) is None or phrase.at(counted[1]) not in ("ngay", "tuan", "thang"):
        return None
    number, unit, after = counted[0], phrase.at(counted[1]), counted[1] + 1
    worked = phrase.has(after, "lam viec")
    after = worked if worked is not None else after
    after += phrase.at(after) == ","
    if (anchor := phrase.first(after, _ANCHORS)) is None:
        return None
    end = _clause_end(phrase, anchor)
    if phrase.first(anchor, ("ket thuc", "cuoi")) is not None:
        raise not_understood(phrase.source)
    if not _is_signing(phrase, anchor, end):
        return Item((OnEvent(),), end)
    if inclusive is None and phrase.at(start) == "sau":
        context.warn(f"“{phrase.source}”: đang hiểu là hạn cuối, xin xác nhận.")
    if context.signed is None:
        raise Doubt(f"Thời hạn “{phrase.source}” tính từ ngày ký, mà chưa biết ngày ký của kế hoạch.")
    return Item((ByDate(_count(context.signed, number, unit, worked is not None, phrase, context)),), end)


def _filler(phrase: Phrase, at: int) -> int | None:
    if phrase.at(at) == "ngay" and phrase.number(at + 1) is None and phrase.at(at + 1) not in ("thu", "cuoi"):
        return None
    if phrase.at(at) == "ngay" and phrase.at(at + 1) != "cuoi":
        return None
    return phrase.first(at, _FILLERS)


def _clock(phrase: Phrase, at: int) -> tuple[int, bool] | None:
    """Return the place after an hour of the day and whether it is midnight at the day's beginning."""
    at += phrase.at(at) == "luc"
    hour, mark = phrase.number(at), phrase.at(at + 1)
    if hour is None or hour > 24 or mark not in ("h", "g", "gio", ":"):
        return None
    after = at + 2
    if (minute := phrase.number(after)) is not None and minute < 60 and not _is_date(phrase, after):
        after += 1 + (phrase.at(after + 1) in ("phut", "p", "h"))
    elif mark == ":":
        return None
    after += phrase.at(after) in (",", "cua")
    return after, hour == 0


def _is_date(phrase: Phrase, at: int) -> bool:
    return phrase.at(at + 1) in ("/", "-", ".") and phrase.number(at + 2) is not None


def _trailing_clock(phrase: Phrase, after: int) -> int | None:
    at = after + (phrase.at(after) in (",", "luc", "truoc")) + (phrase.at(after + 1) in ("truoc", "luc"))
    return clock[0] if at > after and (clock := _clock(phrase, at)) is not None else None


def _limited(values: Series, inclusive: bool | None, phrase: Phrase, context: Context) -> tuple[Simple, ...]:
    if values.of_days and not values.ranged:
        return tuple(ByDate(day, inclusive is not False) for day in days_of(values, phrase, context))
    value = periods_of(values, phrase, context)
    ends = values.members[-1].edge == "end"
    if inclusive is None and not ends:
        return (value,)
    if isinstance(value, Occurrences) or (values.ranged and inclusive is not None):
        raise not_understood(phrase.source)
    return (_edge_of(value, inclusive, ends),)


def _edge_of(value: Period, inclusive: bool | None, ends: bool) -> ByDate:
    if inclusive is False and not ends:
        return ByDate(value.start, inclusive=False)
    return ByDate(value.end, inclusive is not False)


def _yearly(member: Stretch, phrase: Phrase, context: Context) -> Recurring:
    if member.last is None or member.unit == "year" or member.dated:
        raise not_understood(phrase.source)
    if member.day is None and member.first != member.last:
        context.warn(f"“{phrase.source}”: đang lấy tháng cuối của kỳ làm hạn hằng năm, xin xác nhận.")
    return Recurring(("year",), member.day, member.last)


def _clause_end(phrase: Phrase, at: int) -> int:
    while at < len(phrase) and phrase.at(at) not in (";", "(", ")"):
        at += 1
    return at


def _is_signing(phrase: Phrase, at: int, end: int) -> bool:
    """Say whether the words mean that this very plan is signed or takes effect."""
    words = {phrase.at(place) for place in range(at, end)} - {".", ","}
    if not words or not words <= _SIGNING or not words & {"ky", "hanh", "hieu"}:
        return False
    return not words & _OTHER_DOCUMENTS or "nay" in words


def _count(signed: date, number: int, unit: str, worked: bool, phrase: Phrase, context: Context) -> date:
    if unit == "thang":
        year, month = divmod(signed.month - 1 + number, 12)
        year, month = signed.year + year, month + 1
        return date(year, month, min(signed.day, monthrange(year, month)[1]))
    if not worked:
        return signed + timedelta(days=number * (7 if unit == "tuan" else 1))
    if context.add_working_days is not None:
        return context.add_working_days(signed, number)
    context.warn(f"“{phrase.source}”: chưa trừ ngày nghỉ lễ, chỉ trừ thứ Bảy và Chủ nhật.")
    return add_weekdays(signed, number)
