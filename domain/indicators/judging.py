"""What values say against their goal, over agencies, over parts and over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum

from domain.indicators.goals import NONE_AROSE, Goal, Measured, said_number, said_unit
from domain.periods import Period

_SHOWN = Decimal("0.01")


class Verdict(StrEnum):
    """What a value says against its goal."""

    MET = "met"
    MISSED = "missed"
    NONE_AROSE = "none_arose"
    NO_VALUE = "no_value"

    @property
    def label(self) -> str:
        """The verdict in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    Verdict.MET: "đạt",
    Verdict.MISSED: "chưa đạt",
    Verdict.NONE_AROSE: NONE_AROSE,
    Verdict.NO_VALUE: "chưa có số liệu",
}


class Basis(StrEnum):
    """How a figure over several agencies came about."""

    PARTS = "parts"  # the sum of the parts of the sum of the wholes
    SUM = "sum"  # of counts
    MEAN = "mean"  # of values whose parts are not known, or that cannot be added
    ONE = "one"  # there is one value alone
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Total:
    """A figure over several agencies; `measured` is None where no agency gave any."""

    measured: Measured | None
    basis: Basis
    count: int
    """How many values it rests on."""

    @property
    def said_basis(self) -> str:
        """How it came about, for people; "" where nothing need be said."""
        if self.basis is Basis.MEAN:
            return f"trung bình cộng của {self.count} cơ quan, vì chưa đủ số phần và số tổng"
        return f"cộng của {self.count} cơ quan" if self.basis in {Basis.PARTS, Basis.SUM} else ""


def judge(goal: Goal, measured: Measured | None) -> Verdict:
    """Return what a value says. Part and whole, where known, are compared exactly and never as a rounded quotient."""
    if measured is None:
        return Verdict.NO_VALUE
    if measured.value is None:
        return Verdict.NONE_AROSE
    reached, wanted = measured.value, goal.target
    if measured.part is not None and measured.whole:
        reached, wanted = measured.part * goal.scale, goal.target * measured.whole
    met = {
        ">=": reached >= wanted,
        "=": reached >= wanted,
        ">": reached > wanted,
        "<=": reached <= wanted,
        "<": reached < wanted,
    }[goal.operator]
    return Verdict.MET if met else Verdict.MISSED


def said_value(goal: Goal, measured: Measured | None) -> str:
    """Return a value for people, to two places: "93,75% (450/480)".

    What misses is never rounded to a figure that meets, nor the other way round.
    """
    if measured is None:
        return Verdict.NO_VALUE.label
    if measured.value is None:
        return NONE_AROSE
    parts = ""
    if measured.part is not None and measured.whole is not None:
        parts = f" ({said_number(measured.part)}/{said_number(measured.whole)})"
    return f"{said_number(_shown(goal, measured))}{said_unit(goal.unit)}{parts}"


def _shown(goal: Goal, measured: Measured) -> Decimal:
    """Return the value to two places, rounded to the side on which it stands; in full where no such side is left."""
    value, verdict = measured.value or Decimal(0), judge(goal, measured)
    for how in (ROUND_HALF_UP, ROUND_FLOOR, ROUND_CEILING):
        rounded = value.quantize(_SHOWN, how)
        if judge(goal, Measured(rounded)) is verdict:
            return rounded
    return value


def total(goal: Goal, values: Iterable[Measured]) -> Total:
    """Return the figure over several agencies; those where nothing arose count for nothing.

    Ratios are summed parts of summed wholes; the mean of ratios stands in only where a part is not known.
    """
    known = list(values)
    given = [one for one in known if one.value is not None]
    if not given:
        return Total(known[0] if known else None, Basis.NONE, 0)
    if len(given) == 1:
        return Total(given[0], Basis.ONE, 1)
    wholes = [(one.part, one.whole) for one in given if one.part is not None and one.whole]
    if goal.is_ratio and len(wholes) == len(given):
        part, whole = sum(part for part, _ in wholes), sum(whole for _, whole in wholes)
        value = (Decimal(part) * goal.scale / Decimal(whole)).quantize(_KEPT, ROUND_HALF_UP)
        return Total(Measured(value, Decimal(part), Decimal(whole)), Basis.PARTS, len(given))
    added = sum((one.value for one in given if one.value is not None), Decimal(0))
    if not goal.is_ratio and "/" not in goal.unit:
        return Total(Measured(added), Basis.SUM, len(given))
    return Total(Measured((added / len(given)).quantize(_KEPT, ROUND_HALF_UP)), Basis.MEAN, len(given))


_KEPT = Decimal("0.000001")


def contradiction(parent: Measured | None, child: Measured | None) -> str:
    """Return what is wrong between a figure and one that is a part of it ("trong đó"), "" where nothing is.

    What is counted in the part is counted in the whole figure too; bare percentages cannot be held against each other.
    """
    if parent is None or child is None or parent.part is None or child.part is None:
        return ""
    if child.part > parent.part:
        return f"Số “trong đó” ({said_number(child.part)}) lớn hơn số chung ({said_number(parent.part)})."
    if child.whole is not None and parent.whole is not None and child.whole > parent.whole:
        return f"Tổng của số “trong đó” ({said_number(child.whole)}) lớn hơn tổng chung ({said_number(parent.whole)})."
    return ""


def trend(before: Measured | None, after: Measured | None) -> Decimal | None:
    """Return by how much a figure rose (fell, below 0), to two places; None where one of the two is not there."""
    if before is None or after is None or before.value is None or after.value is None:
        return None
    return (after.value - before.value).quantize(_SHOWN, ROUND_HALF_UP)


def said_trend(change: Decimal | None, goal: Goal) -> str:
    """Return a change for people: "tăng 2,5 điểm %", "giảm 3 hồ sơ", "không đổi"; "" where there is none to tell."""
    if change is None:
        return ""
    if change == 0:
        return "không đổi"
    unit = f" điểm {goal.unit}" if goal.is_ratio else said_unit(goal.unit)
    return f"{'tăng' if change > 0 else 'giảm'} {said_number(abs(change))}{unit}"


def latest(periods: Sequence[str]) -> str:
    """Return the period that tells most: the one that ends last, of those the longest. Raises ValueError for none."""
    return max(periods, key=lambda code: ((one := Period.read(code)).end, one.months))
