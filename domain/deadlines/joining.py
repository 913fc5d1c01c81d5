"""Joining the pieces of one cell: "Tháng 6; tháng 12", "Định kỳ và đột xuất", "Thường xuyên và theo Kế hoạch"."""

from itertools import pairwise

from domain.deadlines.context import Context, Item
from domain.deadlines.tokens import Phrase
from domain.deadlines.values import (
    AnyOf,
    ByDate,
    ByOtherPlan,
    Deadline,
    Every,
    Occurrences,
    Period,
    Recurring,
    Simple,
)

Joined = list[tuple[str, Item]]

_FIRM = (ByDate, Period, Occurrences, Recurring)
CHOICE = "mot trong cac moc"


def join(phrase: Phrase, items: Joined, context: Context) -> Deadline:
    """Return what the pieces of one cell mean together."""
    if phrase.has(0, CHOICE) is not None:
        return _union(_each(items))
    items = _without_qualifiers(_without_bare_recurring(items))
    asked = any(item.asked for _, item in items)
    values = [value for _, item in items for value in item.deadlines]
    if asked and any(isinstance(value, Recurring) for value in values):
        values = [value for _, item in items if not item.asked for value in item.deadlines]
        values = _ask(values)
    merged = _merge_periods(_merge_units(_refined(values)))
    if merged != values and len(merged) == 1 and any(joint in ("hoac", "hay") for joint, _ in items):
        context.warn(f"“{phrase.source}” nêu các mốc để chọn, xin xác nhận.")
    return _union(merged)


def _refined(values: list[Simple]) -> list[Simple]:
    """Drop a period that a day within it makes exact: "Quý II, hoàn thành trước ngày 15/6"."""
    following = [*values[1:], None]
    return [value for value, after in zip(values, following, strict=True) if not _made_exact(value, after)]


def _made_exact(value: Simple, after: Simple | None) -> bool:
    return isinstance(value, Period) and isinstance(after, ByDate) and value.start <= after.on <= value.end


def _without_bare_recurring(items: Joined) -> Joined:
    """Drop the "định kỳ" that stands right before the dates it is about: "Định kỳ quý I, quý III"."""
    following = [*items[1:], None]
    return [
        pair
        for pair, after in zip(items, following, strict=True)
        if not (
            pair[1].deadlines == (Recurring(),)
            and after is not None
            and after[0] == ""
            and isinstance(after[1].deadlines[0], _FIRM)
        )
    ]


def _each(items: Joined) -> list[Simple]:
    """Return the pieces one by one; only "và đột xuất" still belongs to the piece before it."""
    values: list[Simple] = []
    for joint, item in items:
        if item.asked and joint == "va" and values and isinstance(values[-1], Recurring):
            values = _ask(values)
        else:
            values.extend(item.deadlines)
    return values


def _without_qualifiers(items: Joined) -> Joined:
    """Drop "theo quy định" beside a firm deadline unless "và", "hoặc" or a new line sets it apart."""
    if not any(isinstance(value, _FIRM) for _, item in items for value in item.deadlines):
        return items
    kept: Joined = []
    for place, (joint, item) in enumerate(items):
        following = items[place + 1][0] if place + 1 < len(items) else ""
        beside = joint if place else following
        if item.loose and beside in ("", ",") and any(isinstance(value, ByOtherPlan) for value in item.deadlines):
            continue
        kept.append((joint, item))
    return kept or items


def _ask(values: list[Simple]) -> list[Simple]:
    """Mark the last recurring deadline as also due on demand."""
    last = max(place for place, value in enumerate(values) if isinstance(value, Recurring))
    value = values[last]
    if isinstance(value, Recurring):
        values[last] = Recurring(value.every, value.day, value.month, on_demand=True)
    return values


def _merge_units(values: list[Simple]) -> list[Simple]:
    """Make one deadline of "hằng tháng" and "hằng quý"."""
    dated = [value for value in values if isinstance(value, Recurring) and value.day is not None]
    if dated and (vague := [value for value in values if value == Recurring()]):
        values = [value for value in values if value not in vague]
    plain = [value for value in values if isinstance(value, Recurring) and value.day is value.month is None]
    if len(plain) < 2:
        return values
    units: list[Every] = [unit for value in plain for unit in value.every]
    merged = Recurring(tuple(dict.fromkeys(units)), on_demand=any(value.on_demand for value in plain))
    rest = [value for value in values if value not in plain]
    return [merged, *rest]


def _merge_periods(values: list[Simple]) -> list[Simple]:
    """Make occurrences of several periods in order."""
    periods = [
        period
        for value in values
        if isinstance(value, Period | Occurrences)
        for period in (value.periods if isinstance(value, Occurrences) else (value,))
    ]
    apart = all(before.end < after.start for before, after in pairwise(periods))
    if len(periods) < 2 or not apart or not all(isinstance(value, Period | Occurrences) for value in values):
        return values
    return [Occurrences(tuple(periods))]


def _union(values: list[Simple]) -> Deadline:
    distinct = list(dict.fromkeys(values))
    if len(distinct) == 1:
        return distinct[0]
    return AnyOf(tuple(distinct))
