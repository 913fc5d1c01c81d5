"""Figures to be reached: goals, values per agency and period, and what the two say together."""

from domain.indicators.asking import offered, read_period
from domain.indicators.found import is_sure
from domain.indicators.goals import (
    NONE_AROSE,
    Goal,
    Measured,
    number_of,
    read_goal,
    read_parts,
    read_value,
    said_number,
    year_in,
)
from domain.indicators.judging import (
    Basis,
    Total,
    Verdict,
    contradiction,
    judge,
    latest,
    said_trend,
    said_value,
    total,
    trend,
)

__all__ = [
    "NONE_AROSE",
    "Basis",
    "Goal",
    "Measured",
    "Total",
    "Verdict",
    "contradiction",
    "is_sure",
    "judge",
    "latest",
    "number_of",
    "offered",
    "read_goal",
    "read_parts",
    "read_period",
    "read_value",
    "said_number",
    "said_trend",
    "said_value",
    "total",
    "trend",
    "year_in",
]
