"""What a deadline of a plan can be: nine frozen values and their exact JSON.

A plan rarely gives a plain date. Most rows are continuous, wait for another document or come back
every month, and each kind asks for different care later, so each is its own type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, get_args

Every = Literal["day", "week", "month", "quarter", "half_year", "year"]

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

EVERY: tuple[Every, ...] = get_args(Every)


@dataclass(frozen=True, slots=True)
class ByDate:
    """Done by a day: `inclusive` when that day itself is still on time."""

    on: date
    inclusive: bool = True


@dataclass(frozen=True, slots=True)
class Period:
    """Done within a stretch of days, both ends included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it starts: {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Done once in each of several periods."""

    periods: tuple[Period, ...]

    def __post_init__(self) -> None:
        if not self.periods:
            raise ValueError("occurrences need at least one period")


@dataclass(frozen=True, slots=True)
class Recurring:
    """Done again and again.

    `every` is empty when the source says "định kỳ" without saying how often, and holds several units for
    "hằng quý, 6 tháng và năm". `day` is the day of the month (for quarters and half years: of their last
    month), `month` the month of a yearly date. `on_demand` adds "và đột xuất khi có yêu cầu".
    """

    every: tuple[Every, ...] = ()
    day: int | None = None
    month: int | None = None
    on_demand: bool = False

    def __post_init__(self) -> None:
        if len(set(self.every)) != len(self.every) or not set(self.every) <= set(EVERY):
            raise ValueError(f"units of time are unknown or repeated: {self.every}")
        if self.month is not None and not (1 <= self.month <= 12 and self.every == ("year",)):
            raise ValueError("a month belongs to a yearly deadline and lies between 1 and 12")
        if self.day is not None and not 1 <= self.day <= self._longest():
            raise ValueError(f"no such day in {self.every}, month {self.month}: {self.day}")

    def _longest(self) -> int:
        """Return the highest day the deadline can name; 0 where it can name none."""
        if self.every == ("year",):
            return _DAYS[self.month - 1] if self.month is not None else 0
        return 31 if len(self.every) == 1 and self.every[0] in ("month", "quarter", "half_year") else 0


@dataclass(frozen=True, slots=True)
class Continuous:
    """Done all the time ("thường xuyên"), perhaps within one year, perhaps as another document says."""

    year: int | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class OnEvent:
    """Done when something happens ("khi có phát sinh")."""


@dataclass(frozen=True, slots=True)
class ByOtherPlan:
    """Done when another document says; `reference` keeps the words of the source."""

    reference: str


@dataclass(frozen=True, slots=True)
class Unspecified:
    """No deadline is given, or none that could be understood."""


Simple = ByDate | Period | Occurrences | Recurring | Continuous | OnEvent | ByOtherPlan | Unspecified


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Several deadlines in one cell; each of them holds."""

    of: tuple[Simple, ...]

    def __post_init__(self) -> None:
        if len(set(self.of)) != len(self.of) or len(self.of) < 2:
            raise ValueError("a choice needs at least two deadlines, each once")


Deadline = Simple | AnyOf


@dataclass(frozen=True, slots=True)
class Reading:
    """What a phrase was understood to mean, with sentences for the person who must look at it."""

    deadline: Deadline
    warnings: tuple[str, ...] = ()


def last_day(deadline: Deadline) -> date | None:
    """Return the last day still on time of a dated deadline, and None for every other kind."""
    if isinstance(deadline, ByDate):
        return deadline.on if deadline.inclusive else deadline.on - timedelta(days=1)
    if isinstance(deadline, Period):
        return deadline.end
    return None


def to_json(deadline: Deadline) -> dict[str, Any]:
    """Return the deadline as the JSON object of the plan format; keys that are not set are left out."""
    match deadline:
        case ByDate(on, inclusive):
            return {"kind": "by_date", "date": on.isoformat(), "inclusive": inclusive}
        case Period():
            return {"kind": "period", **_span(deadline)}
        case Occurrences(periods):
            return {"kind": "occurrences", "periods": [_span(period) for period in periods]}
        case Recurring():
            return _recurring(deadline)
        case Continuous(year, reference):
            return {"kind": "continuous", **_present(year=year, reference=reference)}
        case OnEvent():
            return {"kind": "on_event"}
        case ByOtherPlan(reference):
            return {"kind": "by_other_plan", "reference": reference}
        case AnyOf(of):
            return {"kind": "any_of", "of": [to_json(each) for each in of]}
        case Unspecified():
            return {"kind": "unspecified"}


def from_json(data: Mapping[str, Any]) -> Deadline:
    """Return the deadline that `to_json` wrote; raise ValueError or KeyError for anything else."""
    match data["kind"]:
        case "by_date":
            return ByDate(date.fromisoformat(data["date"]), bool(data["inclusive"]))
        case "period":
            return _period(data)
        case "occurrences":
            return Occurrences(tuple(_period(each) for each in data["periods"]))
        case "recurring":
            return Recurring(
                _units(data["every"]), data.get("day"), data.get("month"), bool(data.get("on_demand", False))
            )
        case "continuous":
            return Continuous(data.get("year"), data.get("reference"))
        case "on_event":
            return OnEvent()
        case "by_other_plan":
            return ByOtherPlan(data["reference"])
        case "any_of":
            return AnyOf(tuple(_simple(each) for each in data["of"]))
        case "unspecified":
            return Unspecified()
        case other:
            raise ValueError(f"unknown kind of deadline: {other!r}")


def _span(period: Period) -> dict[str, Any]:
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _period(data: Mapping[str, Any]) -> Period:
    return Period(date.fromisoformat(data["start"]), date.fromisoformat(data["end"]))


def _recurring(value: Recurring) -> dict[str, Any]:
    every: str | list[str] | None = list(value.every) or None
    if len(value.every) == 1:
        every = value.every[0]
    extra = _present(day=value.day, month=value.month, on_demand=value.on_demand or None)
    return {"kind": "recurring", "every": every, **extra}


def _units(every: str | list[str] | None) -> tuple[Every, ...]:
    names = [every] if isinstance(every, str) else every or []
    known: dict[str, Every] = {unit: unit for unit in EVERY}
    if unknown := [name for name in names if name not in known]:
        raise ValueError(f"unknown units of time: {unknown}")
    return tuple(known[name] for name in names)


def _simple(data: Mapping[str, Any]) -> Simple:
    value = from_json(data)
    if isinstance(value, AnyOf):
        raise ValueError("a choice of deadlines does not hold another choice")
    return value


def _present(**values: object) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
