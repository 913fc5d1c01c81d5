"""One indicator with its values, as lists, cards, pages and files show it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from domain.indicators import Goal, Measured, Total, Verdict, judge, said_trend, said_value, total, trend
from domain.periods import Period

MISSED_TARGET = "hoàn thành, chưa đạt chỉ tiêu"
"""What a done task is called whose figure misses its target."""


WHOLE = "Chung toàn tỉnh"
"""What stands for the agency's name where a value is of all together."""


@dataclass(frozen=True, slots=True)
class Given:
    """One value as it stands: of which period, from which source, since when."""

    period: Period
    measured: Measured
    source: str
    at: datetime
    person: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """One agency (None: the whole) at one indicator: the value that counts and the one of the period before it."""

    agency_id: int | None
    agency: str
    code: str
    given: Given | None
    before: Given | None
    goal: Goal

    @property
    def measured(self) -> Measured | None:
        """What was reached, None without a value."""
        return self.given.measured if self.given else None

    @property
    def verdict(self) -> Verdict:
        """What the value says against the goal."""
        return judge(self.goal, self.measured)

    @property
    def said(self) -> str:
        """The value for people, with its period: "93,75% (450/480), quý I năm 2026"."""
        said = said_value(self.goal, self.measured)
        return f"{said}, {self.given.period.label}" if self.given else said

    @property
    def change(self) -> Decimal | None:
        """By how much it rose or fell since the period before."""
        return trend(self.before.measured, self.given.measured) if self.before and self.given else None

    @property
    def said_trend(self) -> str:
        """The change for people: "tăng 2,5 điểm %"; "" where there is none to tell."""
        return said_trend(self.change, self.goal)


@dataclass(frozen=True)
class Standing:
    """One indicator as it stands: who owes it, what they gave, what that comes to."""

    id: int
    year: int
    number: str
    content: str
    scope: dict[str, Any]
    goal: Goal
    parent_id: int | None
    plan_id: int | None
    plan_number: str
    task_id: int | None
    agencies: tuple[Owed, ...]
    whole: Owed | None
    """What the office itself gave for all agencies together, if it did."""

    @property
    def code(self) -> str:
        """The indicator's code, CT-12."""
        return f"CT-{self.id}"

    @property
    def narrowed(self) -> str:
        """The words to which it is narrowed ("lĩnh vực đất đai"), "" where it is not."""
        return str(self.scope.get("of", ""))

    @property
    def title(self) -> str:
        """The indicator in one line: what it is narrowed to, then its words."""
        narrowed = [str(self.scope[key]) for key in ("of", "level") if self.scope.get(key)]
        apart = [one for one in narrowed if one.lower() not in self.content.lower()]
        return ": ".join([*apart, self.content]).rstrip(" .")

    @property
    def together(self) -> Owed:
        """What the office gave for all agencies together, or that it gave nothing."""
        return self.whole or Owed(None, WHOLE, "", None, None, self.goal)

    @cached_property
    def total(self) -> Total:
        """What all agencies' values come to; the office's own figure for the whole wins."""
        if self.whole is not None and self.whole.measured is not None:
            return total(self.goal, [self.whole.measured])
        return total(self.goal, [one.measured for one in self.agencies if one.measured is not None])

    @property
    def said_total(self) -> str:
        """The figure over all for people."""
        return said_value(self.goal, self.total.measured)

    @property
    def verdict(self) -> Verdict:
        """What the figure over all says against the goal."""
        return judge(self.goal, self.total.measured)

    def count(self, verdict: Verdict) -> int:
        """How many agencies stand like that."""
        return sum(one.verdict is verdict for one in self.agencies)

    @property
    def met(self) -> int:
        """How many agencies have reached it."""
        return self.count(Verdict.MET)

    @property
    def missed(self) -> int:
        """How many agencies have not."""
        return self.count(Verdict.MISSED)

    @property
    def without(self) -> int:
        """How many agencies have given no value."""
        return self.count(Verdict.NO_VALUE)

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods that the counted values are of, each once."""
        return tuple(sorted({one.given.period.code for one in (*self.agencies, self.whole) if one and one.given}))


@dataclass(frozen=True, slots=True)
class MissedTask:
    """A done assignment whose agency's figure misses its target."""

    assignment_id: int
    code: str
    content: str
    agency_id: int
    agency: str
    indicator: Standing
    owed: Owed

    @property
    def label(self) -> str:
        """What it is called."""
        return MISSED_TARGET
