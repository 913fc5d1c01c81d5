"""Deadlines: what a plan's time cell means (`read`), how it is said (`say`), and its exact JSON."""

from domain.deadlines.context import WorkingDays
from domain.deadlines.grammar import Guess, read
from domain.deadlines.said import say
from domain.deadlines.values import (
    EVERY,
    AnyOf,
    ByDate,
    ByOtherPlan,
    Continuous,
    Deadline,
    Every,
    Occurrences,
    OnEvent,
    Period,
    Reading,
    Recurring,
    Simple,
    Unspecified,
    from_json,
    last_day,
    to_json,
)

__all__ = [
    "EVERY",
    "AnyOf",
    "ByDate",
    "ByOtherPlan",
    "Continuous",
    "Deadline",
    "Every",
    "Guess",
    "Occurrences",
    "OnEvent",
    "Period",
    "Reading",
    "Recurring",
    "Simple",
    "Unspecified",
    "WorkingDays",
    "from_json",
    "last_day",
    "read",
    "say",
    "to_json",
]
